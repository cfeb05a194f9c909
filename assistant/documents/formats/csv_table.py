"""Reads the rows of a CSV file of questions and answers."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.documents.formats.columns import find_columns
from assistant.documents.formats.entries import read_entries
from assistant.documents.formats.table import Cell, Row, Table, cell_text
from assistant.documents.reading import Reading, Remark
from assistant.errors import FileDamaged, FileTooLarge

_DELIMITERS = (",", ";", "\t")
_OPENING = 50_000
"""Characters in which the names of the columns are looked for: they decide on the delimiter."""
_MOST_ROWS = 50_000
_MOST_COLUMNS = 100
_END = "(the end of the table)"
_NOT_UTF8 = "is not UTF-8 and was read as Windows-1252; if letters look wrong, save it as 'CSV UTF-8'"


@dataclass(frozen=True, slots=True)
class _Decoded:
    """The text of a file and what is to be said of its encoding."""

    text: str
    remarks: tuple[Remark, ...] = ()


def read_csv(name: str, content: bytes) -> Reading:
    """Read each row with a question and an answer as an entry; `line` in errors and remarks is the row.

    Raises `FileDamaged` for what is no text or has a quotation mark that is never closed, `FileTooLarge` for a cell of
    more than 131,072 characters, `FileWithoutText`, and `DocumentError` if no columns are named Question and Answer.
    """
    decoded = _decode(name, content)
    table = Table("", tuple(_rows(name, decoded.text, _delimiter(decoded.text))))
    return read_entries(name, (table,), decoded.remarks)


def _decode(name: str, content: bytes) -> _Decoded:
    """Decode UTF-16 with its mark, UTF-8 with or without, else Windows-1252."""
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    decoded = _decoded(content, encoding)
    if decoded is None and encoding == "utf-8-sig":
        text = _decoded(content, "cp1252")
        decoded = text and _Decoded(text.text, (Remark(1, f"the file {_NOT_UTF8}"),))
    if decoded is None:
        raise FileDamaged(name, 1, "its bytes are no text in UTF-8, UTF-16 or Windows-1252; save it as 'CSV UTF-8'")
    if "\0" in decoded.text:
        raise FileDamaged(name, 1, "a NUL character: this is no text file; save it as 'CSV UTF-8'")
    return decoded


def _decoded(content: bytes, encoding: str) -> _Decoded | None:
    try:
        return _Decoded(content.decode(encoding))
    except UnicodeDecodeError:
        return None


def _delimiter(text: str) -> str:
    """Choose the delimiter that gives columns their names, or else the most frequent one."""
    return max(_DELIMITERS, key=lambda delimiter: _named(text[:_OPENING], delimiter))


def _named(text: str, delimiter: str) -> tuple[int, int]:
    table = Table("", tuple(_parsed(text, delimiter)))
    columns = find_columns(table)
    return (len(columns.row.cells) if columns else 0, text.count(delimiter))


def _rows(name: str, text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows; one more is parsed after them, which a quotation mark that is never closed would swallow."""
    row = Row(0, ())
    following = _parsed(f"{text}\n{_END}", delimiter)
    try:
        row = next(following)
        for count, after in enumerate(following):
            if count == _MOST_ROWS:
                raise FileTooLarge(name, row.number, f"more than {_MOST_ROWS:,} rows; split the file")
            yield row
            row = after
    except csv.Error as error:
        message = (
            f"the cells below row {row.number} are too large ({error}); is there a quotation mark that is never closed?"
        )
        raise FileTooLarge(name, row.number + 1, message) from error
    if row.cells != (Cell(_END),):
        raise FileDamaged(
            name, row.number, f"a quotation mark in row {row.number} is never closed; close it or take it out"
        )


def _parsed(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows that show something, each with the number a spreadsheet program shows."""
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        if any(cells):
            yield Row(number, tuple(Cell(cell_text(cell)) for cell in cells[:_MOST_COLUMNS]))
