"""Answers a question typed into the chat, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.assistant import Assistant
from assistant.errors import AskingFailed, AssistantError, LineFull, TooManyQuestions
from assistant.web.asking import Asked, ask
from assistant.web.history import Message, earlier_questions, next_number
from assistant.web.rendering import render_failure, render_notice, render_refusal, render_turn

_REMEMBERED = 5
"""Earlier questions that a follow-up may lean on."""


def answer(assistant: Assistant, question: str, earlier: Sequence[Message], *, alone: bool, root: str = "") -> Message:
    """Give the reply to a question that follows earlier messages, or stands `alone`; links lead below `root`."""
    number = next_number(earlier)
    asked = Asked(question, earlier_questions(earlier, _REMEMBERED), alone)
    try:
        html = ask(assistant, asked, lambda turn: render_turn(turn, number, assistant.documents, root))
    except AskingFailed:
        html = render_failure(number)
    except AssistantError as error:
        html = render_notice(str(error), number)
    return Message("assistant", html)


def turn_away(error: LineFull | TooManyQuestions, earlier: Sequence[Message]) -> Message:
    """Give what is said in place of a reply to a question that is not taken now."""
    return Message("assistant", render_refusal(str(error), next_number(earlier)))
