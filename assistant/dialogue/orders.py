"""Takes off what orders the assistant about: how to answer, whom to play, what to forget."""

from __future__ import annotations

import re

from assistant.documents.sentences import split_sentences

_AND = r"(?:(?:and|also|then|now|finally|next|but|please|kindly|just|instead|first|ok|okay|so)\b,?\s+)*"
_EARLIER = (
    r"(?:(?:(?:of|the|these|those|this|what was|everything|anything|given)\s+)*"
    r"(?:(?:all|any|your|my|said|previous(?:ly)?|prior|above|earlier|preceding|other|former|system|safety|original|"
    r"initial)\s+"
    r"(?:(?:of|the|these|those|given|your|my)\s+)*)+"
    r"(?:instructions?|prompts?|rules?|guidelines|directions|orders|context|messages?|restrictions|commands?|"
    r"programming)"
    r"|(?:everything |all )?(?:the )?(?:above|before this|previous)\b)"
    r"(?: (?:above|before|you (?:were|have been) given|so far|i gave you|of yours))?"
)
_FORGET = rf"(?:ignore|disregard|forget|override|bypass|overrule)\s+{_EARLIER}"
_REPLYING = r"(?:answer|respond|reply|return|output|format|present|phrase)"
_YOUR_ANSWER = r"(?:your |the |my |this |that |it |me )?(?:answer|response|reply|output|result|text)s?"
_OF_AN_ANSWER = (
    rf"{_REPLYING}(?: (?:me|this|it|that|the question|{_YOUR_ANSWER}))?"
    r"(?:,? (?:only|just|simply|strictly|always|briefly|shortly|honestly))*"
    r"(?: (?:in|as|with|using|like|by|within|yes|no|to me|without|step|under|at)\b.*)?"
    r"|(?:answer|respond|reply) (?:to )?(?:this|the (?:following|next)) question\b.*"
    r"|(?:be|keep|make)(?: (?:it|this|" + _YOUR_ANSWER + r"))?(?: be)? (?:(?:very|really|as|super)\s+)*"
    r"(?:brief|concise|short|succinct|polite|funny|creative|honest|specific|simple|friendly|formal|under|below|within|"
    r"to|at most)\b.*"
    r"|(?:use|limit|translate|summari[sz]e|shorten|rewrite) (?:it|this|yourself|your|the answer|to|only|markdown|"
    r"bullet|simple|plain|at most|no more|fewer|less)\b.*"
    r"|(?:just )?(?:an? )?(?:simple |quick )?yes or no(?: (?:only|answer|please))*|true or false"
    r"|one word(?: only| answer)?|explain (?:it |this )?(?:to me )?like i['’]?m\b.*|eli5|tl;?dr"
    r"|(?:only|just)? ?(?:in|as|with|using) (?:\w+ ){0,2}(?:json|xml|yaml|csv|html|markdown|emojis?|table|list|"
    r"sentences?|words?|bullets?|bullet points?|paragraphs?|capital letters|caps)(?: format| only| please| or less)*"
)
_OF_WORDS = (
    r"(?:include|add|append|insert|use|mention|say|print|output|repeat|write|end|start|begin|finish|close|conclude|"
    rf"sign off)\b(?: {_YOUR_ANSWER})?(?: with)? (?:the |this |these |an? |following |exact |single |extra )*"
    r"(?:phrase|words?|sentence|string|line|emojis?|hashtags?|disclaimer|joke|poem|haiku|code)\b.*"
    r"|(?:do not|don['’]?t|never|avoid)(?: ever)? (?:mak(?:e|ing)|invent|hallucinat|cit|includ|us(?:e|ing)|mention|"
    r"refus|say|apologi|repeat|explain|giv|add|guess|lie|lying|tell|reveal|answer|respond|reply)\w*\b.*"
    r"|(?:please )?cite (?:your|all|the) sources?\b.*|(?:give|provide|include|list|add) (?:me )?(?:your |the |all )?"
    r"(?:sources?|citations?|references?|links?)\b.*|no (?:explanations?|preamble|fluff|disclaimers?|markdown)\b.*"
)
_OF_ITSELF = (
    r"(?:you are|you['’]re|you will be)(?: now| no longer| going to)?"
    r" (?:an?|the|my|dan|unrestricted|free|acting|playing|jailbroken)\b.*"
    r"|(?:act|behave|respond|speak|talk|write) (?:as|like)\b.*|(?:pretend|imagine|roleplay|role-play|simulate|assume)"
    r" (?:that |to be |you|the role|as)\b.*|from now on\b.*|assume the (?:role|persona)\b.*"
    r"|(?:reveal|print|show|output|repeat|display|give|tell|leak|dump)(?: me| us)?"
    r" (?:your|the) (?:\w+ )?(?:prompts?|instructions?|rules|configuration|api key|passwords?)\b.*"
    r"|(?:think|go|work|reason|explain it|do it) (?:\w+ )?step[- ]by[- ]step\b.*|think carefully.*|take a deep breath.*"
)
_ORDER = re.compile(rf"{_AND}(?:{_FORGET}\b.*|{_OF_AN_ANSWER}|{_OF_WORDS}|{_OF_ITSELF})", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:system|assistant|developer)\s*:\s*.*?\b(?:user|human|question)\s*:\s*|^(?:user|human|prompt)\s*:\s*",
    re.IGNORECASE,
)
_FORM = (
    r"(?:in|as|using|with|within|under)\s+(?:(?:about|around|exactly|only|just|under|at most|no more than|fewer than|"
    r"less than|up to|max(?:imum)?|a|an|the|form of|\d+|one|two|three|four|five|six|seven|ten|few|single|short|simple|"
    r"numbered|bulleted|valid|plain)\s+)*"
    r"(?:json|xml|yaml|csv|markdown|html|bullets?(?: points?)?|(?:bullet|numbered|bulleted) list|sentences?|words?|"
    r"paragraphs?|lines?|emojis?|table(?: format)?|haiku|rhymes?|poem|rap|"
    r"song|limerick|joke|tweet|essay|step[- ]by[- ]step|characters?)"
    r"(?: format| form| or less| or fewer| max| at most| only)*"
)
_LEADING = re.compile(
    rf"^{_AND}(?:{_REPLYING}\b[^?.!:]{{0,60}}:\s*|{_FORM}\s*[,:]\s*|(?:briefly|in short|in brief|tl;?dr|eli5)\s*[,:]\s*"
    rf"|explain (?:it |this )?(?:to me )?like i['’]?m (?:\w+ ){{0,2}}?(?:five|5|ten|10|a child|a kid|dumb)\s*[,:.]\s*"
    rf"|{_FORGET}\s*(?:,|and|but|then|:)\s*(?:(?:and|then|just|please|instead)\s+)*"
    r"(?:(?:tell me|answer(?: me| this)?|say)\s*[:,]\s*)?"
    r"|(?:act|behave) (?:as|like) [^,.?!:]{1,40}?(?:,| and (?=tell|explain|what|how|answer|describe))\s*(?:and\s+)?"
    r"|(?:pretend|imagine) (?:that )?you(?:['’]re| are) [^,.?!:]{1,40}?(?:,| and )\s*(?:and\s+)?)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?:\s*[,;(–—-]?\s*(?:please\s+)?(?:{_FORM}|(?:and|then|but) {_FORGET}\b.*|(?:just )?yes or no(?: only| please)?"
    r"|(?:and )?(?:be|keep it) (?:brief|concise|short)|tl;?dr)(?:\s*,?\s*please)?\)?)+\s*[.?!]*$",
    re.IGNORECASE,
)
_FORGETS = re.compile(rf"{_AND}{_FORGET}", re.IGNORECASE)
_CHOICE = re.compile(r"(?:just )?(?:an? )?(?:simple |quick )?(?:yes or no|true or false)\W*", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:what|which|who|whom|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|must|"
    r"has|have|tell|explain|describe|define|list|show|compare|give|find)\b",
    re.IGNORECASE,
)


def without_orders(text: str) -> str:
    """Give what is asked of the library; what asks something of the assistant itself is left out, all of it may be."""
    asked = _ROLE.sub("", text)
    sentences = [asked[span.start : span.end] for span in split_sentences(asked)]
    others = [sentence for sentence in sentences if not _FORGETS.match(sentence)] or sentences
    kept = [plain for sentence in others if (plain := _without_order(sentence))]
    return _without_form(asked if kept == sentences else " ".join(kept))


def _without_order(sentence: str) -> str:
    """Give a sentence without the order it begins with, nothing of one that is an order as a whole."""
    rest = _LEADING.sub("", sentence)
    if rest != sentence and _ASKS.match(rest):
        return rest
    is_order = _ORDER.fullmatch(sentence.rstrip(" .!?:\"”'"))
    return "" if is_order and (not sentence.endswith("?") or _CHOICE.fullmatch(sentence)) else sentence


def _without_form(text: str) -> str:
    """Take off the form of answer that is asked for at the end of a question."""
    rest = _TRAILING.sub("", text)
    mark = "?" if text.endswith("?") and rest != text else ""
    return rest + mark if any(c.isalnum() for c in rest) else text
