"""What a source document is, once read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

SourceKind = Literal["library", "government", "advocate", "research", "news", "unknown"]
BlockKind = Literal["paragraph", "list", "table", "quotation", "code"]


@dataclass(frozen=True, slots=True)
class Source:
    """Who says this, as of when, and in place of what.

    Dates are ISO 8601 as far as they are known: `2019`, `2019-08` or `2019-08-15`. `supersedes` names the documents
    that this one takes the place of, by id, file name or title, as an editor wrote it.
    """

    kind: SourceKind = "unknown"
    publisher: str = ""
    title: str = ""
    url: str | None = None
    published: str | None = None
    retrieved: str | None = None
    licence: str | None = None
    supersedes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table, quotation or listing: `section.text[start:end]`.

    A list has one item a line (`- `, `1. `; what is nested or continued is indented), a table one
    row a line with ` | ` between the cells, its first line the heads.
    """

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """`section.text[start:end]` pointed at `url` in the source."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class PageStart:
    """From `section.text[start]` on, the text stands on that page of the file, counted from 1."""

    start: int
    page: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its text as a person reads it, mark-up removed.

    `heading` is the path from the top (empty for what stands before the first heading), `questions`
    what the section answers: for an FAQ entry its heading first, then the wordings listed under it.
    `pages` are in order, the first at 0, and empty for a format without pages; `source` is the
    section's own where it has another than its document (a row of a spreadsheet that names one).
    """

    heading: tuple[str, ...]
    anchor: str
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    questions: tuple[str, ...] = ()
    pages: tuple[PageStart, ...] = ()
    source: Source | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError(f"section {self.anchor!r} is blank")

    def page_at(self, offset: int) -> int | None:
        """Give the page that `text[offset]` stands on, `None` for a format without pages."""
        return next((start.page for start in reversed(self.pages) if start.start <= offset), None)

    @property
    def is_entry(self) -> bool:
        """Whether this is an FAQ entry: its heading is a question."""
        return asks(self.heading)

    @property
    def wordings(self) -> tuple[str, ...]:
        """What people ask that this section answers, without its heading."""
        return self.questions[1:] if self.is_entry else self.questions


@dataclass(frozen=True, slots=True)
class Document:
    """One source of the library; `id` is unique in the corpus and part of its address.

    `starters` are those of its questions that a new conversation begins with; `is_original` if its words are those of
    its source, as in a publisher's PDF, and not the library's after that source. `topic` is what it is listed under,
    empty if nothing tells.
    """

    id: str
    title: str
    source: Source
    sections: tuple[Section, ...]
    updated: str | None = None
    review_by: str | None = None
    starters: tuple[str, ...] = ()
    is_original: bool = False
    topic: str = ""

    def section(self, anchor: str) -> Section:
        """Give the section with that anchor, which the document has."""
        return next(section for section in self.sections if section.anchor == anchor)


def slug(text: str) -> str:
    """Turn a heading or file name into the part of an address: `What is PL?` → `what-is-pl`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "section"


def asks(heading: tuple[str, ...]) -> bool:
    """Whether the last heading of a path is a question."""
    return bool(heading) and heading[-1].endswith("?")
