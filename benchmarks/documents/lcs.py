"""Counts the words that two texts have in common in the same order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def common_words(words: Sequence[str], others: Sequence[str]) -> int:
    """Give the length of the longest common subsequence, by bits of one number (Hyyrö, 2004)."""
    places: dict[str, int] = defaultdict(int)
    for at, word in enumerate(words):
        places[word] |= 1 << at
    every = (1 << len(words)) - 1
    row = every
    for word in others:
        here = row & places[word]
        row = ((row + here) | (row - here)) & every
    return len(words) - row.bit_count()
