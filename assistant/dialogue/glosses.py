"""Puts the subject words of a question in another language into English, to find the nearest English questions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.dialogue.language import Language
from assistant.retrieval.names import STATE
from assistant.retrieval.spelling import english_words

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONG_ENOUGH = 4
"""Letters from which a word that the library has too is a name or an English term, and no small word by chance."""


@dataclass(frozen=True, slots=True)
class _Gloss:
    """The beginning of a word or phrase in another language, and what the library calls it."""

    language: str
    foreign: re.Pattern[str]
    english: str


def english_gloss(question: str, language: Language, is_of_library: Callable[[str], bool]) -> str:
    """Give the subject of a question in English, as far as it is known: empty if nothing is.

    Words that the library has too (names, numbers, acronyms) stay as they are.
    """
    return " ".join(dict.fromkeys((*_translated(question, language), *_kept(question, is_of_library))))


def _translated(question: str, language: Language) -> Iterator[str]:
    """Yield the English of what is known, each word of the question once, phrases before single words."""
    plain = _plain(question)
    for gloss in _glosses():
        if gloss.language == language and gloss.foreign.search(plain):
            plain = gloss.foreign.sub(" ", plain)
            yield gloss.english


def _kept(question: str, is_of_library: Callable[[str], bool]) -> Iterator[str]:
    yield from (found.group() for found in STATE.finditer(question))
    for word in _WORD.findall(STATE.sub(" ", question)):
        is_acronym = (word.isupper() and len(word) > 1) or any(c.isdigit() for c in word)
        is_word = len(word) >= _LONG_ENOUGH and (word[0].isupper() or word in english_words())
        if word.isascii() and (is_acronym or is_word) and is_of_library(word):
            yield word


@cache
def _glosses() -> tuple[_Gloss, ...]:
    """Read the words of each language, which were written by hand."""
    path = resources.files("assistant.dialogue") / "glosses.tsv"
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(_Gloss(language, _beginning(foreign), english) for language, foreign, english in rows)


def _beginning(foreign: str) -> re.Pattern[str]:
    """Find a word by its beginning; in Chinese, and behind the prefixes of Arabic, wherever it stands."""
    plain = _plain(foreign)
    return re.compile(rf"\b{re.escape(plain)}" if plain.isascii() else re.escape(plain))


def _plain(text: str) -> str:
    """Give a text in small letters without accents."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
