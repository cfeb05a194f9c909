"""Follows the text operators of a page to pieces of text with their places (ISO 32000-2, 9.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from assistant.documents.formats.pdf_content import Content
from assistant.documents.formats.pdf_file import Operation
from assistant.documents.formats.pdf_fonts import PdfFont
from assistant.documents.formats.pdf_geometry import Matrix
from assistant.documents.formats.pdf_paths import Drawing
from assistant.documents.formats.pdf_runs import Run
from assistant.documents.formats.pdf_state import State, TextPlace

_MOST_CHARACTERS = 200_000
_SPACE_GAP = 0.18
_RUN_GAP = 0.8
_DESCENT = 0.2
_RIGHT_ANGLE = 90


@dataclass(slots=True)
class _OpenRun:
    """Text that is being set: how far it has come, and how far it is seen, both in text space."""

    start: Matrix
    text: str = ""
    width: float = 0.0
    shown: float = 0.0

    @property
    def end(self) -> Matrix:
        """Where the next character goes."""
        return self.start.moved(self.width, 0)


class Setting:
    """The text set so far, and where the next goes."""

    def __init__(self, drawing: Drawing) -> None:
        self.runs: list[Run] = []
        self.running = False
        self._drawing = drawing
        self._place = TextPlace()
        self._characters = 0

    @property
    def is_full(self) -> bool:
        """Whether there is more text than a page can have."""
        return self._characters > _MOST_CHARACTERS

    def apply(self, operation: Operation, numbers: list[float], state: State, content: Content) -> None:
        """Follow one of the operators for text."""
        match operation.operator, numbers:
            case "Tc", [space]:
                state.character_space = space
            case "Tw", [space]:
                state.word_space = space
            case "TL", [distance]:
                state.leading = distance
            case "Ts", [rise]:
                state.rise = rise
            case "Tz", [percent]:
                state.scale = percent / 100
            case "Tr", [mode]:
                state.mode = int(mode)
            case "Tf", [size]:
                state.font, state.size = content.font(operation.operands[0]), size
            case (("Tj" | "TJ" | "'" | '"'), _):
                self._show_operator(operation, numbers, state)
            case _:
                self._move(operation.operator, numbers, state)

    def _move(self, operator: str, numbers: list[float], state: State) -> None:
        match operator, numbers:
            case "BT", _:
                self._place = TextPlace()
            case "Td", [x, y]:
                self._place.move_line(x, y)
            case "TD", [x, y]:
                state.leading = -y
                self._place.move_line(x, y)
            case "T*", _:
                self._place.move_line(0, -state.leading)
            case "Tm", [a, b, c, d, e, f]:
                self._place.line = self._place.here = Matrix(a, b, c, d, e, f)

    def _show_operator(self, operation: Operation, numbers: list[float], state: State) -> None:
        if operation.operator == '"' and len(numbers) > 1:
            state.word_space, state.character_space = numbers[0], numbers[1]
        if operation.operator in {"'", '"'}:
            self._place.move_line(0, -state.leading)
        shown = operation.operands[-1] if operation.operands else ()
        if state.font is not None:
            self._show(shown if isinstance(shown, list) else [shown], state, state.font)

    def _show(self, pieces: list[object], state: State, font: PdfFont) -> None:
        """Show strings, moved apart by numbers in thousandths of the type size."""
        run = _OpenRun(self._place.here)
        for piece in pieces:
            if isinstance(piece, bytes):
                run = self._show_string(piece, run, state, font)
            elif isinstance(piece, (int, float)):
                run.width -= float(piece) / 1000 * state.size * state.scale
                run = self._parted(run, state.character_space - float(piece) / 1000 * state.size, state, font)
        self._add(run, state, font)
        self._place.here = run.end

    def _show_string(self, shown: bytes, run: _OpenRun, state: State, font: PdfFont) -> _OpenRun:
        for glyph in font.glyphs(shown):
            run.text += glyph.text
            run.shown = run.width + glyph.width / 1000 * state.size * state.scale
            space = state.character_space + (state.word_space if glyph.space else 0.0)
            run.width = run.shown + space * state.scale
            if glyph.space:
                run = self._parted(run, space, state, font)
        return run

    def _parted(self, run: _OpenRun, gap: float, state: State, font: PdfFont) -> _OpenRun:
        """Give the run that goes on after a gap: a new one if it is wide, with a blank if it is one between words."""
        size = abs(state.size) or 1.0
        if abs(gap) >= _RUN_GAP * size:
            self._add(run, state, font)
            return _OpenRun(run.end)
        if gap >= _SPACE_GAP * size and run.text and not run.text.endswith(" "):
            run.text += " "
        return run

    def _add(self, run: _OpenRun, state: State, font: PdfFont) -> None:
        self._characters += len(run.text)
        if not run.text.strip() or self.is_full:
            return
        place = Matrix(f=state.rise).then(run.start).then(state.matrix)
        em = state.size * font.em
        angle = math.degrees(math.atan2(place.b, place.a))
        turn = round(angle / _RIGHT_ANGLE) * _RIGHT_ANGLE % 360
        left, right, baseline = _along(place, run.shown, turn)
        self.runs.append(
            Run(
                text=run.text,
                left=min(left, right),
                right=max(left, right),
                baseline=baseline,
                size=abs(em) * math.hypot(place.c, place.d),
                bold=font.bold or state.mode == 2,  # noqa: PLR2004  # filled and stroked: a made-up bold
                turn=turn,
                box=place.box(0, -_DESCENT * em, run.shown, em),
                colour=state.fill,
                opacity=state.opacity,
                mode=state.mode,
                painted=len(self._drawing.patches),
                running=self.running,
            )
        )


def _along(place: Matrix, width: float, turn: int) -> tuple[float, float, float]:
    """Give start, end and baseline of a run, measured along the direction in which it is read."""
    end = place.moved(width, 0)
    if turn == 90:  # noqa: PLR2004  # degrees
        return place.f, end.f, -place.e
    if turn == 180:  # noqa: PLR2004
        return -place.e, -end.e, -place.f
    if turn == 270:  # noqa: PLR2004
        return -place.f, -end.f, place.e
    return place.e, end.e, place.f
