"""Gives the parts of the body of a Word file in the order they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.documents.formats.docx_notes import Notes
from assistant.documents.formats.docx_numbering import BULLET, ListMarks
from assistant.documents.formats.docx_runs import RunReader, Runs
from assistant.documents.formats.docx_styles import Styles
from assistant.documents.formats.docx_tables import read_table
from assistant.documents.formats.element import Element
from assistant.documents.formats.linked_text import LinkedText
from assistant.documents.formats.part_writing import QUESTION_LEVEL, is_question
from assistant.documents.formats.parts import Heading, Listing, Paragraph, Part, Point, Table
from assistant.documents.reading import Remark

_LONGEST_HEADING = 250
_SHOWN = 60
_THROUGH = ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:body")


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A paragraph of a list, before the list is put together."""

    level: int
    mark: str
    text: LinkedText


class BodyReader:
    """Reads the body of a file, its text boxes, and the cells of its tables."""

    def __init__(self, name: str, runs: RunReader, styles: Styles, marks: ListMarks, notes: Notes) -> None:
        self._name = name
        self._runs = runs
        self._styles = styles
        self._marks = marks
        self._notes = notes
        self._paragraphs = 0
        self.remarks: list[Remark] = []

    def read(self, body: Element, *, on_ground: bool = False) -> tuple[Part, ...]:
        """Give the parts; notes stand as paragraphs at the end of their section."""
        parts: list[Part] = []
        for part in self._parts(body, on_ground=on_ground):
            if isinstance(part, Heading):
                parts.extend(self._notes.take())
            parts.append(part)
        return (*parts, *self._notes.take())

    def _parts(self, container: Element, *, on_ground: bool) -> Iterator[Part]:
        """Yield headings, paragraphs and tables, and a list for what is numbered in a row."""
        listed: list[_Numbered] = []
        for part in self._pieces(container, on_ground=on_ground):
            if isinstance(part, _Numbered):
                listed.append(part)
                continue
            if listed:
                yield _listing(listed)
                listed = []
            yield part
        if listed:
            yield _listing(listed)

    def _pieces(self, container: Element, *, on_ground: bool) -> Iterator[Part | _Numbered]:
        joined: list[Element] = []
        for element in self._blocks(container):
            match element.tag:
                case "w:p":
                    joined.append(element)
                    if not _runs_on(element):
                        yield from self._paragraph(joined, on_ground=on_ground)
                        joined = []
                case "w:tbl":
                    yield from self._table(element, on_ground=on_ground)
                case _:
                    self._remark("holds another file, which was not read: copy its text into the document")
        if joined:
            yield from self._paragraph(joined, on_ground=on_ground)

    def _blocks(self, container: Element) -> Iterator[Element]:
        for child in container.elements:
            if child.tag in ("w:p", "w:tbl", "w:altChunk"):
                yield child
            elif child.tag in _THROUGH:
                yield from self._blocks(child)

    def _paragraph(self, elements: list[Element], *, on_ground: bool) -> Iterator[Part | _Numbered]:
        self._paragraphs += 1
        paragraph = elements[-1]
        if self._styles.of(paragraph).in_contents:
            return
        runs = self._runs.read(elements, on_ground=on_ground)
        if runs.hidden:
            self._remark(f"hidden text was left out: {runs.hidden[:_SHOWN]!r}")
        yield from self._own_parts(paragraph, runs)
        self._notes.add(runs.notes)
        for box in runs.boxes:
            yield from (_as_text(part) for part in self._parts(box, on_ground=True))

    def _own_parts(self, paragraph: Element, runs: Runs) -> Iterator[Part | _Numbered]:
        text = runs.line.text
        numbering = self._styles.numbering(paragraph)
        mark = self._marks.mark(numbering) if numbering and not (runs.hidden and not text) else ""
        if not text:
            return
        level = self._styles.heading_level(paragraph)
        if level is not None and len(text) <= _LONGEST_HEADING:
            yield Heading(level, text)
        elif runs.all_bold and is_question(text):
            yield Heading(QUESTION_LEVEL, text)
        elif numbering:
            yield _Numbered(numbering.level, mark, runs.line)
        else:
            yield Paragraph(runs.line, self._styles.of(paragraph).kind, runs.all_bold)

    def _table(self, element: Element, *, on_ground: bool) -> Iterator[Part]:
        def read_cell(cell: Element, shaded: bool) -> tuple[Part, ...]:  # noqa: FBT001  # ReadCell
            return tuple(self._parts(cell, on_ground=on_ground or shaded))

        table = read_table(self._name, element, read_cell, shaded=self._styles.shades(element))
        cells = [cell for row in table.rows for cell in row if cell.parts]
        if len(cells) == 1:
            yield from cells[0].parts
        else:
            yield Table(table.rows)

    def _remark(self, message: str) -> None:
        number = max(self._paragraphs, 1)
        self.remarks.append(Remark(number, f"paragraph {number}: {message}"))


def _runs_on(paragraph: Element) -> bool:
    """Whether the end of a paragraph is deleted by a tracked change, so that the next one goes on with it."""
    return paragraph.child("w:pPr", "w:rPr", "w:del") is not None


def _as_text(part: Part) -> Part:
    """Make a heading of a text box a paragraph: what follows the box does not stand under it."""
    return Paragraph(LinkedText(part.text)) if isinstance(part, Heading) else part


def _listing(numbered: Sequence[_Numbered]) -> Listing:
    """Put points below the last one before them that stands higher."""
    points: list[Point] = []
    position = 0
    while position < len(numbered):
        first = numbered[position]
        below = position + 1
        while below < len(numbered) and numbered[below].level > first.level:
            below += 1
        inner = [_Numbered(n.level, _own(n.mark, first.mark), n.text) for n in numbered[position + 1 : below]]
        points.append(Point(first.mark, (Paragraph(first.text), *([_listing(inner)] if inner else []))))
        position = below
    return Listing(tuple(points))


def _own(mark: str, above: str) -> str:
    """Leave to a number what it adds to that of the point it stands under: `- 2.1` under `2.` is `1.`."""
    added = mark.removeprefix(f"{BULLET} ").removeprefix(above.removeprefix(f"{BULLET} ").removesuffix(".") + ".")
    return f"{added.rstrip('.')}." if added.rstrip(".").isdigit() else mark
