"""Reads the lists of a page: points, numbers, terms with their definitions, questions with their answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.documents.formats.element import Element
from assistant.documents.formats.linked_text import LinkedText, join
from assistant.documents.formats.part_writing import is_question
from assistant.documents.formats.parts import Entry, Listing, Paragraph, Part, Point
from assistant.documents.formats.table_text import flat

ReadParts = Callable[[Element], tuple[Part, ...]]
_TERMS = ("dt", "dd")
LISTS = ("ul", "ol", "menu", "dir")


def is_layout(element: Element) -> bool:
    """Whether a list only lays out parts of the page: it holds headings, tables or entries."""
    return (
        next(element.descendants("h1", "h2", "h3", "h4", "h5", "h6", "table", "details", "article"), None) is not None
    )


def read_list(element: Element, read: ReadParts) -> Listing:
    """Give the points of a list; what stands between them belongs to the one before."""
    numbers = _numbers(element)
    points: list[Point] = []
    for child in _elements(element):
        parts = read(child)
        if child.tag == "li":
            mark = next(numbers) if element.tag != "ol" else _number_mark(child, next(numbers), element)
            points.extend([Point(mark, parts)] if parts else [])
        elif parts and points:
            points[-1] = Point(points[-1].mark, (*points[-1].parts, *parts))
        elif parts:
            points.append(Point("-", parts))
    return Listing(tuple(points))


def read_definitions(element: Element, read: ReadParts) -> Iterator[Part]:
    """Yield a list with a point for each term, and an entry for each term that is a question."""
    points: list[Point] = []
    term = LinkedText("")
    told: list[Part] = []
    for child in (*_definitions(element), Element("dt", {})):
        if child.tag == "dd":
            told.extend(read(child))
            continue
        if told and is_question(term.text):
            yield from _listed(points)
            points = []
            yield Entry(term.text, tuple(told))
        else:
            points.append(_defined(term, told))
        term, told = flat(read(child)), []
    yield from _listed(points)


def _definitions(element: Element) -> Iterator[Element]:
    """Yield terms and definitions, also those in a group or, for want of an end, in one another."""
    for child in _elements(element):
        if child.tag == "div":
            yield from _definitions(child)
            continue
        inner = tuple(grandchild for grandchild in child.elements if grandchild.tag in _TERMS)
        own = tuple(grandchild for grandchild in child.children if grandchild not in inner)
        yield Element(child.tag if child.tag in _TERMS else "dd", child.attributes, own)
        yield from _definitions(Element("dl", {}, inner))


def _elements(element: Element) -> Iterator[Element]:
    """Yield the children of a list; text that stands in none of its points is one of its own."""
    for child in element.children:
        if isinstance(child, Element):
            yield child
        elif child.strip():
            yield Element("span", {}, (child,))


def _listed(points: list[Point]) -> Iterator[Part]:
    filled = tuple(point for point in points if point.parts)
    if filled:
        yield Listing(filled)


def _defined(term: LinkedText, told: list[Part]) -> Point:
    """Put a term before the first paragraph that defines it."""
    if not term.text:
        return Point("-", tuple(told))
    if not told or not isinstance(told[0], Paragraph):
        return Point("-", (Paragraph(term), *told))
    between = " " if term.text.endswith(":") else ": "
    return Point("-", (Paragraph(join([term, told[0].text], between)), *told[1:]))


def _numbers(element: Element) -> Iterator[str]:
    """Yield the numbers of a list's points, or its bullets."""
    if element.tag != "ol":
        while True:
            yield "-"
    count = sum(child.tag == "li" for child in element.elements)
    backwards = "reversed" in element.attributes
    number = _integer(element.get("start"), count if backwards else 1)
    while True:
        yield str(number)
        number += -1 if backwards else 1


def _number_mark(point: Element, number: str, element: Element) -> str:
    """Give `3.`, or `- c.` where the list counts in letters."""
    shown = str(_integer(point.get("value"), int(number)))
    letters = element.get("type")
    if letters in ("a", "A") and 1 <= int(shown) <= ord("z") - ord("a") + 1:
        return f"- {chr(ord(letters) + int(shown) - 1)}."
    return f"{shown}."


def _integer(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written.strip()) else otherwise
