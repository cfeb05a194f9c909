"""Tells which pages of a file are pictures without text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.reading import Remark

_FEW_WORDS = 10


@dataclass(frozen=True, slots=True)
class PageShown:
    """How many words a page has, whether it has pictures, and how many characters no one can read."""

    number: int
    words: int
    pictured: bool
    unreadable: int = 0


def scan_remarks(pages: Sequence[PageShown]) -> list[Remark]:
    """Give a remark that names the pages with pictures and no text, and one for a file of hardly any words."""
    bare = [page.number for page in pages if page.pictured and not page.words]
    total = sum(page.words for page in pages)
    remarks = []
    if bare:
        message = f"no text on {_named(bare)}: only pictures, which are not read; run text recognition (OCR) first"
        remarks.append(Remark(bare[0], message))
    elif 0 < total < _FEW_WORDS:
        message = f"hardly any text: {total} words on {len(pages)} page{'s' * (len(pages) > 1)}; pictures are not read"
        remarks.append(Remark(1, message))
    return [*remarks, *(_unreadable(page) for page in pages if page.unreadable)]


def _unreadable(page: PageShown) -> Remark:
    message = f"page {page.number}: the file does not say what {page.unreadable} characters mean; they are shown as �"
    return Remark(page.number, message)


def _named(numbers: list[int]) -> str:
    """Name pages: `page 3` or `pages 2, 5-7`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1] = [ranges[-1][0], number]
        else:
            ranges.append([number])
    words = ", ".join("-".join(map(str, dict.fromkeys(ends))) for ends in ranges)
    return f"page{'s' * (len(numbers) > 1)} {words}"
