"""Turns a trial into its row of the table."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from assistant.evaluation.labelled_set import Ranked, read_queries
from assistant.evaluation.metrics import measure_confidence, measure_ranking
from benchmarks.peers.trial import Found, Trial

HEAD = (
    "| set | system | nDCG@10 | H@1 | H@5 | AUROC | ans@fa5 | ms p50 | ms p95 | index s | peak MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def table_row(folder: Path, system: str, trial: Trial) -> str:
    """Give the row of a trial in the table that `HEAD` begins: quality, confidence, cost."""
    ranked = _ranked(folder, trial)
    ranking, confidences = measure_ranking(ranked), measure_confidence(ranked)
    quality = [ranking["nDCG@10"], ranking["Success@1"], ranking["Success@5"]]
    quality += [confidences.auroc, confidences.answered] if confidences else []
    cells = [folder.name, system, *(f"{value:.3f}".removeprefix("0") for value in quality)]
    cells += [] if confidences else ["–", "–"]
    milliseconds = sorted(found.milliseconds for found in trial.found)
    p95 = milliseconds[int(len(milliseconds) * 0.95)]
    cells += [f"{median(milliseconds):.1f}", f"{p95:.1f}", f"{trial.index_seconds:.1f}", f"{trial.peak_megabytes:.0f}"]
    return f"| {' | '.join(cells)} |"


def _ranked(folder: Path, trial: Trial) -> list[Ranked]:
    queries = {query.id: query for query in read_queries(folder)}
    return [Ranked(queries[found.query], _rows(found), found.confidence) for found in trial.found]


def _rows(found: Found) -> tuple[tuple[str, float], ...]:
    """Score passages by their place, so that the system's own order counts, also among equal scores."""
    return tuple((passage, float(-place)) for place, passage in enumerate(found.passages))
