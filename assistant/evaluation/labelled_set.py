"""Runs a labelled retrieval set through the pipeline: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.decision import best_confidence
from assistant.documents.document import Document, Source
from assistant.documents.plain_text import add_plain_text
from assistant.documents.section_writer import SectionWriter
from assistant.errors import EvaluationError, QuestionError
from assistant.publishing.build import make_version
from assistant.publishing.incremental import ProgressBar
from assistant.publishing.self_calibration import calibrated
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.hits import Retrieval
from assistant.retrieval.reranking import Reranker

_RANKED = 10
_PASSAGES = 60


@dataclass(frozen=True, slots=True)
class Query:
    """A labelled query, the earlier questions of its user, and the rows that answer it, each with its grade."""

    id: str
    text: str
    history: tuple[str, ...]
    answerable: bool
    relevant: dict[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rows found for a query, best first with their scores, and the confidence of the decision."""

    query: Query
    rows: tuple[tuple[str, float], ...]
    confidence: float


def index_rows(folder: Path, embedder: Embedder, reranker: Reranker, progress_bar: ProgressBar) -> Assistant:
    """Index each row of `corpus.jsonl` as one document.

    Raises `EvaluationError` for rows that can't be read.
    """
    documents = [_document(row) for row in _rows(folder / "corpus.jsonl") if str(row["text"]).strip()]
    if not documents:
        raise EvaluationError(f"{folder / 'corpus.jsonl'} has no row with text")
    version = make_version(documents, (), "", embedder, progress_bar)
    version = replace(version, manifest=replace(version.manifest, decision=calibrated(version, embedder, reranker)))
    return Assistant(version, embedder, reranker)


def read_queries(folder: Path) -> tuple[Query, ...]:
    """Read `queries.jsonl` (of the history only what the user said) and `qrels.tsv`."""
    relevant = _read_relevant(folder / "qrels.tsv")
    return tuple(_query(row, relevant) for row in _rows(folder / "queries.jsonl"))


def retrieve_all(assistant: Assistant, queries: Iterable[Query]) -> Iterator[tuple[Query, Retrieval]]:
    """Search for each query after its history, by the path that the page uses."""
    conversations: dict[tuple[str, ...], Conversation] = {(): Conversation()}
    for query in queries:
        conversation = _conversation(assistant, query.history, conversations)
        yield query, assistant.find(query.text, conversation, _PASSAGES)


def rank(assistant: Assistant, query: Query, retrieval: Retrieval) -> Ranked:
    """Rank the rows of a retrieval: each passage counts for its row."""
    rows: dict[str, float] = {}
    for hit in retrieval.hits:
        rows.setdefault(hit.passage.document_id, hit.score)
    confidence = best_confidence(assistant.version.manifest.decision, retrieval)
    return Ranked(query, tuple(rows.items())[:_RANKED], confidence)


def write_run(folder: Path, ranked: Iterable[Ranked]) -> None:
    """Write `run.tsv` (query, row, score) and `confidence.tsv` (query, confidence)."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.tsv").open("w") as run, (folder / "confidence.tsv").open("w") as confidence:
        for result in ranked:
            run.writelines(f"{result.query.id}\t{row}\t{score:.6f}\n" for row, score in result.rows)
            confidence.write(f"{result.query.id}\t{result.confidence:.6f}\n")


def _conversation(
    assistant: Assistant, history: tuple[str, ...], known: dict[tuple[str, ...], Conversation]
) -> Conversation:
    """Give the conversation of a history; histories that begin alike are asked once."""
    if history not in known:
        before = _conversation(assistant, history[:-1], known)
        known[history] = _with_turn(assistant, before, history[-1])
    return known[history]


def _with_turn(assistant: Assistant, before: Conversation, question: str) -> Conversation:
    try:
        return before.with_turn(assistant.ask(question, before))
    except QuestionError:
        return before


def _document(row: dict[str, object]) -> Document:
    title = str(row.get("title") or "")
    writer = SectionWriter()
    if title.endswith("?"):
        writer.open_section(1, title)
    add_plain_text(writer, str(row["text"]))
    return Document(str(row["id"]), title, Source(), writer.sections())


def _query(row: dict[str, object], relevant: dict[str, dict[str, int]]) -> Query:
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(turn, dict) and "text" in turn for turn in history):
        raise EvaluationError(f"query {row['id']}: history is a list of turns with a text, found {history!r:.60}")
    said = tuple(str(turn["text"]) for turn in history if turn.get("role") == "user")
    rows = relevant.get(str(row["id"]), {})
    return Query(str(row["id"]), str(row["text"]), said, bool(row.get("answerable", any(rows.values()))), rows)


def _read_relevant(path: Path) -> dict[str, dict[str, int]]:
    relevant: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        try:
            query, row, grade = line.split("\t")
            relevant.setdefault(query, {})[row] = int(float(grade))
        except ValueError as error:
            raise EvaluationError(
                f"{path}:{number}: expected query, row and grade with tabs between them, found {line[:60]!r}"
            ) from error
    return relevant


def _rows(path: Path) -> Iterator[dict[str, object]]:
    for number, line in _lines(path):
        yield _row(f"{path}:{number}", line)


def _lines(path: Path) -> list[tuple[int, str]]:
    """Give the lines that are not blank, each with its number."""
    try:
        return [(n, line) for n, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1) if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} can't be read: {error}") from error


def _row(place: str, line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise EvaluationError(f"{place}: not JSON: {error}") from error
    if not isinstance(row, dict) or not {"id", "text"} <= row.keys():
        raise EvaluationError(f"{place}: a row has an id and a text, found {line[:60]!r}")
    return row
