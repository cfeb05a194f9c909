"""Refuses a reading that can't be true: another process made it out of a file that nobody vouches for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.documents.document import Section, Source
from assistant.documents.reading import Reading
from assistant.errors import FileDamaged

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ANCHOR = re.compile(r"[a-z0-9-]+")
_WEB = ("https://", "http://")


def check_reading(name: str, reading: Reading) -> None:
    """Check that offsets, addresses, anchors and pages hold together.

    Raises `FileDamaged`.
    """
    wrong = next(_faults(reading), None)
    if wrong:
        raise FileDamaged(name, 1, f"what was read of it can't be true: {wrong}; save it again with its own program")


def _faults(reading: Reading) -> Iterator[str]:
    anchors = [section.anchor for section in reading.sections]
    if len(set(anchors)) < len(anchors):
        yield "two sections share an anchor"
    if not all(_ANCHOR.fullmatch(anchor) for anchor in anchors):
        yield "an anchor has other characters than a-z, 0-9 and -"
    if any(remark.line < 1 for remark in reading.remarks):
        yield "a remark on a line before the first"
    metadata = reading.metadata
    remarks = (remark.message for remark in reading.remarks)
    if any(map(_CONTROL.search, (metadata.title, metadata.author, metadata.date, metadata.url, *remarks))):
        yield "control characters in what it says of itself"
    for section in reading.sections:
        yield from _section_faults(section, reading.pages)


def _section_faults(section: Section, pages: int | None) -> Iterator[str]:
    length = len(section.text)
    if any(map(_CONTROL.search, (section.text, *section.heading, *section.questions))):
        yield "control characters in its text"
    if not all(text.strip() and "\n" not in text for text in (*section.heading, *section.questions)):
        yield "a heading that is blank or of several lines"
    ends = (0, *(edge for block in section.blocks for edge in (block.start, block.end)), length)
    if not section.blocks or any(before > after for before, after in pairwise(ends)):
        yield "blocks that lie outside of their section or overlap"
    if not all(0 <= link.start < link.end <= length for link in section.links):
        yield "a link that lies outside of its section"
    if not all(link.url.startswith(_WEB) for link in section.links) or not _is_web(section.source):
        yield "a link that leads to no web page"
    yield from _page_faults(section, pages)


def _is_web(source: Source | None) -> bool:
    return source is None or source.url is None or source.url.startswith(_WEB)


def _page_faults(section: Section, pages: int | None) -> Iterator[str]:
    starts = section.pages
    if not starts:
        return
    offsets = [start.start for start in starts]
    if offsets[0] != 0 or any(a >= b for a, b in pairwise([*offsets, len(section.text)])):
        yield "pages that do not begin in the text one after another"
    if pages is None or not all(1 <= start.page <= pages for start in starts):
        yield "a page that the file does not have"
