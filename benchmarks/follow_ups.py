"""Measure follow-ups: first hit right and right among three, for each way to take them from the conversation.

python -m benchmarks.follow_ups [--index DIR] [--cache FILE] [--every N] [SET …]

Golden questions of the calibration half with a history, on the index and on the same without staff's wordings, then
each labelled set (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`). The cache keeps what the models gave for the next run.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.follow_ups import behind
from assistant.dialogue.openings import take_opening
from assistant.documents.golden_questions import place_of, read_questions
from assistant.evaluation.labelled_set import index_rows, read_queries
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.unworded import without_wordings
from assistant.publishing.progress import terminal_bar
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.hits import Hit, Retrieval
from assistant.retrieval.sentence_embedder import SentenceEmbedder

_QUESTIONS = Path("corpus/questions.jsonl")
_AMONG = 3
_HITS = 10


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up, what was asked before it, and whether a hit answers it."""

    text: str
    history: tuple[str, ...]
    is_right: Callable[[Hit], bool]


def main() -> None:
    """Print a table a library."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.follow_ups", description="Measure follow-ups.")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--cache", type=Path, help="file that keeps vectors and relevance between runs")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="of labelled sets only each Nth follow-up")
    parser.add_argument("sets", type=Path, nargs="*", metavar="SET")
    options = parser.parse_args()
    models = RememberingModels(SentenceEmbedder(), CrossEncoder())
    if options.cache and options.cache.exists():
        models.remember(pickle.loads(options.cache.read_bytes()))  # one's own file
    try:
        _measure_all(options, models)
    finally:
        if options.cache:
            options.cache.write_bytes(pickle.dumps(models.remembered))


def _measure_all(options: argparse.Namespace, models: RememberingModels) -> None:
    shipped = Assistant.open(options.index, models, models)
    golden = tuple(_golden())
    _print("shipped", shipped, golden)
    _print("without wordings", Assistant(without_wordings(shipped.version, models), models, models), golden)
    for folder in options.sets:
        _print(
            folder.name, index_rows(folder, models, models, terminal_bar), tuple(_labelled(folder))[:: options.every]
        )


def _golden() -> Iterator[FollowUp]:
    for question in read_questions(_QUESTIONS, "calibration"):
        if question.history and question.expect:
            expected = question.expect
            yield FollowUp(question.question, question.history, lambda hit, e=expected: place_of(hit.passage) in e)  # type: ignore[misc] # its default is of the hit's own question


def _labelled(folder: Path) -> Iterator[FollowUp]:
    for query in read_queries(folder):
        if query.history and any(query.relevant.values()):
            rows = {row for row, grade in query.relevant.items() if grade > 0}
            yield FollowUp(query.text, query.history, lambda hit, r=rows: hit.passage.document_id in r)  # type: ignore[misc] # as above


def _print(name: str, assistant: Assistant, follow_ups: Sequence[FollowUp]) -> None:
    """Print a line a way, with the share of follow-ups whose first hit is right, and of those right among three."""
    right: dict[str, list[tuple[bool, bool]]] = {}
    for follow_up in tqdm(follow_ups, desc=name):
        conversation = assistant.converse(follow_up.history)
        for way, retrieval in _ways(assistant, follow_up.text, conversation):
            found = [follow_up.is_right(hit) for hit in retrieval.hits[:_AMONG]]
            right.setdefault(way, []).append((found[:1] == [True], any(found)))
    print(f"{name}: {len(follow_ups)} follow-ups")
    for way, outcomes in right.items():
        first, among = np.mean(outcomes, axis=0)
        print(f"  {way:<16} {first:.3f} {among:.3f}", flush=True)


def _ways(assistant: Assistant, question: str, conversation: Conversation) -> Iterator[tuple[str, Retrieval]]:
    previous = next((turn for turn in reversed(conversation.turns) if turn.was_searched), None)
    joined = behind(previous, take_opening(question).rest) if previous else question
    yield "as typed", assistant.search(question, _HITS)
    yield "grammar alone", assistant.search(assistant.interpret(question, conversation).query, _HITS)
    yield "previous + this", assistant.search(joined, _HITS)
    yield "both", assistant.find(question, conversation, _HITS)


if __name__ == "__main__":
    main()
