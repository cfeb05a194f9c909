"""Reads the content of a page into parts, in the order it stands in the page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.documents.formats import html_lists, html_tables
from assistant.documents.formats.element import Element
from assistant.documents.formats.html_main import is_navigation, is_unread
from assistant.documents.formats.html_visibility import Colors, is_hidden
from assistant.documents.formats.linked_text import LineWriter, web_address
from assistant.documents.formats.part_writing import QUESTION_LEVEL, is_question
from assistant.documents.formats.parts import Entry, Heading, Paragraph, Part
from assistant.documents.formats.table_text import flat

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure
    footer form header hgroup html legend li main nav p section summary td th tr tbody thead tfoot""".split()
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = {"b", "strong"}
_LONGEST_HEADING = 250
_NOTE_MARK = re.compile(r"[\[(]?\s*([0-9]{1,3}|[a-z]|[*†‡])\s*[\])]?")
_BRACKETED = re.compile(r"\[(?:[0-9]{1,3}|[a-z])\]")
_BACK = re.compile(r"[\^↑↩⏎¶#§🔗]\ufe0e?")
_SKIP = re.compile(r"(skip|jump) to (the )?(main |page )?(content|navigation|search|text)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a text say of it."""

    colors: Colors
    url: str = ""
    kind: Literal["paragraph", "quotation"] = "paragraph"
    bold: bool = False
    inner: bool = False
    """Within a point or cell, where a bold question heads nothing."""


class _Flow:
    """The parts so far, and the line that is being written."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.line = LineWriter()
        self.breaks = 0
        self.all_bold = True

    def write(self, text: str, around: Around) -> None:
        if text.strip():
            self.breaks = 0
            self.all_bold = self.all_bold and around.bold
        self.line.write(text, around.url)

    def end_line(self, around: Around) -> None:
        line = self.line.finish()
        if line.text and self.all_bold and not around.inner and is_question(line.text):
            self.parts.append(Heading(QUESTION_LEVEL, line.text))
        elif line.text:
            self.parts.append(Paragraph(line, around.kind))
        self.breaks = 0
        self.all_bold = True

    def add(self, parts: tuple[Part, ...], around: Around) -> None:
        self.end_line(around)
        self.parts.extend(parts)


class PageReader:
    """Reads elements; keeps what was hidden and what is navigation for later."""

    def __init__(self, name: str, address: str, revealed: frozenset[str]) -> None:
        """`address` is what links are seen from, `revealed` the ids of what a control of the page shows."""
        self._name = name
        self._address = address
        self._revealed = revealed
        self.hidden: list[str] = []
        self.navigation: list[Element] = []

    def read(self, element: Element, around: Around) -> tuple[Part, ...]:
        """Give the parts within an element."""
        flow = _Flow()
        self._children(element, flow, replace(around, colors=around.colors.within(element)))
        flow.end_line(around)
        return tuple(flow.parts)

    def _children(self, element: Element, flow: _Flow, around: Around) -> None:
        before: Element | None = None
        for child in element.children:
            if isinstance(child, str):
                self._text(child, flow, around)
            elif is_unread(child):
                continue
            elif is_hidden(child) and not self._is_revealed(child, before):
                self._note_hidden(child)
            else:
                colors = around.colors.within(child)
                self._element(child, flow, around if colors is around.colors else replace(around, colors=colors))
                before = child

    def _is_revealed(self, element: Element, before: Element | None) -> bool:
        """Whether a click shows a hidden element: a control names it, or it follows a question."""
        asked = before is not None and "".join(before.texts()).rstrip().endswith("?")
        return asked or element.get("id") in self._revealed

    def _text(self, text: str, flow: _Flow, around: Around) -> None:
        if around.colors.hide and text.strip():
            self.hidden.append(" ".join(text.split()))
        else:
            flow.write(text, around)

    def _note_hidden(self, element: Element) -> None:
        text = " ".join("".join(element.texts()).split())
        if text and not is_unread(element):
            self.hidden.append(text)

    def _element(self, element: Element, flow: _Flow, around: Around) -> None:
        match element.tag:
            case tag if is_navigation(element) and not around.inner:
                self.navigation.append(element)
            case tag if tag in _HEADINGS or element.get("role") == "heading":
                flow.add(self._heading(element, around), around)
            case "pre" | "listing" | "xmp":
                flow.add(self._listing(element, around), around)
            case tag if tag in html_lists.LISTS:
                flow.add(self._list(element, around), around)
            case "dl":
                read = self._reader(around)
                flow.add(tuple(html_lists.read_definitions(element, read)), around)
            case "table":
                flow.add(self._table(element, around), around)
            case "details":
                flow.add(self._details(element, around), around)
            case tag if tag in _BLOCKS:
                inside = replace(around, kind="quotation") if tag == "blockquote" else around
                flow.end_line(around)
                self._children(element, flow, inside)
                flow.end_line(inside)
            case _:
                self._inline(element, flow, around)

    def _inline(self, element: Element, flow: _Flow, around: Around) -> None:
        match element.tag:
            case "br":
                flow.breaks += 1
                if flow.breaks > 1:
                    flow.end_line(around)
                else:
                    flow.line.write(" ")
            case "hr":
                flow.end_line(around)
            case "button":
                self._button(element, flow, around)
            case "a" if not _is_mark(element):
                url = web_address(element.get("href"), self._address) if element.get("href") else ""
                self._children(element, flow, replace(around, url=url or around.url))
            case "sup" if _is_note_mark(element):
                pass
            case "a":
                pass
            case tag:
                self._children(element, flow, replace(around, bold=around.bold or tag in _BOLD))

    def _reader(self, around: Around) -> html_lists.ReadParts:
        inner = replace(around, inner=True, bold=False)
        return lambda element: () if is_unread(element) or is_hidden(element) else self.read(element, inner)

    def _heading(self, element: Element, around: Around) -> tuple[Part, ...]:
        line = flat(self.read(Element("span", {}, element.children), replace(around, inner=True)))
        written = element.get("aria-level")
        level = _HEADINGS.get(element.tag) or (int(written) if written in ("1", "2", "3", "4", "5", "6") else 2)
        if len(line.text) > _LONGEST_HEADING:
            return (Paragraph(line, around.kind),)
        return (Heading(level, line.text),) if line.text else ()

    def _listing(self, element: Element, around: Around) -> tuple[Part, ...]:
        line = LineWriter()
        line.write_as_it_is("".join(element.texts()).replace("\r\n", "\n"))
        text = line.finish()
        return (Paragraph(text, "code"),) if text.text.strip() and not around.colors.hide else ()

    def _list(self, element: Element, around: Around) -> tuple[Part, ...]:
        if html_lists.is_layout(element):
            return tuple(part for child in element.elements for part in self._block(child, around))
        listing = html_lists.read_list(element, self._reader(around))
        return (listing,) if listing.points else ()

    def _table(self, element: Element, around: Around) -> tuple[Part, ...]:
        before = self.read(html_tables.outside_cells(element), around)
        if html_tables.is_layout(element):
            return (*before, *(part for cell in html_tables.cells(element) for part in self._block(cell, around)))
        return (*before, html_tables.read_table(self._name, element, self._reader(around)))

    def _block(self, element: Element, around: Around) -> tuple[Part, ...]:
        return self.read(Element("div", {}, (element,)), around)

    def _details(self, element: Element, around: Around) -> tuple[Part, ...]:
        summary = next((child for child in element.elements if child.tag == "summary"), None)
        asked = flat(self.read(summary, replace(around, inner=True))) if summary else None
        rest = Element("div", {}, tuple(child for child in element.children if child is not summary))
        told = self.read(rest, around)
        if asked is None or not asked.text:
            return told
        if is_question(asked.text) and told:
            return (Entry(asked.text, told),)
        return (Paragraph(asked), *told)

    def _button(self, element: Element, flow: _Flow, around: Around) -> None:
        """Read a button only where it is the head of something that opens."""
        text = " ".join("".join(element.texts()).split())
        opens = "aria-expanded" in element.attributes or "aria-controls" in element.attributes
        if around.inner:
            self._children(element, flow, around)
        elif opens and is_question(text):
            flow.add((Heading(QUESTION_LEVEL, text),), around)


def _is_mark(link: Element) -> bool:
    """Whether a link is the mark of a note, the way back from it, or the address of a heading."""
    text = "".join(link.texts()).strip()
    if "#" not in link.get("href"):
        return False
    if _BRACKETED.fullmatch(text) or _BACK.fullmatch(text) or _SKIP.match(text) or link.get("role") == "doc-backlink":
        return True
    return _NOTE_MARK.fullmatch(text) is not None and (
        link.child("sup") is not None or link.get("role") == "doc-noteref"
    )


def _is_note_mark(raised: Element) -> bool:
    """Whether what is raised only points at a note on the same page."""
    text = "".join(raised.texts()).strip()
    to_note = any(link.get("href").startswith("#") for link in raised.descendants("a"))
    return to_note and _NOTE_MARK.fullmatch(text) is not None
