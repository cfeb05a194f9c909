"""What the styles of a Word file say of a paragraph or a run: heading, list, hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.documents.formats.element import Element

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"(toc [1-9]|toc heading|contents heading|table of figures|index [1-9])")
_NO_OUTLINE = 9
_QUOTES = {"quote", "intense quote", "block text"}
_CODES = {"html preformatted", "macro"}
_OFF = {"0", "false", "off"}
_SMALLEST = 2
_LONGEST_CHAIN = 20
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which list a paragraph belongs to, and how deep it stands in it (0 is the highest)."""

    id: str
    level: int


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says of its paragraphs, with all that it is based on.

    `level` is 1 for the title, 2 to 10 for headings, `None` for text; lines of a table of contents
    say what the headings say. `shaded` tells that the ground is not white.
    """

    level: int | None
    in_contents: bool
    kind: Literal["paragraph", "quotation", "code"]
    list_id: str | None
    list_level: str | None
    shaded: bool


class Styles:
    """The styles of a file; what one says is worked out once."""

    def __init__(self, root: Element | None) -> None:
        styles = [style for style in (root.elements if root else ()) if style.tag == "w:style"]
        self._styles = {style.get("w:styleId"): style for style in styles}
        defaults = (s for s in styles if s.get("w:type") == "paragraph" and s.get("w:default") not in ("", *_OFF))
        self._default = next((style.get("w:styleId") for style in defaults), "")
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._inherited: dict[tuple[str, str, str], Element | None] = {}

    def of(self, paragraph: Element) -> ParagraphStyle:
        """Give the style of a paragraph."""
        name = paragraph.value("w:pPr", "w:pStyle") or self._default
        if name not in self._paragraphs:
            self._paragraphs[name] = _paragraph_style(tuple(self._chain(name)))
        return self._paragraphs[name]

    def heading_level(self, paragraph: Element) -> int | None:
        """Give the level of a heading, by the paragraph's own word or its style's; `None` for text."""
        own = paragraph.value("w:pPr", "w:outlineLvl")
        return self.of(paragraph).level if own is None else _outline(own)

    def numbering(self, paragraph: Element) -> Numbering | None:
        """Give the list that a paragraph belongs to by itself or by its style."""
        style = self.of(paragraph)
        number = paragraph.value("w:pPr", "w:numPr", "w:numId") or style.list_id
        level = paragraph.value("w:pPr", "w:numPr", "w:ilvl") or style.list_level
        return Numbering(number, min(_number(level or "0"), _DEEPEST)) if number and number != "0" else None

    def list_of_style(self, style: str) -> str | None:
        """Give the number of the list that a list style stands for."""
        found = self._styles.get(style)
        return found.value("w:pPr", "w:numPr", "w:numId") if found else None

    def is_bold(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is bold, by itself, its style or its paragraph's style."""
        return _is_on(self._said(run, paragraph, "w:b"))

    def is_hidden(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is formatted as hidden, or too small to be seen."""
        size = self._said(run, paragraph, "w:sz")
        return _is_on(self._said(run, paragraph, "w:vanish")) or (
            size is not None and _number(size.get("w:val"), _SMALLEST + 1) <= _SMALLEST
        )

    def is_white(self, run: Element, paragraph: Element) -> bool:
        """Whether a run is white on no other ground, as far as run, paragraph and their styles say."""
        color = self._said(run, paragraph, "w:color")
        if color is None or color.get("w:val").upper() != "FFFFFF":
            return False
        own = paragraph.child("w:pPr")
        return not (
            self._said(run, paragraph, "w:highlight")
            or _is_dark(self._said(run, paragraph, "w:shd"))
            or (own is not None and is_shaded(own))
            or self.of(paragraph).shaded
        )

    def shades(self, table: Element) -> bool:
        """Whether the style of a table has cells on another ground than white."""
        styles = self._chain(table.value("w:tblPr", "w:tblStyle") or "")
        return any(_is_dark(shade) for style in styles for shade in style.descendants("w:shd"))

    def _said(self, run: Element, paragraph: Element, tag: str) -> Element | None:
        """Give the nearest word on one of a run's properties: its own, its style's, its paragraph's style's."""
        own = run.child("w:rPr", tag)
        if own is not None:
            return own
        run_style = run.value("w:rPr", "w:rStyle") or ""
        paragraph_style = paragraph.value("w:pPr", "w:pStyle") or self._default
        key = (run_style, paragraph_style, tag)
        if key not in self._inherited:
            styles = (*self._chain(run_style), *self._chain(paragraph_style))
            said = (style.child("w:rPr", tag) for style in styles)
            self._inherited[key] = next((element for element in said if element is not None), None)
        return self._inherited[key]

    def _chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those it is based on, in that order; a ring of styles ends."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.value("w:basedOn") or ""


def is_shaded(properties: Element) -> bool:
    """Whether properties of a paragraph, row or cell set another ground than white."""
    return _is_dark(properties.child("w:shd"))


def _paragraph_style(chain: tuple[Element, ...]) -> ParagraphStyle:
    names = {(style.value("w:name") or "").lower() for style in chain}
    numbers = [style.child("w:pPr", "w:numPr") for style in chain]
    return ParagraphStyle(
        level=_level(chain),
        in_contents=any(map(_CONTENTS.fullmatch, names)),
        kind="quotation" if names & _QUOTES else "code" if names & _CODES else "paragraph",
        list_id=_first(number.value("w:numId") for number in numbers if number),
        list_level=_first(number.value("w:ilvl") for number in numbers if number),
        shaded=any(is_shaded(own) for style in chain if (own := style.child("w:pPr")) is not None),
    )


def _level(chain: tuple[Element, ...]) -> int | None:
    """Read the level off built-in names, which are English in every language's Word, or off the outline."""
    for style in chain:
        name = (style.value("w:name") or "").lower()
        heading = _HEADING.fullmatch(name)
        if heading or name == "title":
            return int(heading[1]) + 1 if heading else 1
        level = style.value("w:pPr", "w:outlineLvl")
        if level is not None:
            return _outline(level)
    return None


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _is_dark(shade: Element | None) -> bool:
    return shade is not None and shade.get("w:fill").upper() not in ("", "AUTO", "FFFFFF")


def _is_on(toggle: Element | None) -> bool:
    return toggle is not None and toggle.get("w:val").lower() not in _OFF


def _outline(written: str) -> int | None:
    level = _number(written, _NO_OUTLINE)
    return level + 2 if level < _NO_OUTLINE else None


def _number(written: str, otherwise: int = 0) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else otherwise
