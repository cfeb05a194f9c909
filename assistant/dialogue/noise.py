"""Takes off what stands around a question: mark-up, code, a mail's opening and end, orders, repeats."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from assistant.dialogue.mail import without_mail
from assistant.dialogue.orders import without_orders
from assistant.dialogue.pronouns import open_pronouns
from assistant.documents.sentences import split_sentences
from assistant.retrieval.names import names
from assistant.retrieval.terms import terms

_TAGS = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|canvas|code|div|em|embed|fieldset|figure|font|footer|form|"
    "frame|h[1-6]|head|header|hr|html|i|iframe|img|input|label|li|link|main|marquee|math|meta|nav|object|ol|option|p|"
    "pre|s|script|section|select|small|span|strong|style|sub|sup|svg|table|tbody|td|textarea|th|thead|title|tr|tt|u|ul|"
    "video"
)
_ATTRIBUTE = r"""[\s/]+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+)"""
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_ESCAPED = re.compile(r"%(?:3C|3E|20|22|27)", re.IGNORECASE)
_HTML = re.compile(
    rf"<(script|style)\b[^<>]*>.*?</\1\s*>|<!--.*?-->|</?(?:{_TAGS})(?:{_ATTRIBUTE})*\s*/?>"
    r"|\b(?:alert|prompt|confirm|eval)\([^)]*\);?|\b(?:document|window)\.\w+(?:\s*=\s*\S+|\([^)]*\))?;?|javascript:\S*",
    re.IGNORECASE | re.DOTALL,
)
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|font|i|s|small|span|strong|sub|sup|tt|u)\b", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{[^}]*\}|\$\([^)]*\)|<\|[\w ]*\|>|\[/?INST\]")
_STATEMENT = (
    r"(?:drop\s+(?:table|database|schema|index|view)|delete\s+from|insert\s+into|truncate\s+table|alter\s+table|"
    r"create\s+table|update\s+\w+\s+set|exec(?:ute)?\s+\w*xp_\w+|shutdown\b)"
)
_SQL = re.compile(
    rf"(?:\b\d+)?\s*['\"]?\)?\s*;\s*{_STATEMENT}[^;?]*?(?:;\s*(?:--+)?|--+|$)"
    rf"|^{_STATEMENT}[^;?]*?(?:;\s*(?:--+)?|--+)"
    r"|\s*['\"]\)?\s*(?:or|and)\s*\(?['\"]?\w+['\"]?\s*=\s*['\"]?\w+['\"]?\)?(?:\s*(?:--+|#))?"
    r"|\s*['\"]?\)?\s*\bunion\s+(?:all\s+)?select\b[^?;]*?(?:;\s*(?:--+)?|--+|$)"
    r"|\bselect\s+\*\s+from\s+\w+[^;?]*?(?:;|--+|$)"
    r"|(?-i:\bSELECT\s+[\w, ]+\s+FROM\s+[^;?]*;)",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"\s*(?:;|&&|\|\|?)\s*(?:rm|cat|ls|curl|wget|sudo|sh|bash)\s+[-/~.]\S*(?:\s+[-/~.]\S*)*|(?:\.\./)+\S*|(?<!\S)/etc/\w+"
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_CODE = re.compile(r"`{1,3}\s*([^`]*?)\s*`{1,3}")
_MARK = re.compile(
    r"^(?:#{1,6}\s+|[-*+•]\s+|\d{1,2}[.)]\s+(?=[^\W\d])|\([a-z\d]\)\s+|(?:Q|Question)\s*:\s+)+", re.IGNORECASE
)
_QUOTED = re.compile(r"""^(?:"([^"]+)"|“([^“”]+)”|'([^']+)'|«([^«»]+)»)[.?!]?$""")
_GLUED = re.compile(r"^(\S.{6,}?)(?:[\s,;]*\1)+$", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_ASKING = (
    r"(?=(?:what|which|who|whom|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|"
    r"must|has|have)\b)"
)
_WONDERS = re.compile(
    r"(?:(?:so|ok|okay|well|hey|um|basically|actually|just),?\s+)*"
    r"(?:(?:i was|i am|i['’]m|we were|was) (?:just )?(?:wondering|curious)|i wonder|do you happen to know|"
    rf"quick one)[,:]?\s+{_ASKING}",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:my name is|(?:i am|i['’]m|we are|we['’]re) an?) (?:(?!\b(?:with|who|whose|that|when|if|for|about)\b)[^.?!,;])"
    r"{2,60}?(?:[.!,;]| and| so)\s+"
    rf"(?:{_ASKING}|(?=(?:i was|i am|i['’]m|i wonder|i would|i['’]d|i want|i need)\b))",
    re.IGNORECASE,
)
_ROLE = 4
"""Terms that tell who somebody is: a new school board member."""
_SAYS_ENOUGH = 2
"""Terms that a question needs to be asked without what was said before it."""
_ENOUGH = 3
"""Times that a word or two, or words that two say make a sentence, must follow each other to be a repeat."""


