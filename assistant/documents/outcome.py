"""What the process that reads a file says to the one that started it, as JSON."""

from __future__ import annotations

from dataclasses import dataclass

import pydantic

from assistant.documents.reading import Reading
from assistant.errors import DocumentError

TOO_MUCH_MEMORY = 77
"""Exit code of a process that ran out of the memory it is allowed."""
_CLASSES: tuple[type[DocumentError], ...] = (DocumentError, *DocumentError.__subclasses__())
_ERRORS = {error.__name__: error for error in _CLASSES}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error in words that can cross to another process; `error` is the name of its class."""

    error: str
    line: int
    message: str


Outcome = Reading | Refusal
_READINGS = pydantic.TypeAdapter(Reading)
_REFUSALS = pydantic.TypeAdapter(Refusal)
_REFUSAL = b'{"error"'
"""How a refusal begins: to try both forms in turn would take three times the memory."""


def refusal(error: DocumentError) -> Refusal:
    """Give an error in words."""
    return Refusal(type(error).__name__, error.line, error.message)


def refused(name: str, found: Refusal) -> DocumentError:
    """Give the error that was meant; one of an unknown class is a `DocumentError`."""
    return _ERRORS.get(found.error, DocumentError)(name, max(1, found.line), found.message)


def write_outcome(outcome: Outcome) -> bytes:
    """Give an outcome as JSON."""
    return _REFUSALS.dump_json(outcome) if isinstance(outcome, Refusal) else _READINGS.dump_json(outcome)


def parse_outcome(content: bytes) -> Outcome:
    """Read an outcome; raises `ValueError` for what is none."""
    if content.startswith(_REFUSAL):
        return _REFUSALS.validate_json(content)
    return _READINGS.validate_json(content, strict=True)
