"""Finds out whether a question means one of several places and does not say which."""

from __future__ import annotations

from assistant.dialogue.decision import Decision, best_hit, confidence
from assistant.dialogue.names import names
from assistant.documents.passages import Passage
from assistant.retrieval.hits import Retrieval

_BEHIND = 0.15
"""A passage about another place is a rival if its confidence is at most this far behind the best one's."""


def places_to_choose(retrieval: Retrieval, decision: Decision) -> tuple[str, ...]:
    """Give what to ask back, one question or heading for each place, if the best passages are each about another.

    Nothing if the query names a place, or the best passage is about none.
    """
    hit = best_hit(retrieval)
    if hit is None or names(retrieval.query) or not _places(hit.passage):
        return ()
    best = confidence(decision, retrieval, hit)
    options = {_places(hit.passage): label(hit.passage)}
    for rival in retrieval.hits:
        place = _places(rival.passage)
        if place and confidence(decision, retrieval, rival) >= best - _BEHIND:
            options.setdefault(place, label(rival.passage))
    return tuple(options.values()) if len(options) > 1 else ()


def label(passage: Passage) -> str:
    """Give the question that a passage answers as an FAQ entry, elsewhere its heading, or the title above all."""
    return passage.heading[-1] if passage.heading else passage.title


def _places(passage: Passage) -> frozenset[str]:
    """Give the states and bills that a passage is about, by its headings."""
    return names("\n".join((passage.title, *passage.heading)))
