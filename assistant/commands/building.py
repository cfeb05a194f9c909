"""Commands that read the corpus: build, check, watch, preview."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from threading import Event

from assistant.commands.options import Add, add_command, add_corpus, add_index, complain
from assistant.dialogue.decision import Decision
from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import GoldenQuestion, read_questions
from assistant.evaluation.publishing_gate import publishing_gate
from assistant.publishing.build import build_index, staleness
from assistant.publishing.linter import QUESTIONS, Lint, lint_corpus
from assistant.publishing.preview import preview_file, preview_json, render_preview
from assistant.publishing.progress import reading_bar, terminal_bar
from assistant.publishing.self_calibration import calibrated
from assistant.publishing.watching import watch
from assistant.publishing.wording import render_json, render_report
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.settings import Settings
from assistant.versions.store import Store


def add_building(add: Add, settings: Settings) -> None:
    """Add these commands to the parser."""
    _add_build(add, settings)
    _add_preview(add, settings)
    _add_check(add, settings)
    _add_watch(add, settings)


def _add_build(add: Add, settings: Settings) -> None:
    command = add_command(add, "build", "read the corpus, build a version and publish it", _build, settings)
    add_index(command, settings)
    add_corpus(command, settings)
    command.add_argument("--no-publish", action="store_true", help="leave the version unserved, to be looked at")
    command.add_argument("--force", default="", metavar="REASON", help="publish what the gate refuses; it is recorded")
    command.add_argument("--json", action="store_true", help="print the report as JSON")


def _add_check(add: Add, settings: Settings) -> None:
    text = "say whether the index is current, and what to mend in the pages"
    command = add_command(add, "check", text, _check, settings)
    add_index(command, settings)
    add_corpus(command, settings)
    command.add_argument("--quick", action="store_true", help="only whether the index is current")


def _add_preview(add: Add, settings: Settings) -> None:
    command = add_command(add, "preview", "show what would be read of one file, without building", _preview, settings)
    command.set_defaults(corpus=settings.corpus)
    command.add_argument("file", type=Path, metavar="FILE", help="a file, in the corpus or not yet")
    command.add_argument("--json", action="store_true", help="print it as JSON")


def _add_watch(add: Add, settings: Settings) -> None:
    command = add_command(add, "watch", "build and publish whenever the corpus changes, until Ctrl-C", _watch, settings)
    add_index(command, settings)
    add_corpus(command, settings)
    command.set_defaults(no_publish=False, json=False, force="")


def _preview(options: argparse.Namespace) -> int:
    found = preview_file(options.file, options.corpus, options.limits)
    print(preview_json(found) if options.json else render_preview(found))
    return 0


def _build(options: argparse.Namespace) -> int:
    _build_with(SentenceEmbedder(options.model), options)
    return 0


def _build_with(embedder: SentenceEmbedder, options: argparse.Namespace) -> None:
    questions = read_golden(options.corpus)
    tell = complain if options.json else print
    report = build_index(
        options.corpus,
        options.index,
        embedder,
        terminal_bar,
        decide=lambda version: calibrated(version, embedder, CrossEncoder()),
        gate=publishing_gate(options.index, questions, embedder, CrossEncoder, tell, options.force),
        publish=not options.no_publish,
        keep=options.keep,
        limits=options.limits,
        reading_bar=reading_bar,
    )
    print(render_json(report) if options.json else render_report(report))


def read_golden(corpus: Path) -> tuple[GoldenQuestion, ...]:
    """Read the golden questions beside a corpus; none if there is no such file."""
    return read_questions(corpus / QUESTIONS) if (corpus / QUESTIONS).exists() else ()


def _watch(options: argparse.Namespace) -> int:
    embedder = SentenceEmbedder(options.model)
    print(f"watching {options.corpus}; Ctrl-C stops", flush=True)
    watch(options.corpus, lambda: _build_with(embedder, options), Event(), complain)
    return 0


def _check(options: argparse.Namespace) -> int:
    embedder = SentenceEmbedder(options.model)
    reason = staleness(options.corpus, options.index, embedder.model)
    print(f"the index is not current: {reason}; run `python build_index.py`" if reason else "the index is current")
    if options.quick:
        return 1 if reason else 0
    print("", caution_text(Store(options.index).current_manifest().decision), sep="\n")
    lint = _lint(options, embedder)
    print(f"\n{'file':<52}{'words':>7}{'sections':>10}{'entries':>9}{'grade':>8}", *lint.figures, "", sep="\n")
    print(
        *lint.superseded, *lint.problems, f"{len(lint.problems)} problem(s) in {len(lint.figures)} documents", sep="\n"
    )
    return 1 if reason or lint.problems else 0


def caution_text(decision: Decision) -> str:
    """Tell what each level of caution means in the library it was measured on."""
    if not decision.levels:
        return "how sure an answer must be was not measured: the library has too little to make questions of"
    head = f"{'ASSISTANT_CAUTION':<20}{'answers from':>14}{'own':>8}{'without':>9}"
    rows = (f"{level.name:<20}{level.answer:>14.3f}{level.own:>8.0%}{level.missed:>9.0%}" for level in decision.levels)
    told = "own: of the library's own questions; without: of questions made without an answer, harder than people's"
    return "\n".join((head, *rows, told))


def _lint(options: argparse.Namespace, embedder: SentenceEmbedder) -> Lint:
    corpus = read_corpus(options.corpus, limits=options.limits, bar=reading_bar)
    today = dt.datetime.now(tz=dt.UTC).date()
    return lint_corpus(corpus, options.corpus, read_golden(options.corpus), embedder, today)
