"""Finds simple tables among the lines of a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_lines import Line, Span

_FEWEST_ROWS = 2
_LEADING = 2.6
_RULE_LEVEL = 2.0
_OVER = 1.0
_BETWEEN = 2
_TIGHT = 1.5
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
    end = start
    edges: list[float] = []
    for at, line in enumerate(lines[start:], start):
        apart = at > start and _is_apart(lines[at - 1], line, rules)
        if apart or at - end > _BETWEEN:
            break
        if len(line.spans) > 1:
            edges = _boundaries([*lines[start:at], line], rules)
            if not edges:
                break
            end = at + 1
        elif not edges or not _fits(line, edges):
            break
        elif (
            end == at and _column(line.spans[0], edges) and lines[at - 1].baseline - line.baseline < _TIGHT * line.size
        ):
            end = at + 1
    return end


def _is_apart(upper: Line, lower: Line, rules: Sequence[Box]) -> bool:
    return upper.baseline - lower.baseline > _LEADING * lower.size and not _ruled(upper, lower, rules)


def _ruled(upper: Line, lower: Line, rules: Sequence[Box]) -> bool:
    """Whether two lines stand in ruled cells above each other."""
    between = [rule for rule in rules if lower.baseline < rule.top < upper.baseline and rule.width > rule.height]
    return any(rule.left <= lower.left and rule.right >= lower.spans[0].right for rule in between)


def _fits(line: Line, edges: list[float]) -> bool:
    """Whether a line stands within one column."""
    return not any(line.left < edge < line.right for edge in edges)


def _boundaries(lines: Sequence[Line], rules: Sequence[Box]) -> list[float]:
    """Give where the columns part: at ruled lines, and in the gaps that lines of several cells have in common."""
    spans = sorted((span for line in lines if len(line.spans) > 1 for span in line.spans), key=lambda span: span.left)
    ruled = _ruled_edges(lines, spans[0].left, max(span.right for span in spans), rules)
    edges, right = list(ruled), spans[0].right
    for before, span in pairwise(spans):
        right = max(right, before.right)
        if span.left > right + _OVER and not any(right - _OVER <= x <= span.left + _OVER for x in ruled):
            edges.append((right + span.left) / 2)
    return sorted(edges)


def _ruled_edges(lines: Sequence[Line], left: float, right: float, rules: Sequence[Box]) -> list[float]:
    """Give the places of ruled lines that stand beside most of the lines and have cells on both sides."""
    upright = [rule for rule in rules if rule.height > rule.width and left < rule.left < right]
    found: list[float] = []
    for x, group in groupby(sorted(upright, key=lambda rule: rule.left), key=lambda rule: round(rule.left)):
        beside = list(group)
        covered = sum(any(rule.bottom <= line.baseline + 1 <= rule.top for rule in beside) for line in lines)
        if covered >= _MOSTLY * len(lines) and (not found or x - found[-1] > 2 * _RULE_LEVEL):
            found.append(x)
    return found


def _table(lines: Sequence[Line], rules: Sequence[Box]) -> Table | None:
    several = [line for line in lines if len(line.spans) > 1]
    edges = _boundaries(lines, rules) if several else []
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
