"""Writes the parts of a file as sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.documents.document import BlockKind
from assistant.documents.formats.linked_text import LinkedText, join
from assistant.documents.formats.parts import Entry, Heading, Listing, Paragraph, Part, Point, Table
from assistant.documents.formats.table_text import flat, table_rows
from assistant.documents.section_writer import SectionWriter

QUESTION_LEVEL = 11
"""The level of a question that is set as a heading without being one: below all that are."""
_LONGEST_QUESTION = 300


def write_parts(writer: SectionWriter, parts: Iterable[Part], title: str = "") -> None:
    """Append parts to the sections; what follows an entry returns to the heading before it, else the title."""
    heading = Heading(1, title)
    returning = False
    for part in without_empty_headings(parts):
        if isinstance(part, Heading):
            writer.open_section(part.level, part.text)
            heading, returning = part, False
        elif isinstance(part, Entry):
            writer.open_section(QUESTION_LEVEL, part.question)
            _add_blocks(writer, part.parts)
            returning = True
        else:
            if returning and heading.text:
                writer.open_section(heading.level, heading.text)
            _add_blocks(writer, [part])
            returning = False


def without_empty_headings(parts: Iterable[Part]) -> list[Part]:
    """Make a heading a paragraph where nothing stands under it: its words are not lost."""
    kept: list[Part] = []
    for part in reversed(list(parts)):
        following = kept[-1] if kept else Heading(0, "")
        if isinstance(part, Heading) and isinstance(following, Heading) and following.level <= part.level:
            kept.append(Paragraph(LinkedText(part.text)))
        else:
            kept.append(part)
    return kept[::-1]


def is_question(text: str) -> bool:
    """Whether a line of its own asks, so that it may head an answer."""
    return text.endswith("?") and len(text) <= _LONGEST_QUESTION and re.search(r"\w\s+\w", text) is not None


def _add_blocks(writer: SectionWriter, parts: Iterable[Part]) -> None:
    for part in parts:
        block = join(_lines(part), "\n")
        writer.add_block(_kind(part), block.text, block.links)


def _kind(part: Part) -> BlockKind:
    match part:
        case Paragraph(kind=kind):
            return kind
        case Listing():
            return "list"
        case Table():
            return "table"
        case _:
            return "paragraph"


def _lines(part: Part) -> tuple[LinkedText, ...]:
    match part:
        case Heading(text=text):
            return (LinkedText(text),)
        case Paragraph(text=text):
            return text.lines()
        case Listing(points=points):
            return tuple(line for point in points for line in _point_lines(point))
        case Table():
            return table_rows(part)
        case Entry(question=question, parts=parts):
            return (LinkedText(question), *(line for inner in parts for line in _lines(inner)))


def _point_lines(point: Point) -> Iterator[LinkedText]:
    """Yield the first line behind the mark, the others indented below it."""
    lines = [line for part in point.parts for line in _point_part(part) if line.text.strip()]
    for position, line in enumerate(lines or [LinkedText("")]):
        yield join([LinkedText("  " if position else f"{point.mark} "), line]) if line.text else LinkedText(point.mark)


def _point_part(part: Part) -> tuple[LinkedText, ...]:
    """Give the lines of a list within a point; anything else is one line."""
    return _lines(part) if isinstance(part, Listing) else (flat([part]),)
