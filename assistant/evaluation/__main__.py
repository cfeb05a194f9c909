"""Command line of the evaluation."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.decision import Decision
from assistant.documents.golden_questions import Split, read_questions
from assistant.errors import AssistantError
from assistant.evaluation.golden import ask_all, summary
from assistant.evaluation.labelled_set import index_rows, rank, read_queries, resolve_all, write_run
from assistant.evaluation.threshold import table
from assistant.evaluation.weights import LabelledQueries, golden_queries, read_relevant, try_weights
from assistant.publishing.progress import terminal_bar
from assistant.retrieval.sentence_embedder import DEFAULT_MODEL, SentenceEmbedder


def main(arguments: Sequence[str]) -> int:
    """Run one command; give the exit code: 0 done, 2 could not be done."""
    try:
        options = _parser().parse_args(arguments)
        options.run(options)
    except AssistantError as error:
        print(f"evaluation: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"evaluation: the figures could not be written: {error}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant.evaluation", description="Measure the assistant.")
    parser.add_argument(
        "--model",
        default=os.environ.get("ASSISTANT_MODEL") or DEFAULT_MODEL,
        help="embedding model (default: %(default)s)",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, help_text in (
        ("golden", _golden, "ask the corpus' golden questions"),
        ("thresholds", _thresholds, "show what each threshold would do to the golden questions"),
        ("weights", _weights, "try weights of fusion and decision on the golden questions, or on a labelled set"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument(
            "--questions",
            type=Path,
            default=Path("corpus/questions.jsonl"),
            metavar="FILE",
            help="default: %(default)s",
        )
        command.add_argument("--split", choices=get_args(Split), help="only this part of the questions")
        command.add_argument("--index", type=Path, default=Path("index"), metavar="DIR", help="default: %(default)s")
        command.set_defaults(run=run)
    benchmark = commands.add_parser("benchmark", help="run a labelled set; writes run.tsv and confidence.tsv")
    benchmark.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the two files go")
    benchmark.set_defaults(run=_benchmark)
    set_help = "folder with corpus.jsonl, queries.jsonl, qrels.tsv"
    benchmark.add_argument("set", type=Path, metavar="SET", help=set_help)
    commands.choices["weights"].add_argument("set", type=Path, nargs="?", metavar="SET", help=set_help)
    return parser


def _golden(options: argparse.Namespace) -> None:
    assistant = Assistant.open(options.index, SentenceEmbedder(options.model))
    questions = read_questions(options.questions, options.split)
    print(summary(list(tqdm(ask_all(assistant, questions), total=len(questions), desc="asking"))))


def _thresholds(options: argparse.Namespace) -> None:
    assistant = Assistant.open(options.index, SentenceEmbedder(options.model))
    print(table(assistant, read_questions(options.questions, options.split), Decision()))


def _benchmark(options: argparse.Namespace) -> None:
    queries = read_queries(options.set)
    assistant = index_rows(options.set, SentenceEmbedder(options.model), terminal_bar)
    resolved = tqdm(resolve_all(assistant, queries), total=len(queries), desc="asking")
    write_run(options.out, (rank(assistant, query) for query in resolved))


def _weights(options: argparse.Namespace) -> None:
    embedder = SentenceEmbedder(options.model)
    assistant, labelled = _labelled_set(options.set, embedder) if options.set else _golden_set(options, embedder)
    print(" heading  sentence  keyword  coverage  margin  first relevant  AUROC")
    for trial in try_weights(assistant, labelled, embedder):
        fusion, decision = trial.fusion, trial.decision
        weights = f"{fusion.heading:8.2f}{fusion.sentence:10.2f}{fusion.keyword:9.2f}{decision.coverage:10.2f}"
        print(f"{weights}{decision.margin:8.1f}{trial.first_relevant:16.3f}{trial.auroc:7.3f}")


def _labelled_set(folder: Path, embedder: SentenceEmbedder) -> tuple[Assistant, LabelledQueries]:
    assistant = index_rows(folder, embedder, terminal_bar)
    queries = tuple(resolve_all(assistant, read_queries(folder)))
    return assistant, LabelledQueries(queries, read_relevant(folder))


def _golden_set(options: argparse.Namespace, embedder: SentenceEmbedder) -> tuple[Assistant, LabelledQueries]:
    assistant = Assistant.open(options.index, embedder)
    return assistant, golden_queries(assistant, read_questions(options.questions, options.split))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
