"""Leaves out running headers, footers and page numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.documents.formats.pdf_lines import Line

_OUTERMOST = 3
_NEAR = 2
_SAME_HEIGHT = 10.0
_LIKENESS = 0.85  # text recognition reads the same line now so, now so
_MARGIN = 0.12
_LONG_ENOUGH = 8
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|p\.|seite|página)\s*)?[-–|\[(]*\s*(\d{1,4}|[ivxlc]{1,7})\s*[-–|\])]*(?:\s*(?:of|/|von|de)\s*\d{1,4})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page as they stand across all columns, from top to bottom."""

    page: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the top or bottom of a page."""

    page: int
    line: Line
    top: bool


def furniture(pages: list[PageLines]) -> set[Line]:
    """Give the lines that stand on two near pages at the same height with the same words, and page numbers.

    Numbers may differ if they count the pages. A page that is the same as the one before is no evidence.
    """
    distinct = _distinct(pages)
    edges = {page.page: _edges(page) for page in pages}
    found = {edge.line for page in pages for edge in edges[page.page] if _is_page_number(edge, page)}
    for index, page in enumerate(distinct):
        near = [other for other in distinct[max(0, index - _NEAR) : index + _NEAR + 1] if other is not page]
        others = [edge for other in near for edge in edges[other.page]]
        found |= {edge.line for edge in edges[page.page] if any(_repeats(edge, other) for other in others)}
    return found | {line for page in pages for line in page.lines if page not in distinct and _known(line, found)}


def _known(line: Line, found: set[Line]) -> bool:
    return any(line.text == other.text and abs(line.baseline - other.baseline) < _SAME_HEIGHT for other in found)


def _distinct(pages: list[PageLines]) -> list[PageLines]:
    seen: set[tuple[str, ...]] = set()
    found = []
    for page in pages:
        words = tuple(line.text for line in page.lines)
        if words not in seen:
            found.append(page)
        seen.add(words)
    return found


def _edges(page: PageLines) -> list[_Edge]:
    upper, lower = page.lines[:_OUTERMOST], page.lines[-_OUTERMOST:]
    high, low = page.height * (1 - _MARGIN), page.height * _MARGIN
    return [
        *(_Edge(page.page, line, top=True) for line in upper if line.baseline >= high),
        *(_Edge(page.page, line, top=False) for line in lower if line.baseline <= low),
    ]


def _repeats(edge: _Edge, other: _Edge) -> bool:
    if edge.top != other.top or abs(edge.line.baseline - other.line.baseline) > _SAME_HEIGHT:
        return False
    return _alike(edge.line.text, other.line.text, other.page - edge.page)


def _alike(text: str, other: str, pages: int) -> bool:
    """Whether two lines are the same but for numbers that grew by as much as there are pages between them."""
    words, other_words = _NUMBER.sub("#", text), _NUMBER.sub("#", other)
    if words != other_words:
        return "#" not in words.strip("# ") and _ratio(words.strip("# "), other_words.strip("# ")) >= _LIKENESS
    numbers = zip(_NUMBER.findall(text), _NUMBER.findall(other), strict=True)
    return all(one == two or int(two) - int(one) == pages for one, two in numbers)


def _ratio(words: str, other: str) -> float:
    return SequenceMatcher(None, words, other, autojunk=False).ratio() if len(words) >= _LONG_ENOUGH else 0.0


def _is_page_number(edge: _Edge, page: PageLines) -> bool:
    found = _PAGE_NUMBER.fullmatch(edge.line.text)
    if found is None:
        return False
    outermost = page.lines[0] if edge.top else page.lines[-1]
    return edge.line is outermost
