"""Finds what a question is about: the noun phrases in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.dialogue.names import STATE
from assistant.dialogue.verbs import (
    ARTICLES,
    BE,
    CAUSATIVE,
    MODAL,
    PLAIN_VERBS,
    PREDICATES,
    PREPOSITIONS,
    VERB_FORMS,
    is_verb,
)
from assistant.retrieval.terms import terms

_TOKEN = re.compile(r"[^\W_]+(?:[-.'’&][^\W_]+)*[’']?|[^\w\s]")
_QUANTIFIERS = frozenset("all any some no".split())
_ADJECTIVES = frozenset("first second third last next new own best most more least right long".split())
_LIGHT = re.compile(
    r"(?:the |an? |some |any )?(?:meaning|definition|purpose|point|idea|concept|term|name|examples?|kinds?|"
    r"types?|sorts?) (?:of|behind|for) ",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:that|which|who|when|if|because|while|where|how|why)\b|[,;:.?!]", re.IGNORECASE)
_COPULAR = re.compile(
    r"what (?:does|do|did) (?P<whole>.+) (?:do|mean|cover|involve|entail|stand for|look like)"
    r"|(?:what|who)(?:['’]s| is| are| was| were) (?P<phrase>.+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(?:about|like|for|called|all|exactly|anyway|again|now|then|really|used|mean|of)$", re.IGNORECASE
)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A phrase of a question that names something; `text == question[start:end]`."""

    text: str
    start: int
    end: int

    @property
    def is_plural(self) -> bool:
        """Whether "they" can stand for it, by the look of its head."""
        if re.search(r"\b(?:and|or)\b", self.text):
            return True
        head = re.split(r" (?:of|for|in|on|at|to|from|with|by|under|behind) ", self.text, maxsplit=1)[0].split()[-1]
        return is_plural(head)

    @property
    def is_name(self) -> bool:
        """Whether every word of it is capitalised."""
        return all(word[0].isupper() for word in self.text.split())

    @property
    def in_general(self) -> str:
        """The same of all its kind: "waivers" for "a waiver", as far as that is regular."""
        bare = re.sub(r"^an? ", "", self.text, flags=re.IGNORECASE)
        head = re.match(r".+?(?= (?:of|for|in|on|at|to|from|with|by) |$)", bare)
        name, rest = (bare[: head.end()], bare[head.end() :]) if head else (bare, "")
        plural = re.sub(r"(?<=[^aeiou])y$", "ie", name)
        return f"{plural}{'es' if plural.endswith(('s', 'x', 'ch', 'sh')) else 's'}{rest}"

    @property
    def article(self) -> str:
        """The word before the name: `a` also where it is `an`, empty where there is none."""
        first = self.text.split()[0].lower()
        return ("a" if first == "an" else first) if first in ARTICLES else ""


def is_plural(noun: str) -> bool:
    """Whether a noun looks like a plural."""
    word = noun.lower().rstrip("’'")
    if STATE.fullmatch(word):
        return False
    regular = re.fullmatch(r"\w.+(?<!s)(?<!u)(?<!i)(?<!['’])s", word) is not None and word != "news"
    return regular or word in ("people", "children", "men", "women", "criteria", "data")


def defines(question: str) -> bool:
    """Whether a question asks what something is, and no more."""
    return _defined(question.rstrip("?!. ")) is not None


def noun_phrases(question: str) -> tuple[NounPhrase, ...]:
    """Give the noun phrases of a question in order; what "What is …?" asks for is one, however long."""
    bare = question.rstrip("?!. ")
    whole = _defined(bare)
    if whole:
        return (whole,)
    found: list[NounPhrase] = []
    for run in _runs(bare):
        phrase = _trimmed(bare, run)
        start = found.pop().start if found and _are_joined(bare, found[-1], phrase) else phrase.start
        found.append(NounPhrase(bare[start : phrase.end], start, phrase.end))
    return tuple(found)


def _are_joined(bare: str, first: NounPhrase, second: NounPhrase) -> bool:
    """Whether two phrases are one list: "state tests and grades"."""
    return bare[first.end : second.start] in (" and ", " or ") and first.is_plural and second.is_plural


def _defined(bare: str) -> NounPhrase | None:
    """Give what a question of the form "What is …" asks for."""
    asked = _COPULAR.fullmatch(bare)
    if asked is None:
        return None
    group = "whole" if asked["whole"] else "phrase"
    phrase, start = asked[group], asked.start(group)
    while (shorter := _TRAILING.sub("", phrase)) != phrase:
        phrase = shorter
    words = phrase.lower().split()
    participles = any(a.endswith("ed") and b in PREPOSITIONS for a, b in pairwise(words[1:]))
    verbal = (
        participles
        or any(word in BE or word in MODAL for word in words)
        or words[0] in PREDICATES
        or words[-1] in VERB_FORMS
    )
    if verbal or len(words) > _MOST_WORDS or _CLAUSE.search(phrase) or not terms(phrase):
        return None
    return _light_phrase(bare, start, start + len(phrase))


def _runs(bare: str) -> Iterator[list[re.Match[str]]]:
    """Yield the runs of words between verbs, prepositions and other small words."""
    tokens = list(_TOKEN.finditer(bare))
    lower = [token.group().lower() for token in tokens]
    run: list[re.Match[str]] = []
    wanted: frozenset[str] = frozenset()
    for number, token in enumerate(tokens):
        word = token.group().lower()
        content = _has_content(run)
        if _links(word, tokens, number) and content:
            run.append(token)
        elif is_verb(lower, number, has_subject=content, wanted=wanted):
            yield from _complete(run)
            run, wanted = [], PLAIN_VERBS if word in CAUSATIVE else frozenset()
        elif word not in PREPOSITIONS and (word in ARTICLES or word in _ADJECTIVES or terms(word)):
            if word in ARTICLES - _QUANTIFIERS and content and run[-1].group().lower() != "of":
                yield from _complete(run)
                run = []
            run.append(token)
        else:
            yield from _complete(run)
            run = []
            wanted = _wanted_after(word, wanted)
    yield from _complete(run)


def _wanted_after(word: str, wanted: frozenset[str]) -> frozenset[str]:
    """Give the verbs that may follow a subject after a small word: "does" takes plain ones, "which" takes any."""
    if word in MODAL:
        return PLAIN_VERBS
    if word in ("which", "many", "much"):
        return VERB_FORMS
    return frozenset() if word in BE else wanted


def _complete(run: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    if _has_content(run):
        yield run


def _has_content(run: list[re.Match[str]]) -> bool:
    """Whether a run names something: a number does only with an article, as in "a 504"."""
    words = [token.group().lower() for token in run]
    counted = words[:1] and words[0] in ARTICLES
    return any(terms(word) and (counted or not word.isdigit()) and word not in PREDICATES for word in words)


def _links(word: str, tokens: list[re.Match[str]], number: int) -> bool:
    """Whether a word joins two nouns: "districts of innovation"."""
    following = [token.group() for token in tokens[number + 1 : number + 3]]
    named = following[1:] if following and following[0].lower() in ARTICLES else following[:1]
    return word == "of" and any(terms(name) for name in named)


def _trimmed(bare: str, run: list[re.Match[str]]) -> NounPhrase:
    return _light_phrase(bare, run[0].start(), run[-1].end())


def _light_phrase(bare: str, start: int, end: int) -> NounPhrase:
    """Give a phrase without "the meaning of" before it."""
    light = _LIGHT.match(bare, start, end)
    begin = light.end() if light and terms(bare[light.end() : end]) else start
    return NounPhrase(bare[begin:end], begin, end)
