"""Shows what each threshold of the decision would do to golden questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.dialogue.decision import Decision, best_confidence
from assistant.dialogue.rewriting import standalone
from assistant.documents.golden_questions import GoldenQuestion, place_of

_STEPS = 25


@dataclass(frozen=True, slots=True)
class Labelled:
    """The confidence a question got, and whether its first sure hit was an expected one."""

    confidence: float
    answerable: bool
    right: bool


def table(assistant: Assistant, questions: Sequence[GoldenQuestion], decision: Decision) -> str:
    """Give, threshold by threshold, the answerable questions answered right and the answers that are wrong."""
    labelled = list(_label(assistant, questions, decision))
    answerable = sum(question.answerable for question in labelled)
    lines = [f"{'threshold':>9}{'answered right':>16}{'wrong answers':>15}{'share wrong':>13}"]
    for step in range(_STEPS):
        threshold = 0.60 + step * 0.05
        answered = [question for question in labelled if question.confidence >= threshold]
        right = sum(question.right for question in answered)
        wrong = len(answered) - right
        share = wrong / len(answered) if answered else 0.0
        lines.append(f"{threshold:>9.2f}{right / max(1, answerable):>16.3f}{wrong:>15}{share:>13.3f}")
    return "\n".join(lines)


def _label(assistant: Assistant, questions: Sequence[GoldenQuestion], decision: Decision) -> Iterator[Labelled]:
    for question in questions:
        query = standalone(question.question, assistant.converse(question.history)).query
        retrieval = assistant.search(query, count=10)
        right = place_of(retrieval.hits[0].passage) in question.expect
        yield Labelled(best_confidence(decision, retrieval), bool(question.expect), right)
