"""Puts the text of a page into the order in which it is read, column after column.

A recursive cut along white space (after Nagy and Seth, 1984), columns before rows: where several lines in a row leave a
gutter free and have prose on both sides of it, all of the left side is read before the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_lines import Span

_FEWEST = 3
_MOST_SPANS = 1_500
_GUTTER = 0.6
_SAME_HEIGHT = 2.5
_PAIRED = 0.5
_FULL = 0.75
_PROSE = 18
_SHORT_OVERHANG = 3
_RULES_OF_TABLE = 2


@dataclass(frozen=True, slots=True)
class _Cut:
    """A gutter, with what is read before it, on its left, on its right, and after it."""

    above: tuple[Span, ...]
    left: tuple[Span, ...]
    right: tuple[Span, ...]
    below: tuple[Span, ...]


def columns(spans: Sequence[Span], rules: Sequence[Box]) -> list[list[Span]]:
    """Give the spans of each column in the order of reading; what is not in columns is one of its own."""
    cut = _best_cut(sorted(spans, key=lambda span: -span.baseline), rules) if len(spans) <= _MOST_SPANS else None
    if cut is None:
        return [list(spans)] if spans else []
    return [column for part in (cut.above, cut.left, cut.right, cut.below) for column in columns(part, rules)]


def _best_cut(spans: list[Span], rules: Sequence[Box]) -> _Cut | None:
    cuts = [cut for x in sorted({round(span.right) + 0.5 for span in spans}) for cut in _cuts(spans, x, rules)]
    return max(cuts, key=lambda cut: min(len(cut.left), len(cut.right)) + len(cut.left + cut.right) / 100, default=None)


def _cuts(spans: list[Span], x: float, rules: Sequence[Box]) -> list[_Cut]:
    """Give the cuts at `x`: one for each stretch of lines that it does not cross."""
    found, at = [], 0
    for crosses, group in groupby(spans, key=lambda span: span.left < x < span.right):
        stretch = list(group)
        if not crosses and len(stretch) >= 2 * _FEWEST:
            cut = _trimmed(stretch, x)
            if cut is not None and _has_gutter(cut) and _are_columns(cut, x, rules):
                before, after = spans[:at], spans[at + len(stretch) :]
                found.append(_Cut((*before, *cut.above), cut.left, cut.right, (*cut.below, *after)))
        at += len(stretch)
    return found


def _trimmed(stretch: list[Span], x: float) -> _Cut | None:
    """Give the two sides; a line or two that only one of them has on top stand above both."""
    left = [span for span in stretch if span.right <= x]
    right = [span for span in stretch if span.left >= x]
    if min(len(left), len(right)) < _FEWEST:
        return None
    top = min(left[0].baseline, right[0].baseline) + _SAME_HEIGHT
    above = [span for span in stretch if span.baseline > top]
    if len(above) > _SHORT_OVERHANG:
        above = []
    left, right = [s for s in left if s not in above], [s for s in right if s not in above]
    if min(len(left), len(right)) < _FEWEST or right[0].baseline < left[-1].baseline:
        return None
    return _Cut(tuple(above), tuple(left), tuple(right), ())


def _has_gutter(cut: _Cut) -> bool:
    width = min(span.left for span in cut.right) - max(span.right for span in cut.left)
    return width >= _GUTTER * median(span.size for span in cut.left + cut.right)


def _are_columns(cut: _Cut, x: float, rules: Sequence[Box]) -> bool:
    """Whether both sides are read by themselves, and are no cells of the same table."""
    size = cut.left[0].size
    top, bottom = cut.left[0].baseline + 2 * size, min(cut.left[-1].baseline, cut.right[-1].baseline) - size
    across = {round(r.top / _SAME_HEIGHT) for r in rules if r.left < x < r.right and bottom < r.top < top}
    if len(across) > _RULES_OF_TABLE or _is_ruled_off(cut, bottom, top, rules):
        return False
    fewer, more = sorted((cut.left, cut.right), key=len)
    paired = sum(any(abs(s.baseline - t.baseline) < _SAME_HEIGHT for t in more) for s in fewer)
    if _is_prose(cut.left) and _is_prose(cut.right):
        return True
    return paired < _PAIRED * len(fewer)


def _is_ruled_off(cut: _Cut, bottom: float, top: float, rules: Sequence[Box]) -> bool:
    """Whether a line stands in the gutter, and others lie across one of the sides, as around cells."""
    low, high = max(span.right for span in cut.left), min(span.left for span in cut.right)
    within = [rule for rule in rules if rule.bottom < top and rule.top > bottom]
    upright = any(rule.height > rule.width and low - 1 <= rule.left <= high + 1 for rule in within)
    return upright and len({round(r.top / _SAME_HEIGHT) for r in within if r.width > r.height}) > _RULES_OF_TABLE


def _is_prose(side: tuple[Span, ...]) -> bool:
    """Whether most lines of a side are about as long as its long ones, and those are lines of prose."""
    widths = sorted(span.width for span in side)
    long = widths[int(len(widths) * 0.8)]
    full = [span for span in side if span.width >= _FULL * long]
    return len(full) >= _PAIRED * len(side) and median(len(span.text) for span in full) >= _PROSE
