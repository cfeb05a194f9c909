"""Reads a web page (.html) into sections."""

from __future__ import annotations

from assistant.documents.formats.element import Element
from assistant.documents.formats.html_decoding import decode_page
from assistant.documents.formats.html_flow import Around, PageReader
from assistant.documents.formats.html_main import main_content
from assistant.documents.formats.html_metadata import read_metadata
from assistant.documents.formats.html_visibility import first_colors, revealed_ids
from assistant.documents.formats.linked_text import LinkedText, web_address
from assistant.documents.formats.markup import parse_html
from assistant.documents.formats.part_writing import write_parts
from assistant.documents.formats.parts import Heading, Paragraph, Part
from assistant.documents.reading import Reading, Remark
from assistant.documents.section_writer import SectionWriter
from assistant.errors import FileTooLarge, FileWithoutText

LARGEST_PAGE = 5_000_000
"""Bytes: the longest page of the English Wikipedia has about 2,000,000."""
_NAVIGATION = "Navigation on this page"
_MOST_REMARKS = 20
_SHOWN = 60


def read_html(name: str, content: bytes) -> Reading:
    """Give the main content of a page as a reader sees it, the navigation within it last.

    Raises `FileTooLarge`, `FileWithoutText`.
    """
    if len(content) > LARGEST_PAGE:
        raise FileTooLarge(name, 1, f"{len(content):,} bytes are too many ({LARGEST_PAGE:,} at most); split the page")
    decoded = decode_page(content)
    root = parse_html(name, decoded.text)
    reader = PageReader(name, _address(root), revealed_ids(root))
    around = Around(first_colors(root))
    parts = tuple(part for element in main_content(root) for part in reader.read(element, around))
    heading = next((part.text for part in parts if isinstance(part, Heading)), "")
    metadata = read_metadata(root, heading)
    writer = SectionWriter()
    write_parts(writer, parts, metadata.title)
    write_parts(writer, _navigation(reader, around))
    sections = writer.sections()
    if not sections:
        raise FileWithoutText(name, 1, "holds no text: it is blank, or scripts would write it; save it from a browser")
    return Reading(sections, metadata, remarks=_remarks(decoded.text, decoded.doubt, reader.hidden))


def _address(root: Element) -> str:
    """Give the address that the links of a page are seen from."""
    base = next((base.get("href") for base in root.descendants("base") if base.get("href")), "")
    canonical = (link.get("href") for link in root.descendants("link") if "canonical" in link.get("rel").lower())
    return web_address(base) or web_address(next(canonical, ""))


def _navigation(reader: PageReader, around: Around) -> tuple[Part, ...]:
    """Give the navigation within the main content under one heading: it may hold words that are nowhere else."""
    parts: list[Part] = []
    while reader.navigation:
        element = reader.navigation.pop(0)
        read = reader.read(element, around)
        parts.extend(Paragraph(LinkedText(part.text)) if isinstance(part, Heading) else part for part in read)
    return (Heading(1, _NAVIGATION), *parts) if parts else ()


def _remarks(text: str, doubt: str, hidden: list[str]) -> tuple[Remark, ...]:
    remarks = [Remark(1, f"the page {doubt}")] if doubt else []
    for words in hidden[:_MOST_REMARKS]:
        line = _line(text, words)
        remarks.append(Remark(line, f"line {line}: hidden text was left out: {words[:_SHOWN]!r}"))
    if len(hidden) > _MOST_REMARKS:
        remarks.append(Remark(1, f"{len(hidden) - _MOST_REMARKS} more pieces of hidden text were left out"))
    return tuple(remarks)


def _line(text: str, words: str) -> int:
    """Give the line of the file that words begin on, 1 where they are written in another way."""
    found = text.find(words.split(" ", maxsplit=1)[0] if " " not in words else " ".join(words.split(" ")[:2]))
    return text.count("\n", 0, max(found, 0)) + 1