def without_noise(question: str) -> str:
    """Give a question with nothing around it, empty if there was nothing but noise; a plain one is left as it is."""
    text = _without_markup(question)
    text = _tidy(_SHELL.sub(" ", _SQL.sub(" ", text)), text)
    text = _without_markdown(text)
    text = _without_lead_in(without_orders(without_mail(text)))
    return _once(text) if any(c.isalnum() for c in text) else ""


def _without_markup(text: str) -> str:
    """Take off the mark-up of pages, also where it is escaped."""
    plain = unquote(text) if _ESCAPED.search(text) else text
    plain = _ENTITY.sub(lambda found: html.unescape(found.group()), plain)
    return _tidy(_TEMPLATE.sub(" ", _HTML.sub(_gap, plain)), text)


def _gap(tag: re.Match[str]) -> str:
    """Give what stands in place of a tag: nothing within a line of text, a space where it ends one."""
    return "" if _INLINE.match(tag.group()) else " "


def _without_markdown(text: str) -> str:
    """Take off the marks of Markdown, of a list and of a quotation around the whole."""
    plain = _CODE.sub(r"\1", _LINK.sub(r"\1", text))
    plain = _MARK.sub("", _tidy(_EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", plain)), plain))
    quoted = _QUOTED.match(plain)
    return next(part for part in quoted.groups() if part).strip() if quoted else plain


def _without_lead_in(text: str) -> str:
    """Take off who is asking, and that they wonder, if the question stands by itself and names every state and bill."""
    introduction = _INTRODUCTION.match(text)
    begin = introduction.end() if introduction and len(terms(introduction.group())) <= _ROLE else 0
    begin = lead.end() if (lead := _WONDERS.match(text, begin)) else begin
    told, rest = text[:begin], text[begin:]
    stands_alone = len(terms(rest)) >= _SAYS_ENOUGH and not open_pronouns(rest)
    return rest if stands_alone and names(told) <= names(rest) else text


def _once(text: str) -> str:
    """Give what is said over and over once."""
    glued = _GLUED.match(text)
    if glued:
        return glued[1].rstrip(" ,;")
    words = list(_WORD.finditer(text))
    spoken = [word.group().casefold() for word in words]
    for length in range(1, len(words) // 2 + 1):
        times = len(words) // length
        if spoken == spoken[:length] * times and (length >= _ENOUGH or times >= _ENOUGH):
            between = re.match(r"[.?!]*", text[words[length - 1].end() :])
            return text[: words[length - 1].end()] + (between.group() if between else "")
    return _sentences_once(text)


def _sentences_once(text: str) -> str:
    """Give a text without the sentences that it has before."""
    sentences = [text[span.start : span.end] for span in split_sentences(text)]
    different = {tuple(_WORD.findall(sentence.casefold())): sentence for sentence in reversed(sentences)}
    return " ".join(reversed(different.values())) if len(different) < len(sentences) else text


def _tidy(text: str, before: str) -> str:
    """Give a text with single spaces and none before its marks, if anything was taken off."""
    return re.sub(r"\s+(?=[?!.,;](?:\s|$))", "", " ".join(text.split())).strip() if text != before else text
