"""Readable text with the links in it, whose offsets stay true when it is cut and joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from assistant.documents.document import Link

_LONGEST_ADDRESS = 2000
_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that take no room: soft hyphens, zero-width spaces, signs of an equation that are not
written, marks of direction (which can show text in a false order)."""


@dataclass(frozen=True, slots=True)
class LinkedText:
    """A text and the links in it, in order."""

    text: str
    links: tuple[Link, ...] = ()

    def lines(self) -> tuple[LinkedText, ...]:
        """Cut at the line breaks; a link over two lines is a link on each."""
        cut: list[LinkedText] = []
        start = 0
        for line in self.text.split("\n"):
            cut.append(self._slice(start, start + len(line)))
            start += len(line) + 1
        return tuple(cut)

    def _slice(self, start: int, end: int) -> LinkedText:
        moved = (Link(max(k.start, start) - start, min(k.end, end) - start, k.url) for k in self.links)
        return LinkedText(self.text[start:end], tuple(link for link in moved if link.start < link.end))


def join(pieces: Iterable[LinkedText], between: str = "") -> LinkedText:
    """Put pieces behind one another with a string between them."""
    texts: list[str] = []
    links: list[Link] = []
    length = 0
    for piece in pieces:
        length += len(between) if texts else 0
        links.extend(Link(length + link.start, length + link.end, link.url) for link in piece.links)
        texts.append(piece.text)
        length += len(piece.text)
    return LinkedText(between.join(texts), tuple(links))


class LineWriter:
    """Collects the runs of a line: white space becomes single spaces, characters without width go."""

    def __init__(self) -> None:
        self._pieces: list[LinkedText] = []
        self._after_space = True

    def write(self, text: str, url: str = "") -> None:
        """Append text, a link if it has an address."""
        text = _SPACE.sub(" ", _readable(text))
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self._pieces.append(LinkedText(text, (Link(0, len(text), url),) if url else ()))

    def write_as_it_is(self, text: str, url: str = "") -> None:
        """Append text whose white space means something, as in a listing."""
        text = _readable(text.expandtabs())
        self._after_space = False
        self._pieces.append(LinkedText(text, (Link(0, len(text), url),) if url and text else ()))

    def finish(self) -> LinkedText:
        """Give the line, without space at its ends, and begin a new one."""
        line = join(self._pieces)
        self._pieces = []
        self._after_space = True
        text = line.text.strip("\n").rstrip()
        gone = len(line.text) - len(line.text.lstrip("\n"))
        moved = (Link(max(k.start - gone, 0), min(k.end - gone, len(text)), k.url) for k in line.links)
        return LinkedText(text, tuple(_merged(link for link in moved if text[link.start : link.end].strip())))


def _readable(text: str) -> str:
    """Drop control characters and characters without width."""
    kept = (c if c in "\n\t" or unicodedata.category(c) != "Cc" else " " for c in text)
    return _UNSEEN.sub("", "".join(kept)) if not text.isascii() or not text.isprintable() else text


def _merged(links: Iterable[Link]) -> Iterable[Link]:
    """Make one link of runs of one that lie side by side (bold within a link)."""
    pending: Link | None = None
    for link in links:
        if pending is not None and (pending.end, pending.url) == (link.start, link.url):
            pending = Link(pending.start, link.end, link.url)
            continue
        if pending is not None:
            yield pending
        pending = link
    if pending is not None:
        yield pending


def web_address(written: str, page: str = "") -> str:
    """Give the address that a link points at, seen from a page; nothing if it is no place on the web."""
    try:
        url = urljoin(page, written.strip())
    except ValueError:  # urljoin on "http://[": not an address
        return ""
    is_web = re.fullmatch(r"https?://[^\s/\x00-\x1f<>\"]+[^\s\x00-\x1f<>\"]*", url, re.IGNORECASE)
    return url if is_web and len(url) <= _LONGEST_ADDRESS else ""
