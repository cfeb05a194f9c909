"""Writes the pieces of all pages as sections, with the page of each block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from assistant.documents.document import PageStart, Section
from assistant.documents.formats.pdf_blocks import ITEM, Piece
from assistant.documents.formats.pdf_lines import Line
from assistant.documents.formats.pdf_text import joined
from assistant.documents.section_writer import SectionWriter

_QUESTION_LEVEL = 9
_QUESTION = re.compile(r"(?:(?:Q(?:uestion)?\s*\d{0,3}\s*[:.)]|\d{1,3}[.)])\s*)+(?P<asks>[^?]{6,280}\?)$")
_ANSWER = re.compile(r"A(?:nswer)?\s*\d{0,3}\s*[:.)]\s+(?=\S)")
_MARK = re.compile(r"(?:\d{1,3}[.)]\s*)?Q(?:uestion)?\s*\d{0,3}\s*[:.)]\s*(?=\S)")
_GOES_ON = re.compile(r"[a-z(]")
_OPEN = re.compile(r"[,(\u00ad-]$")
_ENDED = re.compile(r"[.!?:][)\]”\"’']*$")
_INDENT = 0.9
_SMALL = 0.93
_SHORT = 0.6


def write_sections(found: Sequence[Piece], body_size: float, words: frozenset[str]) -> tuple[Section, ...]:
    """Give the sections that the pieces of a file make, in the order of reading."""
    writer = SectionWriter()
    settled = _with_text_below(_with_questions(_across(found, body_size), words))
    for kind, group in groupby(settled, key=lambda piece: piece.kind):
        if kind == "item":
            _write_list(writer, list(group), words)
            continue
        for piece in group:
            _write(writer, piece, words)
    return writer.sections()


def title_of(found: Sequence[Piece], words: frozenset[str]) -> str:
    """Give the highest heading of the first page, the first of these, nothing if it has none."""
    headings = [piece for piece in found if piece.kind == "heading" and piece.page == 1]
    return text_of(min(headings, key=lambda piece: piece.level), words) if headings else ""


def text_of(piece: Piece, words: frozenset[str]) -> str:
    """Give the words of a piece, lines joined."""
    return _with_turns(piece.lines, words)[0] if piece.table is None else piece.table.text


def _write(writer: SectionWriter, piece: Piece, words: frozenset[str]) -> None:
    writer.open_page(piece.page)
    if piece.table is not None:
        writer.add_block("table", piece.table.text)
        return
    text, turns = _with_turns(piece.lines, words, keeps_short=piece.kind == "paragraph")
    if piece.kind == "heading":
        asked = _QUESTION.fullmatch(text)
        writer.open_section(piece.level, asked["asks"] if asked else text[_end(_MARK.match(text)) :])
        return
    writer.add_block("paragraph", text, turns=tuple(turns))


def _write_list(writer: SectionWriter, items: list[Piece], words: frozenset[str]) -> None:
    """Write items as one list, those that begin further right indented."""
    writer.open_page(items[0].page)
    outer = min(item.lines[0].left for item in items)
    text, turns = "", []
    for item in items:
        words_of_item, inner = _with_turns(item.lines, words)
        mark = ITEM.match(words_of_item)
        number = mark["number"] if mark else None
        indent = "  " if item.lines[0].left > outer + _INDENT * item.lines[0].size else ""
        kept = indent + (f"{number}. " if number else "- ")
        shift = mark.end() if mark and _drops(mark["mark"]) else 0
        text += "\n" if text else ""
        if item.page != items[0].page:
            turns.append(PageStart(len(text), item.page))
        turns.extend(PageStart(len(text) + len(kept) + turn.start - shift, turn.page) for turn in inner)
        text += kept + words_of_item[shift:]
    writer.add_block("list", text, turns=tuple(turns))


def _drops(mark: str) -> bool:
    """Whether the mark of an item is replaced; letters and roman numbers are part of what is said."""
    return not any(character.isalpha() for character in mark) or mark == "o"


def _with_turns(
    lines: Sequence[Line], words: frozenset[str], *, keeps_short: bool = False
) -> tuple[str, list[PageStart]]:
    """Join lines, short ones kept apart if asked for, and tell where in the text a page begins."""
    text, turns = lines[0].text, []
    page = lines[0].page
    edge = max(line.right for line in lines)
    for before, line in pairwise(lines):
        own_line = (
            keeps_short and before.right < before.left + _SHORT * (edge - before.left) and not line.text[0].islower()
        )
        text = f"{text}\n{line.text}" if own_line else joined(text, line.text, words)
        if line.page != page:
            page = line.page
            turns.append(PageStart(len(text) - len(line.text), page))
    return text.rstrip("\u00ad"), turns


def _across(found: Sequence[Piece], body_size: float) -> list[Piece]:
    """Join a paragraph that goes on in the next column or on the next page; footnotes may stand between."""
    joint: list[Piece] = []
    for piece in found:
        at = next((i for i in range(len(joint) - 1, -1, -1) if not _is_note(joint[i], body_size)), None)
        if at is not None and _carries_on(joint[at], piece):
            joint[at] = replace(joint[at], lines=(*joint[at].lines, *piece.lines))
        else:
            joint.append(piece)
    return joint


def _is_note(piece: Piece, body_size: float) -> bool:
    """Whether a piece stands aside of the text: a footnote, or what is set upwards at the margin."""
    if not piece.lines or piece.kind == "heading":
        return False
    return piece.lines[0].turned or piece.lines[0].size < _SMALL * body_size


def _carries_on(before: Piece, piece: Piece) -> bool:
    if before.kind not in {"paragraph", "item"} or piece.kind != "paragraph":
        return False
    last, first = before.lines[-1], piece.lines[0]
    moved_on = first.page != last.page or first.baseline > last.baseline
    return (
        moved_on
        and abs(first.size - last.size) < 1
        and not _ENDED.search(last.text)
        and bool(_GOES_ON.match(first.text) or _OPEN.search(last.text))
    )


def _with_questions(found: Sequence[Piece], words: frozenset[str]) -> list[Piece]:
    """Make headings of questions that stand by themselves after `Q:` or a number, and take `A:` off their answers."""
    settled: list[Piece] = []
    for piece in found:
        before = settled[-1] if settled else None
        if piece.kind in {"paragraph", "item"} and _QUESTION.fullmatch(text_of(piece, words)):
            settled.append(replace(piece, kind="heading", level=_QUESTION_LEVEL))
        elif before is not None and before.kind == "heading" and before.lines[-1].text.endswith("?"):
            settled.append(_without_mark(piece))
        else:
            settled.append(piece)
    return settled


def _without_mark(piece: Piece) -> Piece:
    """Take the mark off an answer; what stands after it is a paragraph, whatever the mark looked like."""
    mark = _ANSWER.match(piece.lines[0].text) if piece.lines else None
    if mark is None:
        return piece
    span = replace(piece.lines[0].spans[0], text=piece.lines[0].text[mark.end() :])
    return replace(piece, kind="paragraph", lines=(replace(piece.lines[0], spans=(span,)), *piece.lines[1:]))


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _with_text_below(found: Sequence[Piece]) -> list[Piece]:
    """Make text of headings with nothing below them, such as the lines of a title page or a list of questions."""
    settled: list[Piece] = []
    following: list[Piece | None] = [*found[1:], None]
    for piece, after in zip(found, following, strict=False):
        bare = after is None or (after.kind == "heading" and after.level <= piece.level)
        if piece.kind == "heading" and bare:
            listed = ITEM.match(piece.lines[0].text) is not None
            settled.append(replace(piece, kind="item" if listed else "paragraph", level=0))
        else:
            settled.append(piece)
    return settled
