"""The turns of a conversation, bounded."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dialogue.reply import Abstention, Reply

LONGEST = 6
"""Turns that are remembered."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question, the standalone query that was searched for it, and the reply.

    `version` is the index version the reply came from, `content_date` the latest date in it.
    """

    question: str
    query: str
    reply: Reply
    version: str
    content_date: str | None

    @property
    def was_searched(self) -> bool:
        """Whether the question was about something that a later one may lean on."""
        declined = isinstance(self.reply, Abstention) and self.reply.reason in ("not_understood", "other_language")
        return bool(self.query) and not declined


@dataclass(frozen=True, slots=True)
class Conversation:
    """The latest turns, oldest first."""

    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> Conversation:
        """Give the conversation one turn later; the oldest turn goes when it grows too long."""
        return Conversation((*self.turns, turn)[-LONGEST:])
