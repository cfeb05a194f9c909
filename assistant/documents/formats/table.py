"""What a table of questions and answers is, whatever file it stood in."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows, and where it links to."""

    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row from the first column on; `number` is the one a spreadsheet program shows."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, column: int | None) -> Cell:
        """Give the cell in a column, counted from 0: an empty one where the row or the table has none."""
        return self.cells[column] if column is not None and column < len(self.cells) else Cell()

    @property
    def is_blank(self) -> bool:
        """Whether no cell shows anything."""
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, blank ones among them or left out; `sheet` is empty where a file is one table."""

    sheet: str
    rows: tuple[Row, ...]


def cell_text(written: str) -> str:
    """Give the text of a cell: every kind of line break as one, other control characters left out."""
    return _CONTROL.sub("", _LINE_BREAK.sub("\n", written))
