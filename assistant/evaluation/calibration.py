"""Fits the decision to labelled questions: its weights, then the threshold for a bounded risk."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.dialogue.decision import Decision, Evidence, best_confidence, best_hit, evidence
from assistant.errors import EvaluationError
from assistant.evaluation.intervals import risk_bound
from assistant.retrieval.hits import Retrieval

_RISK = 0.05
_COST = 2
"""Right answers that one wrong answer outweighs."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """What was found for a question, and whether the best hit answers it."""

    retrieval: Retrieval
    right: bool

    @property
    def evidence(self) -> Evidence:
        """What speaks for the best hit; nothing if there is none."""
        hit = best_hit(self.retrieval)
        return evidence(self.retrieval, hit) if hit else Evidence(*[0.0] * len(fields(Evidence)))


def fit(sets: Sequence[Sequence[Labelled]]) -> Decision:
    """Fit a logistic regression (L2, C = 1) of `right` on the evidence, each set weighing the same.

    Its threshold is still to be chosen.
    """
    if {question.right for questions in sets for question in questions} != {True, False}:
        raise EvaluationError("expected questions that are answered right and some that are not, found one kind")
    rows = np.array([astuple(question.evidence) for questions in sets for question in questions])
    right = [question.right for questions in sets for question in questions]
    total = len(right)
    shares = [total / len(sets) / len(questions) for questions in sets for _ in questions]
    model = LogisticRegression(C=1.0).fit(rows, right, sample_weight=shares)
    weights = Evidence(*(round(float(weight), 3) for weight in model.coef_[0]))
    return Decision(round(float(model.intercept_[0]), 3), weights)


def bounded_threshold(decision: Decision, questions: Sequence[Labelled]) -> float | None:
    """Give the confidence from which most are answered at a risk of at most 5 %, at 95 % confidence.

    It is chosen among as many as there are questions, so the bound is to be checked on others. `None` if
    the bound holds for no confidence: fewer than 59 answers, or mistakes among the surest.
    """
    bounded = (step for step in _steps(decision, questions) if risk_bound(step.wrong, step.right + step.wrong) <= _RISK)
    return min((step.threshold for step in bounded), default=None)


def useful_threshold(decision: Decision, questions: Sequence[Labelled]) -> float:
    """Give the confidence from which answering is worth most: right answers less twice the wrong ones."""
    steps = _steps(decision, questions)
    return max(steps, key=lambda step: (step.right - _COST * step.wrong, step.threshold)).threshold


@dataclass(frozen=True, slots=True)
class _Step:
    """What a threshold would make of the questions."""

    threshold: float
    right: int
    wrong: int


_NEVER = _Step(1.0, 0, 0)


def _steps(decision: Decision, questions: Sequence[Labelled]) -> list[_Step]:
    """Give every threshold that tells two questions apart, the highest first, rounded down."""
    rated = [(math.floor(best_confidence(decision, q.retrieval) * 1000) / 1000, q.right) for q in questions]
    steps = [_NEVER]
    for threshold in sorted({value for value, _ in rated if value > 0}, reverse=True):
        of_value = [right for value, right in rated if value == threshold]
        last = steps[-1]
        steps.append(_Step(threshold, last.right + sum(of_value), last.wrong + len(of_value) - sum(of_value)))
    return steps
