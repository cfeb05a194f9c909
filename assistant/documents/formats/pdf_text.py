"""Makes clean text of what fonts give: ligatures, soft hyphens, control characters, words broken at line ends."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
})  # fmt: skip
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf0fc\u25cf\u25aa\u25a0\u2023\u2043\u25e6", "•"))
_ARROW_IN_WORD = re.compile(
    r"(?<=[^\W\d_])\u21b5"
)  # what becomes of TeX's ligature ff on the way through some programs
_SOFT_HYPHEN = "\u00ad"
_BROKEN = re.compile(rf"(?P<start>\w*[^\W\d_])(?P<mark>[-‐{_SOFT_HYPHEN}])$")
_LONG_PART = 4
_BROKEN_NUMBER = re.compile(r"\d[-‐]$")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LEADERS = re.compile(r"(?:\s?\.){4,}|(?:\s?…){2,}|_{4,}")


def clean(text: str) -> str:
    """Give a line in NFC with plain spaces, ligatures apart, bullets alike and nothing that can't be seen.

    A soft hyphen stays at the line's end only, where `joined` looks at it.
    """
    text = _ARROW_IN_WORD.sub("ff", text).translate(_LIGATURES).translate(_BULLETS)
    ends_broken = text.rstrip().endswith(_SOFT_HYPHEN)
    seen = "".join(" " if c.isspace() else c for c in text if c.isspace() or _can_be_seen(c))
    line = " ".join(_LEADERS.sub(" … ", unicodedata.normalize("NFC", seen)).split())
    return line + _SOFT_HYPHEN if ends_broken else line


def _can_be_seen(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE


def joined(before: str, after: str, words: frozenset[str] = frozenset()) -> str:
    """Join two lines of a paragraph, a word that was broken between them put together again.

    The hyphen stays if the word stands so elsewhere in the file (`words`, in lower case), or if what follows is not in
    lower case.
    """
    broken = _BROKEN.search(before)
    if _BROKEN_NUMBER.search(before) and after[0].isdigit():
        return before + after
    if broken is None:
        return f"{before.rstrip(_SOFT_HYPHEN)} {after}".strip()
    rest = re.match(r"\w+", after)
    if rest is None or not after[0].islower():
        return before.rstrip(_SOFT_HYPHEN) + after if broken["mark"] != _SOFT_HYPHEN else before[:-1] + " " + after
    hyphenated = f"{broken['start']}-{rest.group()}".lower()
    keeps = broken["mark"] != _SOFT_HYPHEN and _is_compound(hyphenated, words)
    return (before if keeps else before[:-1]) + after


def _is_compound(hyphenated: str, words: frozenset[str]) -> bool:
    """Whether a word belongs with its hyphen, by what else stands in the file."""
    if hyphenated.replace("-", "") in words:
        return False
    parts = hyphenated.split("-")
    return hyphenated in words or all(len(part) >= _LONG_PART and part in words for part in parts)
