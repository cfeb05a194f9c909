"""Reads what the cells of a workbook show."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.functions import fromstring

from assistant.documents.formats.shown_numbers import shown_number
from assistant.documents.formats.table import cell_text
from assistant.documents.reading import Metadata
from assistant.errors import FileDamaged

_LAST_ROW = 1_048_576
_LAST_COLUMN = 100
_PROPERTIES = "docProps/core.xml"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BROKEN = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zlib.error,
)
"""openpyxl checks little: a malformed part makes of it whatever Python raises; an XML error is a `SyntaxError`."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What a cell shows, rows and columns counted from 1; `place` is written like `B7`."""

    row: int
    column: int
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and its cells by row; of a hidden one none are read. `part` is where it stands in the package."""

    title: str
    is_hidden: bool
    part: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook in order."""

    sheets: tuple[Sheet, ...]
    metadata: Metadata


def read_workbook(name: str, content: bytes) -> Workbook:
    """Read the sheets of a workbook: values that formulas had when it was saved, no macros, no other workbooks.

    Raises `FileDamaged`.
    """
    try:
        return _workbook(content)
    except _BROKEN as error:
        message = f"it is no workbook that can be read ({type(error).__name__}: {error})"
        raise FileDamaged(
            name, 1, f"{' '.join(message.split()):.200}; open it in a spreadsheet program and save it again as .xlsx"
        ) from error


def _workbook(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it would lose on saving
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        parts: set[str] = set()
        sheets = tuple(_sheet(sheet, parts) for sheet in book.worksheets)
    title, author = book.properties.title, book.properties.creator
    book.close()
    return Workbook(sheets, Metadata(_line(title or ""), _line(author or ""), _modified(content)))


def _sheet(sheet: ReadOnlyWorksheet, parts: set[str]) -> Sheet:
    """Read a sheet; one that stands in a part that was read before has no cells of its own."""
    part = sheet._worksheet_path  # noqa: SLF001  # no public name tells it, and hidden rows and links stand only there
    is_hidden = sheet.sheet_state != "visible"
    cells = () if is_hidden or part in parts else tuple(_cells(sheet))
    parts.add(part)
    return Sheet(sheet.title, is_hidden, part, cells)


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[ShownCell]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    before: object = None
    for row in sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN):
        if row is before:  # a gap of a million rows is the same blank row, a million times
            continue
        before = row
        for cell in row:
            if cell.value is not None and (text := _shown(cell)).strip():
                yield ShownCell(cell.row, cell.column, cell.coordinate, text)


def _shown(cell: ReadOnlyCell) -> str:
    """Write a value as the cell shows it; an error such as `#N/A` shows nothing."""
    match cell.value:
        case _ if cell.data_type == "e":
            return ""
        case bool(value):
            return str(value).upper()
        case int(value) | float(value):
            return shown_number(value, cell.number_format)
        case dt.date() | dt.time() as value:
            return _date(value)
        case value:
            return _text(str(value))


def _date(value: dt.date | dt.time) -> str:
    """Write a date, a time or both as ISO 8601, the hour only where there is one."""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    return value.isoformat("minutes") if isinstance(value, dt.time) else value.isoformat()


def _text(written: str) -> str:
    """Give the text with the characters that XML can't hold, written like `_x000D_`, left out."""
    return cell_text(_ESCAPE.sub(lambda escape: "_" if escape[1] == "005F" else "", written))


def _line(written: str) -> str:
    return " ".join(_text(written).split())


def _modified(content: bytes) -> str:
    """Give the day on which the workbook was saved; openpyxl would give today where the file says nothing."""
    with ZipFile(io.BytesIO(content)) as package:
        if _PROPERTIES not in package.namelist():
            return ""
        written = fromstring(package.read(_PROPERTIES)).findtext(_MODIFIED) or ""
    return written[:10] if re.fullmatch(r"\d{4}-\d{2}-\d{2}T.*", written) else ""
