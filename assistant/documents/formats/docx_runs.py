"""Gives the text of a paragraph of a Word file, with its links, as it reads once tracked changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.documents.formats.docx_equations import equation_text
from assistant.documents.formats.docx_package import Part
from assistant.documents.formats.docx_styles import Styles
from assistant.documents.formats.element import Element
from assistant.documents.formats.linked_text import LineWriter, LinkedText, web_address

_GONE = {"w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sdtPr", "w:instrText", "w:delText", "w:rt", "w:fldData"}
_MARKS = {"w:tab": " ", "w:br": " ", "w:cr": " ", "w:noBreakHyphen": "-", "w:ptab": " "}
_WRITTEN = {"w:t", "m:oMath", "m:oMathPara", "w:sym", *_MARKS}
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"')


@dataclass(frozen=True, slots=True)
class NoteMark:
    """The place of a footnote or endnote: `kind` is the part it is kept in."""

    kind: str
    id: str


@dataclass(slots=True)
class Runs:
    """What the runs of a paragraph hold."""

    line: LinkedText = field(default_factory=lambda: LinkedText(""))
    notes: list[NoteMark] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: str = ""
    all_bold: bool = True


class RunReader:
    """Reads runs; a link may begin in one paragraph and end in another, so the reader goes through a whole part."""

    def __init__(self, part: Part, styles: Styles) -> None:
        self._part = part
        self._styles = styles
        self._fields: list[str] = []
        self._instructions: list[str] = []

    def read(self, paragraphs: list[Element], *, on_ground: bool) -> Runs:
        """Read paragraphs that are one; `on_ground` tells that what is around them may be dark."""
        runs = Runs()
        line = LineWriter()
        hidden = LineWriter()
        for paragraph in paragraphs:
            for run in self._runs(paragraph, ""):
                self._add(run, paragraph, runs, hidden if self._is_hidden(run, paragraph, on_ground) else line)
        runs.line = line.finish()
        runs.hidden = hidden.finish().text
        return runs

    def _is_hidden(self, run: _Run, paragraph: Element, on_ground: bool) -> bool:  # noqa: FBT001  # passed on
        return self._styles.is_hidden(run.element, paragraph) or (
            not on_ground and self._styles.is_white(run.element, paragraph)
        )

    def _runs(self, parent: Element, url: str) -> Iterator[_Run]:
        for child in parent.elements:
            match child.tag:
                case tag if tag in _GONE:
                    continue
                case "w:r":
                    yield _Run(child, url)
                case "w:hyperlink":
                    yield from self._runs(child, web_address(self._part.link(child.get("r:id"))))
                case "w:fldSimple":
                    yield from self._runs(child, _field_address(child.get("w:instr")) or url)
                case "m:oMath" | "m:oMathPara":
                    yield _Run(Element("w:r", {}, (child,)), url)
                case _:
                    yield from self._runs(child, url)

    def _add(self, run: _Run, paragraph: Element, runs: Runs, line: LineWriter) -> None:
        bold = self._styles.is_bold(run.element, paragraph)
        for piece in self._pieces(run.element, runs):
            line.write(piece, run.url or next((url for url in reversed(self._fields) if url), ""))
            runs.all_bold = runs.all_bold and (bold or not piece.strip())

    def _pieces(self, parent: Element, runs: Runs) -> Iterator[str]:
        """Yield the visible text of a run; notes and text boxes in it are noted for later."""
        for child in parent.elements:
            match child.tag:
                case "w:footnoteReference" | "w:endnoteReference":
                    runs.notes.append(NoteMark(child.tag[2:].removesuffix("Reference") + "s", child.get("w:id")))
                case "w:txbxContent":
                    runs.boxes.append(child)
                case "w:fldChar":
                    self._follow_field(child.get("w:fldCharType"))
                case "w:instrText":
                    self._instructions.append("".join(child.texts()))
                case "mc:AlternateContent":
                    yield from self._pieces(_readable_choice(child), runs)
                case tag if tag in _WRITTEN:
                    yield _written(child)
                case tag if tag not in _GONE:
                    yield from self._pieces(child, runs)

    def _follow_field(self, state: str) -> None:
        """Keep the address of each field that is open: its instruction comes before its text."""
        match state:
            case "begin":
                self._fields.append("")
                self._instructions = []
            case "separate" if self._fields:
                self._fields[-1] = _field_address("".join(self._instructions))
            case "end" if self._fields:
                self._fields.pop()


@dataclass(frozen=True, slots=True)
class _Run:
    element: Element
    url: str


def _written(element: Element) -> str:
    match element.tag:
        case "w:t":
            return "".join(element.texts())
        case "m:oMath" | "m:oMathPara":
            return equation_text(element)
        case "w:sym":
            return _symbol(element.get("w:char"))
        case tag:
            return _MARKS[tag]


def _field_address(instruction: str) -> str:
    found = _HYPERLINK.match(instruction)
    return web_address(found[1]) if found else ""


def _readable_choice(alternatives: Element) -> Element:
    """Take the form of a drawing that has text: newer Word's or, where that is none, the older one."""
    choices = list(alternatives.elements)
    with_text = (c for c in choices if next(c.descendants("w:txbxContent", "w:t", "m:t"), None) is not None)
    return next(with_text, Element("mc:Choice", {}))


def _symbol(code: str) -> str:
    """Give the character of a symbol; those of picture fonts lie in the private area and say nothing."""
    if not re.fullmatch(r"[0-9A-Fa-f]{4}", code):
        return ""
    character = chr(int(code, 16))
    return character if character.isprintable() else ""
