"""Puts the gate between a build and publishing, and keeps a record of what was forced through it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.documents.golden_questions import GoldenQuestion
from assistant.errors import IndexUnusable, VersionRefused
from assistant.evaluation.gate import Verdict, judge
from assistant.evaluation.gate_text import verdict_text
from assistant.evaluation.rounds import asking_bar
from assistant.publishing.build import Gate
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.reranking import Reranker
from assistant.versions.version import IndexVersion

_RECORD = "forced.jsonl"


def publishing_gate(  # noqa: PLR0917  # what a build is made of
    index_folder: Path,
    questions: Sequence[GoldenQuestion],
    embedder: Embedder,
    load_reranker: Callable[[], Reranker],
    tell: Callable[[str], object],
    force: str,
) -> Gate:
    """Give the gate for a build into that folder; `tell` gets the verdict, `force` is the reason to go on anyway.

    The gate raises `VersionRefused` for a version that lost too much and is not forced.
    """

    def gate(version: IndexVersion) -> None:
        reranker = load_reranker()
        current = _current(index_folder, embedder, reranker)
        verdict = judge(current, Assistant.of(version, embedder, reranker), questions, asking_bar)
        if not verdict.passed and not force:
            raise VersionRefused(
                f"{verdict_text(verdict)}\n\nWhat was served before still is. Mend the pages and build again, or "
                "publish anyway: python build_index.py build --force 'the reason'"
            )
        tell(verdict_text(verdict))
        if not verdict.passed:
            _record(index_folder, verdict, force)

    return gate


def _current(index_folder: Path, embedder: Embedder, reranker: Reranker) -> Assistant | None:
    """Give the version to compare with: none if nothing usable by this program is published."""
    try:
        return Assistant.open(index_folder, embedder, reranker)
    except IndexUnusable:
        return None


def _record(index_folder: Path, verdict: Verdict, force: str) -> None:
    entry = {
        "when": dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        "version": verdict.after.version,
        "why": force,
        "against": verdict.reasons,
    }
    with (index_folder / _RECORD).open("a", encoding="utf-8") as record:
        record.write(json.dumps(entry, ensure_ascii=False) + "\n")
