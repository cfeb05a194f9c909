"""Takes off what makes a mail of a question: its heads, greeting, pleasantries, context, closing and signature."""

from __future__ import annotations

import re

from assistant.dialogue.pronouns import open_pronouns
from assistant.documents.sentences import split_sentences
from assistant.retrieval.names import names
from assistant.retrieval.terms import terms

_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_HEADS = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|tr)\s*(?:\[\d+\])?\s*:\s*"
    r"|\s*\[(?:external|ext|extern|secure|spam)[^\]]*\]\s*:?\s*"
    r"|\s*subject\s*:\s*|\s*(?:fw|fwd)\s+re\s*:\s*)+",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"(?:-{2,}\s*(?:original|forwarded) message\s*-{2,}\s*|begin forwarded message:\s*)?"
    r"\bFrom: .{0,300}?\b(?:Subject|Re): "
    r"|-{2,}\s*(?:original|forwarded) message\s*-{2,}\s*|begin forwarded message:\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\bOn (?:\w+,? )?.{4,90}? wrote:\s*", re.IGNORECASE)
_QUOTE = re.compile(r"(?:^|(?<=\s))(?:>\s?)+(?!\s*\d)")
_GROUP = r"(?:all|team|there|everyone|everybody|folks|friends|colleagues?|sir|madam|sir or madam|sirs|both|again)"
_GREETING = re.compile(
    rf"^(?:(?:hi+|hello+|hey+|greetings|good (?:morning|afternoon|evening|day))\b(?!-)"
    rf"(?:(?: {_GROUP})+\b[,.!:;–—-]*|(?-i:(?: {_NAME})(?:,|:|!| [–—-]))|[,!:;–—]+"
    r"|(?= (?:can|could|what|how|who|when|where|why|which|is|are|do|does|i)\b))"
    rf"|dear (?:[^,.!?:;]{{1,50}}[,:;])|to whom (?:it|this) may concern\s*[,.:;!]?|greetings[,.!:]|all,|team,)\s*",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"^(?:(?:just )?(?:an?|one)?\s*(?:quick|small|short|simple|brief)?\s*question(?: for (?:you|the team))?\s*[:,–—-]"
    r"\s+"
    r"|(?:i have|we have|i['’]ve got) (?:an?|one) (?:quick|small|short|simple)?\s*question\s*[:.,–—-]\s+)",
    re.IGNORECASE,
)
_PLEASANTRY = re.compile(
    r"(?:(?:i |we |just )?(?:do )?hop(?:e|ing) (?:that )?(?:you|all|this|everything|your|things|to hear)\b.*"
    r"|trust (?:you|this)\b.*|how are (?:you|things)\b.*|happy (?:(?:mon|tues|wednes|thurs|fri)day|new year)\b.*"
    r"|(?:many |much )?thank(?:s| you)\b(?! to\b)"
    r"(?!.*\b(?:what|how|why|when|where|who|which|can|could|do|does|is|are)\b).{0,60}|thx.{0,20}|tia|ty|cheers.{0,20}"
    r"|please (?:advise|help|assist|respond|reply|see below)(?: (?:me|us|on this|with this|asap|soon|when|if|at your)\b"
    r"(?: (?:you can|possible|able|convenient|asap|soon|with this|with it|out))*)*"
    r"|please let (?:me|us) know(?: (?:if|when|asap|soon|by|as soon|your|at your)\b.*)?"
    r"|let (?:me|us) know(?: (?:if|when|asap|soon|by|as soon|your|at your|please)\b.*)?"
    r"|(?:any|your|all) (?:help|advice|guidance|info|information|pointers|assistance|insight)\b.{0,20}"
    r"(?:appreciated|welcome|great|helpful)\b.{0,20}"
    r"|(?:much |greatly )?appreciated.{0,20}"
    r"|(?:i |we )?(?:would |really |greatly |much )*appreciate (?:your|any|it)\b.*"
    r"|(?:i |we )?(?:am |are )?look(?:ing)? forward to\b.*|sorry (?:to bother|for (?:the|bothering|another))\b.*"
    r"|apologies (?:for|if)\b.*|nice to meet you.*|please excuse\b.*|excuse (?:my|any)\b.*|see below.{0,20}"
    r"|(?:have|enjoy) (?:a|your) (?:great|nice|good|wonderful|lovely)?\s*(?:day|week|weekend|evening|one)\b.*)",
    re.IGNORECASE,
)
_CLOSING = (
    r"(?:(?:many |much )?thanks|thank you|thx|cheers|(?:kind(?:est)?|best|warm(?:est)?|with (?:kind|best)) regards|"
    r"regards|best wishes|all the best|sincerely|yours (?:truly|sincerely|faithfully)|respectfully(?: yours)?|"
    r"cordially|warmly|take care|v/r|tia)"
)
_END = re.compile(
    rf"(?:(?<=[.?!…])|(?<=[.?!…][\"”)])|(?<=\w)(?=\s+(?-i:[A-Z])))\s+(?:{_CLOSING}\b|best(?=,|$)|yours(?=,|$))|\s+(?:--+|—|–)\s+(?-i:[A-Z])"
    r"|\s*\bsent (?:from|via|with) (?:my|the|an?)?\s*(?-i:[A-Z]|i[PO]|phone|mobile)|\s*\bget outlook for\b"
    r"|\s*\b(?:this|the) (?:e-?mail|message|communication|transmission)(?: \(?and any attachments?\)?,?)?"
    r" (?:is|are|may|contains?|was)\b|\s*\bconfidentiality notice\b|\s*\bplease consider the environment\b"
    r"|(?<=[.?!])\s+(?=(?:[A-Z][\w.'’-]*[,|]?\s+)+(?:[|,]\s*)?(?:\(?\+?\d[\d() .-]{6,}|\S+@\S+))",
    re.IGNORECASE,
)
_ASKS_ON = re.compile(
    r"\?|\b(?:what|how|why|when|where|which|whose|can|could|does|do|should|would|and (?:what|how|is|are)|but)\b",
    re.IGNORECASE,
)
_WANTS = re.compile(
    r"\b(?:want|need|like|looking|wonder(?:ing)?|wish|trying|interested|curious|help|tell|explain|send|asking|ask|"
    r"know|find|please|understand)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    rf"(?:dear\b|to whom\b|(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings)"
    rf"(?:(?: {_GROUP})+|(?-i: {_NAME}))?[,!:]?\s)",
    re.IGNORECASE,
)
"""A greeting that mails begin with."""
_TRAILS_OFF = re.compile(r"(?<=…)\s+(?=[A-Z])|(?<=\.\.\.)\s+(?=[A-Z])")
_LEANING = 2
"""Terms that a question needs to be asked without what was said before it."""


def without_mail(text: str) -> str:
    """Give what a mail asks; a text that is no mail is left as it is."""
    body = _without_heads(text)
    opened = _without_opening(body)
    closed = _without_end(opened)
    sentences = _sentences(closed)
    asking = [sentence for sentence in sentences if not _is_pleasantry(sentence)]
    plain = closed if len(asking) == len(sentences) else " ".join(asking)
    is_mail = body != text or closed != opened or _ADDRESSED.match(body) is not None
    return _without_context(plain, asking) if is_mail else plain


def _sentences(text: str) -> list[str]:
    sentences = (text[span.start : span.end] for span in split_sentences(text))
    return [part for sentence in sentences for part in _TRAILS_OFF.split(sentence)]


def _without_heads(text: str) -> str:
    """Take off "Re: FW:", the heads of a mail, and what is quoted of an earlier one below a question."""
    body = _HEADS.sub("", text)
    for quoted in (_WROTE, _BLOCK):
        if found := quoted.search(body):
            before = body[: found.start()].strip(" >-")
            body = before if _says_something(before) else _HEADS.sub("", body[found.end() :])
    if body.startswith(">"):
        body = " ".join(_QUOTE.sub("", body).split())
    return body


def _says_something(text: str) -> bool:
    return len(terms(text)) >= _LEANING


def _without_opening(body: str) -> str:
    """Take off a greeting and "quick question:", unless nothing comes after it."""
    rest = _GREETING.sub("", body, count=1)
    rest = rest if any(c.isalnum() for c in rest) else body
    while len(sentences := _sentences(rest)) > 1 and _is_pleasantry(sentences[0]):
        rest = rest[len(sentences[0]) :].lstrip()
    plain = _PREFIX.sub("", rest)
    return plain if any(c.isalnum() for c in plain) else rest


def _is_pleasantry(sentence: str) -> bool:
    return _PLEASANTRY.fullmatch(sentence.rstrip(" .!,")) is not None


def _without_end(body: str) -> str:
    """Cut a text off at its closing or signature, if nothing is asked after it."""
    for end in _END.finditer(body):
        before, after = body[: end.start()], body[end.end() :]
        if any(c.isalnum() for c in before) and not _ASKS_ON.search(after):
            return before.rstrip(" ,–—-")
    end_only = re.fullmatch(r"\s*(?:sent (?:from|via) my\b.*|get outlook for\b.*)", body, re.IGNORECASE)
    return "" if end_only else body


def _without_context(text: str, sentences: list[str]) -> str:
    """Take off what a mail tells before and after its questions, if they can be asked without it."""
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    told = [sentence for sentence in sentences if not sentence.endswith("?")]
    question = " ".join(asked)
    stands_alone = len(terms(question)) >= _LEANING and not open_pronouns(question)
    needed = any(_WANTS.search(sentence) for sentence in told) or names(" ".join(told)) - names(question)
    return question if told and stands_alone and not needed else text
