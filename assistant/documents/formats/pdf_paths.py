"""Follows the drawing of a page as far as text lies on it or in it: filled areas and ruled lines."""

from __future__ import annotations

import math

from assistant.documents.formats.pdf_geometry import Box, Matrix, bounding
from assistant.documents.formats.pdf_runs import Colour, Patch

_THIN = 3.0
_SHORTEST_RULE = 12.0
_SMALLEST_PATCH = 3.0
_MOST = 3_000


class Drawing:
    """The path that is being drawn, and what was painted with paths before."""

    def __init__(self) -> None:
        self.patches: list[Patch] = []
        self.rules: list[Box] = []
        self._boxes: list[Box] = []
        self._at: Matrix | None = None

    def rectangle(self, matrix: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle to the path."""
        self._add(matrix.box(x, y, width, height))

    def move(self, matrix: Matrix, x: float, y: float) -> None:
        """Begin a part of the path."""
        self._at = matrix.moved(x, y)

    def line(self, matrix: Matrix, x: float, y: float) -> None:
        """Add a line, or the end of a curve, to the path."""
        end = matrix.moved(x, y)
        start = self._at or end
        self._add(
            Box(min(start.e, end.e), min(start.f, end.f), max(start.e, end.e), max(start.f, end.f)),
        )
        self._at = end

    def image(self, matrix: Matrix) -> None:
        """Paint a picture."""
        self._paint(Patch(matrix.box(0, 0, 1, 1), None, image=True))

    def shade(self) -> None:
        """Paint shades of colour, no one knows how far."""
        self._paint(Patch(Box(-math.inf, -math.inf, math.inf, math.inf), None))

    def fill(self, colour: Colour | None) -> None:
        """Fill the path and forget it."""
        if self._boxes:
            self._paint(Patch(bounding(self._boxes), colour))
        self._rule([box for box in self._boxes if min(box.width, box.height) <= _THIN])
        self.end()

    def stroke(self) -> None:
        """Draw the path's outline and forget it."""
        for box in self._boxes:
            thin = min(box.width, box.height) <= _THIN
            self._rule([box] if thin else _edges(box))
        self.end()

    def end(self) -> None:
        """Forget the path."""
        self._boxes = []
        self._at = None

    def _add(self, box: Box) -> None:
        if len(self._boxes) < _MOST:
            self._boxes.append(box)

    def _paint(self, patch: Patch) -> None:
        if min(patch.box.width, patch.box.height) >= _SMALLEST_PATCH and len(self.patches) < _MOST:
            self.patches.append(patch)

    def _rule(self, boxes: list[Box]) -> None:
        long = [box for box in boxes if max(box.width, box.height) >= _SHORTEST_RULE]
        self.rules.extend(long[: _MOST - len(self.rules)])


def _edges(box: Box) -> list[Box]:
    return [
        Box(box.left, box.bottom, box.right, box.bottom),
        Box(box.left, box.top, box.right, box.top),
        Box(box.left, box.bottom, box.left, box.top),
        Box(box.right, box.bottom, box.right, box.top),
    ]
