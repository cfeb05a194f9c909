"""Corrects misspelt words of a query by the words of the library."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib import resources

from symspellpy import SymSpell, Verbosity

from assistant.retrieval.terms import without_accents

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_POSSESSIVE = re.compile("['’]s$")
_SHORTEST = 4
"""Letters a word needs to be corrected: shorter ones are too near to each other."""
_LONG = 7
"""Letters from which two edits may lie between a word and what was meant."""
_EDITS = 2


class Spelling:
    """The words of a library, and those of English, which are left alone.

    Candidates are found by symmetric deletion (W. Garbe, SymSpell, 2012); an edit is a letter added,
    left out, replaced or swapped with its neighbour.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        words = Counter(word for text in texts for word in _WORD.findall(without_accents(text.lower())))
        self._words = words.keys()
        self._library = SymSpell(_EDITS)
        for word, count in words.items():
            self._library.create_dictionary_entry(word, count)

    def corrected(self, query: str) -> str:
        """Give the query with the library's nearest word for each that is neither English nor the library's.

        A word with no near one stays as it is, as do capitals and all that is between words.
        """
        return _WORD.sub(lambda match: self._word(match.group()), query)

    def is_of_library(self, word: str) -> bool:
        """Whether the library has a word, whatever its capitals."""
        return without_accents(word.lower()) in self._words

    def is_known(self, word: str) -> bool:
        """Whether a word is one of the library's or of English, whatever its capitals."""
        plain = without_accents(word.lower())
        bare = _POSSESSIVE.sub("", plain)
        return not {plain, bare}.isdisjoint(self._words) or not {plain, bare}.isdisjoint(english_words())

    def _word(self, word: str) -> str:
        if len(word) < _SHORTEST or word.isupper() or self.is_known(word):
            return word
        edits = _EDITS if len(word) >= _LONG else 1
        found = self._library.lookup(word, Verbosity.TOP, edits, transfer_casing=True)
        return str(found[0].term) if found else word


@cache
def english_words() -> frozenset[str]:
    """Give the English words that symspellpy brings with it."""
    path = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    return frozenset(line.split()[0] for line in path.read_text(encoding="utf-8").splitlines())
