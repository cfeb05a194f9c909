"""Chooses how sure an answer must be in the library that it is for, by questions that this library does not answer.

One library's threshold is another's mistake: where all pages are about one thing, all of them are near to any question.
The questions are made of the library itself: its own, with the section that answers them taken away, and questions
about its subjects for something that the subject's page has no word of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from assistant.dialogue.decision import CAUTION, Decision, Level, best_confidence
from assistant.dialogue.suggesting import heading_as_question
from assistant.documents.passages import Passage
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.hits import Retrieval
from assistant.retrieval.reranking import Reranker
from assistant.versions.version import IndexVersion, make_retriever

_EACH = 40
"""Questions of each of the two ways to make one."""
_LONGEST = 20_000
"""Characters of a subject's passages that are looked at."""
_FEWEST = 20
"""Questions from which a share of them means something."""
_ASPECTS = (
    ("How much did {} cost?", r"cost|price|dollar|\$|budget|fund|million|pay"),
    ("Who first proposed {}?", r"propos|author|sponsor|introduc|invent|found|creat|wrote"),
    ("In which year did {} begin?", r"\b(1[6-9]|20)\d\d\b"),
    ("How many people work on {}?", r"staff|people|employ|member|worker"),
    ("Why was {} criticized?", r"critic|oppos|object|concern|contro|blam"),
    ("Where is the headquarters of {}?", r"headquart|office|located|based in|city"),
    ("Which court ruled on {}?", r"court|judge|ruling|sued|lawsuit"),
    ("What is the phone number for {}?", r"phone|call|contact|\d{3}-\d{4}"),
    ("What share of parents supports {}?", r"percent|%|survey|poll|parents"),
    ("How often is {} renewed?", r"renew|annual|every|year"),
    ("Who is exempt from {}?", r"exempt|except|waive|exclu"),
)
"""What may be asked of any subject, and what a page has a word of that tells something of it."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A question; `section`, the document's id and the anchor, answers it, if any does."""

    text: str
    section: tuple[str, str] | None = None


def calibrated(version: IndexVersion, embedder: Embedder, reranker: Reranker) -> Decision:
    """Give a version's decision with thresholds for its library; as it was where there is too little to ask."""
    decision = version.manifest.decision
    questions = (*_own(version.passages), *_beside(version.passages))
    if len(questions) < _FEWEST:
        return decision
    retriever = make_retriever(version, embedder, reranker)
    own, missed = [], []
    for question in questions:
        found = retriever.retrieve(question.text, taken_out=question.text)
        missed.append(best_confidence(decision, _without(found, question.section)))
        if question.section:
            own.append(best_confidence(decision, found))
    thresholds = {name: _passed_by(share, missed) for name, share in CAUTION.items()}
    levels = tuple(
        Level(name, threshold, _share_from(threshold, own), _share_from(threshold, missed))
        for name, threshold in thresholds.items()
    )
    return replace(decision, answer=thresholds["balanced"], levels=levels)


def _passed_by(share: float, confidences: Sequence[float]) -> float:
    """Give the threshold that at most that share of confidences reaches, rounded up to thousandths."""
    last = sorted(confidences, reverse=True)[int(share * len(confidences))]
    return min(1.0, (int(last * 1000) + 1) / 1000)


def _share_from(threshold: float, confidences: Sequence[float]) -> float:
    return round(sum(value >= threshold for value in confidences) / len(confidences), 3) if confidences else 0.0


def _own(passages: Sequence[Passage]) -> Iterator[_Question]:
    """Yield a question of each of some sections: a wording, else the heading put as a question or as it is."""
    seen: set[tuple[str, str]] = set()
    for passage in _drawn(passages):
        section = (passage.document_id, passage.section)
        if section not in seen and (text := _question_of(passage)):
            seen.add(section)
            yield _Question(text, section)
        if len(seen) == _EACH:
            return


def _question_of(passage: Passage) -> str | None:
    if passage.questions:
        return min(passage.questions, key=_digest)
    heading = passage.heading[-1] if passage.heading else ""
    return (heading_as_question(passage) or f"{passage.title}: {heading}") if heading else passage.title or None


def _beside(passages: Sequence[Passage]) -> Iterator[_Question]:
    """Yield questions on subjects of the library for something that the passages of the subject have no word of."""
    texts: dict[str, str] = {}
    for passage in passages:
        texts[passage.title] = f"{texts.get(passage.title, '')}\n{passage.text}"
    asked: set[str] = set()
    for passage in _drawn(passages):
        subject = (passage.title if passage.is_entry or not passage.heading else passage.heading[-1]).rstrip("?!. ")
        question, told = min(_ASPECTS, key=lambda aspect: _digest(aspect[0] + passage.id))
        if subject and not re.search(told, texts[passage.title][:_LONGEST], re.IGNORECASE):
            asked.add(question.format(subject))
        if len(asked) == _EACH:
            break
    yield from map(_Question, sorted(asked))


def _drawn(passages: Sequence[Passage]) -> list[Passage]:
    """Give passages in an order that looks like chance, and is the same for the same passages."""
    return sorted(passages, key=lambda passage: _digest(passage.id))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _without(found: Retrieval, section: tuple[str, str] | None) -> Retrieval:
    hits = tuple(hit for hit in found.hits if (hit.passage.document_id, hit.passage.section) != section)
    return replace(found, hits=hits)
