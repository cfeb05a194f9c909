"""Writes a table as readable rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.documents.formats.linked_text import LinkedText, join
from assistant.documents.formats.parts import Cell, Entry, Heading, Listing, Paragraph, Part, Table

_WIDEST = 60
_LONGEST_REPEATED = 100


@dataclass(frozen=True, slots=True)
class _Below:
    """What a cell leaves to the rows below it."""

    text: LinkedText
    rows: int


def table_rows(table: Table) -> tuple[LinkedText, ...]:
    """Give a line for each row that has text, with ` | ` between its cells.

    What covers several rows is said in each, since a row may be quoted alone; what covers several
    columns is said in the first of them.
    """
    rows = [row for row in _grid(table) if any(cell.text for cell in row)]
    filled = sorted({column for row in rows for column, cell in enumerate(row) if cell.text})
    return tuple(join(_without_empty_end([row[c] for c in filled if c < len(row)]), " | ") for row in rows)


def flat(parts: Iterable[Part]) -> LinkedText:
    """Put parts into one line: points and rows end with `;`, cells of a table within a table with `,`."""
    return join((piece for piece in map(_flat, parts) if piece.text), " ")


def _flat(part: Part) -> LinkedText:
    match part:
        case Heading(text=text):
            return LinkedText(text)
        case Paragraph(text=text):
            return join((LinkedText(line.text.strip(), ()) if not line.links else line for line in text.lines()), " ")
        case Listing(points=points):
            return join((flat(point.parts) for point in points), "; ")
        case Table(rows=rows):
            return join((join(cells, ", ") for cells in map(_filled, rows) if cells), "; ")
        case Entry(question=question, parts=parts):
            return join([LinkedText(question), flat(parts)], " ")


def _filled(row: tuple[Cell, ...]) -> list[LinkedText]:
    return [text for text in (flat(cell.parts) for cell in row) if text.text]


def _grid(table: Table) -> Iterator[list[LinkedText]]:
    above: dict[int, _Below] = {}
    for row in table.rows:
        yield _row(row, above)


def _row(row: tuple[Cell, ...], above: dict[int, _Below]) -> list[LinkedText]:
    """Lay out the cells of a row around what reaches into it from above, which is updated."""
    written: list[LinkedText] = []
    for cell in row:
        _take_from_above(written, above)
        text = _cell_text(cell)
        column = len(written)
        width = min(cell.columns, max(_WIDEST - column, 1))
        written.extend([text, *[LinkedText("")] * (width - 1)])
        if cell.rows > 1:
            repeated = text if len(text.text) <= _LONGEST_REPEATED else LinkedText("")
            above[column] = _Below(repeated, cell.rows - 1)
            above.update({column + i: _Below(LinkedText(""), cell.rows - 1) for i in range(1, width)})
    _take_from_above(written, above)
    return written


def _take_from_above(written: list[LinkedText], above: dict[int, _Below]) -> None:
    while (below := above.pop(len(written), None)) is not None:
        if below.rows > 1:
            above[len(written)] = _Below(below.text, below.rows - 1)
        written.append(below.text)


def _cell_text(cell: Cell) -> LinkedText:
    text = flat(cell.parts)
    return LinkedText(text.text.replace("|", "/"), text.links)


def _without_empty_end(row: list[LinkedText]) -> list[LinkedText]:
    last = max(i for i, cell in enumerate(row) if cell.text)
    return row[: last + 1]
