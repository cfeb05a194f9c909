"""Puts what was spoken of before in place of the words that point back to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.dialogue.carrying import with_state
from assistant.dialogue.conversation import Turn
from assistant.dialogue.noun_phrases import NounPhrase, defines
from assistant.dialogue.pronouns import POSSESSIVE, Pronoun
from assistant.dialogue.reply import Answer
from assistant.dialogue.topic import spoken_of, topic, without_addition
from assistant.retrieval.terms import terms

_DEED = re.compile(
    r"\b(?:do|can|could|should|may|must|to) (?:(?:i|you|we|one|people) )(?P<deed>\w+ [^?]+)$", re.IGNORECASE
)
_DOES_IT = re.compile(r"\bdo it\b", re.IGNORECASE)
_IT_TAKES = re.compile(
    r"\bit (?:take|cost|free|safe|possible|legal|illegal|easy|hard|difficult|allowed|expensive|"
    r"required|necessary|ok|okay)$",
    re.IGNORECASE,
)
_VERBS = {"s": "is", "re": "are", "ll": "will", "d": "would", "ve": "have"}


def with_references(question: str, pronouns: Sequence[Pronoun], turns: Sequence[Turn]) -> str | None:
    """Give a question with each of its pronouns replaced, or `None` if what they stand for can't be told.

    `turns` are the turns before it, the latest first. What two pronouns share is named once.
    """
    replaced: dict[str, Pronoun] = {}
    for pronoun in pronouns:
        meant = _meant(pronoun, turns)
        if meant is None:
            return None
        replaced.setdefault(meant, pronoun)
    if deed := _deed(question, without_addition(turns[0].query)):
        return deed
    text = question
    for meant, pronoun in sorted(replaced.items(), key=lambda pair: -pair[1].start):
        text = _with(text, pronoun, meant)
    return with_state(text, turns[0].query)


def _deed(question: str, asked: str) -> str | None:
    """Take "it" for what the question before was how to do: "can I do it online?", "how long does it take?"."""
    deed = _DEED.search(asked)
    if deed is None:
        return None
    bare = question.rstrip("?!. ")
    if found := _DOES_IT.search(bare):
        return f"{bare[: found.start()]}{deed['deed']}{bare[found.end() :]}?"
    return f"{bare} to {deed['deed']}?" if _IT_TAKES.search(bare) else None


def _meant(pronoun: Pronoun, turns: Sequence[Turn]) -> str | None:
    """Give what a pronoun stands for: what the latest turn named in its number, or one before it that was declined."""
    if pronoun.noun:
        return _same_noun(pronoun, spoken_of(turns[0])) or topic(turns[0])
    for turn in turns:
        if fitting := [phrase for phrase in spoken_of(turn) if _fits(pronoun, phrase)]:
            return fitting[0].text
        if pronoun.word in ("this", "that") or (isinstance(turn.reply, Answer) and spoken_of(turn)):
            break
    return _meant_loosely(pronoun, spoken_of(turns[0]), turns[0].query)


def _meant_loosely(pronoun: Pronoun, phrases: Sequence[NounPhrase], asked: str) -> str | None:
    """Take "they" for an organisation, and "it" for the one thing that was named, though that is a plural."""
    if not phrases:
        return None
    first = phrases[0]
    if pronoun.word in ("they", "them", "their", "theirs"):
        if first.article == "a" and defines(asked):
            return first.in_general
        return first.text if first.is_name or _acts(asked) or (first.article and defines(asked)) else None
    return first.text if pronoun.word in ("it", "its") and len(phrases) == 1 else None


def _acts(asked: str) -> bool:
    """Whether a query asks what somebody named does, not what something is or what the person can do."""
    return not defines(asked) and not re.search(r"\b(?:i|we|you)\b", asked, re.IGNORECASE)


def _fits(pronoun: Pronoun, phrase: NounPhrase) -> bool:
    if pronoun.number == "person":
        return phrase.text[0].isupper() and " " in phrase.text
    return phrase.is_plural == (pronoun.number == "many")


def _same_noun(pronoun: Pronoun, phrases: Sequence[NounPhrase]) -> str | None:
    """Give the phrase that says in full what "that study" is."""
    wanted = set(terms(pronoun.noun))
    return next((phrase.text for phrase in phrases if wanted.issubset(terms(phrase.text))), None)


def _with(question: str, pronoun: Pronoun, meant: str) -> str:
    before, after = question[: pronoun.start], question[pronoun.end :]
    if pronoun.noun:
        return _with_noun(question, pronoun, meant)
    if pronoun.word == "there":
        return f"{before}in {meant}{after}"
    if pronoun.word in POSSESSIVE:
        return f"{before}{meant}{'’' if meant.endswith('s') else '’s'}{after}"
    verb = f" {_VERBS[pronoun.contracted[1:].lower()]}" if pronoun.contracted else ""
    return f"{before}{meant}{verb}{after}"


def _with_noun(question: str, pronoun: Pronoun, meant: str) -> str:
    if set(terms(pronoun.noun)).issubset(terms(meant)):
        end = pronoun.end + 1 + len(pronoun.noun)
        return f"{question[: pronoun.start]}{meant}{question[end:]}"
    bare = question.rstrip("?!. ")
    return f"{bare} ({meant})?"
