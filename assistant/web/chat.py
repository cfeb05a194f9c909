"""Answers a question typed into the chat, whatever happens."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.web.history import Message, earlier_questions, next_number
from assistant.web.rendering import render_failure, render_notice, render_turn

_log = logging.getLogger(__name__)
_REMEMBERED = 5
"""Earlier questions that a follow-up may lean on."""


def answer(assistant: Assistant, question: str, earlier: Sequence[Message], *, alone: bool) -> Message:
    """Give the reply to a question that follows earlier messages, or stands `alone`."""
    number = next_number(earlier)
    questions = () if alone else earlier_questions(earlier, _REMEMBERED)
    try:
        turn = assistant.ask(question, assistant.converse(questions), as_typed=alone)
        html = render_turn(turn, number, assistant.documents)
    except AssistantError as error:
        html = render_notice(str(error), number)
    except Exception as error:  # noqa: BLE001  # the one place: the person gets an honest reply
        _log_failure(error)
        html = render_failure(number)
    return Message("assistant", html)


def _log_failure(error: Exception) -> None:
    """Log where it broke; the error's own text stays out, for it may hold the question."""
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s while answering\n%s", type(error).__name__, place)
