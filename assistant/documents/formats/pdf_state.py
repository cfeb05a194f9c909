"""The graphics state of a page while its operators are followed."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.formats.pdf_fonts import PdfFont
from assistant.documents.formats.pdf_geometry import Matrix
from assistant.documents.formats.pdf_runs import Colour

_BLACK: Colour = (0.0, 0.0, 0.0)
_GREY, _RGB, _CMYK = 1, 3, 4


@dataclass(slots=True)
class State:
    """What `q` keeps and `Q` brings back (ISO 32000-2, 8.4); colours are red, green and blue, 0 to 1."""

    matrix: Matrix
    font: PdfFont | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    fill: Colour | None = _BLACK
    components: int = _GREY
    opacity: float = 1.0


@dataclass(slots=True)
class TextPlace:
    """Where the next character goes: the matrix of the line, and that of the character."""

    line: Matrix = field(default_factory=Matrix)
    here: Matrix = field(default_factory=Matrix)

    def move_line(self, x: float, y: float) -> None:
        """Go to a place given from the start of the line."""
        self.line = self.here = self.line.moved(x, y)


def colour(numbers: list[float]) -> Colour | None:
    """Give red, green and blue of a colour in grey, RGB or CMYK, `None` for any other count of numbers."""
    if len(numbers) == _GREY:
        return (numbers[0],) * 3
    if len(numbers) == _RGB:
        return tuple(numbers)
    if len(numbers) == _CMYK:
        return tuple((1 - ink) * (1 - numbers[3]) for ink in numbers[:3])
    return None
