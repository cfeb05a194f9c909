"""Finds what "the second one" or "both" is, in the latest list that was quoted or offered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest
from assistant.retrieval.terms import terms

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_COUNTS = "one two three four five six seven eight nine ten".split()
_ORDINAL = rf"(?P<ordinal>{'|'.join(_ORDINALS)}|last|final|former|latter|\d{{1,2}}(?:st|nd|rd|th))"
_THING = r"(?:one|option|question|item|point|choice|suggestion|bullet)"
_POSITION = re.compile(
    rf"\b(?:the )?{_ORDINAL} {_THING}\b"
    rf"|\b(?:{_THING} (?:number )?|number |no\. ?|#)(?P<number>\d{{1,2}})\b(?! \w+s\b)"
    rf"|\bthe (?P<side>first|last) (?P<count>{'|'.join(_COUNTS[1:])})(?: ones?| {_THING}s)?(?=\W*$)"
    r"|\b(?P<both>both)(?: of (?:them|those|these))?(?=\W*$| (?:the same|of them|of those)\b)"
    rf"|^(?P<digits>\d{{1,2}})(?=\W*$)"
    rf"|^(?:the )?(?P<alone>{'|'.join(_ORDINALS)}|last|former|latter|\d{{1,2}}(?:st|nd|rd|th))(?=\W*$)"
    r"|\bthe (?P<contrasted>former|latter)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:[-*•]|\d+[.)])\s+")
_LABEL_END = re.compile(r"\s*(?:[:;.–—(|]|, | - )")
_INLINE = re.compile(
    r"(?:\bare|\bincludes?|\bcalled|\bnamely|:)\s"
    r"(?P<items>[^.;:?!]{3,80}?(?:, [^.;:?!,]{3,60}?)*,? and [^.;:?!,]{3,60})[.;]"
)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|says?|said|it|they|that|who|which)\b", re.IGNORECASE)
"""What things that a sentence lists do not have: with it, "not linear and not one-size-fits-all" is no list."""
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a turn: what it names in order; `offered` are questions to choose from, not quoted items."""

    items: tuple[str, ...]
    offered: bool


@dataclass(frozen=True, slots=True)
class Position:
    """A phrase of a question that points into a list: `question[start:end]`."""

    start: int
    end: int
    match: re.Match[str]

    def chosen(self, items: Sequence[str]) -> tuple[str, ...]:
        """Give what it points at in a list; nothing if the list is too short."""
        found = self.match
        word = (
            found["ordinal"] or found["alone"] or found["contrasted"] or found["number"] or found["digits"] or ""
        ).lower()
        if found["both"]:
            return tuple(items) if len(items) == len(("one", "other")) else ()
        if found["side"]:
            count = 1 + _COUNTS.index(found["count"].lower())
            part = items[:count] if found["side"].lower() == "first" else items[-count:]
            return tuple(part) if len(part) == count else ()
        if word in ("last", "final", "latter"):
            return tuple(items[-1:])
        number = 1 if word == "former" else _number(word)
        return tuple(items[number - 1 : number]) if number else ()


def find_position(question: str) -> Position | None:
    """Find a phrase that points into a list, if there is one."""
    found = _POSITION.search(question)
    return Position(found.start(), found.end(), found) if found else None


def latest_list(turns: Sequence[Turn]) -> Listed | None:
    """Give the latest list of two or more that the person was shown; `turns` begin with the latest."""
    return next((listed for turn in turns if len((listed := _list_of(turn)).items) > 1), None)


def _number(word: str) -> int:
    if word in _ORDINALS:
        return 1 + _ORDINALS.index(word)
    return int("".join(c for c in word if c.isdigit()))


def _list_of(turn: Turn) -> Listed:
    match turn.reply:
        case Clarification(options=options):
            return Listed(options, offered=True)
        case Closest(nearest=nearest) | Abstention(nearest=nearest):
            return Listed(nearest, offered=True)
        case Answer(citations=citations):
            lists = (tuple(_quoted_items(citation)) for citation in citations)
            return Listed(next((items for items in lists if len(items) > 1), ()), offered=False)
        case _:
            return Listed((), offered=False)


def _quoted_items(citation: Citation) -> Iterator[str]:
    """Yield the labels of the list in a quote: of its items, its rows or, without any, of what a sentence lists."""
    passage = citation.passage
    inside = [s for s in passage.sentences if citation.start <= s.start and s.end <= citation.end]
    listed = [s for s in inside if s.kind == "item"] or [s for s in inside if s.kind == "row"][1:]
    labels = [_label(passage.text[sentence.start : sentence.end]) for sentence in listed]
    inline = next((found for found in _INLINE.finditer(citation.quote) if not _CLAUSE.search(found["items"])), None)
    if not labels and inline:
        labels = [_label(part) for part in re.split(r", and |, | and ", inline["items"])]
    yield from (label for label in labels if label)


def _label(item: str) -> str:
    """Give what an item of a list is called: its words up to the first stop or dash."""
    text = _MARK.sub("", item.split("\n", maxsplit=1)[0])
    name = _LABEL_END.split(text, maxsplit=1)[0].strip(" *_,")
    words = (name if terms(name) else text.strip(" .")).split()
    return " ".join(words[:_LONGEST])
