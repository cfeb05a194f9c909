"""Draws a stretch of a section as HTML: its paragraphs, lists, tables and quotations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from assistant.documents.document import Block, Section
from assistant.documents.sentences import Span
from assistant.web.markup import escape

_LINE = re.compile(r"(?P<indent> *)(?P<mark>- |(?P<number>\d+)\. )?")
_CELL_END = " | "


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn: `shown` of a section's text, each of `marked` highlighted, an id set at each offset of `anchors`.

    `pages` are the pages that begin inside of the text, by their offset.
    """

    section: Section
    shown: Span
    marked: tuple[Span, ...] = ()
    anchors: Mapping[int, str] = field(default_factory=dict)
    pages: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block; its words are `text[words:end]`, `number` is that of a numbered item."""

    start: int
    words: int
    end: int
    indent: int
    is_item: bool
    number: str | None


def draw(drawing: Drawing) -> str:
    """Give the HTML of the blocks that are shown; the head of a table always is, or its cells say nothing."""
    shown = drawing.shown
    blocks = (b for b in drawing.section.blocks if b.start < shown.end and shown.start < b.end)
    return "".join(_block(drawing, block) for block in blocks)


def _block(drawing: Drawing, block: Block) -> str:
    match block.kind:
        case "paragraph":
            return f"<p>{_inline(drawing, block.start, block.start, block.end)}</p>"
        case "list":
            return _flow(drawing, _lines(drawing, block))
        case "quotation":
            return f"<blockquote>{_flow(drawing, _lines(drawing, block))}</blockquote>"
        case "table":
            return _table(drawing, block)
        case "code":
            return f'<pre tabindex="0"><code>{_inline(drawing, block.start, block.start, block.end)}</code></pre>'


def _lines(drawing: Drawing, block: Block) -> list[_Line]:
    """Give the lines of a block that are shown."""
    shown = drawing.shown
    lines = []
    start = block.start
    for text in drawing.section.text[block.start : block.end].split("\n"):
        end = start + len(text)
        if text.strip() and start < shown.end and shown.start < end:
            lines.append(_line(text, start))
        start = end + 1
    return lines


def _line(text: str, start: int) -> _Line:
    mark = _LINE.match(text)
    assert mark is not None
    return _Line(start, start + mark.end(), start + len(text), len(mark["indent"]), bool(mark["mark"]), mark["number"])


def _flow(drawing: Drawing, lines: Sequence[_Line]) -> str:
    """Give lists, nested by how far their lines are indented, and paragraphs."""
    html = ""
    while lines:
        length = _list_length(lines)
        html += _list(drawing, lines[:length]) if length else f"<p>{_words(drawing, lines[0])}</p>"
        lines = lines[max(1, length) :]
    return html


def _list_length(lines: Sequence[_Line]) -> int:
    """Count the lines of the list that begins with the first of them; 0 if none does."""
    first = lines[0]
    if not first.is_item:
        return 0
    inside = (line.indent > first.indent or (line.indent == first.indent and line.is_item) for line in lines)
    return next((number for number, is_inside in enumerate(inside) if not is_inside), len(lines))


def _list(drawing: Drawing, lines: Sequence[_Line]) -> str:
    starts = [number for number, line in enumerate(lines) if line.indent == lines[0].indent]
    items = "".join(_item(drawing, lines[a:b]) for a, b in pairwise([*starts, len(lines)]))
    number = lines[0].number
    return f'<ol start="{int(number)}">{items}</ol>' if number else f"<ul>{items}</ul>"


def _item(drawing: Drawing, lines: Sequence[_Line]) -> str:
    return f"<li>{_words(drawing, lines[0])}{_flow(drawing, lines[1:])}</li>"


def _words(drawing: Drawing, line: _Line) -> str:
    return _inline(drawing, line.start, line.words, line.end)


def _table(drawing: Drawing, block: Block) -> str:
    first = drawing.section.text[block.start : block.end].split("\n")[0]
    whole = replace(drawing, shown=Span(block.start, block.end))
    head = _row(whole, block.start, first, '<th scope="col">', "</th>")
    rows = [line for line in _lines(drawing, block) if line.start > block.start]
    body = "".join(
        _row(drawing, line.start, drawing.section.text[line.start : line.end], "<td>", "</td>") for line in rows
    )
    return f'<div class="table"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _row(drawing: Drawing, start: int, text: str, opening: str, closing: str) -> str:
    cells = ""
    for cell in text.split(_CELL_END):
        cells += f"{opening}{_inline(drawing, start, start, start + len(cell))}{closing}"
        start += len(cell) + len(_CELL_END)
    return f"<tr>{cells}</tr>"


def _inline(drawing: Drawing, begin: int, start: int, end: int) -> str:
    """Give `text[start:end]` with its links, what is marked and ids; ids from `begin` on stand before it."""
    start, end = max(start, drawing.shown.start), min(end, drawing.shown.end)
    before = sorted(offset for offset in {*drawing.anchors, *drawing.pages} if begin <= offset < start)
    ids = "".join(_set_at(drawing, offset) for offset in before)
    if start >= end:
        return ids
    cuts = sorted({start, end, *(cut for cut in _cuts(drawing) if start < cut < end)})
    return ids + "".join(_piece(drawing, a, b) for a, b in pairwise(cuts))


def _cuts(drawing: Drawing) -> list[int]:
    spans = [*drawing.marked, *(Span(link.start, link.end) for link in drawing.section.links)]
    edges = (edge for span in spans for edge in (span.start, span.end))
    return [*edges, *drawing.anchors, *drawing.pages]


def _piece(drawing: Drawing, start: int, end: int) -> str:
    html = escape(drawing.section.text[start:end])
    if any(mark.start <= start < mark.end for mark in drawing.marked):
        html = f"<mark>{html}</mark>"
    for link in drawing.section.links:
        if link.start <= start < link.end and link.url.startswith(("https://", "http://")):
            html = f'<a href="{escape(link.url)}" rel="noopener noreferrer">{html}</a>'
    return _set_at(drawing, start) + html


def _set_at(drawing: Drawing, offset: int) -> str:
    """Give what stands before the text at an offset: the mark of a page that begins there, and an id."""
    page, name = drawing.pages.get(offset), drawing.anchors.get(offset)
    return (page_mark(page) if page else "") + (_anchor(name) if name else "")


def page_mark(page: int) -> str:
    """Give the mark of where a page of the source begins."""
    return f'<span class="page" id="page-{page}">Page {page}</span>'


def _anchor(name: str) -> str:
    return f'<a id="{escape(name)}"></a>'
