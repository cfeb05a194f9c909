"""Carries what a conversation is about over to a later query."""

from __future__ import annotations

import re

from assistant.dialogue.conversation import Turn
from assistant.dialogue.names import STATE
from assistant.dialogue.topic import ABOUT, topic


def about(question: str, previous: Turn) -> str:
    """Give a question with the topic of the turn before it added."""
    subject = topic(previous)
    bare = question.rstrip("?!. ")
    return capitalised(with_state(f"{bare} {ABOUT} {subject}?", previous.query) if subject else f"{bare}?")


def with_state(query: str, previous: str) -> str:
    """Keep the one state that the conversation is about."""
    states = {match.group().lower(): match.group() for match in STATE.finditer(previous)}
    if len(states) != 1 or STATE.search(query):
        return query
    bare = query.rstrip("?!. ")
    return f"{bare} in {next(iter(states.values()))}{query[len(bare) :]}"


def capitalised(text: str) -> str:
    """Give a text with a capital at its beginning."""
    return re.sub(r"^\w", lambda first: first.group().upper(), text)
