"""Finds simple tables among the lines of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_lines import Line, Span

_FEWEST_ROWS = 2
_LEADING = 2.6
_RULE_LEVEL = 2.0
_OVER = 1.0
_BETWEEN = 2
_FEWEST_RECORDS = 3
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, blank ones too; all rows have as many, two or more."""

    rows: tuple[tuple[str, ...], ...]
    page: int

    @property
    def text(self) -> str:
        """One row a line."""
        return "\n".join(" | ".join(row).rstrip() for row in self.rows)


def with_tables(lines: Sequence[Line], rules: Sequence[Box]) -> list[Line | Table]:
    """Give the lines with those that make tables put together."""
    found: list[Line | Table] = []
    at = 0
    while at < len(lines):
        end = _stretch(lines, at, rules)
        table = _table(lines[at:end], rules) if end - at >= _FEWEST_ROWS else None
        if table is None:
            found.append(lines[at])
            at += 1
        else:
            found.append(table)
            at = end
    return found


def _stretch(lines: Sequence[Line], start: int, rules: Sequence[Box]) -> int:
    """Give the end of the lines from `start` on that have cells side by side, with single cells in between."""
    end, at = start, start
    edges: list[float] | None = None
    while at < len(lines) and at - end <= _BETWEEN:
        line = lines[at]
        if (
            at > start
            and lines[at - 1].baseline - line.baseline > _LEADING * line.size
            and not _ruled(lines[at - 1], line, rules)
        ):
            break
        if len(line.spans) > 1:
            taken = _boundaries([*lines[start:at], line])
            if not taken:
                break
            edges, end = taken, at + 1
        elif edges is None or (at >= end and not _fits(line, edges)):
            break
        at += 1
    return end


def _ruled(upper: Line, lower: Line, rules: Sequence[Box]) -> bool:
    """Whether two lines stand in ruled cells above each other."""
    between = [rule for rule in rules if lower.baseline < rule.top < upper.baseline and rule.width > rule.height]
    return any(rule.left <= lower.left and rule.right >= lower.spans[0].right for rule in between)


def _fits(line: Line, edges: list[float]) -> bool:
    """Whether a line stands within one column."""
    return not any(line.left < edge < line.right for edge in edges)


def _boundaries(lines: Sequence[Line]) -> list[float]:
    """Give where the gaps are that lines of several cells have in common, none if they have no gap in common."""
    spans = sorted((span for line in lines if len(line.spans) > 1 for span in line.spans), key=lambda span: span.left)
    edges, right = [], spans[0].right
    for before, span in pairwise(spans):
        right = max(right, before.right)
        if span.left > right + _OVER:
            edges.append((right + span.left) / 2)
    return edges


def _table(lines: Sequence[Line], rules: Sequence[Box]) -> Table | None:
    edges = _boundaries(lines)
    several = [line for line in lines if len(line.spans) > 1]
    if any("…" in line.text for line in lines):
        return None
    if not edges or len(several) < _FEWEST_ROWS or median(len(line.spans) for line in several) < _FEWEST_ROWS:
        return None
    rows = [row for group in _groups(lines, edges, rules) for row in _rows(group, edges)]
    return Table(tuple(tuple(" ".join(cell) for cell in row) for row in rows), lines[0].page)


def _groups(lines: Sequence[Line], edges: list[float], rules: Sequence[Box]) -> list[list[Line]]:
    """Give the lines that no rule parts, or where there are no rules, each line with those that go on in its cells."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, _cells(line, edges), rules):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _rows(group: list[Line], edges: list[float]) -> list[list[list[str]]]:
    """Give the rows of lines between two rules: one of cells with several lines, or one a line."""
    rows = [_cells(line, edges) for line in group]
    opened = sum(bool(row[0]) for row in rows)
    carried = any(cell and cell[0][0].islower() for row in rows[1:] for cell in row)
    several = sum(sum(map(bool, row)) > 1 for row in rows)
    if len(rows) >= _FEWEST_RECORDS and not carried and min(opened, several) >= _MOSTLY * len(rows):
        return rows
    return [[[words for row in rows for words in row[column]] for column in range(len(edges) + 1)]]


def _cells(line: Line, edges: list[float]) -> list[list[str]]:
    cells: list[list[str]] = [[] for _ in range(len(edges) + 1)]
    for span in line.spans:
        cells[_column(span, edges)].append(span.text)
    return cells


def _column(span: Span, edges: list[float]) -> int:
    middle = (span.left + span.right) / 2
    return sum(middle > edge for edge in edges)


def _continues(before: Line, line: Line, cells: list[list[str]], rules: Sequence[Box]) -> bool:
    """Whether a line goes on in the cells of the one above: no rule parts them, or the first cell is blank."""
    span = line.spans[0]
    here = [r for r in rules if r.width > r.height and r.left <= span.right and r.right >= span.left]
    levels = [r.top for r in here]
    if any(level > before.baseline for level in levels) and any(level < line.baseline for level in levels):
        return not any(line.baseline + _RULE_LEVEL / 2 < level < before.baseline + _RULE_LEVEL / 2 for level in levels)
    goes_on = next((cell[0][0].islower() for cell in cells if cell), False)
    return (goes_on or not cells[0]) and sum(map(bool, cells)) < len(cells)
