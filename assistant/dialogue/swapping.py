"""Swaps a name for another of its kind: a state for a state, a year for a year."""

from __future__ import annotations

import re

from assistant.retrieval.names import BILL, STATE
from assistant.retrieval.terms import terms

_KINDS = (
    STATE,
    BILL,
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweekends?\b|\bweekdays?\b", re.IGNORECASE),
    re.compile(
        r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\b", re.IGNORECASE
    ),
    re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE),
    re.compile(
        r"\bv?\d+(?:\.\d+)+\b|\bv\d+\b|\b(?:version|grade|section|title|part|level|tier) (?:\d+|[ivx]+)\b",
        re.IGNORECASE,
    ),
)


def could_swap(name: str, asked: str) -> bool:
    """Whether a text is no more than a name, and a question has another of its kind."""
    return any(kind.fullmatch(name) and kind.search(asked) for kind in _KINDS)


def swapped(rest: str, asked: str) -> str | None:
    """Put another state, bill, year, day, number or version in place of the last that was asked about."""
    for kind in _KINDS:
        new, old = kind.search(rest), list(kind.finditer(asked))
        if new and old and not terms(rest[: new.start()] + rest[new.end() :]):
            return f"{asked[: old[-1].start()]}{new.group()}{asked[old[-1].end() :]}?"
    return None
