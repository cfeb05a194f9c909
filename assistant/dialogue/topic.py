"""Tells what a turn was about, for a later question to point at."""

from __future__ import annotations

import re

from assistant.dialogue.conversation import Turn
from assistant.dialogue.noun_phrases import NounPhrase, noun_phrases
from assistant.dialogue.reply import Answer

ABOUT = "when it comes to"
_ADDED = re.compile(rf",? {ABOUT} (?P<topic>[^?]*)", re.IGNORECASE)
_ASIDE = re.compile(r" \((?P<topic>[^()]*)\)")
_ALSO_ASKED = re.compile(
    r",? and (?:why|how|when|where|who|which|since when|until when|by whom|what)\b[^,?]*$", re.IGNORECASE
)
_ASKS_NAME = re.compile(
    r"\bwhat(?:['’]s| is) (?:it|that|this) (?:called|known as)\b|\b(?:do|would) (?:you|we|they|people) call\b"
    r"|\b(?:name|term|word) for\b",
    re.IGNORECASE,
)
_MORE_OF = re.compile(r"(?:tell me more about|what else about|what are examples of|what about) ", re.IGNORECASE)


def spoken_of(turn: Turn) -> tuple[NounPhrase, ...]:
    """Give what a turn named, the likeliest to be meant first: what a follow-up added to its query before the rest.

    Where a query asks for the name of something, or names nothing, it is the heading that was cited.
    """
    asked = without_addition(turn.query)
    added = _ADDED.search(turn.query) or _ASIDE.search(turn.query)
    named = (*(noun_phrases(added["topic"]) if added else ()), *noun_phrases(asked))
    named = tuple(phrase for phrase in named if phrase.article not in ("any", "no"))
    if (not named or _ASKS_NAME.search(asked)) and (cited := _cited_heading(turn)):
        return (*noun_phrases(cited), *named)
    return named


def topic(turn: Turn) -> str | None:
    """Give what a turn was about in a few words, or `None` if it named nothing."""
    return next((phrase.text for phrase in spoken_of(turn)), None)


def without_addition(query: str) -> str:
    """Give a query without what completed it, so that nothing sticks to a conversation."""
    bare = _ASIDE.sub("", _ADDED.sub("", query)).rstrip("?!. ")
    return _MORE_OF.sub("", _ALSO_ASKED.sub("", bare))


def _cited_heading(turn: Turn) -> str | None:
    """Give the heading of the first section that a turn cited."""
    if not isinstance(turn.reply, Answer):
        return None
    passage = turn.reply.citations[0].passage
    heading = passage.heading[-1] if passage.heading else passage.title
    first = heading.split()[0]
    return heading if first.lower() not in passage.text.split() else heading[0].lower() + heading[1:]
