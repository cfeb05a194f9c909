"""Finds the reader of a file by its suffix, among those that there are."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.markdown import parse_markdown
from assistant.documents.plain_text import parse_plain_text
from assistant.documents.reading import Reading

_FORMATS = "assistant.documents.formats"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reader of a format is."""

    module: str
    function: str


_PLACES = {
    ".pdf": _Place("pdf", "read_pdf"),
    ".docx": _Place("docx", "read_docx"),
    ".html": _Place("html", "read_html"),
    ".htm": _Place("html", "read_html"),
    ".csv": _Place("csv_table", "read_csv"),
    ".xlsx": _Place("xlsx", "read_xlsx"),
}
_PARSERS = {".md": parse_markdown, ".txt": parse_plain_text}


def reader(suffix: str) -> Callable[[str, bytes], Reading] | None:
    """Give the reader for a suffix, `None` if there is none."""
    if (parse := _PARSERS.get(suffix)) is not None:
        return lambda _, content: Reading(parse(content.decode("utf-8-sig")))
    place = _PLACES.get(suffix)
    if place is None or importlib.util.find_spec(f"{_FORMATS}.{place.module}") is None:
        return None
    read: Callable[[str, bytes], Reading] = getattr(
        importlib.import_module(f"{_FORMATS}.{place.module}"), place.function
    )
    return read


def read_file(path: Path) -> Reading | None:
    """Read a file, `None` if there is no reader for its suffix."""
    read = reader(path.suffix.lower())
    return None if read is None else read(path.name, path.read_bytes())


def text(reading: Reading) -> str:
    """Give all that is read, headings before what stands below them, each heading once."""
    lines: list[str] = []
    above: tuple[str, ...] = ()
    for section in reading.sections:
        shared = sum(1 for one, other in zip(section.heading, above, strict=False) if one == other)
        lines += [*section.heading[shared:], section.text]
        above = section.heading
    return "\n".join(lines)
