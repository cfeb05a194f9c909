"""Makes a follow-up standalone: what it leaves out is taken from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue.bare_questions import is_bare
from assistant.dialogue.carrying import about, capitalised
from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.ellipsis import completed, is_elliptic
from assistant.dialogue.fragments import ASKS
from assistant.dialogue.openings import Opening, take_opening
from assistant.dialogue.positions import Listed, Position, find_position, latest_list
from assistant.dialogue.pronouns import open_pronouns
from assistant.dialogue.references import with_references
from assistant.dialogue.topic import without_addition
from assistant.retrieval.terms import terms

_ANSWERED = re.compile(r"(?:yes|yeah|yep|sure|no|nope|neither|none|maybe|please do)(?:,? please)?", re.IGNORECASE)
_SHORT = 3
"""Terms up to which a question says too little to be searched if what it points at is not known."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A query that can be searched by itself; `unresolved` if it points at nothing we know of."""

    query: str
    unresolved: bool = False


def standalone(question: str, conversation: Conversation) -> Standalone:
    """Give the standalone form of a question; one that needs nothing added is left as it is.

    Words that point back are replaced by what they point at, positions by what stands there in the
    latest list, and a question that leaves out what was asked before is asked in full.
    """
    turns = tuple(turn for turn in reversed(conversation.turns) if turn.was_searched)
    opening = take_opening(question)
    bare = opening.rest.rstrip("?!. ")
    if _ANSWERED.fullmatch(bare):
        return Standalone(question, unresolved=True)
    position = find_position(opening.rest)
    if position:
        query = _at_position(opening, position, turns)
        return Standalone(query) if query else Standalone(question, unresolved=True)
    pronouns = open_pronouns(opening.rest)
    if pronouns and not is_bare(bare):
        query = with_references(opening.rest, pronouns, turns) if turns else None
        return Standalone(capitalised(query)) if query else _unresolved(question)
    return _in_full(question, opening, turns)


def retried(question: str, conversation: Conversation) -> str | None:
    """Give a short question with the topic before it, for when it found nothing as it stands."""
    latest = next((turn for turn in reversed(conversation.turns) if turn.was_searched), None)
    rest = take_opening(question).rest
    return about(rest, latest) if latest and 0 < len(terms(rest)) <= _SHORT else None


def offered(conversation: Conversation) -> tuple[str, ...]:
    """Give the questions that the latest turn offered to choose from."""
    listed = latest_list(conversation.turns[-1:])
    return listed.items if listed and listed.offered else ()


def _in_full(question: str, opening: Opening, turns: Sequence[Turn]) -> Standalone:
    """Complete an ellipsis from the latest turn; leave any other question alone."""
    if not turns:
        hangs = is_bare(opening.rest) or (opening.announces == "more" and not ASKS.match(opening.rest))
        return _unresolved(question) if hangs else Standalone(question)
    if opening.announces == "new_topic" and not is_bare(opening.rest):
        return Standalone(capitalised(opening.rest))
    if is_elliptic(opening, turns[0]):
        return Standalone(completed(opening, turns[0]))
    return Standalone(question if terms(opening.rest) else about(opening.rest, turns[0]))


def _unresolved(question: str) -> Standalone:
    """Leave a question that points at something unknown as it is; a longer one may do without that."""
    return Standalone(question, unresolved=len(terms(question)) <= _SHORT)


def _at_position(opening: Opening, position: Position, turns: Sequence[Turn]) -> str | None:
    """Give the question about what stands at a position; an offered question is asked as it is."""
    listed = latest_list(turns)
    if listed is None:
        return about(opening.rest, turns[0]) if turns and terms(without_addition(turns[0].query)) else None
    chosen = position.chosen(listed.items)
    if listed.offered or not chosen:
        return chosen[0] if len(chosen) == 1 else None
    before, after = opening.rest[: position.start], opening.rest[position.end :]
    names = " and ".join(chosen)
    if terms(before + after) or len(before.split()) > 1:
        return capitalised(f"{before}{names}{after}")
    return capitalised(_instead_of_another(listed, names, turns[0]) or f"Tell me more about {names}")


def _instead_of_another(listed: Listed, name: str, previous: Turn) -> str | None:
    """Ask what was asked of another item of the same list."""
    asked = without_addition(previous.query)
    for item in listed.items:
        if found := re.search(rf"\b{re.escape(item)}\b", asked, re.IGNORECASE):
            return f"{asked[: found.start()]}{name}{asked[found.end() :]}?"
    return None
