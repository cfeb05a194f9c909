"""Tells headings from text by the file's outline, by type size and by weight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.documents.formats.pdf_file import OutlineEntry
from assistant.documents.formats.pdf_lines import Line

_LARGER = 1.12
_AS_LARGE = 0.93
_LONGEST = 160
_MOST_BOLD = 0.4
_LETTERS = re.compile(r"[^\W\d_]{2}")
_BULLET = re.compile(r"[•*–—]\s")
_STATEMENT = re.compile(r"[.,;][)\]”\"’']*$")
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Style:
    """The look of a line; larger is higher, then bold, then capitals."""

    size: float
    bold: bool
    capitals: bool


@dataclass(frozen=True, slots=True)
class HeadingStyles:
    """Which lines of a file are headings, and how high."""

    body_size: float
    bold_is_plain: bool = False
    outline: tuple[OutlineEntry, ...] = ()
    levels: Mapping[_Style, int] = field(default_factory=dict)

    def level(self, line: Line) -> int:
        """Give the level of a heading, 1 the highest, and 0 for a line that is none."""
        if line.turned:
            return 0
        return self.outlined(line) or (self.levels.get(_style(line), 0) if self.stands_out(line) else 0)

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set larger than the text, or in bold where the text is not."""
        text = line.text
        if len(text) > _LONGEST or not _LETTERS.search(text) or _BULLET.match(text) or "…" in text:
            return False
        if line.size >= _LARGER * self.body_size:
            return True
        return (
            line.bold
            and not self.bold_is_plain
            and line.size >= _AS_LARGE * self.body_size
            and not _STATEMENT.search(text)
        )

    def outlined(self, line: Line) -> int:
        """Give the level of a line that the file's outline names, 0 for any other."""
        words = _words(line.text)
        return next((e.level for e in self.outline if e.page in {line.page, None} and _matches(words, e.title)), 0)


def heading_styles(lines: Sequence[Line], outline: tuple[OutlineEntry, ...]) -> HeadingStyles:
    """Learn from all lines of a file what its headings look like."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        sizes[_rounded(line.size)] += len(line.text)
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    for line in lines:
        if _rounded(line.size) == body:
            bold[line.bold] += len(line.text)
    known = HeadingStyles(body, bold[True] > _MOST_BOLD * bold.total(), outline)
    styles = {_style(line) for line in lines if known.stands_out(line)}
    ranked = sorted(styles, key=lambda style: (-style.size, not style.bold, not style.capitals))
    below = max((entry.level for entry in outline), default=0)
    seen = {_style(line): level for line in lines if (level := known.outlined(line))}
    ranks = {style: seen.get(style, below + rank) for rank, style in enumerate(ranked, 1)}
    return HeadingStyles(body, known.bold_is_plain, outline, ranks)


def _style(line: Line) -> _Style:
    return _Style(_rounded(line.size), line.bold, line.text.isupper())


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _words(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _matches(words: str, title: str) -> bool:
    """Whether a line has the words of an outline's entry, with or without a number before them."""
    wanted = _words(title)
    return bool(wanted) and (words == wanted or (words.endswith(wanted) and words[: -len(wanted)].isdigit()))
