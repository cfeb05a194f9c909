"""Counts the lists of a Word file as Word does, to give each point its mark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.documents.formats.docx_styles import Numbering, Styles
from assistant.documents.formats.element import Element

BULLET = "-"
_PLAIN_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_HIGHEST_ROMAN = 3999


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


_UNDEFINED = _Level("bullet", "", 1)


@dataclass(frozen=True, slots=True)
class _List:
    """A list as it is defined; lists that share `counted_with` go on counting where the other stopped."""

    counted_with: str
    levels: dict[int, _Level]
    restarts: dict[int, int]


class ListMarks:
    """The counters of all lists of a file."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {e.get("w:abstractNumId"): e for e in _of(root, "w:abstractNum")}
        self._numbers = {e.get("w:numId"): e for e in _of(root, "w:num")}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def mark(self, numbering: Numbering) -> str:
        """Count a paragraph and give its mark: `3.` for a plain number, else `-` with `(a)` or `1.2` after it."""
        listing = self._list(numbering.id)
        counts = self._counts.setdefault(listing.counted_with, {})
        if numbering.id not in self._begun:
            self._begun.add(numbering.id)
            for restarted, start in listing.restarts.items():
                counts[restarted] = start - 1
        level = listing.levels.get(numbering.level, _UNDEFINED)
        counts[numbering.level] = counts.get(numbering.level, level.start - 1) + 1
        for deeper in [deeper for deeper in counts if deeper > numbering.level]:
            del counts[deeper]
        return _mark(level, listing.levels, counts)

    def _list(self, number: str) -> _List:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List:
        defined = self._numbers.get(number)
        abstract = (defined.value("w:abstractNumId") if defined else None) or number
        root = self._definition(abstract)
        levels = {_digits(level.get("w:ilvl"), 0): _level(level) for level in _of(root, "w:lvl")}
        restarts: dict[int, int] = {}
        for override in _of(defined, "w:lvlOverride"):
            at = _digits(override.get("w:ilvl"), 0)
            if (start := override.value("w:startOverride")) is not None:
                restarts[at] = _digits(start, 1)
            if (level := override.child("w:lvl")) is not None:
                levels[at] = _level(level)
        return _List(abstract, levels, restarts)

    def _definition(self, abstract: str) -> Element | None:
        """Follow a definition that only names a list style to the definition of that style."""
        root = self._abstract.get(abstract)
        style = root.value("w:numStyleLink") if root else None
        linked = self._numbers.get(self._styles.list_of_style(style) or "") if style else None
        return self._abstract.get(linked.value("w:abstractNumId") or "") if linked else root


def _mark(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if level.form in ("bullet", "none"):
        return BULLET
    shown = _PLACE.sub(lambda place: _counted(int(place[1]) - 1, levels, counts), level.pattern).strip()
    plain = _PLAIN_NUMBER.fullmatch(shown)
    if plain:
        return f"{plain[1]}."
    return f"{BULLET} {shown}" if shown else BULLET


def _counted(level: int, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    defined = levels.get(level, _UNDEFINED)
    count = counts.get(level, defined.start)
    match defined.form:
        case "lowerLetter" | "upperLetter":
            letters = _letters(count)
            return letters if defined.form == "lowerLetter" else letters.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(count)
            return roman if defined.form == "lowerRoman" else roman.upper()
        case "decimalZero":
            return f"{count:02}"
        case _:
            return str(count)


def _letters(count: int) -> str:
    """Give a, b … z, aa, bb … as Word does."""
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 5) if count > 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _HIGHEST_ROMAN:
        return str(count)
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written + _ROMAN_UNITS[count]


def _level(level: Element) -> _Level:
    return _Level(
        level.value("w:numFmt") or "decimal", level.value("w:lvlText") or "", _digits(level.value("w:start") or "", 1)
    )


def _of(parent: Element | None, tag: str) -> list[Element]:
    return [child for child in parent.elements if child.tag == tag] if parent else []


def _digits(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,6}", written) else otherwise
