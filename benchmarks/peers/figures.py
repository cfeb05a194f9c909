"""Turns a trial into its row of the table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

import ir_measures
from ir_measures import Success, nDCG

from benchmarks.peers.declining import Judged, answered_safely, auroc
from benchmarks.peers.trial import Trial, read_queries

HEAD = (
    "| set | system | nDCG@10 | H@1 | H@5 | AUROC | ans@fa5 | ms p50 | ms p95 | index s | peak MB |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Quality over the answerable queries, confidence over all, and cost."""

    ndcg: float
    first: float
    first_five: float
    auroc: float
    answered_safely: float
    median_ms: float
    p95_ms: float
    index_seconds: float
    peak_megabytes: float


def figures(folder: Path, trial: Trial) -> Figures:
    """Measure a trial on its set."""
    relevant = _relevant(folder)
    ranked = [
        ir_measures.ScoredDoc(found.query, passage, -rank)  # the system's own order, also among equal scores
        for found in trial.found
        for rank, passage in enumerate(found.passages)
    ]
    quality = ir_measures.calc_aggregate([nDCG @ 10, Success @ 1, Success @ 5], relevant, ranked)
    judged = _judged(folder, trial, {(one.query_id, one.doc_id) for one in relevant if one.relevance > 0})
    milliseconds = sorted(found.milliseconds for found in trial.found)
    return Figures(
        quality[nDCG @ 10],
        quality[Success @ 1],
        quality[Success @ 5],
        auroc(judged),
        answered_safely(judged),
        median(milliseconds),
        milliseconds[int(len(milliseconds) * 0.95)],
        trial.index_seconds,
        trial.peak_megabytes,
    )


def table_row(folder: Path, system: str, one: Figures) -> str:
    """Give a row of the table that `HEAD` begins."""
    quality = (one.ndcg, one.first, one.first_five, one.auroc, one.answered_safely)
    cells = [folder.name, system, *(f"{value:.3f}".removeprefix("0") for value in quality)]
    cells += [f"{one.median_ms:.1f}", f"{one.p95_ms:.1f}", f"{one.index_seconds:.1f}", f"{one.peak_megabytes:.0f}"]
    return f"| {' | '.join(cells)} |"


def _relevant(folder: Path) -> list[ir_measures.Qrel]:
    rows = (line.split("\t") for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines())
    return [ir_measures.Qrel(query, passage, int(grade)) for query, passage, grade in rows]


def _judged(folder: Path, trial: Trial, relevant: set[tuple[str, str]]) -> list[Judged]:
    answerable = {query.id: query.answerable for query in read_queries(folder)}
    return [
        Judged(
            found.confidence,
            answerable[found.query],
            any((found.query, passage) in relevant for passage in found.passages[:_SHOWN]),
        )
        for found in trial.found
    ]
