"""Command line of the evaluation."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.decision import best_hit
from assistant.documents.golden_questions import GoldenQuestion, Split, place_of, read_questions
from assistant.errors import AssistantError
from assistant.evaluation import weights
from assistant.evaluation.calibration import Labelled, bounded_threshold, fit, useful_threshold
from assistant.evaluation.golden import ask_all
from assistant.evaluation.labelled_set import index_rows, rank, read_queries, retrieve_all, write_run
from assistant.evaluation.metrics import figures
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.report import report
from assistant.evaluation.unworded import without_wordings
from assistant.publishing.progress import terminal_bar
from assistant.publishing.self_calibration import calibrated
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import DEFAULT_MODEL, SentenceEmbedder
from assistant.telemetry import opt_out


def main(arguments: Sequence[str]) -> int:
    """Run one command; give the exit code: 0 done, 2 could not be done."""
    opt_out(os.environ)
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
        ("golden", _golden, "ask the corpus' golden questions; figures and failures"),
        ("calibrate", _calibrate, "fit the decision and its threshold to the calibration half"),
        ("weights", _weights, "try weights of the fusion on the golden questions"),
    ):
        command = commands.add_parser(name, help=help_text)
        command.add_argument(
            "--questions",
            type=Path,
            default=Path("corpus/questions.jsonl"),
            metavar="FILE",
            help="default: %(default)s",
        )
        command.add_argument("--index", type=Path, default=Path("index"), metavar="DIR", help="default: %(default)s")
        command.set_defaults(run=run)
    for name in ("golden", "weights"):
        commands.choices[name].add_argument("--split", choices=get_args(Split), help="only this part of the questions")
    commands.choices["golden"].add_argument(
        "--without-wordings", action="store_true", help="ask a library without its hand-written wordings"
    )
    set_help = "folder with corpus.jsonl, queries.jsonl, qrels.tsv"
    commands.choices["calibrate"].add_argument(
        "sets", type=Path, nargs="*", metavar="SET", help=f"fit the weights to these too: {set_help}"
    )
    benchmark = commands.add_parser("benchmark", help="run a labelled set; writes run.tsv and confidence.tsv")
    benchmark.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the two files go")
    benchmark.set_defaults(run=_benchmark)
    benchmark.add_argument("set", type=Path, metavar="SET", help=set_help)
    return parser


def _golden(options: argparse.Namespace) -> None:
    embedder, reranker = SentenceEmbedder(options.model), CrossEncoder()
    assistant = Assistant.open(options.index, embedder, reranker)
    if options.without_wordings:
        version = without_wordings(assistant.version, embedder)
        decision = calibrated(version, embedder, reranker)
        version = replace(version, manifest=replace(version.manifest, decision=decision))
        assistant = Assistant(version, embedder, reranker)
    questions = read_questions(options.questions, options.split)
    print(report(list(tqdm(ask_all(assistant, questions), total=len(questions), desc="asking"))))


def _benchmark(options: argparse.Namespace) -> None:
    queries = read_queries(options.set)
    assistant = index_rows(options.set, SentenceEmbedder(options.model), CrossEncoder(), terminal_bar)
    found = tqdm(retrieve_all(assistant, queries), total=len(queries), desc="asking")
    ranked = [rank(assistant, query, retrieval) for query, retrieval in found]
    write_run(options.out, ranked)
    print(figures(ranked, assistant.version.manifest.decision.levels))


def _calibrate(options: argparse.Namespace) -> None:
    embedder, reranker = SentenceEmbedder(options.model), CrossEncoder()
    questions = read_questions(options.questions, "calibration")
    shipped = Assistant.open(options.index, embedder, reranker)
    unworded = Assistant(without_wordings(shipped.version, embedder), embedder, reranker)
    golden = [_label_golden(assistant, questions) for assistant in (shipped, unworded)]
    decision = fit([*golden, *(_label_set(folder, embedder, reranker) for folder in options.sets)])
    for name, labelled in zip(("shipped", "without wordings"), golden, strict=True):
        bounded, useful = bounded_threshold(decision, labelled), useful_threshold(decision, labelled)
        print(
            f"{name}: threshold for a risk of at most 5 % at 95 %: {bounded or 'none'}; the most useful one: {useful}"
        )
    print(replace(decision, questions=_digest(questions, options.sets)))


def _digest(questions: Sequence[GoldenQuestion], folders: Sequence[Path]) -> str:
    """Give the beginning of the SHA-256 of all that was asked and what was expected."""
    asked = "".join(f"{(q.id, q.question, q.history, q.expect, q.may_decline)}\n" for q in questions)
    files = (folder / name for folder in folders for name in ("queries.jsonl", "qrels.tsv"))
    return hashlib.sha256(asked.encode() + b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def _label_golden(assistant: Assistant, questions: Sequence[GoldenQuestion]) -> list[Labelled]:
    labelled = []
    for question in tqdm(questions, desc="golden"):
        retrieval = assistant.find(question.question, assistant.converse(question.history), 10)
        hit = best_hit(retrieval)
        labelled.append(Labelled(retrieval, hit is not None and place_of(hit.passage) in question.expect))
    return labelled


def _label_set(folder: Path, embedder: SentenceEmbedder, reranker: CrossEncoder) -> list[Labelled]:
    assistant = index_rows(folder, embedder, reranker, terminal_bar)
    queries = read_queries(folder)
    labelled = []
    for query, retrieval in tqdm(retrieve_all(assistant, queries), total=len(queries), desc=folder.name):
        hit = best_hit(retrieval)
        labelled.append(Labelled(retrieval, hit is not None and query.relevant.get(hit.passage.document_id, 0) > 0))
    return labelled


def _weights(options: argparse.Namespace) -> None:
    models = RememberingModels(SentenceEmbedder(options.model), CrossEncoder())
    assistant = Assistant.open(options.index, models, models)
    questions = [question for question in read_questions(options.questions, options.split) if question.answerable]
    labelled = [_standalone(assistant, question) for question in tqdm(questions, desc="golden")]
    for trial in weights.try_weights(assistant, labelled, models):
        print(f"{trial.first_right:>4} of {len(labelled)} first passages right: {trial.fusion}")


def _standalone(assistant: Assistant, question: GoldenQuestion) -> weights.Labelled:
    query = assistant.interpret(question.question, assistant.converse(question.history)).query
    return weights.Labelled(query, lambda passage: place_of(passage) in question.expect)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
