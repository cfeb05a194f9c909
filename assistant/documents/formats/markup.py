"""Parses HTML and the XML of Word files into trees of bounded size and depth, with nothing fetched or expanded."""

from __future__ import annotations

import functools
import re
from typing import NoReturn

from lxml import etree

from assistant.documents.formats.element import Element
from assistant.errors import FileDamaged, FileTooLarge, FileUnsafe

MOST_ELEMENTS = 500_000
"""Of this size, the tree of a file takes about 150 MB."""
DEEPEST_HTML = 90
"""What a page nests deeper is read as if it were not: pages of the web go to about 60."""
DEEPEST_XML = 150
"""A table in a text box in a table in a text box goes to about 50."""

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
"""The same prefix for both dialects of Office Open XML, the transitional and the strict one."""
_QUALIFIED = re.compile(r"\{([^}]*)\}(.*)", re.DOTALL)
_NO_ATTRIBUTES: dict[str, str] = {}


class _Open:
    """An element whose end has not been met."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = []


class _Tree:
    """Takes what the parser meets, gives the tree; raises errors about the file it was made for."""

    def __init__(self, name: str, deepest: int) -> None:
        self._name = name
        self._deepest = deepest
        self._count = 0
        self._depth = 0
        self._open = [_Open("", {})]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise FileTooLarge(self._name, 1, f"more than {MOST_ELEMENTS:,} elements; split the file")
        self._depth += 1
        if self._depth <= self._deepest:
            self._open.append(_Open(tag, dict(attributes) if attributes else _NO_ATTRIBUTES))
        else:
            self.too_deep()

    def too_deep(self) -> None:
        """Read on: what is too deep is read into the element above it."""

    def end(self, tag: str) -> None:  # noqa: ARG002  # the parser's protocol
        self._depth -= 1
        if self._depth < self._deepest:
            closed = self._open.pop()
            self._open[-1].children.append(Element(closed.tag, closed.attributes, tuple(closed.children)))

    def data(self, text: str) -> None:
        self._open[-1].children.append(text)

    def close(self) -> Element:
        while len(self._open) > 1:
            self.end("")
        return Element("", {}, tuple(self._open[0].children))


class _WordTree(_Tree):
    """The tree of a part of a Word file, which has no document type and no great depth."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(_prefixed(tag), _prefixed_all(attributes) if attributes else attributes)

    def too_deep(self) -> NoReturn:
        raise FileUnsafe(self._name, 1, f"elements lie more than {self._deepest} deep in one another; save it anew")

    def doctype(self, *declared: str | None) -> NoReturn:
        raise FileUnsafe(self._name, 1, f"declares a document type ({declared[0]!r}), which no Word file does")


def parse_html(name: str, text: str) -> Element:
    """Give the root of a page, however malformed: its children are at most one `html`.

    Raises `FileTooLarge`.
    """
    tree = _Tree(name, DEEPEST_HTML)
    parser = etree.HTMLParser(  # type: ignore[call-overload]  # lxml leaves out what a target has not
        target=tree, encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    parser.feed(text.encode("utf-8", "replace"))
    root: Element = parser.close()
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise FileTooLarge(name, 1, "one text or attribute has more than 10,000,000 characters; split the file")
    return root


def parse_xml(name: str, content: bytes) -> Element:
    """Give the root element of a part of a Word file.

    Raises `FileUnsafe` for a document type or great depth, `FileTooLarge`, `FileDamaged`.
    """
    parser = etree.XMLParser(  # type: ignore[call-overload]  # lxml leaves out what a target has not
        target=_WordTree(name, DEEPEST_XML),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree: Element = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise FileDamaged(name, 1, f"its XML can't be read ({error.msg}); open it in Word and save it anew") from error
    return next(tree.elements)


def _prefixed_all(attributes: dict[str, str]) -> dict[str, str]:
    """Write the names of attributes with prefixes; Word's marks of who saved what (`rsid`) are left out."""
    named = ((_prefixed(key), value) for key, value in attributes.items())
    return {key: value for key, value in named if not key.startswith("w:rsid")}


@functools.lru_cache(maxsize=5000)
def _prefixed(tag: str) -> str:
    """Write `{namespace}name` as `w:name`; a namespace that no reader asks for gets no prefix."""
    qualified = _QUALIFIED.fullmatch(tag)
    if qualified is None:
        return tag
    prefix = _PREFIXES.get(qualified[1])
    return f"{prefix}:{qualified[2]}" if prefix else qualified[2]
