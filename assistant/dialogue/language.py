"""Tells whether a question is in English, the language of the library."""

from __future__ import annotations

import py3langid

_FEWEST_WORDS = 3
_MARGIN = 20.0
"""Log-likelihood by which another language must win: short or misspelt English stays English."""


def is_english(question: str) -> bool:
    """Whether a question may be English; short ones get the benefit of the doubt."""
    letters = [c for c in question if c.isalpha()]
    if letters and sum(c.isascii() for c in letters) < len(letters) / 2:
        return False
    if len(question.split()) < _FEWEST_WORDS:
        return True
    ranking = py3langid.rank(question)
    scores = {str(language): float(score) for language, score in ranking}
    return max(scores.values()) - scores["en"] < _MARGIN
