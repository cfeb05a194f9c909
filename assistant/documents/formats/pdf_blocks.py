"""Puts the lines of a column together to paragraphs, list items and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from assistant.documents.formats.pdf_headings import HeadingStyles
from assistant.documents.formats.pdf_lines import Line
from assistant.documents.formats.pdf_tables import Table

ITEM = re.compile(r"(?P<mark>[•*–—-]|o|\(?(?P<number>\d{1,3})[.)]|\(?[a-zA-Z][.)]|\([ivx]{1,5}\))\s+(?=\S)")
_CONTENTS = re.compile(r"… [\divxlc]{1,6}$")
_WIDE = 1.45
_LONGEST_HEADING = 200
_INDENT = 0.8
_SHORT = 0.82
_ENDS = re.compile(r"[.!?:;][)\]”\"’']*$")
_SAME_SIZE = 1.0
_USUAL = 1.2
_FARTHEST = 2.5

Kind = Literal["heading", "paragraph", "item", "table"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together; `level` counts from 1 for a heading and is 0 for all else."""

    kind: Kind
    lines: tuple[Line, ...]
    page: int
    table: Table | None = None
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Measure:
    """The edges of a column, and the usual distance between its baselines in type sizes."""

    left: float
    right: float
    leading: float


def pieces(column: Sequence[Line | Table], styles: HeadingStyles) -> list[Piece]:
    """Give the pieces that a column is made of."""
    measure = _measure([part for part in column if isinstance(part, Line)])
    found: list[Piece] = []
    for part in column:
        if isinstance(part, Table):
            found.append(Piece("table", (), part.page, part))
            continue
        level = styles.level(part)
        kind = _kind(part, level)
        before = found[-1] if found else None
        if before is not None and before.lines and _goes_on(before, part, kind, measure) and level == before.level:
            found[-1] = replace(before, lines=(*before.lines, part))
        else:
            found.append(Piece(kind, (part,), part.page, level=level))
    return [_settled(piece) for piece in found]


def _settled(piece: Piece) -> Piece:
    """Make a paragraph of a heading that is too long for one, or several lines of statement."""
    words = " ".join(line.text for line in piece.lines)
    states = len(piece.lines) > 1 and words.endswith(".")
    if piece.kind != "heading" or words.endswith("?") or (len(words) <= _LONGEST_HEADING and not states):
        return piece
    return replace(piece, kind="paragraph", level=0)


def _kind(line: Line, level: int) -> Kind:
    if level:
        return "heading"
    return "item" if ITEM.match(line.text) or _CONTENTS.search(line.text) else "paragraph"


def _measure(lines: Sequence[Line]) -> _Measure:
    gaps = [
        (before.baseline - line.baseline) / line.size
        for before, line in pairwise(lines)
        if abs(before.size - line.size) < _SAME_SIZE and 0 < before.baseline - line.baseline < _FARTHEST * line.size
    ]
    left, right = (line.left for line in lines), (line.right for line in lines)
    return _Measure(min(left, default=0.0), max(right, default=0.0), median(gaps) if gaps else _USUAL)


def _goes_on(before: Piece, line: Line, kind: Kind, measure: _Measure) -> bool:
    """Whether a line goes on with the piece above it."""
    last = before.lines[-1]
    gap = (last.baseline - line.baseline) / line.size
    if gap > _WIDE * measure.leading or gap <= 0 or abs(last.size - line.size) > _SAME_SIZE:
        return False
    if "heading" in {before.kind, kind}:
        return kind == before.kind and last.bold == line.bold
    return kind != "item" and not _begins(before, line, measure)


def _begins(before: Piece, line: Line, measure: _Measure) -> bool:
    """Whether a line begins a paragraph without more space above it."""
    first, last = before.lines[0], before.lines[-1]
    if _CONTENTS.search(last.text):
        return True
    if not _ENDS.search(last.text):
        return False
    if before.kind == "item":
        return line.left <= first.left + 1 and last.left > first.left + 1
    if last.right < measure.left + _SHORT * (measure.right - measure.left):
        return True
    return len(before.lines) > 1 and line.left > last.left + _INDENT * line.size
