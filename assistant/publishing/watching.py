"""Rebuilds while editors work: whenever the corpus has changed and then been left alone for a moment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

from assistant.documents.source_files import fingerprint, list_files
from assistant.errors import AssistantError


def watch(
    corpus_folder: Path, rebuild: Callable[[], None], stop: Event, tell: Callable[[str], None], pause: float = 1.0
) -> None:
    """Look at the corpus every `pause` seconds until `stop` is set, and rebuild once it is quiet for as long.

    `tell` gets the text of an `AssistantError` or `OSError` of a rebuild, and watching goes on. What changes during
    a rebuild leads to the next one.
    """
    built = _state(corpus_folder)
    while not stop.wait(pause):
        found = _state(corpus_folder)
        if found == built:
            continue
        settled = _settled(corpus_folder, found, stop, pause)
        if settled is None:
            return
        if settled != built:
            _rebuild(rebuild, tell)
        built = settled


def _settled(corpus_folder: Path, found: str, stop: Event, pause: float) -> str | None:
    """Wait until two looks in a row see the same; `None` if it is time to stop."""
    while not stop.wait(pause):
        before, found = found, _state(corpus_folder)
        if found == before:
            return found
    return None


def _rebuild(rebuild: Callable[[], None], tell: Callable[[str], None]) -> None:
    try:
        rebuild()
    except (AssistantError, OSError) as error:
        tell(f"not published: {error}")


def _state(corpus_folder: Path) -> str:
    """Give the fingerprint of the corpus, or why it can't be read now: a file may go while it is listed."""
    try:
        return fingerprint(list_files(corpus_folder))
    except (AssistantError, OSError) as error:
        return str(error)
