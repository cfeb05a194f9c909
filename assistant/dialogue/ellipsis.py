"""Tells whether a question leaves out what was asked before it, and asks it in full."""

from __future__ import annotations

import re

from assistant.dialogue.bare_questions import asked_again, is_bare
from assistant.dialogue.carrying import capitalised
from assistant.dialogue.conversation import Turn
from assistant.dialogue.fragments import ASKS, OTHERS, PREPOSITION, corrects, fitted
from assistant.dialogue.kinds import could_swap
from assistant.dialogue.openings import Opening
from assistant.retrieval.terms import terms

_COUNTED = re.compile(r"(?:how many|how much|which|what|whose) [\w-]+", re.IGNORECASE)
_FRAGMENT = 6
"""Words up to which something without a verb is taken for a fragment."""
_BARE_FRAGMENT = 4
"""The same where nothing announces that it follows something."""


def is_elliptic(opening: Opening, previous: Turn) -> bool:
    """Whether a question says too little by itself, and what it leaves out may be in the one before."""
    bare = opening.rest.rstrip("?!. ")
    if is_bare(bare) or (corrects(bare) and len(bare.split()) <= _FRAGMENT):
        return True
    if ASKS.match(bare):
        return opening.announces != "new_topic" and bool(_COUNTED.fullmatch(bare)) and opening.rest.endswith("?")
    if opening.announces == "correction":
        return True
    words = len(bare.split())
    if opening.announces == "more":
        return words <= _FRAGMENT
    return words <= _BARE_FRAGMENT and _is_loose(opening.rest, previous)


def completed(opening: Opening, previous: Turn) -> str:
    """Give an elliptic question in full, by way of the query of the turn before."""
    bare = opening.rest.rstrip("?!. ")
    return capitalised(asked_again(bare, previous) if is_bare(bare) else fitted(opening, previous))


def _is_loose(rest: str, previous: Turn) -> bool:
    """Whether something without a verb or an announcement is no topic of its own."""
    bare = rest.rstrip("?!. ")
    if OTHERS.match(bare):
        return len(terms(bare)) <= 1
    return rest.endswith("?") and (could_swap(bare, previous.query) or PREPOSITION.match(bare) is not None)
