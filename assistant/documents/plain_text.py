"""Reads plain text, as it comes out of mail or a word processor, into sections."""

from __future__ import annotations

import itertools
import re

from assistant.documents.document import Section
from assistant.documents.section_writer import SectionWriter

_BLANK = re.compile(r"\n\s*\n")
_SHORT_LINE = 50
_ITEM = re.compile(r"\s*(?:[-*•–‣▪]|\d{1,3}[.)])\s+")


def parse_plain_text(text: str) -> tuple[Section, ...]:
    """Give the one section of a plain text: blank lines part paragraphs, bullets make lists."""
    writer = SectionWriter()
    add_plain_text(writer, text)
    return writer.sections()


def add_plain_text(writer: SectionWriter, text: str) -> None:
    """Append the blocks of a plain text to the section that is being written."""
    for block in _BLANK.split(text):
        _add_block(writer, [line for line in block.split("\n") if line.strip()])


def begins_item(line: str) -> bool:
    """Whether a line begins an item of a list."""
    return _ITEM.match(line) is not None


def _add_block(writer: SectionWriter, lines: list[str]) -> None:
    first_item = next((i for i, line in enumerate(lines) if begins_item(line)), len(lines))
    writer.add_block("paragraph", _unwrapped([" ".join(line.split()) for line in lines[:first_item]]))
    writer.add_block("list", "\n".join(_item_line(line) for line in lines[first_item:]))


def _unwrapped(lines: list[str]) -> str:
    """Join lines broken for width; a short line before a capital is a line of its own."""
    text = ""
    for line, following in itertools.pairwise([*lines, ""]):
        own_line = len(line) < _SHORT_LINE and not following[:1].islower()
        text += line + ("\n" if own_line else " ")
    return text.strip()


def _item_line(line: str) -> str:
    mark = _ITEM.match(line)
    words = " ".join(line[mark.end() if mark else 0 :].split())
    if mark is None:
        return "  " + words
    number = re.search(r"\d+", mark.group())
    return f"{number.group()}. {words}" if number else f"- {words}"
