"""Runs a labelled retrieval set through the pipeline: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.decision import best_confidence
from assistant.dialogue.rewriting import standalone
from assistant.documents.document import Document, Source
from assistant.documents.passages import Passage
from assistant.documents.plain_text import add_plain_text
from assistant.documents.section_writer import SectionWriter
from assistant.errors import EvaluationError, QuestionError
from assistant.publishing.build import ProgressBar, make_version
from assistant.retrieval.embedding import Embedder

_RANKED = 10
_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class Query:
    """A labelled query and the earlier questions of its user."""

    id: str
    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows found for a query, best first with their scores, and the confidence of the decision."""

    query: str
    rows: tuple[tuple[str, float], ...]
    confidence: float


def index_rows(folder: Path, embedder: Embedder, progress_bar: ProgressBar) -> Assistant:
    """Index each row of `corpus.jsonl` as one document.

    Raises `EvaluationError` for rows that can't be read.
    """
    documents = [_document(row) for row in _rows(folder / "corpus.jsonl") if str(row["text"]).strip()]
    if not documents:
        raise EvaluationError(f"{folder / 'corpus.jsonl'} has no row with text")
    return Assistant(make_version(documents, "", embedder, progress_bar), embedder)


def read_queries(folder: Path) -> tuple[Query, ...]:
    """Read `queries.jsonl`; of the history only what the user said."""
    return tuple(_query(row) for row in _rows(folder / "queries.jsonl"))


def resolve_all(assistant: Assistant, queries: Iterable[Query]) -> Iterator[Query]:
    """Make each query standalone after its history, by the path that the page uses."""
    for query in queries:
        conversation = _conversation(assistant, query)
        yield Query(query.id, standalone(query.text, conversation).query)


def document_of(passage: Passage) -> str:
    """Give the row that a passage is part of: its document."""
    return passage.document_id


def rank(assistant: Assistant, query: Query, row_of: Callable[[Passage], str] = document_of) -> Ranked:
    """Rank rows for a standalone query; `row_of` says which row a passage is part of."""
    retrieval = assistant.search(query.text, _PASSAGES)
    rows: dict[str, float] = {}
    for hit in retrieval.hits:
        rows.setdefault(row_of(hit.passage), hit.score)
    confidence = best_confidence(assistant.version.manifest.decision, retrieval)
    return Ranked(query.id, tuple(rows.items())[:_RANKED], confidence)


def write_run(folder: Path, ranked: Iterable[Ranked]) -> None:
    """Write `run.tsv` (query, row, score) and `confidence.tsv` (query, confidence)."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.tsv").open("w") as run, (folder / "confidence.tsv").open("w") as confidence:
        for result in ranked:
            run.writelines(f"{result.query}\t{row}\t{score:.6f}\n" for row, score in result.rows)
            confidence.write(f"{result.query}\t{result.confidence:.6f}\n")


def _conversation(assistant: Assistant, query: Query) -> Conversation:
    try:
        return assistant.converse(query.history)
    except QuestionError:
        return Conversation()


def _document(row: dict[str, object]) -> Document:
    title = str(row.get("title") or "")
    writer = SectionWriter()
    if title.endswith("?"):
        writer.open_section(1, title)
    add_plain_text(writer, str(row["text"]))
    return Document(str(row["id"]), title, Source(), writer.sections())


def _query(row: dict[str, object]) -> Query:
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, dict) and "text" in turn for turn in history):
        raise EvaluationError(f"query {row['id']}: history is a list of turns with a text, found {history!r:.60}")
    said = tuple(str(turn["text"]) for turn in history if turn.get("role") == "user")
    return Query(str(row["id"]), str(row["text"]), said)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} can't be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(f"{path}:{number}", line)


def _row(place: str, line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{place}: not JSON: {error}") from error
    if not isinstance(row, dict) or not {"id", "text"} <= row.keys():
        raise EvaluationError(f"{place}: a row has an id and a text, found {line[:60]!r}")
    return row
