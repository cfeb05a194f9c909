"""Conversations to ask follow-ups in, without an index."""

from __future__ import annotations

from small_library import document

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Reply
from assistant.documents.document import Source
from assistant.documents.passages import Splitting, split_document


def turn(query: str, reply: Reply | None = None) -> Turn:
    return Turn(query, query, reply or Abstention("not_covered", ()), "v", None)


def answered(query: str, heading: str, text: str = "It is so.") -> Turn:
    """Give a turn whose answer quotes a whole section."""
    passage = split_document(document(f"# {heading}\n\n{text}"), Splitting())[0]
    citation = Citation(1, passage, Source(), 0, len(passage.text), passage.text)
    return turn(query, Answer((citation,), "complete", ()))


def offering(query: str, *options: str) -> Turn:
    return turn(query, Clarification(options))


def after(*turns: Turn | str) -> Conversation:
    return Conversation(tuple(turn(t) if isinstance(t, str) else t for t in turns))
