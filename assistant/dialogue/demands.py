"""Tells questions for what is not so, for all but some, or for a number; and whether a text states that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.dialogue.wanted import gives, tells_a_gap
from assistant.documents.sentences import split_sentences
from assistant.retrieval.names import names
from assistant.retrieval.terms import indexed_terms, terms

_AUXILIARY = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|may|must|should)"
_LEAD = r"(?:(?:please|can you|could you|and|but|so|ok|also|tell me|show me|give me|do you know|i want to know),? )*"
_NEGATIVE = (
    rf"{_AUXILIARY}n['’]t|cannot|can['’]t|won['’]t|(?<!\bof )(?<!\bby )not|never|no longer|lacks?|lacking|"
    r"fail(?:s|ed)? to|ha(?:s|ve|d) no"
)
_MAIN = r"(?:(?!\b(?:who|that|which|whom|if|when|because|whether|while|unless|only|just|or)\b)[^,;?])*?"
_ASKED = (
    rf"(?:which|what|who|whose|where|how many|(?:list|name|find)\b[^,;?]*?(?: that| which| who)?|"
    rf"{_AUXILIARY}(?!n['’]t))\b"
)
_THINGS = r"(?:(?:the|all|any) )?(?:states?|districts?|schools?|laws?|countries|colleges|teachers|agencies|ones|places)"
_DENIED = re.compile(
    rf"^{_LEAD}(?:{_ASKED}{_MAIN} (?:{_NEGATIVE})|(?:(?:which|what) )?{_THINGS}(?: that| which| who)?(?: are)? "
    rf"(?:{_NEGATIVE}|without|with no))\b(?! (?:only|just|sure)\b)(?P<what>.+)",
    re.IGNORECASE,
)
_OR_NOT = re.compile(r"(?:,? or not\b|\bwhether or not\b)", re.IGNORECASE)
_EXCEPTED = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|all but|other than|besides|apart from|aside from|with the exception of)\b"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"^{_LEAD}(?:how many|what (?:is|was) the (?:total )?number of|what number of)\b(?P<what>.+)", re.IGNORECASE
)
_DENIES = re.compile(
    r"\b(?:not|no|none|nor|neither|never|without|nothing|nobody|cannot|lack\w*|except\w*|exclud\w+|fail\w*|"
    r"refus\w+|reject\w+|denie[ds]|withdr\w+|repeal\w*|other than|all but)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)

DemandKind = Literal["negative", "exception", "count"]


@dataclass(frozen=True, slots=True)
class Demand:
    """What a question is only answered by: a negative, an exception or a count, about `what` in the asker's words."""

    kind: DemandKind
    query: str
    what: str


def demands(query: str) -> Demand | None:
    """Give what a question demands, `None` for one that any statement may answer."""
    asked = _OR_NOT.sub("", query)
    patterns: tuple[tuple[DemandKind, re.Pattern[str]], ...] = (
        ("exception", _EXCEPTED),
        ("negative", _DENIED),
        ("count", _COUNTED),
    )
    matches = ((kind, pattern.search(asked)) for kind, pattern in patterns)
    return next((Demand(kind, query, found["what"]) for kind, found in matches if found and terms(found["what"])), None)


def denials(text: str) -> frozenset[str]:
    """Give the words by which a text says that something is not so, in small letters."""
    return frozenset(found.group().casefold() for found in _DENIES.finditer(text))


def states_it(demand: Demand, text: str) -> bool:
    """Whether a text states the negative, the exception or the count that is demanded."""
    match demand.kind:
        case "negative":
            return any(_denies(demand.what, sentence) for sentence in _sentences(text))
        case "exception":
            return _EXCEPTED.search(text) is not None or bool(names(text) - names(demand.what) and names(demand.what))
        case "count":
            return gives(demand.query, text)


def _denies(what: str, sentence: str) -> bool:
    """Whether a sentence denies something and has two in three of the terms; what tells a gap does not."""
    wanted = set(terms(what))
    shared = wanted.intersection(indexed_terms(sentence))
    return _DENIES.search(sentence) is not None and 3 * len(shared) >= 2 * len(wanted) and not tells_a_gap(sentence)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]
