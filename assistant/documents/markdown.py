"""Reads Markdown into sections of readable text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from threading import Lock

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.tree import SyntaxTreeNode

from assistant.documents.document import BlockKind, Link, Section
from assistant.documents.raw_html import markdown_of_html
from assistant.documents.section_writer import SectionWriter

_Piece = tuple[str, tuple[Link, ...]]
_ALSO_ASKED = re.compile(r"also asked:?", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:[^}\n]{0,200}\}")
"""What kramdown, the Markdown of many government sites, says of an element's looks."""
_BLOCKS: dict[str, BlockKind] = {
    "paragraph": "paragraph",
    "bullet_list": "list",
    "ordered_list": "list",
    "table": "table",
    "blockquote": "quotation",
    "fence": "code",
    "code_block": "code",
}
_TABLE = Lock()
"""Held while mdurl fills its table of characters: it gives the table to other threads before it is full."""


def parse_markdown(text: str) -> tuple[Section, ...]:
    """Give the sections of a Markdown text; mark-up goes, also HTML, what it said stays.

    A heading that ends with a question mark makes an FAQ entry; a list under `Also asked:` at the
    start of any section holds what people ask that it answers, and is no part of the text.
    """
    writer = SectionWriter()
    nodes = _tree(_ATTRIBUTES.sub("", text), html=True)
    while nodes:
        node = nodes.pop(0)
        if node.type == "heading":
            writer.open_section(int(node.tag[1]), _inline(node)[0])
        elif _begins_wordings(writer, node, nodes):
            writer.add_wordings([_flat(item) for item in nodes.pop(0).children])
        elif node.type == "html_block":
            nodes[:0] = _tree(markdown_of_html(node.content), html=False)
        elif node.type in _BLOCKS:
            _add(writer, node)
    return writer.sections()


def _tree(text: str, *, html: bool) -> list[SyntaxTreeNode]:
    with _TABLE:
        normalizeLink("")
    return list(SyntaxTreeNode(MarkdownIt("commonmark", {"html": html}).enable("table").parse(text)).children)


def _begins_wordings(writer: SectionWriter, node: SyntaxTreeNode, following: list[SyntaxTreeNode]) -> bool:
    return (
        writer.at_start
        and node.type == "paragraph"
        and _ALSO_ASKED.fullmatch(_inline(node)[0]) is not None
        and bool(following)
        and following[0].type == "bullet_list"
    )


def _add(writer: SectionWriter, node: SyntaxTreeNode) -> None:
    text, links = _joined(_block(node, ""))
    writer.add_block(_BLOCKS[node.type], text.rstrip("\n"), links)


def _joined(pieces: Iterable[_Piece]) -> _Piece:
    """Put pieces behind one another, the offsets of their links moved along."""
    text = ""
    links: list[Link] = []
    for piece, piece_links in pieces:
        links.extend(Link(len(text) + link.start, len(text) + link.end, link.url) for link in piece_links)
        text += piece
    return text, tuple(links)


def _block(node: SyntaxTreeNode, indent: str) -> Iterator[_Piece]:
    """Yield the lines of a block, each with the links in it."""
    match node.type:
        case "paragraph" | "heading":
            text, links = _inline(node)
            yield text + "\n", links
        case "bullet_list" | "ordered_list":
            yield from _list(node, indent)
        case "table":
            yield from _table(node)
        case "blockquote":
            for child in node.children:
                yield from _block(child, indent)
        case _:
            yield node.content.rstrip("\n") + "\n", ()


def _list(node: SyntaxTreeNode, indent: str) -> Iterator[_Piece]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        yield indent + mark, ()
        inner = indent + "  "
        for position, child in enumerate(item.children):
            if position and child.type not in ("bullet_list", "ordered_list"):
                yield inner, ()
            yield from _block(child, inner)
        if not item.children:
            yield "\n", ()


def _table(node: SyntaxTreeNode) -> Iterator[_Piece]:
    for part in node.children:
        for row in part.children:
            for position, cell in enumerate(row.children):
                if position:
                    yield " | ", ()
                text, links = _inline(cell)
                yield text.replace("|", "/"), links
            yield "\n", ()


def _flat(node: SyntaxTreeNode) -> str:
    return " ".join(_joined(_block(child, ""))[0] for child in node.children).strip()


def _inline(node: SyntaxTreeNode) -> _Piece:
    """Give the readable text of a node's inline content and its links."""
    return _joined(_inline_piece(child) for child in node.children)


def _inline_piece(node: SyntaxTreeNode) -> _Piece:
    match node.type:
        case "text" | "code_inline" | "image":
            return node.content.replace("\n", " "), ()
        case "html_inline":
            return " " if node.content.startswith("<br") else "", ()
        case "softbreak" | "hardbreak":
            return " ", ()
        case "link":
            text, links = _inline(node)
            url = str(node.attrs.get("href", ""))
            return text, (*links, Link(0, len(text), url)) if text and _is_web(url) else links
        case _:
            return _inline(node)


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))
