"""Puts the pieces of ruled lines together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.documents.formats.pdf_geometry import Box, bounding

_NEAR = 2.0
_MOST = 400


def merged(rules: Sequence[Box]) -> tuple[Box, ...]:
    """Give one line for pieces that touch on one level; none where there are so many that they make a drawing."""
    level = [rule for rule in rules if rule.width >= rule.height]
    upright = [rule for rule in rules if rule.width < rule.height]
    rows = groupby(sorted(level, key=lambda r: (round(r.top), r.left)), key=lambda r: round(r.top))
    columns = groupby(sorted(upright, key=lambda r: (round(r.left), r.bottom)), key=lambda r: round(r.left))
    found = [
        *(rule for _, row in rows for rule in _joined(list(row), across=True)),
        *(rule for _, column in columns for rule in _joined(list(column), across=False)),
    ]
    return tuple(found) if len(found) <= _MOST else ()


def _joined(pieces: list[Box], *, across: bool) -> list[Box]:
    found = pieces[:1]
    for piece in pieces[1:]:
        gap = piece.left - found[-1].right if across else piece.bottom - found[-1].top
        if gap <= _NEAR:
            found[-1] = bounding([found[-1], piece])
        else:
            found.append(piece)
    return found
