"""Reads one file in a process of its own: its bytes come by standard input, the outcome goes by standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module

from assistant.documents.archives import check_archive
from assistant.documents.confinement import forbid_effects, leave_network, limit_resources
from assistant.documents.file_kinds import FileKind, kind_of
from assistant.documents.limits import Limits
from assistant.documents.outcome import TOO_MUCH_MEMORY, Outcome, refusal, write_outcome
from assistant.documents.reading import Reading
from assistant.documents.text_files import parse_page
from assistant.errors import DocumentError, FileTooLarge, FileUnsafe, FileWithoutText


def main(name: str, limits: Limits) -> None:
    """Read standard input as a file of that name and say what came of it."""
    kind = kind_of(name)
    assert kind is not None
    limit_resources(limits)
    try:
        outcome = write_outcome(_outcome(name, kind, limits))
        sys.stdout.buffer.write(outcome)
        sys.stdout.buffer.flush()
    except MemoryError:
        os._exit(TOO_MUCH_MEMORY)


def _outcome(name: str, kind: FileKind, limits: Limits) -> Outcome:
    content = sys.stdin.buffer.read()
    try:
        if kind.archive_folder:
            check_archive(name, content, kind)
        reading = _confined_reader(kind)(name, content)
        _check_amount(name, reading, limits)
    except DocumentError as error:
        return refusal(error)
    except PermissionError as error:
        return refusal(
            FileUnsafe(name, 1, f"it reaches for something outside of itself ({error}); do not use this file")
        )
    return reading


def _confined_reader(kind: FileKind) -> Callable[[str, bytes], Reading]:
    """Load the reader of a kind, then give up what it has no need of."""
    # So says the import system that a module is not there: libraries that could use numpy start sooner without.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    read: Callable[[str, bytes], Reading] = parse_page
    if kind.is_isolated:
        read = getattr(import_module(f"assistant.documents.formats.{kind.module}"), kind.function)
    leave_network()
    forbid_effects()
    return read


def _check_amount(name: str, reading: Reading, limits: Limits) -> None:
    characters = sum(len(section.text) for section in reading.sections)
    if characters > limits.output:
        raise FileTooLarge(
            name, 1, f"{characters:,} characters of text are too many; split the file ({limits.output:,} at most)"
        )
    blocks = sum(len(section.blocks) + len(section.links) for section in reading.sections)
    if blocks > limits.pieces:
        raise FileTooLarge(
            name,
            1,
            f"{blocks:,} paragraphs, lists, tables and links are too many; split the file ({limits.pieces:,} at most)",
        )
    if not characters:
        raise FileWithoutText(name, 1, "there is no text in it; if it shows text, that text is a picture")
