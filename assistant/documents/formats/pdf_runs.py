"""What a page shows: pieces of text with their place and look, what is painted behind them, and ruled lines."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.documents.formats.pdf_geometry import Box

Colour = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text set in one go.

    Places are in points in the direction of reading: a run that is set upwards has `turn` 90 and is measured as if
    the page were turned; `painted` is the number of patches before it.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    turn: int
    box: Box
    colour: Colour | None
    opacity: float
    mode: int
    painted: int
    running: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """An area that is filled; no `colour` where it has several, `image` for a picture."""

    box: Box
    colour: Colour | None
    image: bool = False


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """All that a page shows, in the order it is painted; `rules` are thin straight lines."""

    number: int
    box: Box
    runs: tuple[Run, ...]
    patches: tuple[Patch, ...]
    rules: tuple[Box, ...]
