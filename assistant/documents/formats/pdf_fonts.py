"""Turns the bytes of shown text into characters with their widths, by the font they are set in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_BOLD = re.compile(r"bold|black|heavy|demi|[-,](?:bd|sb)(?![a-z])|medi(?:um)?$", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_SPACE = 32
_LETTER = 300  # thousandths of the type size
_TEX_LIGATURES = {"\x0b": "ff", "\x0c": "fi", "\r": "fl", "\x0e": "ffi", "\x0f": "ffl"}  # TeX's own encoding (OT1)
_MATRIX = 6
UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it is shown; `width` in thousandths of the type size, `space` where word spacing applies."""

    text: str
    width: float
    space: bool


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What a file says of a font.

    `encoding` gives the character of a byte, or names how bytes become codes; `characters` gives the text of a code;
    `widths` are in thousandths of the type size; a drawn font (Type 3) has a `matrix` and the `height` of its drawings.
    """

    name: str
    weight: object
    flags: object
    height: float
    matrix: object
    encoding: str | Mapping[int, str]
    characters: Mapping[object, object]
    widths: Mapping[str, float]
    names_no_characters: bool


class PdfFont:
    """A font; `em` is what one unit of type size is in text space, 1 but for drawn fonts (Type 3)."""

    def __init__(self, facts: FontFacts) -> None:
        self.bold = _is_bold(facts)
        self.em, self._unit = _height(facts), _unit(facts)
        self._encoding = facts.encoding
        self._characters = facts.characters
        self._widths = facts.widths
        self._nameless = facts.names_no_characters
        self._known: dict[str, Glyph] = {}

    def glyphs(self, shown: bytes) -> Iterator[Glyph]:
        """Give the characters of shown bytes; one that the file gives no meaning for is U+FFFD."""
        if isinstance(self._encoding, str):
            codes = shown.decode(self._encoding, "surrogatepass" if len(shown) % 2 == 0 else "replace")
        else:
            codes = shown.decode("latin-1")
        for code in codes:
            known = self._known.get(code)
            yield known or self._known.setdefault(code, self._glyph(code))

    def _glyph(self, code: str) -> Glyph:
        simple = not isinstance(self._encoding, str)
        character = code if isinstance(self._encoding, str) else self._encoding.get(ord(code), code)
        text = UNREADABLE if self._nameless else str(self._characters.get(character, character))
        width = _number(self._widths.get(code, self._widths.get("default", 0))) * self._unit
        return Glyph(_readable(text, width), width, simple and ord(code) == _SPACE)


def _readable(text: str, width: float) -> str:
    """Give a ligature of TeX in letters, and U+FFFD for a glyph that is shown but has no text, or only a name."""
    if width >= _LETTER and text in _TEX_LIGATURES:
        return _TEX_LIGATURES[text]
    nameless = len(text) == 1 and ord(text) < _SPACE and not text.isspace()
    is_name = len(text) > 1 and text.startswith("/")
    return UNREADABLE if is_name or (nameless and width) else text


def _is_bold(facts: FontFacts) -> bool:
    flags = facts.flags if isinstance(facts.flags, int) else 0
    return bool(_BOLD.search(facts.name)) or _number(facts.weight) >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD)


def _scale(facts: FontFacts, at: int) -> float:
    """Give a number of the matrix that a drawn font has (ISO 32000-2, 9.6.4), 0 for any other."""
    matrix = facts.matrix
    return abs(_number(matrix[at])) if isinstance(matrix, list) and len(matrix) == _MATRIX else 0.0


def _height(facts: FontFacts) -> float:
    return _scale(facts, 3) * facts.height or 1.0


def _unit(facts: FontFacts) -> float:
    return _scale(facts, 0) * 1000 or 1.0


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0
