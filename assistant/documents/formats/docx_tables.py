"""Gives the rows of a table of a Word file, with its merged cells as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.documents.formats.docx_styles import is_shaded
from assistant.documents.formats.element import Element
from assistant.documents.formats.parts import Cell, Part, Table
from assistant.errors import FileTooLarge

MOST_CELLS = 50_000
_WIDEST = 63
_THROUGH = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")
ReadCell = Callable[[Element, bool], tuple[Part, ...]]
"""Reads what is in a cell, which may stand on a dark ground."""


@dataclass(slots=True)
class _Draft:
    """A cell that may grow downwards."""

    parts: tuple[Part, ...]
    columns: int
    rows: int = 1


def read_table(name: str, table: Element, read: ReadCell, *, shaded: bool) -> Table:
    """Give the rows that are neither deleted nor hidden; `shaded` tells that the table's style has dark cells.

    Raises `FileTooLarge`.
    """
    rows: list[list[_Draft]] = []
    above: dict[int, _Draft] = {}
    count = 0
    for row in within(table, "w:tr"):
        if row.child("w:trPr", "w:del") or row.child("w:trPr", "w:hidden"):
            continue
        above, drafts = _row(row, above, read, shaded=shaded)
        rows.append(drafts)
        count += len(drafts)
        if count > MOST_CELLS:
            raise FileTooLarge(name, 1, f"a table has more than {MOST_CELLS:,} cells: keep it as a spreadsheet")
    return Table(tuple(tuple(Cell(d.parts, d.columns, d.rows) for d in row) for row in rows))


def within(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the children with a tag, also those in a content control or a tracked insertion."""
    for child in parent.elements:
        if child.tag == tag:
            yield child
        elif child.tag in _THROUGH:
            yield from within(child, tag)


def _row(
    row: Element, above: dict[int, _Draft], read: ReadCell, *, shaded: bool
) -> tuple[dict[int, _Draft], list[_Draft]]:
    """Read a row; give the merged cells that may go on below it by their column, and the cells that begin in it."""
    column = _count(row.value("w:trPr", "w:gridBefore"), 0)
    drafts = [_Draft((), column)] if column else []
    going_on: dict[int, _Draft] = {}
    for cell in within(row, "w:tc"):
        properties = cell.child("w:tcPr") or Element("w:tcPr", {})
        columns = _count(properties.value("w:gridSpan"), 1)
        merge = properties.child("w:vMerge")
        if properties.child("w:cellDel"):
            continue
        if merge is not None and merge.get("w:val") != "restart" and column in above:
            going_on[column] = above[column]
            going_on[column].rows += 1
        else:
            drafts.append(_Draft(read(cell, shaded or is_shaded(properties)), columns))
            if merge is not None:
                going_on[column] = drafts[-1]
        column += columns
    return going_on, drafts


def _count(written: str | None, otherwise: int) -> int:
    return min(int(written), _WIDEST) if written and written.isascii() and written.isdigit() else otherwise
