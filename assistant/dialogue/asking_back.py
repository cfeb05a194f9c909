"""Finds out whether a question means one of several places and does not say which."""

from __future__ import annotations

from assistant.dialogue.decision import Decision, best_hit, confidence
from assistant.dialogue.suggesting import question_of
from assistant.documents.passages import Passage
from assistant.retrieval.hits import Retrieval
from assistant.retrieval.names import names

_BEHIND = 0.15
"""A passage about another place is a rival if its confidence is at most this far behind the best one's."""


def places_to_choose(retrieval: Retrieval, decision: Decision) -> tuple[str, ...]:
    """Give what to ask back, one question for each place, if the best passages are each about another.

    Nothing if the query names a place, or the best passage is about none.
    """
    hit = best_hit(retrieval)
    if hit is None or names(retrieval.query) or not _places(hit.passage):
        return ()
    best = confidence(decision, retrieval, hit)
    rivals = (rival for rival in retrieval.hits if confidence(decision, retrieval, rival) >= best - _BEHIND)
    options: dict[frozenset[str], str] = {}
    for near in (hit, *rivals):
        if (place := _places(near.passage)) and place not in options:
            options[place] = question_of(near) or _asked_of(place, retrieval.query)
    return tuple(dict.fromkeys(options.values())) if len(options) > 1 else ()


def _asked_of(place: frozenset[str], query: str) -> str:
    """Give a question with the place it is about."""
    named = " and ".join(sorted(name.title() if name.isalpha() or " " in name else name.upper() for name in place))
    return f"{query.rstrip('?!. ')}, in {named}?"


def _places(passage: Passage) -> frozenset[str]:
    """Give the states and bills that a passage is about, by its headings."""
    return names("\n".join((passage.title, *passage.heading)))
