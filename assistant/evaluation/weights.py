"""Tries weights of fusion and decision on labelled queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

from assistant.assistant import Assistant
from assistant.dialogue.decision import Decision
from assistant.documents.golden_questions import GoldenQuestion, place_of
from assistant.documents.passages import Passage
from assistant.errors import EvaluationError
from assistant.evaluation.labelled_set import Query, document_of, rank, resolve_all
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.fusion import Fusion

_HEADING = (0.0, 0.1, 0.2, 0.3, 0.4)
_SENTENCE = (0.0, 0.5, 1.0)
_KEYWORD = (0.0, 0.15, 0.5)
_COVERAGE = (0.0, 0.4, 0.6)
_MARGIN = (0.0, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class LabelledQueries:
    """Standalone queries, the relevant rows of each answerable one, and which row a passage is part of."""

    queries: tuple[Query, ...]
    relevant: dict[str, frozenset[str]]
    row_of: Callable[[Passage], str] = document_of


@dataclass(frozen=True, slots=True)
class Trial:
    """Weights, the share of answerable queries whose first row is relevant, and the AUROC of the confidence."""

    fusion: Fusion
    decision: Decision
    first_relevant: float
    auroc: float


def read_relevant(folder: Path) -> dict[str, frozenset[str]]:
    """Read `qrels.tsv`: the relevant rows of each answerable query."""
    relevant: dict[str, set[str]] = {}
    try:
        lines = (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{folder / 'qrels.tsv'} can't be read: {error}") from error
    for number, line in enumerate(lines, 1):
        match line.split("\t"):
            case [query, row, _]:
                relevant.setdefault(query, set()).add(row)
            case _:
                place = f"{folder / 'qrels.tsv'}:{number}"
                raise EvaluationError(f"{place}: expected query, row and grade, found {line[:60]!r}")
    return {query: frozenset(rows) for query, rows in relevant.items()}


def golden_queries(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> LabelledQueries:
    """Take golden questions as labelled queries, their expected sections as the relevant rows."""
    asked = (Query(question.id, question.question, question.history) for question in questions)
    relevant = {q.id: frozenset(map(repr, q.expect)) for q in questions if q.expect}
    return LabelledQueries(tuple(resolve_all(assistant, asked)), relevant, lambda passage: repr(place_of(passage)))


def try_weights(assistant: Assistant, labelled: LabelledQueries, embedder: Embedder) -> Iterator[Trial]:
    """Rank all queries under each setting, those of the fusion first, then those of the decision."""
    remembering = _Remembering(embedder)
    for heading, sentence, keyword in product(_HEADING, _SENTENCE, _KEYWORD):
        fusion = Fusion(heading=heading, sentence=sentence, keyword=keyword)
        yield _trial(_with_weights(assistant, remembering, fusion, Decision()), labelled)
    for coverage, margin in product(_COVERAGE, _MARGIN):
        decision = Decision(coverage=coverage, margin=margin)
        yield _trial(_with_weights(assistant, remembering, Fusion(), decision), labelled)


def _with_weights(assistant: Assistant, embedder: Embedder, fusion: Fusion, decision: Decision) -> Assistant:
    version = assistant.version
    return Assistant(replace(version, manifest=replace(version.manifest, fusion=fusion, decision=decision)), embedder)


def _trial(assistant: Assistant, labelled: LabelledQueries) -> Trial:
    relevant = labelled.relevant
    ranked = [rank(assistant, query, labelled.row_of) for query in labelled.queries]
    found = [result for result in ranked if result.query in relevant and result.rows]
    first = [result.rows[0][0] in relevant[result.query] for result in found]
    sure = np.array([result.confidence for result in ranked if result.query in relevant])
    unsure = np.array([result.confidence for result in ranked if result.query not in relevant])
    manifest = assistant.version.manifest
    return Trial(manifest.fusion, manifest.decision, float(np.mean(first)), _auroc(sure, unsure))


def _auroc(
    sure: np.ndarray[tuple[int], np.dtype[np.float64]], unsure: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    """Give the chance that an answerable query gets a higher confidence than an unanswerable one."""
    if not len(unsure):
        return float("nan")
    higher = (sure[:, None] > unsure[None, :]).mean() + (sure[:, None] == unsure[None, :]).mean() / 2
    return float(higher)


class _Remembering:
    """An embedder that embeds the same query once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vectors] = {}
        self.model = embedder.model
        self.dimension = embedder.dimension

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        key = "\x1f".join(texts)
        if key not in self._known:
            self._known[key] = self._embedder.embed(texts, progress)
        return self._known[key]
