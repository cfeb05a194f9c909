"""Writes what became of golden questions as figures with their intervals, failures below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from sklearn.metrics import roc_auc_score

from assistant.dialogue.reply import Answer, Closest
from assistant.evaluation.golden import Outcome, Result, is_expected
from assistant.evaluation.intervals import risk_bound, share


def report(results: Sequence[Result]) -> str:
    """Give outcomes by kind of question, then the figures, then every failure."""
    failures = sorted((result for result in results if not result.is_good), key=lambda r: (r.outcome, r.question.kind))
    return "\n".join((*_outcomes(results), "", *_figures(results), "", *map(_failure, failures)))


def _outcomes(results: Sequence[Result]) -> list[str]:
    outcomes: tuple[Outcome, ...] = get_args(Outcome)
    lines = [f"{'kind':<14}{'asked':>6}" + "".join(f"{outcome:>18}" for outcome in outcomes)]
    for kind in (*sorted({result.question.kind for result in results}), "all"):
        of_kind = [result for result in results if kind in ("all", result.question.kind)]
        counts = Counter(result.outcome for result in of_kind)
        lines.append(f"{kind:<14}{len(of_kind):>6}" + "".join(f"{counts[outcome]:>18}" for outcome in outcomes))
    return lines


def _figures(results: Sequence[Result]) -> list[str]:
    answerable = [result for result in results if result.question.answerable]
    others = [result for result in results if not result.question.answerable]
    unknown = [result for result in others if not result.question.expect]
    answered = [result for result in results if result.citations]
    wrong = sum(not result.is_good for result in answered)
    return [
        f"answerable questions answered right: {_share(answerable, 'right')}",
        f"answerable questions answered right, or among the closest passages: {_share(answerable, 'right', 'closest')}",
        f"unanswerable questions declined, or told that the library lacks it: {_good(others)}",
        _risk(wrong, len(answered)),
        f"AUROC of the confidence, against questions the library says nothing on: {_auroc(answerable, unknown)}",
        f"citation precision, citations of an expected section: {_precision(answered)}",
        f"citation recall, answerable questions with an expected section cited: {_recall(answerable)}",
    ]


def _risk(wrong: int, answers: int) -> str:
    bound = risk_bound(wrong, answers)
    return f"risk, wrong answers among answers: {wrong} of {answers}, at most {bound:.3f} at 95 % confidence"


def _share(results: Sequence[Result], *outcomes: Outcome) -> str:
    return str(share([float(r.outcome in outcomes) for r in results], [r.cluster for r in results]))


def _good(results: Sequence[Result]) -> str:
    return str(share([float(r.is_good) for r in results], [r.cluster for r in results]))


def _precision(answered: Sequence[Result]) -> str:
    cited = [(float(is_expected(c, r.question.expect)), r.cluster) for r in answered for c in r.citations]
    return str(share([value for value, _ in cited], [cluster for _, cluster in cited]))


def _recall(answerable: Sequence[Result]) -> str:
    cited = [float(any(is_expected(c, r.question.expect) for c in r.citations)) for r in answerable]
    return str(share(cited, [r.cluster for r in answerable]))


def _auroc(answerable: Sequence[Result], others: Sequence[Result]) -> str:
    if not answerable or not others:
        return "needs both kinds"
    labels = [1] * len(answerable) + [0] * len(others)
    value = roc_auc_score(labels, [result.confidence for result in (*answerable, *others)])
    return f"{value:.3f} of {len(answerable)} and {len(others)}"


def _failure(result: Result) -> str:
    question, reply = result.question, result.turn.reply
    expected = " or ".join(f"{place.document} › {place.heading}" for place in question.expect) or "no answer"
    cited = ", ".join(c.passage.id for c in reply.citations) if isinstance(reply, Answer | Closest) else ""
    found = f"{type(reply).__name__} {cited}".rstrip()
    asked = result.turn.query or question.question
    return (
        f"{result.outcome}: {question.id} {question.kind} {result.confidence:.2f} {asked!r}\n"
        f"    expected {expected}\n    found {found}"
    )
