"""Turns text into the terms that keyword search compares."""

from __future__ import annotations

import re
import threading
import unicodedata

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME = re.compile(r"\b(?!(?:The|An?|In|Under|By|For|Since)\b)[A-Z][\w-]*(?: (?:of |and |for |the )?[A-Z][\w-]*)+")
_STOP_WORDS = frozenset(
    """a about actually after again ago all already also although always am an and another any anybody anyone
    anything are aren't arent around as ask asked at away back basically be because been before being best
    better between both but by came can can't cannot cant come comes could couldn't couldnt did didn't didnt
    do does doesn't doesnt doing don't done dont down during each either else etc even ever every everybody
    everyone everything exactly explain far few find first for found from further gave get gets getting give
    given go goes going gone gonna good got had hadn't has hasn't hasnt have haven't havent having he he's
    hello help her here hers hey hi him himself his how how's however hows i i'd i'll i'm i've if im in
    instead into is isn't isnt it it's its itself just keep kind know known last least less let let's lets
    like likely list little long look looking lot made make makes making many may maybe me mean means might
    mine more most much must my myself name named need needs neither never next no nobody nor not nothing now
    of off often ok okay on once one only or other others our ours out over own part perhaps please put quite
    rather really right said same saw say says see seem seen she should shouldn't shouldnt show since so some
    somebody someone something sort still stuff such sure take taken tell than thank thanks that that's thats
    the their theirs them themselves then there there's theres these they they're theyre thing things think
    this those though through to together told too took toward towards tried try trying under until up upon us
    use used using very want wanted wants was wasn't wasnt way we we're well went were weren't what what's
    whats when where whether which while who who's whole whom whos whose why will with within without won't
    wont would wouldn't wouldnt yes yet you you're your yours yourself""".split()
)
_WORDS = {
    str(figure): word
    for figure, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
"""Figures that are the same term as their words."""
_stemmer = threading.local()


def terms(text: str) -> tuple[str, ...]:
    """Give the stems of the words that carry meaning, in order, repeats kept (English Snowball stems).

    Accents and the figures up to twelve make no difference: "José" is "jose", "12" is "twelve".
    """
    words = (word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(without_accents(text.lower())))
    words = (_WORDS.get(word, word) for word in words)
    return tuple(_stem([word for word in words if word not in _STOP_WORDS and len(word) > 1]))


def without_accents(text: str) -> str:
    """Give a text with the bare letter for each that has an accent."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def indexed_terms(text: str) -> tuple[str, ...]:
    """Give the terms of a text of the library, and the initials of the names in it.

    So whoever asks about ESSA finds the Every Student Succeeds Act.
    """
    initials = ("".join(re.findall(r"[A-Z]", name)).lower() for name in _NAME.findall(text))
    return (*terms(text), *initials)


def _stem(words: list[str]) -> list[str]:
    """Stem with a stemmer of this thread's own: they are not safe to share."""
    if not hasattr(_stemmer, "english"):
        _stemmer.english = Stemmer.Stemmer("english")
    return list(_stemmer.english.stemWords(words))
