"""Reads what a row of a table says of its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.documents.description import is_date, is_web_address
from assistant.documents.document import Source
from assistant.documents.formats.columns import Columns
from assistant.documents.formats.table import Row

_TIME = re.compile(r"[ T]\d{2}:\d{2}(:\d{2})?$")


@dataclass(frozen=True, slots=True)
class RowSource:
    """The source that a row names, `None` if it names none, and what is wrong with what was left out of it."""

    source: Source | None
    problems: tuple[str, ...]


def read_source(row: Row, columns: Columns) -> RowSource:
    """Give the source of a row; an address or a date that can't be used is left out and told."""
    publisher = _line(row.cell(columns.publisher).text)
    address = _address(row, columns)
    written = _line(row.cell(columns.date).text)
    date = _TIME.sub("", written)
    published = date if is_date(date) else None
    problems = []
    if address and not is_web_address(address):
        problems.append(f"the address must begin with https:// or http://, found {address!r:.80}; it was left out")
    if written and not published:
        problems.append(f"the date must be like 2026-03-31, 2026-03 or 2026, found {written!r:.40}; it was left out")
    source = Source(
        publisher="" if is_web_address(publisher) else publisher,
        title=_line(row.cell(columns.title).text),
        url=address if is_web_address(address) else None,
        published=published,
    )
    return RowSource(None if source == Source() else source, tuple(problems))


def _address(row: Row, columns: Columns) -> str:
    """Give the address in its column, or the one that the cell of the source links to or is."""
    named, source = row.cell(columns.url), row.cell(columns.publisher)
    written = _line(source.text)
    return named.url or _line(named.text) or source.url or (written if is_web_address(written) else "")


def _line(text: str) -> str:
    return " ".join(text.split())
