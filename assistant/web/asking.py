"""Asks a question whatever happens: what breaks is logged without it and told as our failure."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.dialogue.conversation import Turn
from assistant.errors import AskingFailed, AssistantError

T = TypeVar("T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that follows `earlier` ones, or stands `alone`: searched as it was typed, with no earlier ones."""

    question: str
    earlier: tuple[str, ...] = ()
    alone: bool = False


def ask(assistant: Assistant, asked: Asked, show: Callable[[Turn], T]) -> T:
    """Ask a question, and give the turn as it is to be shown.

    Raises `QuestionError` for one that can't be searched, `AskingFailed` if we break.
    """
    try:
        conversation = assistant.converse(() if asked.alone else asked.earlier)
        return show(assistant.ask(asked.question, conversation, as_typed=asked.alone))
    except AssistantError:
        raise
    except Exception as error:  # noqa: BLE001  # the one place: the person gets an honest reply
        _log_failure(error)
        raise AskingFailed(wording.FAILURE) from None  # the error's own text may hold the question


def _log_failure(error: Exception) -> None:
    """Log where it broke; the error's own text stays out, for it may hold the question."""
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s while answering\n%s", type(error).__name__, place)
