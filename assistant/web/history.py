"""Writes questions into the messages of a chat, and reads them from there again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.web.markup import escape, unescape

_QUESTION = re.compile(r'<h2 class="question(?P<alone> alone)?">(?P<text>[^<>]*)</h2>')
_REPLY = re.compile(r'<div class="reply [a-z ]+" id="answer-(?P<number>\d{1,6})">[^\n]*')
_UNANSWERED = re.compile(r'<div class="reply (notice|failure)\b')
_REFUSED = re.compile(r'<div class="reply notice refused"')


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


def taken(messages: Sequence[Message]) -> list[Message]:
    """Give the messages without questions that were turned away, and without what was said of those."""
    return [message for pair in _exchanges(messages) if not _REFUSED.match(pair[1].html) for message in pair]


def next_number(messages: Sequence[Message]) -> int:
    """Give the number of the turn that follows these messages; the first of a long conversation may be gone."""
    found = _REPLY.fullmatch(messages[-1].html) if messages else None
    return 1 + (int(found["number"]) if found else sum(message.role == "user" for message in messages))


def parse_kept(text: str) -> list[Message]:
    """Read the conversation that a browser kept, as `[role, html]` pairs; what is not of our making is left out.

    Whatever it says, Gradio takes out of it what could run, as it does with all messages.
    """
    try:
        messages = [Message(role, html) for role, html in json.loads(text)]
        return [message for pair in _exchanges(messages) if _is_ours(*pair) for message in pair]
    except (ValueError, TypeError, RecursionError):
        return []


def _is_ours(asked: Message, reply: Message) -> bool:
    return bool(_QUESTION.fullmatch(asked.html) and _REPLY.fullmatch(reply.html) and not _REFUSED.match(reply.html))


def _exchanges(messages: Iterable[Message]) -> Iterator[tuple[Message, Message]]:
    """Give each question together with its reply."""
    pairs = pairwise(messages)
    return ((asked, reply) for asked, reply in pairs if asked.role == "user" and reply.role == "assistant")
