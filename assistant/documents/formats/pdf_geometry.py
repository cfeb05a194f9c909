"""Boxes and matrices of a page, in points, the origin at its lower left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `left <= right` and `bottom <= top`."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent from bottom to top."""
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it, its edges included."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Matrix:
    """An affine map as PDF writes it: `x' = ax + cy + e`, `y' = bx + dy + f` (ISO 32000-2, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: Matrix) -> Matrix:
        """Give the map that applies this one first."""
        return Matrix(
            self.a * after.a + self.b * after.c,
            self.a * after.b + self.b * after.d,
            self.c * after.a + self.d * after.c,
            self.c * after.b + self.d * after.d,
            self.e * after.a + self.f * after.c + after.e,
            self.e * after.b + self.f * after.d + after.f,
        )

    def moved(self, x: float, y: float) -> Matrix:
        """Give the map that first moves by `x` and `y`."""
        return Matrix(
            self.a, self.b, self.c, self.d, self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f
        )

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Give the smallest box around the image of a rectangle."""
        corners = [self.moved(x + i * width, y + j * height) for i in (0, 1) for j in (0, 1)]
        xs, ys = [corner.e for corner in corners], [corner.f for corner in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def bounding(boxes: list[Box]) -> Box:
    """Give the smallest box around boxes, of which there is at least one."""
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )
