"""Writes questions into the messages of a chat, and reads them from there again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.web.markup import escape, unescape

_QUESTION = re.compile(r'<h2 class="question(?P<alone> alone)?">(?P<text>[^<>]*)</h2>')
_UNANSWERED = re.compile(r'<div class="reply (notice|failure)"')


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the chat: one line of HTML."""

    role: Literal["user", "assistant"]
    html: str


def question_message(question: str, *, alone: bool) -> Message:
    """Give the message that shows a question; `alone` notes that it does not lean on earlier ones."""
    mark = " alone" if alone else ""
    return Message("user", f'<h2 class="question{mark}">{escape(question)}</h2>')


def earlier_questions(messages: Sequence[Message], most: int) -> tuple[str, ...]:
    """Give the latest questions that were searched, the oldest first, from the last one asked alone on.

    The messages come from the browser: what is not of our making is passed over.
    """
    questions: list[str] = []
    for message, reply in pairwise(messages):
        found = _QUESTION.fullmatch(message.html) if message.role == "user" else None
        if found is None or _UNANSWERED.match(reply.html):
            continue
        questions = [*([] if found["alone"] else questions), unescape(found["text"])]
    return tuple(questions[-most:])


def next_number(messages: Sequence[Message]) -> int:
    """Give the number of the turn that follows these messages."""
    return 1 + sum(message.role == "user" for message in messages)
