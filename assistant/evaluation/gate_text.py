"""Writes a verdict for the editor whose version was judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.dialogue.reply import Answer
from assistant.dialogue.turn_json import reply_text
from assistant.documents.golden_questions import GoldenQuestion, Place, place_of
from assistant.evaluation.gate import Failure, Figures, Verdict
from assistant.evaluation.rounds import Asked

_LONGEST = 160


def verdict_text(verdict: Verdict) -> str:
    """Give the verdict with its reasons, the figures before and after, and the questions that fail."""
    lost = [failure for failure in verdict.failures if failure.lost or failure.question.must or not verdict.before]
    return "\n".join((*_outcome(verdict), "", *_figures(verdict), *_failures(lost), *_old_failures(verdict, lost)))


def _expected(question: GoldenQuestion) -> str:
    """Say what a golden question expects."""
    if not question.expect:
        return "no answer: the library does not cover it"
    sections = " or ".join(map(_place, question.expect))
    words = f", with the words “{question.phrase}”" if question.phrase else ""
    return sections + words


def _found(asked: Asked) -> str:
    """Say what a golden question got."""
    reply = asked.result.turn.reply
    if not isinstance(reply, Answer):
        return f"no answer: {_shortened(reply_text(reply))}"
    first = reply.citations[0]
    return f"{_place(place_of(first.passage))}: “{_shortened(first.quote)}”"


def _place(place: Place) -> str:
    return f"{place.document} › {place.heading or '(introduction)'}"


def _outcome(verdict: Verdict) -> Iterator[str]:
    yield "The new version may be published." if verdict.passed else "The new version is refused:"
    yield from (f"- {reason}" for reason in verdict.reasons)
    yield from (f"Note: {note}" for note in verdict.notes)


def _figures(verdict: Verdict) -> Iterator[str]:
    before, after = verdict.before, verdict.after
    names = ("", "version", "documents", "passages", "golden questions right")
    columns = (names, *([("now", *_cells(before))] if before else []), ("new", *_cells(after)))
    for name, *cells in zip(*columns, strict=True):
        yield f"{name:<24}" + "".join(f"{cell:>14}" for cell in cells)


def _cells(figures: Figures) -> tuple[str, ...]:
    right = f"{figures.right} of {figures.asked}"
    return figures.version, str(figures.documents), str(figures.passages), right


def _failures(failures: Sequence[Failure]) -> Iterator[str]:
    for failure in failures:
        question = failure.question
        yield ""
        yield f"{'MUST ' if question.must else ''}{question.id}: {' → '.join((*question.history, question.question))}"
        yield f"    expected: {_expected(question)}"
        yield f"    found:    {_found(failure.after)}"
        yield from _lacking(failure.after)
        if failure.before:
            yield f"    {'now' if failure.lost else 'now, not right either'}: {_found(failure.before)}"


def _lacking(asked: Asked) -> Iterator[str]:
    if asked.gone:
        yield f"    not in the library any more: {', '.join(map(_place, asked.gone))}"
    if asked.words_gone:
        yield "    the expected words do not stand in the expected section any more;"
        yield "    if that is meant, correct this question's `phrase` in the golden questions"


def _old_failures(verdict: Verdict, told: Sequence[Failure]) -> Iterator[str]:
    others = len(verdict.failures) - len(told)
    if others:
        yield ""
        yield f"{others} more are not answered right by either version."


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST].rstrip()} …"
