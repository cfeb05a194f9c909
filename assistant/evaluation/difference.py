"""Finds what changes for those who ask when one version takes the place of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Answer, Reply
from assistant.dialogue.turn_json import reply_text
from assistant.documents.document import Document
from assistant.documents.golden_questions import GoldenQuestion
from assistant.documents.passages import Passage
from assistant.evaluation.rounds import Round

ChangeKind = Literal["lost", "newly_answered", "other_citation", "other_wording"]
_Content = TypeVar("_Content", Document, Passage)


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question that two versions reply to differently.

    `other_citation`: another passage is quoted; `other_wording`: the same passages in other words, or another
    way of not answering.
    """

    question: GoldenQuestion
    kind: ChangeKind
    before: Turn
    after: Turn


@dataclass(frozen=True, slots=True)
class Pair(Generic[_Content]):
    """The two states of what is in both versions under one id."""

    before: _Content
    after: _Content


@dataclass(frozen=True, slots=True)
class ContentChanges(Generic[_Content]):
    """What is only in the new version, in both but not the same, only in the old one; in the order of the library."""

    added: tuple[_Content, ...]
    changed: tuple[Pair[_Content], ...]
    removed: tuple[_Content, ...]

    @property
    def any(self) -> bool:
        """Whether there is a change."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Label:
    """How a version is named to people: its id and the latest date in its content."""

    version: str
    content_date: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs between two versions; `asked` questions were put to both."""

    old: Label
    new: Label
    asked: int
    questions: tuple[QuestionChange, ...]
    documents: ContentChanges[Document]
    passages: ContentChanges[Passage]


def compare(old: Assistant, new: Assistant, before: Round, after: Round) -> Difference:
    """Compare two versions, and what the same questions got from each.

    Raises `ValueError` for rounds of other versions or of different questions.
    """
    if (before.version, after.version) != (old.version.id, new.version.id) or before.questions != after.questions:
        raise ValueError("expected a round of each version with the same questions")
    return Difference(
        _label(old),
        _label(new),
        len(after.asked),
        tuple(_question_changes(before, after)),
        _changes(old.version.documents, new.version.documents),
        _changes(old.version.passages, new.version.passages),
    )


def _label(assistant: Assistant) -> Label:
    return Label(assistant.version.id, assistant.version.manifest.content_date)


def _question_changes(before: Round, after: Round) -> Iterator[QuestionChange]:
    for old, new in zip(before.asked, after.asked, strict=True):
        kind = _kind(old.result.turn.reply, new.result.turn.reply)
        if kind:
            yield QuestionChange(new.result.question, kind, old.result.turn, new.result.turn)


def _kind(before: Reply, after: Reply) -> ChangeKind | None:
    match before, after:
        case Answer(), Answer():
            return _kind_of_answers(before, after)
        case Answer(), _:
            return "lost"
        case _, Answer():
            return "newly_answered"
        case _:
            return "other_wording" if reply_text(before) != reply_text(after) else None


def _kind_of_answers(before: Answer, after: Answer) -> ChangeKind | None:
    if [c.passage.id for c in before.citations] != [c.passage.id for c in after.citations]:
        return "other_citation"
    return "other_wording" if reply_text(before) != reply_text(after) else None


def _changes(old: Sequence[_Content], new: Sequence[_Content]) -> ContentChanges[_Content]:
    """Compare by id; a document is the same if it is equal, a passage if what is embedded of it is."""
    before, after = {content.id: content for content in old}, {content.id: content for content in new}
    both = (Pair(content, after[content.id]) for content in old if content.id in after)
    return ContentChanges(
        tuple(content for content in new if content.id not in before),
        tuple(pair for pair in both if not _is_same(pair)),
        tuple(content for content in old if content.id not in after),
    )


def _is_same(pair: Pair[_Content]) -> bool:
    if isinstance(pair.before, Passage) and isinstance(pair.after, Passage):
        return pair.before.sha256 == pair.after.sha256
    return pair.before == pair.after
