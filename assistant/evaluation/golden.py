"""Asks golden questions and tells what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Answer, Citation
from assistant.documents.golden_questions import GoldenQuestion, Place, place_of

Outcome = Literal["right", "wrong", "abstained", "rightly_abstained", "wrongly_answered"]


@dataclass(frozen=True, slots=True)
class Result:
    """A golden question, the turn it got, and how that compares with what was expected.

    `right` means that the first citation is one that was expected.
    """

    question: GoldenQuestion
    turn: Turn
    outcome: Outcome


def ask_all(assistant: Assistant, questions: Iterable[GoldenQuestion]) -> Iterator[Result]:
    """Ask each question after its history."""
    for question in questions:
        turn = assistant.ask(question.question, assistant.converse(question.history))
        yield Result(question, turn, _outcome(question, turn))


def summary(results: Sequence[Result]) -> str:
    """Give a table of outcomes by kind of question, and the failures in full below it."""
    outcomes: tuple[Outcome, ...] = ("right", "wrong", "abstained", "rightly_abstained", "wrongly_answered")
    kinds = sorted({result.question.kind for result in results})
    lines = [f"{'kind':<14}{'asked':>6}" + "".join(f"{outcome:>18}" for outcome in outcomes)]
    for kind in (*kinds, "all"):
        of_kind = [result for result in results if kind in ("all", result.question.kind)]
        counts = Counter(result.outcome for result in of_kind)
        lines.append(f"{kind:<14}{len(of_kind):>6}" + "".join(f"{counts[outcome]:>18}" for outcome in outcomes))
    lines += [_figures(results), *(_failure(result) for result in results if not _is_good(result))]
    return "\n".join(lines)


def is_expected(citation: Citation, expected: Sequence[Place]) -> bool:
    """Whether a citation points into one of the expected sections."""
    return place_of(citation.passage) in expected


def _outcome(question: GoldenQuestion, turn: Turn) -> Outcome:
    match turn.reply:
        case Answer(citations=citations) if question.expect:
            return "right" if is_expected(citations[0], question.expect) else "wrong"
        case Answer():
            return "wrongly_answered"
        case _:
            return "abstained" if question.expect else "rightly_abstained"


def _is_good(result: Result) -> bool:
    return result.outcome in ("right", "rightly_abstained")


def _figures(results: Sequence[Result]) -> str:
    """Give the precision of citations, and how often the expected phrase is in the quotes."""
    answered = [(r.question, r.turn.reply) for r in results if r.question.expect and isinstance(r.turn.reply, Answer)]
    citations = [is_expected(c, question.expect) for question, reply in answered for c in reply.citations]
    phrases = [
        any(question.phrase in " ".join(c.quote.split()) for c in reply.citations)
        for question, reply in answered
        if question.phrase
    ]
    return (
        f"\ncitations that were expected: {sum(citations)} of {len(citations)}; "
        f"answers with the expected phrase: {sum(phrases)} of {len(phrases)}\n"
    )


def _failure(result: Result) -> str:
    question, reply = result.question, result.turn.reply
    expected = " or ".join(f"{place.document} › {place.heading}" for place in question.expect) or "no answer"
    found = ", ".join(c.passage.id for c in reply.citations) if isinstance(reply, Answer) else type(reply).__name__
    asked = result.turn.query or question.question
    return f"{result.outcome}: {question.id} {asked!r}\n    expected {expected}\n    found {found}"
