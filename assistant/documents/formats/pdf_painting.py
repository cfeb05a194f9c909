"""Follows the operators of a page to what it shows (ISO 32000-2, 8 and 9)."""

from __future__ import annotations

from dataclasses import replace

from assistant.documents.formats.pdf_content import Content, page_content
from assistant.documents.formats.pdf_file import Operation, PdfFile, PdfPage
from assistant.documents.formats.pdf_geometry import Matrix
from assistant.documents.formats.pdf_paths import Drawing
from assistant.documents.formats.pdf_rules import merged
from assistant.documents.formats.pdf_runs import PaintedPage
from assistant.documents.formats.pdf_setting import Setting
from assistant.documents.formats.pdf_state import State, colour
from assistant.errors import FileTooLarge

_DEEPEST_FORM = 12
_MOST_OPERATIONS = 1_000_000
_MOST_SAVED = 500
_TEXT = frozenset("BT ET Tc Tw Tz TL Ts Tr Tf Td TD Tm T* Tj TJ ' \"".split())
_PATHS = frozenset("re m l c v y h W W* n f F f* B B* b b* S s".split())
_FILLED = frozenset("f F f* B B* b b*".split())
_STROKED = frozenset("S s".split())


def paint(file: PdfFile, page: PdfPage) -> PaintedPage:
    """Give what a page shows.

    Raises `FileTooLarge` for a page of more than a million operators or 200,000 characters.
    """
    painter = _Painter(page)
    painter.follow(page_content(file, page), 0)
    drawing = painter.drawing
    return PaintedPage(
        page.number, page.box, tuple(painter.setting.runs), tuple(drawing.patches), merged(drawing.rules)
    )


class _Painter:
    def __init__(self, page: PdfPage) -> None:
        self.drawing = Drawing()
        self.setting = Setting(self.drawing)
        self._state = State(page.matrix)
        self._saved: list[State] = []
        self._marks: list[bool] = []
        self._operations = 0

    def follow(self, content: Content, depth: int) -> None:
        """Follow the operators of a page, or of a form on it."""
        for operation in content.operations():
            self._operations += 1
            if self._operations > _MOST_OPERATIONS or self.setting.is_full:
                raise FileTooLarge(
                    content.file.name, content.page, f"page {content.page} is too full; split it or save it anew"
                )
            self._apply(operation, content, depth)

    def _apply(self, operation: Operation, content: Content, depth: int) -> None:
        numbers = [float(value) for value in operation.operands if isinstance(value, (int, float))]
        if operation.operator in _TEXT:
            self.setting.apply(operation, numbers, self._state, content)
        elif operation.operator in _PATHS:
            self._draw(operation.operator, numbers)
        elif operation.operator == "Do" and operation.operands:
            self._outside(operation.operands[-1], content, depth)
        else:
            self._change(operation, numbers, content)

    def _draw(self, operator: str, numbers: list[float]) -> None:
        matrix = self._state.matrix
        match operator, numbers:
            case "re", [x, y, width, height]:
                self.drawing.rectangle(matrix, x, y, width, height)
            case "m", [x, y]:
                self.drawing.move(matrix, x, y)
            case (("l" | "c" | "v" | "y"), [*_, x, y]):
                self.drawing.line(matrix, x, y)
            case "n", _:
                self.drawing.end()
        if operator in _FILLED:
            self.drawing.fill(self._state.fill if self._state.opacity == 1 else None)
        elif operator in _STROKED:
            self.drawing.stroke()

    def _change(self, operation: Operation, numbers: list[float], content: Content) -> None:
        match operation.operator, numbers:
            case "q", _:
                self._saved = [*self._saved[-_MOST_SAVED:], replace(self._state)]
            case "Q", _ if self._saved:
                self._state = self._saved.pop()
            case "cm", [a, b, c, d, e, f]:
                self._state.matrix = Matrix(a, b, c, d, e, f).then(self._state.matrix)
            case "gs", _ if operation.operands:
                set_to = content.opacity(operation.operands[0])
                self._state.opacity = self._state.opacity if set_to is None else set_to
            case (("BMC" | "BDC"), _):
                tag, properties, *_ = *operation.operands, None, None
                self._marks.append(content.runs_along(tag, properties))
                self.setting.running = any(self._marks)
            case "EMC", _ if self._marks:
                self._marks.pop()
                self.setting.running = any(self._marks)
            case "INLINE IMAGE", _:
                self.drawing.image(self._state.matrix)
            case _:
                self._colour(operation, numbers, content)

    def _colour(self, operation: Operation, numbers: list[float], content: Content) -> None:
        match operation.operator:
            case "g" | "rg" | "k":
                self._state.fill = colour(numbers)
                self._state.components = len(numbers)
            case "cs" if operation.operands:
                self._state.components = content.components(operation.operands[0])
                self._state.fill = (0.0, 0.0, 0.0) if self._state.components else None
            case "sc" | "scn":
                fits = len(numbers) == self._state.components == len(operation.operands)
                self._state.fill = colour(numbers) if fits else None
            case "sh":
                self.drawing.shade()

    def _outside(self, name: object, content: Content, depth: int) -> None:
        if content.is_image(name):
            self.drawing.image(self._state.matrix)
        elif depth < _DEEPEST_FORM and (form := content.form(name)) is not None:
            before, saved = replace(self._state), self._saved
            self._state.matrix, self._saved = form.matrix.then(self._state.matrix), []
            self.follow(form.content, depth + 1)
            self._state, self._saved = before, saved
