"""Splits a question into the parts that are searched one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.dialogue.comparison import compared_sides
from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.follow_ups import standalone
from assistant.dialogue.reply import Abstention
from assistant.dialogue.topic import topic
from assistant.dialogue.wanted import wanted_by
from assistant.retrieval.names import STATE
from assistant.retrieval.terms import terms

_MOST = 4
"""Parts from which a question is not split: it is a list, or a text that was pasted."""
_WH = r"(?:what|which|who|whose|where|when|why|how)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|can|could|should|would|will|must|may|has|have|had)"
_SUBJECT = r"(?:it|they|this|that|these|those|there|the|an?|any|we|i|you|he|she|my|our|your|their|its|[A-Z]\w+)"
_ASKING = rf"(?:(?i:{_WH})(?:'s)?\b|(?i:{_AUXILIARY}) {_SUBJECT}\b)"
_DIRECT = re.compile(
    rf"(?i:{_WH}) (?:(?:many|much|long|often|far|old|big|soon) |(?!(?:a|an|the|we|i|you|they|it|he|she)\b)\w+ )?"
    rf"(?i:{_AUXILIARY})\b|(?i:what|which|who|whose|how (?:many|much|long|often))\b|(?i:{_AUXILIARY}) {_SUBJECT}\b"
)
_SENTENCES = re.compile(r"(?<=[?;])\s+(?:(?i:and|also|but|then)\b,? )?(?=\w)")
_JOINED = re.compile(rf"(?:,|;)? (?i:and also|and then|and|also|plus|as well as)(?:,)? (?={_ASKING})")
_LISTED = re.compile(rf", (?={_ASKING})")
_PRONOUN = re.compile(r"\b(it|its|they|them|their|this|these|those)\b(?! \w+ (?:is|are)\b)", re.IGNORECASE)
_NAMES = re.compile(rf"(?<=\w )[A-Z]\w|{STATE.pattern}")
_FEWEST = 4
"""Words of a part that has no term of its own."""
_FEWEST_TERMS = 2
"""Terms from which a part says what it is about."""
_IMPERATIVE = re.compile(r"(?:please |can you |could you )?(?:tell|explain|describe|show|list)\b", re.IGNORECASE)
_OPENS = re.compile(
    rf"(?:{_WH}|{_AUXILIARY}|tell|explain|describe|define|list|show|give|compare|please|i)\b", re.IGNORECASE
)


Kind = Literal["questions", "places", "sides"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question in the asker's words, and the standalone query that is searched for it.

    `leans` if the query takes its topic from the first part: finding that topic is no answer to this one.
    """

    text: str
    query: str
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of a question, two or more, and what they are to each other.

    `questions` and `places` (states that are named together) each have an answer of their own; one of
    the `sides` of a comparison says nothing without the others.
    """

    parts: tuple[Part, ...]
    kind: Kind


def split_question(question: str) -> Split | None:
    """Give the parts of a question that asks several things, or `None` for one that is searched whole."""
    if (comparison := compared_sides(question)) is not None:
        parts = tuple(Part(side.name, side.query) for side in comparison.sides)
        return Split(parts, "places" if comparison.places else "sides")
    texts = _questions(question)
    if not 1 < len(texts) <= _MOST:
        return None
    first = texts[0]
    return Split((Part(first, first), *(_resolved(text, first) for text in texts[1:])), "questions")


def _questions(question: str) -> list[str]:
    """Give the questions in a text, in order; the text itself if any piece asks nothing by itself."""
    sentences = _SENTENCES.split(question)
    if not all(_OPENS.match(sentence) for sentence in sentences):
        sentences = [question]
    pieces = [piece for sentence in sentences for piece in _joined(sentence)]
    return pieces if all(_asks_something(piece) for piece in pieces) else [question]


def _joined(sentence: str) -> list[str]:
    """Give the questions that are joined in a sentence by `and`, or by commas with a last `and`."""
    joint = next((j for j in _JOINED.finditer(sentence) if _can_part(sentence[: j.start()], sentence[j.end() :])), None)
    if joint is None:
        return [sentence]
    before, after = sentence[: joint.start()], sentence[joint.end() :]
    return [*_listed(before), *_joined(after)]


def _can_part(before: str, after: str) -> bool:
    """Whether both sides of a joint ask something: the second is no further clause of the first."""
    opener = after.partition(" ")[0]
    repeats = re.search(rf"\w {opener}\b", before, re.IGNORECASE) is not None
    asks = _DIRECT.match(after) or _IMPERATIVE.match(before)
    return bool(asks and _OPENS.match(before)) and _asks_something(before) and _asks_something(after) and not repeats


def _asks_something(text: str) -> bool:
    """Whether a text has a term, or points with a pronoun and more than a word at what it asks about."""
    return bool(terms(text)) or (_PRONOUN.search(text) is not None and len(text.split()) >= _FEWEST)


def _listed(text: str) -> list[str]:
    """Give the questions that commas set apart, if each of them is asked directly."""
    pieces = _LISTED.split(text)
    return pieces if all(_DIRECT.match(piece) and _asks_something(piece) for piece in pieces) else [text]


def _resolved(text: str, first: str) -> Part:
    """Give a further part made standalone, as if it had been asked after the first."""
    asked_before = Turn(first, first, Abstention("not_covered", ()), "", None)
    query = standalone(text, Conversation((asked_before,))).query
    says_little = len(terms(text)) < _FEWEST_TERMS and wanted_by(text) != "definition"
    if query == text and says_little and not _NAMES.search(text) and (subject := topic(first)):
        query = f"{subject}: {text}"
    return Part(text, query, leans=query != text)
