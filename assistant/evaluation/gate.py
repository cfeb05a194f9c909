"""Decides whether a new version may be published, by what the golden questions get and by its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.assistant import Assistant
from assistant.documents.golden_questions import GoldenQuestion
from assistant.evaluation.rounds import Asked, Round, ask_round, choose_for_gate
from assistant.publishing.incremental import ProgressBar
from assistant.retrieval.vector_index import VectorIndex

_ROUNDING = 1e-9
_NEAREST = 10
_DRAWN = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """What a new version may lose, as shares: of the golden questions answered right, of the documents or passages.

    `recall` is the least share of the truly nearest rows that an approximate vector index must find.
    """

    fall: float = 0.02
    shrink: float = 0.2
    recall: float = 0.95


@dataclass(frozen=True, slots=True)
class Figures:
    """A version in numbers; `right` of the `asked` golden questions were answered right."""

    version: str
    documents: int
    passages: int
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A golden question that the new version does not answer right; `before` is what the current version gave, if any.

    It is `lost` if the current version answered it right.
    """

    after: Asked
    before: Asked | None

    @property
    def question(self) -> GoldenQuestion:
        """The question that fails."""
        return self.after.result.question

    @property
    def lost(self) -> bool:
        """Whether the current version answers it right."""
        return self.before is not None and self.before.is_right


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a version may be published: it may if there are no `reasons` against it, each a sentence.

    `notes` say what could not be judged. `round` is what the new version gave; the next verdict may start from it.
    """

    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    failures: tuple[Failure, ...]
    before: Figures | None
    after: Figures
    round: Round

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against publishing."""
        return not self.reasons


def judge(
    current: Assistant | None,
    new: Assistant,
    questions: Sequence[GoldenQuestion],
    progress_bar: ProgressBar,
    *,
    limits: Limits = Limits(),
    known: Round | None = None,
) -> Verdict:
    """Ask both versions the questions the gate goes by, and compare; of all questions given it chooses these.

    Without a current version only what must be answered is asked. `known` spares asking the current version if it
    is a round of that version with the same questions.
    """
    chosen = choose_for_gate(questions) if current else tuple(question for question in questions if question.must)
    before = _round_before(current, chosen, progress_bar, known)
    after = ask_round(new, chosen, progress_bar)
    figures_before = _figures(current, before) if current and before else None
    figures_after = _figures(new, after)
    failures = _failures(before, after)
    reasons = (
        *(_reasons_of_comparison(figures_before, figures_after, limits) if figures_before else ()),
        *_reasons_of_must(failures),
        *_reasons_of_recall(new.version.vectors, limits.recall),
    )
    return Verdict(reasons, _notes(current, chosen), failures, figures_before, figures_after, after)


def _round_before(
    current: Assistant | None, questions: Sequence[GoldenQuestion], progress_bar: ProgressBar, known: Round | None
) -> Round | None:
    if current is None:
        return None
    if known and (known.version, known.questions) == (current.version.id, tuple(questions)):
        return known
    return ask_round(current, questions, progress_bar)


def _figures(assistant: Assistant, round_: Round) -> Figures:
    manifest = assistant.version.manifest
    right = sum(asked.is_right for asked in round_.asked)
    return Figures(assistant.version.id, manifest.documents, manifest.passages, len(round_.asked), right)


def _failures(before: Round | None, after: Round) -> tuple[Failure, ...]:
    """Give the failures, those that must be answered first, then those that were lost."""
    earlier = before.asked if before else (None,) * len(after.asked)
    failures = (Failure(a, b) for b, a in zip(earlier, after.asked, strict=True) if not a.is_right)
    return tuple(sorted(failures, key=lambda failure: (not failure.question.must, not failure.lost)))


def _reasons_of_comparison(before: Figures, after: Figures, limits: Limits) -> Iterator[str]:
    yield from _reasons_of_fall(before, after, limits.fall)
    yield from _reasons_of_shrinking("documents", before.documents, after.documents, limits.shrink)
    yield from _reasons_of_shrinking("passages", before.passages, after.passages, limits.shrink)


def _reasons_of_fall(before: Figures, after: Figures, allowed: float) -> Iterator[str]:
    if before.right - after.right > allowed * after.asked + _ROUNDING:
        fall = (before.right - after.right) / after.asked
        yield (
            f"Of {after.asked} golden questions {after.right} are answered right, {before.right} before: "
            f"a fall of {100 * fall:.1f} percentage points, where {100 * allowed:g} are allowed."
        )


def _reasons_of_shrinking(what: str, before: int, after: int, allowed: float) -> Iterator[str]:
    if before - after > allowed * before + _ROUNDING:
        yield (
            f"The library shrinks from {before} to {after} {what}, by {100 * (before - after) / before:.0f} %; "
            f"{100 * allowed:g} % is allowed."
        )


def _reasons_of_must(failures: Sequence[Failure]) -> Iterator[str]:
    for failure in failures:
        if failure.question.must:
            yield f"A question that must be answered is not: “{failure.question.question}” ({failure.question.id})."


def _reasons_of_recall(vectors: VectorIndex, least: float) -> Iterator[str]:
    if not vectors.is_exact and (recall := vectors.recall(_NEAREST, _DRAWN)) < least:
        yield (
            f"The vector index finds {100 * recall:.1f} % of the {_NEAREST} nearest texts, at least {100 * least:g} % "
            "are expected."
        )


def _notes(current: Assistant | None, chosen: Sequence[GoldenQuestion]) -> tuple[str, ...]:
    if current is None:
        return ("No version is published yet, so there is nothing to compare with.",)
    if not chosen:
        return ("There are no golden questions to ask, so only the size of the library was compared.",)
    return ()
