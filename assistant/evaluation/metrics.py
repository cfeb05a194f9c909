"""Computes the figures of a ranked labelled set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from sklearn.metrics import roc_auc_score

from assistant.dialogue.decision import Level
from assistant.evaluation.labelled_set import Ranked

_MEASURES = (nDCG @ 10, Success @ 1, Success @ 5, RR @ 10, R @ 10)
_FALSE_ANSWERS = 0.05
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Confidences:
    """How well confidences tell answerable queries from the others: AUROC, and `answered_at_5_percent`."""

    auroc: float
    answered: float


def figures(ranked: Sequence[Ranked], levels: Sequence[Level] = ()) -> str:
    """Give measures of the ranking over answerable queries, and of the confidence over all, one a line.

    Then, for each level of caution, the share of queries of both kinds that would be answered.
    """
    values = measure_ranking(ranked)
    lines = [f"{name:<12}{value:.3f}" for name, value in values.items()]
    if confidences := measure_confidence(ranked):
        lines += [f"{'AUROC':<12}{confidences.auroc:.3f}", f"{'ans@fa5':<12}{confidences.answered:.3f}"]
    lines += [_at_level(ranked, level) for level in levels]
    return "\n".join(lines)


def _at_level(ranked: Sequence[Ranked], level: Level) -> str:
    shares = (_share_from(level.answer, [r for r in ranked if r.query.answerable == kind]) for kind in (True, False))
    answerable, others = (f"{share:.3f}" for share in shares)
    return f"{level.name:<12}{answerable} of the answerable and {others} of the others reach {level.answer:.3f}"


def _share_from(threshold: float, ranked: Sequence[Ranked]) -> float:
    return float(np.mean([r.confidence >= threshold for r in ranked])) if ranked else 0.0


def measure_ranking(ranked: Sequence[Ranked]) -> dict[str, float]:
    """Give each measure over the answerable queries by its name, such as `nDCG@10` or `Success@1`."""
    qrels = {r.query.id: r.query.relevant for r in ranked if r.query.relevant}
    run = {r.query.id: dict(r.rows) for r in ranked if r.query.relevant}
    values = ir_measures.calc_aggregate(_MEASURES, qrels, run)
    return {str(measure): values[measure] for measure in _MEASURES}


def measure_confidence(ranked: Sequence[Ranked]) -> Confidences | None:
    """Measure the confidences; `None` if all queries are answerable, or none is."""
    labels = [r.query.answerable for r in ranked]
    if len(set(labels)) < 2:  # noqa: PLR2004
        return None
    return Confidences(roc_auc_score(labels, [r.confidence for r in ranked]), answered_at_5_percent(ranked))


def answered_at_5_percent(ranked: Sequence[Ranked]) -> float:
    """Give the share of answerable queries answered right while at most 5 % of the others get an answer.

    Right means that one of the first three rows is relevant; the threshold is the lowest that lets no
    more of the unanswerable queries through.
    """
    false = np.sort([r.confidence for r in ranked if not r.query.answerable])
    thresholds = sorted({r.confidence for r in ranked})
    allowed = [t for t in thresholds if float((false >= t).mean()) <= _FALSE_ANSWERS]
    answerable = [r for r in ranked if r.query.answerable]
    if not allowed or not answerable:
        return 0.0
    right = [r for r in answerable if r.confidence >= allowed[0] and _found(r)]
    return len(right) / len(answerable)


def _found(ranked: Ranked) -> bool:
    return any(ranked.query.relevant.get(row, 0) > 0 for row, _ in ranked.rows[:_SHOWN])
