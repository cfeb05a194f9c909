"""Fits a fragment into the question before it: "and in Utah?", "what about teachers?", "no, I meant Ohio"."""

from __future__ import annotations

import re

from assistant.dialogue.carrying import about
from assistant.dialogue.conversation import Turn
from assistant.dialogue.kinds import swapped
from assistant.dialogue.names import STATE
from assistant.dialogue.noun_phrases import defines, is_plural, noun_phrases
from assistant.dialogue.openings import Opening
from assistant.dialogue.topic import without_addition
from assistant.retrieval.terms import terms

ASKS = re.compile(
    r"\b(?:what|which|who|whose|where|when|why|how|is|are|does|do|did|can|could|should|would|will|was|were|has|have|tell|"
    r"explain|describe|define|list|give|show)\b",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    r"(?:in|for|on|at|to|from|with|without|by|under|outside|inside|within|before|after|during|since|until|among|across|"
    r"between|per|through)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(r"(?:any|other|another|anything|further)\b", re.IGNORECASE)
_DETERMINED = re.compile(r"(?:any|other|another|anything|further|the|an?|my|your|our|these|those)\b", re.IGNORECASE)
_NOT_THAT = re.compile(r"not (?P<old>[^,]+),\s*(?:but )?(?P<new>.+)", re.IGNORECASE)
_INSTEAD = re.compile(r"(?P<new>.+?),? (?:and )?(?:not|instead of|rather than) (?P<old>.+)", re.IGNORECASE)
_NO_QUESTION = re.compile(r"(?:tell me more|what about|what are examples)", re.IGNORECASE)


def fitted(opening: Opening, previous: Turn) -> str:
    """Give the question before with a fragment fitted into it, or in place of what it corrects."""
    rest = re.sub(r",? (?:too|as well|then|instead)$", "", opening.rest.rstrip("?!. "))
    asked = without_addition(previous.query)
    instead = corrects(rest) or (_INSTEAD.fullmatch(rest) if opening.announces == "correction" else None)
    if instead:
        rest = instead["new"]
        if (found := re.search(rf"\b{re.escape(instead['old'])}\b", asked, re.IGNORECASE)) is not None:
            return f"{asked[: found.start()]}{rest}{asked[found.end() :]}?"
    full = swapped(rest, asked) or _of_the_same_head(rest, asked) or _in_place(rest, asked)
    return full or _added(rest, asked, opening, previous)


def corrects(rest: str) -> re.Match[str] | None:
    """Find what is put in place of what, if a fragment says so itself: "not Kentucky, Ohio"."""
    return _NOT_THAT.fullmatch(rest)


def _of_the_same_head(rest: str, asked: str) -> str | None:
    """Put "federal tests" in place of "state tests", and "photos in the air" of "photos of planes in the air"."""
    new = terms(rest)
    words = [(word, terms(word.group())) for word in re.finditer(r"[\w’'-]+", asked)]
    first = next((word for word, stems in words if stems and stems[0] == new[0]), None) if new else None
    last = next((word for word, stems in reversed(words) if stems and stems[0] == new[-1]), None) if new else None
    if first and last and len(new) > 1 and first.start() < last.start():
        return f"{asked[: first.start()]}{_without_article(rest)}{asked[last.end() :]}?"
    same = [p for p in noun_phrases(asked) if len(new) > 1 and terms(p.text)[-1:] == new[-1:]]
    if len(same) == 1 and not PREPOSITION.match(rest):
        return f"{asked[: same[0].start]}{rest}{asked[same[0].end :]}?"
    return None


def _without_article(rest: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", rest, flags=re.IGNORECASE)


def _in_place(rest: str, asked: str) -> str | None:
    """Put a name in place of the only one like it: "a 504" of "an IEP", "teachers" of "students"."""
    named = noun_phrases(rest)
    if len(named) != 1 or named[0].text != rest:
        return None
    new = named[0]
    if defines(asked) and new.is_name and (old := noun_phrases(asked)[0]).is_name:
        return f"{asked[: old.start]}{rest}{asked[old.end :]}?"
    alike = [p for p in noun_phrases(asked) if p.article == new.article and p.is_plural == new.is_plural]
    if len(alike) != 1 or not (new.article == "a" or (new.is_plural and not new.article)):
        return None
    return f"{asked[: alike[0].start]}{rest}{asked[alike[0].end :]}?"


def _added(rest: str, asked: str, opening: Opening, previous: Turn) -> str:
    """Add to the question before, or, where it would not fit into it, ask about its topic."""
    place = STATE.fullmatch(rest)
    if place or (PREPOSITION.match(rest) and not _NO_QUESTION.match(previous.query)):
        return f"{asked} {'in ' if place else ''}{rest}?"
    if opening.announces == "correction" and not ASKS.search(rest):
        return f"{asked}, {rest}?"
    bare_plural = is_plural(rest.rsplit(maxsplit=1)[-1]) and not _DETERMINED.match(rest) and not ASKS.match(rest)
    if bare_plural and not _NO_QUESTION.match(previous.query):
        return f"{asked} for {rest}?"
    return about(rest if OTHERS.match(rest) or ASKS.search(rest) else f"What about {rest}", previous)
