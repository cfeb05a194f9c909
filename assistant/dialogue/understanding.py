"""Takes a question in once, before anything else reads it: noise off, its language told, its words spelt right."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from assistant.dialogue.language import Language, language_of
from assistant.dialogue.mash import is_mash
from assistant.dialogue.noise import without_noise
from assistant.dialogue.routing import Route, route
from assistant.retrieval.spelling import Spelling, english_words


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as all later steps read it: `text` has no noise, and is spelt right if it is in English.

    `is_word` is false for keys pressed at random, and for what was nothing but noise.
    """

    text: str
    route: Route
    language: Language
    is_words: bool = True


def understand(asked: str, spelling: Spelling, own: AbstractSet[str], *, as_typed: bool = False) -> Understood:
    """Take a question in; `own` are the library's own questions in small letters, which have no noise.

    `as_typed` leaves all its words alone.
    """
    plain = asked if as_typed or asked.casefold() in own else without_noise(asked)
    if not plain or (destination := route(plain)) == "question" != route(asked):
        return Understood(asked, route(asked), "en", is_words=route(asked) != "question")
    if destination != "question":
        return Understood(plain, destination, "en")
    language = language_of(plain, lambda word: word in english_words())
    if language in ("en", "other") and is_mash(plain, spelling.is_known, english_words):
        return Understood(plain, "question", "en", is_words=False)
    spelt = plain if as_typed or language != "en" else spelling.corrected(plain)
    return Understood(spelt, "question", language)
