"""Reads the tables of a page, and tells them from tables that only lay out the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.documents.formats.element import Element
from assistant.documents.formats.html_lists import ReadParts
from assistant.documents.formats.html_visibility import is_hidden
from assistant.documents.formats.parts import Cell, Table
from assistant.errors import FileTooLarge

MOST_CELLS = 50_000
_WIDEST = 60
_LONGEST_CELL = 1500
_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")


def is_layout(table: Element) -> bool:
    """Whether a table only lays out the page: it says so, or has no heads and one column, tables or headings in it."""
    if table.get("role") in ("presentation", "none"):
        return True
    if next(table.descendants("th", "caption"), None) is not None:
        return False
    if next(table.descendants("table", "h1", "h2", "h3", "h4", "h5", "h6"), None) is not None:
        return True
    rows = [[cell for cell in row.elements if "".join(cell.texts()).strip()] for row in _rows(table)]
    if max(map(len, rows), default=0) <= 1:
        return True
    return any(sum(map(len, cell.texts())) > _LONGEST_CELL for row in rows for cell in row)


def cells(table: Element) -> Iterator[Element]:
    """Yield the cells of a table in the order they are read."""
    for row in _rows(table):
        yield from (cell for cell in row.elements if cell.tag in _CELLS)


def read_table(name: str, table: Element, read: ReadParts) -> Table:
    """Give the rows of a table, without what stands outside of its cells.

    Raises `FileTooLarge`.
    """
    rows = [[cell for cell in row.elements if cell.tag in _CELLS and not is_hidden(cell)] for row in _rows(table)]
    if sum(map(len, rows)) > MOST_CELLS:
        raise FileTooLarge(name, 1, f"a table has more than {MOST_CELLS:,} cells: keep it as a spreadsheet")
    return Table(
        tuple(
            tuple(Cell(read(cell), _span(cell.get("colspan")), _span(cell.get("rowspan"))) for cell in row)
            for row in rows
        )
    )


def outside_cells(table: Element) -> Element:
    """Give what stands in a table but in none of its cells, which browsers show before it."""
    return Element("div", {}, tuple(_outside(table)))


def _outside(element: Element) -> Iterator[Element | str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag in (*_GROUPS, "tr") and not is_hidden(child):
            yield " "
            yield from _outside(child)
        elif child.tag not in (*_GROUPS, "tr", *_CELLS):
            yield child


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows that are shown, those of the foot last."""
    feet: list[Element] = []
    for child in table.elements:
        if child.tag == "tr" and not is_hidden(child):
            yield child
        elif child.tag in _GROUPS and not is_hidden(child):
            rows = [row for row in child.elements if row.tag == "tr" and not is_hidden(row)]
            if child.tag == "tfoot":
                feet.extend(rows)
            else:
                yield from rows
    yield from feet


def _span(written: str) -> int:
    return max(1, min(int(written), _WIDEST)) if re.fullmatch(r"[0-9]{1,6}", written.strip()) else 1
