"""Tells keys pressed at random from words, known or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import log

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 3
"""Letters of a word that tells anything: of two any are a word or an abbreviation."""
_TRUSTED = 4
"""Letters from which an English word was hardly hit by chance: the list of words has "zzz"."""
_ACRONYM = 5
"""Letters up to which an unknown word may be an acronym in small letters."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WALKED = frozenset("were wert power tower property".split())
_WALK = 4
"""Keys beside each other in a row that are no word."""
_LEAST = -4.3
"""Mean log-probability of a letter after the two before it under which nobody meant a word.

Of 33 words made by mashing keys 30 are under it, of 3,000 misspelt English words 1 in 120
(`docs/decisions/0023-language-noise-suggestions.md`).
"""


@dataclass(frozen=True, slots=True)
class _Letters:
    """How often three letters, and the first two of three, follow each other in English words."""

    triples: Counter[str]
    pairs: Counter[str]

    def log_probability(self, word: str) -> float:
        """Give the sum over the letters of a word and its end."""
        padded = f" {word} "
        triples = (padded[at : at + 3] for at in range(len(word)))
        return sum(log((self.triples[t] + 0.1) / (self.pairs[t[:2]] + 2.7)) for t in triples)


def is_mash(question: str, is_word: Callable[[str], bool], english: Callable[[], frozenset[str]]) -> bool:
    """Whether no word of a question is one; `is_word` knows English and the library, `english` gives English words.

    Acronyms in capitals, numbers and words of other scripts are no mash.
    """
    words = [word for word in _WORD.findall(question) if question.isupper() or not word.isupper()]
    words = [word.lower() for word in words if len(word) >= _SHORTEST]
    if not words or not all(word.isascii() for word in words):
        return False
    if all(_is_walk(word) for word in words):
        return True
    if any(is_word(word) and (len(word) >= _TRUSTED or not _is_walk(word)) for word in words):
        return False
    if all(len(word) <= _ACRONYM for word in words):
        return False
    letters = _letters(english)
    return sum(map(letters.log_probability, words)) / sum(map(len, words)) < _LEAST


def _is_walk(word: str) -> bool:
    """Whether a word is one key, keys beside each other, or the same few again and again."""
    rows = [*_ROWS, *(row[::-1] for row in _ROWS)]
    short = len(word) < _WALK and any(word in row for row in rows)
    walks = any(word[at : at + _WALK] in row for row in rows for at in range(len(word) - _WALK + 1))
    again = re.fullmatch(r"(.)\1{2,}|(.{2,4})\2+", word) is not None
    return short or again or (walks and word not in _WALKED)


@cache
def _letters(english: Callable[[], frozenset[str]]) -> _Letters:
    """Count the letters of the English words."""
    padded = [f" {word} " for word in english()]
    triples = Counter(word[at : at + 3] for word in padded for at in range(len(word) - 2))
    pairs: Counter[str] = Counter()
    for triple, count in triples.items():
        pairs[triple[:2]] += count
    return _Letters(triples, pairs)
