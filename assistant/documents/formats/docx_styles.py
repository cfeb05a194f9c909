"""What the styles of a Word file say of a paragraph or a run: heading, list, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.documents.formats.element import Element

_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(toc [1-9]|toc heading|contents heading|table of figures|index [1-9])", re.IGNORECASE)
_NO_OUTLINE = 9
_QUOTES = {"quote", "intense quote", "block text"}
_CODES = {"html preformatted", "macro"}
_OFF = {"0", "false", "off"}
_SMALLEST = 2
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which list a paragraph belongs to, and how deep it stands in it (0 is the highest)."""

    id: str
    level: int


class Styles:
    """The styles of a file by id; each is followed to the styles that it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {
            style.get("w:styleId"): style for style in (root.elements if root else ()) if style.tag == "w:style"
        }
        self._default = next(
            (
                style.get("w:styleId")
                for style in self._styles.values()
                if style.get("w:type") == "paragraph" and style.get("w:default") not in ("", *_OFF)
            ),
            "",
        )

    def heading_level(self, paragraph: Element) -> int | None:
        """Give the level of a heading: 1 for the title, 2 to 10 for headings; `None` for other paragraphs.

        Built-in styles have English names in every language's Word; others tell by `outlineLvl`.
        """
        own = paragraph.value("w:pPr", "w:outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self._of_paragraph(paragraph):
            name = style.value("w:name") or ""
            heading = _HEADING.fullmatch(name)
            if heading:
                return int(heading[1]) + 1
            if name.lower() == "title":
                return 1
            level = style.value("w:pPr", "w:outlineLvl")
            if level is not None:
                return _outline(level)
        return None

    def numbering(self, paragraph: Element) -> Numbering | None:
        """Give the list that a paragraph belongs to by itself or by its style."""
        level: str | None = None
        for source in (paragraph, *self._of_paragraph(paragraph)):
            level = level or source.value("w:pPr", "w:numPr", "w:ilvl")
            number = source.value("w:pPr", "w:numPr", "w:numId")
            if number is not None:
                return None if number == "0" else Numbering(number, _number(level or "0"))
        return None

    def list_of_style(self, style: str) -> str | None:
        """Give the number of the list that a list style stands for."""
        found = self._styles.get(style)
        return found.value("w:pPr", "w:numPr", "w:numId") if found else None

    def is_contents(self, paragraph: Element) -> bool:
        """Whether a paragraph is a line of the table of contents, whose words stand in the headings."""
        return any(_CONTENTS.fullmatch(style.value("w:name") or "") for style in self._of_paragraph(paragraph))

    def kind(self, paragraph: Element) -> Literal["paragraph", "quotation", "code"]:
        """Tell how a paragraph is set."""
        names = {(style.value("w:name") or "").lower() for style in self._of_paragraph(paragraph)}
        if names & _QUOTES:
            return "quotation"
        return "code" if names & _CODES else "paragraph"

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is bold, by itself, its style or its paragraph's style."""
        return next((_is_on(p, "w:b") for p in self._run_properties(run, paragraph, "w:b")), False)

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is formatted as hidden, or too small to be seen."""
        hidden = next((_is_on(p, "w:vanish") for p in self._run_properties(run, paragraph, "w:vanish")), False)
        size = next((p.value("w:sz") for p in self._run_properties(run, paragraph, "w:sz")), None)
        return hidden or (size is not None and _number(size, _SMALLEST + 1) <= _SMALLEST)

    def is_white(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is white on no other ground, as far as run, paragraph and their styles say."""
        color = next((p.value("w:color") for p in self._run_properties(run, paragraph, "w:color")), None)
        return (color or "").upper() == "FFFFFF" and not self._has_ground(run, paragraph)

    def _has_ground(self, run: Element, paragraph: Element) -> bool:
        own = paragraph.child("w:pPr")
        in_styles = (style.child("w:pPr") for style in self._of_paragraph(paragraph))
        grounds = [*self._run_properties(run, paragraph, "w:shd"), *(p for p in (own, *in_styles) if p)]
        lit = any(True for _ in self._run_properties(run, paragraph, "w:highlight"))
        return lit or any(is_shaded(properties) for properties in grounds)

    def shades(self, table: Element) -> bool:
        """Whether the style of a table has cells on another ground than white."""
        style = self._styles.get(table.value("w:tblPr", "w:tblStyle") or "")
        return any(
            any(shade.get("w:fill").upper() not in ("", "AUTO", "FFFFFF") for shade in link.descendants("w:shd"))
            for link in self._chain(style)
        )

    def _run_properties(self, run: Element, paragraph: Element, tag: str) -> Iterator[Element]:
        """Yield the run properties that say something of a kind, the nearest first."""
        styles = (
            *self._chain(self._styles.get(run.value("w:rPr", "w:rStyle") or "")),
            *self._of_paragraph(paragraph),
        )
        for properties in (run.child("w:rPr"), *(style.child("w:rPr") for style in styles)):
            if properties and properties.child(tag):
                yield properties

    def _of_paragraph(self, paragraph: Element) -> Iterator[Element]:
        return self._chain(self._styles.get(paragraph.value("w:pPr", "w:pStyle") or self._default))

    def _chain(self, style: Element | None) -> Iterator[Element]:
        """Yield a style and those it is based on, in that order; a ring of styles ends."""
        for _ in range(_LONGEST_CHAIN):
            if style is None:
                return
            yield style
            style = self._styles.get(style.value("w:basedOn") or "")


def is_shaded(properties: Element) -> bool:
    """Whether properties of a run, paragraph, row or cell set another ground than white."""
    shade = properties.child("w:shd")
    return shade is not None and shade.get("w:fill").upper() not in ("", "AUTO", "FFFFFF")


def _is_on(properties: Element, toggle: str) -> bool:
    value = properties.value(toggle)
    return value is not None and value.lower() not in _OFF


def _outline(written: str) -> int | None:
    level = _number(written, _NO_OUTLINE)
    return level + 2 if level < _NO_OUTLINE else None


def _number(written: str, otherwise: int = 0) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else otherwise
