"""Estimates how many years of school a text takes to read."""

from __future__ import annotations

import re

from assistant.documents.sentences import split_sentences

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")


def grade_level(text: str) -> float:
    """Give the Flesch–Kincaid grade level (Kincaid et al. 1975), syllables counted as groups of vowels.

    0 for a text without words.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(split_sentences(text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, len(_VOWELS.findall(word)) - silent)
