"""Puts the pieces of text of a page together to lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.documents.formats.pdf_fonts import UNREADABLE
from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_runs import Run
from assistant.documents.formats.pdf_text import clean

MARK = re.compile(r"(?:[•*–—-]|o|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])$")
_SAME_LINE = 0.3
_RAISED = 0.6
_SMALLER = 0.85
_WORD_GAP = 0.15
_CELL_GAP = 0.95
_MARK_GAP = 4.0
_TWICE = 0.2
_EDGE = 1.0
_MOSTLY = 0.9
_MOST_UNREADABLE = 0.5
_NOTES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NOTE = str.maketrans("0123456789", _NOTES)
_LONGEST_NOTE = 3
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?$")


@dataclass(frozen=True, slots=True)
class Span:
    """Text on one baseline without a wide gap in it; places in points, `bold` if nearly all of it is."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool

    @property
    def width(self) -> float:
        """Extent from left to right."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Line:
    """Spans of one column on one baseline, from left to right; `turned` if they are not read upright."""

    spans: tuple[Span, ...]
    page: int
    turned: bool = False

    @property
    def text(self) -> str:
        """The words of all spans."""
        return " ".join(span.text for span in self.spans)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.spans[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(span.right for span in self.spans)

    @property
    def baseline(self) -> float:
        """Height above the lower edge of the page."""
        return max(self.spans, key=lambda span: len(span.text)).baseline

    @property
    def size(self) -> float:
        """Type size of the longest span."""
        return max(self.spans, key=lambda span: len(span.text)).size

    @property
    def bold(self) -> bool:
        """Whether all spans are bold."""
        return all(span.bold for span in self.spans)


def set_spans(runs: Iterable[Run], rules: Sequence[Box] = ()) -> list[Span]:
    """Give the spans that runs make, from top to bottom, left to right; a ruled line between runs parts them."""
    upright = [rule for rule in rules if rule.height > rule.width]
    return [span for row in _rows(list(runs)) for span in _with_marks(_row_spans(row, upright))]


def lines(spans: Sequence[Span], page: int, *, turned: bool = False) -> list[Line]:
    """Give the lines that the spans of one column make, from top to bottom."""
    found: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: -span.baseline):
        if found and _level(found[-1][0].baseline, span.baseline, found[-1][0].size, span.size):
            found[-1].append(span)
        else:
            found.append([span])
    return [Line(tuple(sorted(row, key=lambda span: span.left)), page, turned) for row in found]


def _level(one: float, other: float, size: float, other_size: float) -> bool:
    return abs(one - other) <= _SAME_LINE * min(size, other_size)


def _rows(runs: list[Run]) -> list[list[Run]]:
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.baseline):
        if rows and _level(rows[-1][0].baseline, run.baseline, rows[-1][0].size, run.size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda run: run.left) for row in _with_raised(rows)]


def _with_raised(rows: list[list[Run]]) -> list[list[Run]]:
    """Put small runs above or below a baseline into the line of the run that they stand beside."""
    taken: set[int] = set()
    for index, row in enumerate(rows):
        for other in (index + 1, index - 1):
            if 0 <= other < len(rows) and other not in taken and _hangs_on(row, rows[other]):
                rows[other].extend(row)
                taken.add(index)
                break
    return [row for index, row in enumerate(rows) if index not in taken]


def _hangs_on(small: list[Run], row: list[Run]) -> bool:
    return all(
        any(
            run.size < _SMALLER * host.size
            and abs(run.baseline - host.baseline) < _RAISED * host.size
            and (
                -host.size < run.left - host.right < _SAME_LINE * host.size
                or -_SAME_LINE * host.size < host.left - run.right < host.size
            )
            for host in row
        )
        for run in small
    )


def _row_spans(row: list[Run], rules: Sequence[Box]) -> list[Span]:
    groups: list[list[Run]] = []
    for run in row:
        if groups and _is_painted_twice(groups[-1], run):
            continue
        if groups and _adjoins(groups[-1], run, rules):
            groups[-1].append(run)
        else:
            groups.append([run])
    spans = [_span(group) for group in groups]
    return [span for span in spans if span.text and span.text.count(UNREADABLE) <= len(span.text) * _MOST_UNREADABLE]


def _adjoins(group: list[Run], run: Run, rules: Sequence[Box]) -> bool:
    """Whether a run goes on with those before it: no wide gap, no ruled line between."""
    right = max(before.right for before in group)
    if run.left - right > _CELL_GAP * max(run.size, group[-1].size):
        return False
    return not any(
        right - _EDGE <= rule.left <= run.left + _EDGE and rule.bottom <= run.baseline + _EDGE <= rule.top
        for rule in rules
    )


def _is_painted_twice(group: list[Run], run: Run) -> bool:
    """Whether a run stands on itself, as a shadow or to look bold."""
    return any(run.text == r.text and abs(run.left - r.left) <= _TWICE * run.size for r in group)


def _span(runs: list[Run]) -> Span:
    largest = max(runs, key=lambda run: (len(run.text.strip()), run.size))
    text = _words(runs[0], largest)
    for before, run in itertools.pairwise(runs):
        gap = run.left - before.right > _WORD_GAP * min(run.size, before.size)
        is_note = text[-1:] in _NOTES and len(text) <= _LONGEST_NOTE and run.text[:1].isalpha()
        text += (" " if gap or is_note else "") + _words(run, largest)
    letters = sum(len(run.text.strip()) for run in runs)
    bold = sum(len(run.text.strip()) for run in runs if run.bold)
    return Span(
        clean(text), runs[0].left, max(run.right for run in runs), largest.baseline, largest.size,
        bold >= _MOSTLY * letters,
    )  # fmt: skip


def _words(run: Run, largest: Run) -> str:
    """Give the text of a run, the number of a note or a power as raised digits."""
    raised = run.size < _SMALLER * largest.size and run.baseline > largest.baseline + _WORD_GAP * largest.size
    return run.text.rstrip().translate(_NOTE) if raised and run.text.strip().isdigit() else run.text


def _with_marks(spans: list[Span]) -> list[Span]:
    """Put the mark of a list and what it stands before into one span."""
    found: list[Span] = []
    for span in spans:
        before = found[-1] if found else None
        if before and span.left - before.right < _MARK_GAP * span.size and _is_mark(before, span, len(spans)):
            found[-1] = Span(f"{before.text} {span.text}", before.left, span.right, span.baseline, span.size, span.bold)
        else:
            found.append(span)
    return found


def _is_mark(before: Span, span: Span, spans: int) -> bool:
    """Whether a span is a bullet, the number of an item, or that of a heading or of a line in a table of contents."""
    if MARK.fullmatch(before.text):
        return True
    return bool(_NUMBER.fullmatch(before.text)) and ("…" in span.text or (spans == 2 and before.bold and span.bold))  # noqa: PLR2004  # number and heading
