"""Reads a PDF file into sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.documents.formats.pdf_blocks import pieces
from assistant.documents.formats.pdf_columns import columns
from assistant.documents.formats.pdf_file import PdfFile, open_pdf
from assistant.documents.formats.pdf_fonts import UNREADABLE
from assistant.documents.formats.pdf_furniture import PageLines, furniture
from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_headings import heading_styles
from assistant.documents.formats.pdf_hidden import hidden_remarks, visible
from assistant.documents.formats.pdf_lines import Line, Span, lines, set_spans
from assistant.documents.formats.pdf_metadata import metadata
from assistant.documents.formats.pdf_painting import paint
from assistant.documents.formats.pdf_runs import PaintedPage
from assistant.documents.formats.pdf_scans import PageShown, scan_remarks
from assistant.documents.formats.pdf_sections import title_of, write_sections
from assistant.documents.formats.pdf_tables import Table, with_tables
from assistant.documents.reading import Reading, Remark
from assistant.errors import FileTooLarge, FileWithoutText

_MOST_CHARACTERS = 5_000_000
_UPRIGHT = 0
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class _Page:
    """What is kept of a page: its upright text, text that is read in other directions, its ruled lines."""

    shown: PageShown
    height: float
    spans: tuple[Span, ...]
    turned: tuple[tuple[Span, ...], ...]
    rules: tuple[Box, ...]
    remarks: tuple[Remark, ...]


def read_pdf(name: str, content: bytes) -> Reading:
    """Read a PDF: its text in the order of reading, without what repeats on each page.

    Raises `FileWithoutText`, `FileEncrypted`, `FileDamaged` or `FileTooLarge`, with the page as line.
    """
    with open_pdf(name, content) as file:
        said, outline = metadata(file.said()), file.outline()
        pages = _pages(file)
    columns_read = _in_order(pages)
    plain = [part for column in columns_read for part in column if isinstance(part, Line)]
    styles = heading_styles(plain, outline)
    found = [piece for column in columns_read for piece in pieces(column, styles)]
    words, hidden = _words(plain), [remark for page in pages for remark in page.remarks]
    sections = write_sections(found, styles.body_size, words)
    if not sections:
        raise FileWithoutText(name, 1, _nothing_read(hidden))
    remarks = [*scan_remarks([page.shown for page in pages]), *hidden]
    titled = replace(said, title=said.title or title_of(found, words))
    return Reading(sections, titled, len(pages), tuple(remarks))


def _nothing_read(hidden: Sequence[Remark]) -> str:
    if hidden:
        return f"no page has text that can be seen: {hidden[0].message}"
    return "no page has text: they are pictures or blank; run text recognition (OCR) first"


def _pages(file: PdfFile) -> list[_Page]:
    pages: list[_Page] = []
    characters = 0
    for page in file.pages():
        pages.append(_page(paint(file, page)))
        characters += sum(len(span.text) for span in pages[-1].spans)
        if characters > _MOST_CHARACTERS:
            raise FileTooLarge(file.name, page.number, f"more than {_MOST_CHARACTERS:,} characters; split the file")
    return pages


def _page(painted: PaintedPage) -> _Page:
    runs = [run for run in visible(painted) if not run.running]
    spans = {
        turn: tuple(set_spans((run for run in runs if run.turn == turn), () if turn else painted.rules))
        for turn in sorted({run.turn for run in runs})
    }
    read = [span.text for part in spans.values() for span in part]
    return _Page(
        PageShown(
            painted.number,
            sum(len(text.split()) for text in read),
            any(patch.image for patch in painted.patches),
            sum(run.text.count(UNREADABLE) for run in runs),
        ),
        painted.box.height,
        spans.pop(_UPRIGHT, ()),
        tuple(spans.values()),
        painted.rules,
        tuple(hidden_remarks(painted)),
    )


def _in_order(pages: Sequence[_Page]) -> list[list[Line | Table]]:
    """Give the columns of all pages in the order of reading, without what repeats from page to page."""
    repeated = furniture(
        [PageLines(page.shown.number, page.height, tuple(lines(page.spans, page.shown.number))) for page in pages]
    )
    left_out = {span for line in repeated for span in line.spans}
    if all(span in left_out for page in pages for span in page.spans):
        left_out = set()  # the file has nothing else to say
    return [column for page in pages for column in _columns(page, left_out)]


def _columns(page: _Page, left_out: set[Span]) -> list[list[Line | Table]]:
    """Give the columns of a page in the order of reading, then what is not upright."""
    kept = [span for span in page.spans if span not in left_out]
    number = page.shown.number
    upright = [with_tables(lines(column, number), page.rules) for column in columns(kept, page.rules)]
    turned: list[list[Line | Table]] = [list(lines(spans, number, turned=True)) for spans in page.turned]
    return [*upright, *turned]


def _words(plain: Sequence[Line]) -> frozenset[str]:
    """Give the words of a file in lower case, with hyphens as written, without those that a line's end breaks."""
    whole: set[str] = set()
    broken = False
    for line in plain:
        found = _WORD.findall(line.text.lower())
        ends_broken = line.text.endswith(("-", "\u00ad"))
        whole.update(found[broken : len(found) - ends_broken])
        broken = ends_broken
    return frozenset(whole)
