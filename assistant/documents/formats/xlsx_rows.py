"""Lays the cells of a sheet out in rows, without what is hidden."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from assistant.documents.formats.table import Cell, Row, Table
from assistant.documents.formats.xlsx_cells import Sheet, ShownCell
from assistant.documents.formats.xlsx_layout import Layout
from assistant.documents.reading import Remark

_NAMED = 10
"""So many hidden rows are named in a remark."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The rows of a sheet that show something, and what was left out."""

    table: Table
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Reaching:
    """A merged cell that still reaches down."""

    last_row: int
    cell: Cell


def lay_out(sheet: Sheet, layout: Layout) -> LaidOut:
    """Give the rows of a sheet; a merged cell shows in each row it reaches down to."""
    last_rows = {merge.cell: merge.last_row for merge in layout.merges}
    urls = {link.cell: link.url for link in layout.links}
    reaching: dict[int, _Reaching] = {}
    rows: list[Row] = []
    hidden_rows: list[int] = []
    for number, shown in groupby(sheet.cells, key=lambda cell: cell.row):
        cells = {column: merged.cell for column, merged in reaching.items() if merged.last_row >= number}
        for cell in shown:
            cells[cell.column] = Cell(cell.text, urls.get(cell.place, ""))
            reaching[cell.column] = _Reaching(last_rows.get(cell.place, number), cells[cell.column])
        if number in layout.hidden_rows:
            hidden_rows.append(number)
        else:
            rows.append(_row(number, cells, layout))
    return LaidOut(
        Table(sheet.title, tuple(rows)), (*_row_remarks(sheet, hidden_rows), *_column_remarks(sheet, layout))
    )


def _row(number: int, cells: dict[int, Cell], layout: Layout) -> Row:
    columns = range(1, max(cells) + 1)
    return Row(number, tuple(Cell() if layout.hides_column(c) else cells.get(c, Cell()) for c in columns))


def _row_remarks(sheet: Sheet, hidden: list[int]) -> tuple[Remark, ...]:
    if not hidden:
        return ()
    named = ", ".join(map(str, hidden[:_NAMED])) + (" …" if len(hidden) > _NAMED else "")
    return (Remark(hidden[0], f"sheet {sheet.title!r}: hidden rows were left out: {named}"),)


def _column_remarks(sheet: Sheet, layout: Layout) -> tuple[Remark, ...]:
    first: dict[int, ShownCell] = {}
    for cell in sheet.cells:
        first.setdefault(cell.column, cell)
    hidden = [cell.place.rstrip("0123456789") for column, cell in sorted(first.items()) if layout.hides_column(column)]
    return (Remark(1, f"sheet {sheet.title!r}: hidden columns were left out: {', '.join(hidden)}"),) if hidden else ()
