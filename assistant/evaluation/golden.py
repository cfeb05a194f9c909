"""Asks golden questions and tells what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Answer, Citation, Closest
from assistant.documents.golden_questions import GoldenQuestion, Place, place_of

Outcome = Literal["right", "closest", "wrong", "abstained", "rightly_abstained", "wrongly_answered"]


@dataclass(frozen=True, slots=True)
class Result:
    """A golden question, the turn it got, how sure the decision was, and how that compares with the label.

    `right`: the first citation is an expected one and has the expected phrase, if its section has that.
    `closest`: an expected section is among the closest passages. `abstained` is wrong, for an expected answer was
    there; asking back counts as abstaining, and so do closest passages that are not the expected ones.
    """

    question: GoldenQuestion
    turn: Turn
    confidence: float
    outcome: Outcome

    @property
    def is_good(self) -> bool:
        """Whether the person was served."""
        return self.outcome in ("right", "closest", "rightly_abstained")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the answer, none of any other reply."""
        return self.turn.reply.citations if isinstance(self.turn.reply, Answer) else ()

    @property
    def cluster(self) -> str:
        """The document the question is about; a question about none stands for itself."""
        return self.question.expect[0].document if self.question.expect else self.question.id


def ask_all(assistant: Assistant, questions: Iterable[GoldenQuestion]) -> Iterator[Result]:
    """Ask each question after its history."""
    for question in questions:
        turn = assistant.ask(question.question, assistant.converse(question.history))
        confidence = assistant.confidence(turn.query) if turn.query else 0.0
        yield Result(question, turn, confidence, _outcome(question, turn))


def is_expected(citation: Citation, expected: Sequence[Place]) -> bool:
    """Whether a citation points into one of the expected sections."""
    return place_of(citation.passage) in expected


def _outcome(question: GoldenQuestion, turn: Turn) -> Outcome:
    match turn.reply:
        case Answer(citations=citations) if question.expect:
            return "right" if _is_right(question, citations) else "wrong"
        case Answer():
            return "wrongly_answered"
        case Closest(citations=citations) if any(is_expected(citation, question.expect) for citation in citations):
            return "closest"
        case _:
            return "abstained" if question.answerable else "rightly_abstained"


def _is_right(question: GoldenQuestion, citations: Sequence[Citation]) -> bool:
    if not is_expected(citations[0], question.expect):
        return False
    has_phrase = [question.phrase is not None and question.phrase in _flat(c.passage.text) for c in citations]
    return not any(has_phrase) or any(question.phrase in _flat(c.quote) for c in citations if question.phrase)


def _flat(text: str) -> str:
    return " ".join(text.split())
