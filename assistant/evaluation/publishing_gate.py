"""Puts the gate between a build and publishing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.documents.golden_questions import GoldenQuestion
from assistant.errors import IndexUnusable, VersionRefused
from assistant.evaluation.gate import Verdict, judge
from assistant.evaluation.gate_text import verdict_text
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.rounds import asking_bar
from assistant.publishing.build import Gate
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.reranking import Reranker
from assistant.versions.verdicts import VerdictRecord, record_verdict
from assistant.versions.version import IndexVersion


def publishing_gate(  # noqa: PLR0917  # what a build is made of
    index_folder: Path,
    questions: Sequence[GoldenQuestion],
    embedder: Embedder,
    load_reranker: Callable[[], Reranker],
    tell: Callable[[str], object],
    force: str,
) -> Gate:
    """Give the gate for a build into that folder; `tell` gets the verdict, `force` is the reason to go on anyway.

    The gate records its verdict. It raises `VersionRefused` for a version that lost too much and is not forced.
    """

    def gate(version: IndexVersion) -> None:
        models = RememberingModels(embedder, load_reranker())
        current = _current(index_folder, models)
        verdict = judge(current, Assistant.of(version, models, models), questions, asking_bar)
        record_verdict(index_folder, _recorded(verdict, force))
        if not verdict.passed and not force:
            raise VersionRefused(
                f"{verdict_text(verdict)}\n\nWhat was served before still is. Mend the pages and build again, or "
                "publish anyway: python build_index.py build --force 'the reason'"
            )
        tell(verdict_text(verdict))

    return gate


def _current(index_folder: Path, models: RememberingModels) -> Assistant | None:
    """Give the version to compare with: none if nothing usable by this program is published."""
    try:
        return Assistant.open(index_folder, models, models)
    except IndexUnusable:
        return None


def _recorded(verdict: Verdict, force: str) -> VerdictRecord:
    return VerdictRecord(
        verdict.after.version,
        dt.datetime.now(tz=dt.UTC),
        verdict.after.asked,
        verdict.after.right,
        verdict.reasons,
        "" if verdict.passed else force,
    )
