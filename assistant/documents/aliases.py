"""Reads the list of other names: what people write, and what the library calls it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from assistant.errors import DocumentError

FILE = "aliases.csv"
_HEADER = ["people write", "the library says"]


@dataclass(frozen=True, slots=True)
class Alias:
    """An acronym, abbreviation or other name, and the name that the library uses.

    `written` without capitals stands for itself in any spelling; with capitals it is meant as it is
    written (`IDEA` is a law, `idea` is not).
    """

    written: str
    meaning: str


def parse_aliases(file: str, text: str) -> tuple[Alias, ...]:
    """Give the aliases of a table with two columns, `people write` and `the library says`.

    Raises `DocumentError` for the first line that is no such row.
    """
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    if [cell.strip().lower() for cell in header] != _HEADER:
        raise DocumentError(file, 1, f"expected the first line {','.join(_HEADER)!r}, found {','.join(header)!r:.60}")
    try:
        return tuple(_alias(file, rows.line_num, row) for row in rows if any(cell.strip() for cell in row))
    except csv.Error as error:
        raise DocumentError(file, rows.line_num, f"a quotation mark is never closed ({error})") from error


def _alias(file: str, line: int, row: list[str]) -> Alias:
    cells = [" ".join(cell.split()) for cell in row]
    match cells:
        case [written, meaning] if written and meaning:
            return Alias(written, meaning)
        case _:
            raise DocumentError(
                file, line, f"expected two names with a comma between them, found {','.join(row)!r:.60}"
            )
