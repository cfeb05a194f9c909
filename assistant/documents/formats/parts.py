"""What a file is made of before it is written as sections: headings, paragraphs, lists, tables, entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.documents.formats.linked_text import LinkedText


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, quotation or listing that is not blank; `bold` if all of it is."""

    text: LinkedText
    kind: Literal["paragraph", "quotation", "code"] = "paragraph"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a list with its mark (`-`, `3.`), and what stands under it: text first, then lists within it."""

    mark: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and how many columns and rows it covers."""

    parts: tuple[Part, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; the first row holds the heads."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer that ends where its mark-up ends, as in a list of definitions."""

    question: str
    parts: tuple[Part, ...]


Part = Heading | Paragraph | Listing | Table | Entry
