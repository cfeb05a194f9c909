"""Command line for content staff: build the index from the corpus, choose the version that is served, check both."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from assistant.assistant import Assistant
from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import GoldenQuestion, read_questions
from assistant.errors import AssistantError, IndexBusy
from assistant.evaluation.difference import compare
from assistant.evaluation.difference_page import difference_page
from assistant.evaluation.difference_text import difference_text
from assistant.evaluation.publishing_gate import publishing_gate
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.rounds import ask_round, asking_bar
from assistant.publishing.build import build_index, staleness
from assistant.publishing.linter import QUESTIONS, Lint, lint_corpus
from assistant.publishing.progress import terminal_bar
from assistant.publishing.watching import watch
from assistant.publishing.wording import render_json, render_report, render_versions, version_row
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.settings import Settings, read_settings
from assistant.versions.catalogue import find_version, list_versions, previous_version, verify
from assistant.versions.store import Store

_EXIT_CODES = (
    "Exit codes: 0 done; 1 (check) the index is not current or a page has a problem, (verify) a file was altered; "
    "2 not done, also if the gate refuses the version; 3 not done because another process is writing the index."
)


def main(arguments: Sequence[str]) -> int:
    """Run one command, `build` if none is named; give the exit code."""
    named = bool(arguments) and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help"))
    try:
        options = _parser(read_settings(os.environ)).parse_args(arguments if named else ["build", *arguments])
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except IndexBusy as error:
        _complain(str(error))
        return 3
    except AssistantError as error:
        _complain(str(error))
    except KeyboardInterrupt:
        _complain("stopped; the index that was served before still is")
    return 2


def _parser(settings: Settings) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build_index.py",
        description="Build the index that the assistant answers from, out of the documents in the corpus.",
        epilog=f"Without a command: build. COMMAND --help lists its options (--corpus, --index …). {_EXIT_CODES}",
    )
    add = parser.add_subparsers(metavar="COMMAND", required=True).add_parser
    _add_build(add, settings)
    _add_check(add, settings)
    _add_versions(add, settings)
    _add_publish(add, settings)
    _add_rollback(add, settings)
    _add_verify(add, settings)
    _add_diff(add, settings)
    _add_watch(add, settings)
    return parser


_Add = Callable[..., argparse.ArgumentParser]
"""Adds a command to the parser."""


def _add_build(add: _Add, settings: Settings) -> None:
    command = _command(add, "build", "read the corpus, build a version and publish it", _build, settings)
    _add_corpus(command, settings)
    command.add_argument("--no-publish", action="store_true", help="leave the version unserved, to be looked at")
    command.add_argument("--force", default="", metavar="REASON", help="publish what the gate refuses; it is recorded")
    command.add_argument("--json", action="store_true", help="print the report as JSON")


def _add_check(add: _Add, settings: Settings) -> None:
    text = "say whether the index is current, and what to mend in the pages"
    command = _command(add, "check", text, _check, settings)
    _add_corpus(command, settings)
    command.add_argument("--quick", action="store_true", help="only whether the index is current")


def _add_versions(add: _Add, settings: Settings) -> None:
    command = _command(add, "versions", "list the versions, the latest first", _versions, settings)
    command.add_argument("--json", action="store_true", help="print them as JSON")


def _add_publish(add: _Add, settings: Settings) -> None:
    command = _command(add, "publish", "serve a version that was built before", _publish, settings)
    command.add_argument("version", metavar="ID", help="its id, or how it begins")


def _add_rollback(add: _Add, settings: Settings) -> None:
    command = _command(add, "rollback", "serve the version before the current one, or an older one", _back, settings)
    command.add_argument("version", metavar="ID", nargs="?", help="its id, or how it begins (default: the one before)")


def _add_verify(add: _Add, settings: Settings) -> None:
    command = _command(add, "verify", "compare every file of every version with its digest", _verify, settings)
    command.add_argument("--json", action="store_true", help="print what is wrong as a JSON list")


def _add_diff(add: _Add, settings: Settings) -> None:
    text = "show what changes for those who ask, from one version to another"
    command = _command(add, "diff", text, _diff, settings)
    _add_corpus(command, settings)
    command.add_argument("old", metavar="OLD", nargs="?", help="id (default: the version before the current one)")
    command.add_argument("new", metavar="NEW", nargs="?", help="id (default: the current version)")
    command.add_argument("--html", type=Path, metavar="FILE", help="write it as a page to send, instead of printing it")


def _add_watch(add: _Add, settings: Settings) -> None:
    command = _command(add, "watch", "build and publish whenever the corpus changes, until Ctrl-C", _watch, settings)
    _add_corpus(command, settings)
    command.set_defaults(no_publish=False, json=False, force="")


def _command(
    add: _Add, name: str, text: str, run: Callable[[argparse.Namespace], int], settings: Settings
) -> argparse.ArgumentParser:
    command = add(name, help=text, description=text, epilog=_EXIT_CODES)
    command.add_argument(
        "--index", type=Path, default=settings.index, metavar="DIR", help="where the index lies (default: %(default)s)"
    )
    command.set_defaults(run=run, keep=settings.keep)
    return command


def _add_corpus(command: argparse.ArgumentParser, settings: Settings) -> None:
    command.add_argument(
        "--corpus", type=Path, default=settings.corpus, metavar="DIR", help="source documents (default: %(default)s)"
    )
    command.add_argument(
        "--model",
        default=settings.model,
        metavar="MODEL",
        help="sentence-transformers model: a folder or a hub name (default: %(default)s)",
    )


def _build(options: argparse.Namespace) -> int:
    _build_with(SentenceEmbedder(options.model), options)
    return 0


def _build_with(embedder: SentenceEmbedder, options: argparse.Namespace) -> None:
    questions = _questions(options.corpus)
    tell = _complain if options.json else print
    report = build_index(
        options.corpus,
        options.index,
        embedder,
        terminal_bar,
        gate=publishing_gate(options.index, questions, embedder, CrossEncoder, tell, options.force),
        publish=not options.no_publish,
        keep=options.keep,
    )
    print(render_json(report) if options.json else render_report(report))


def _questions(corpus: Path) -> tuple[GoldenQuestion, ...]:
    return read_questions(corpus / QUESTIONS) if (corpus / QUESTIONS).exists() else ()


def _diff(options: argparse.Namespace) -> int:
    store, models = Store(options.index), RememberingModels(SentenceEmbedder(options.model), CrossEncoder())
    old = find_version(store, options.old) if options.old else previous_version(store)
    new = find_version(store, options.new) if options.new else store.published()[0]
    before, after = (Assistant.of(store.load(sha256), models, models) for sha256 in (old, new))
    asked_before, asked_after = (ask_round(one, _questions(options.corpus), asking_bar) for one in (before, after))
    difference = compare(before, after, asked_before, asked_after)
    if options.html:
        options.html.write_text(difference_page(difference), encoding="utf-8")
    else:
        print(difference_text(difference))
    return 0


def _watch(options: argparse.Namespace) -> int:
    embedder = SentenceEmbedder(options.model)
    print(f"watching {options.corpus}; Ctrl-C stops", flush=True)
    watch(options.corpus, lambda: _build_with(embedder, options), Event(), _complain)
    return 0


def _check(options: argparse.Namespace) -> int:
    embedder = SentenceEmbedder(options.model)
    reason = staleness(options.corpus, options.index, embedder.model)
    print(f"the index is not current: {reason}; run `python build_index.py`" if reason else "the index is current")
    if options.quick:
        return 1 if reason else 0
    lint = _lint(options.corpus, embedder)
    print(f"\n{'file':<52}{'words':>7}{'sections':>10}{'entries':>9}{'grade':>8}", *lint.figures, "", sep="\n")
    print(*lint.problems, f"{len(lint.problems)} problem(s) in {len(lint.figures)} documents", sep="\n")
    return 1 if reason or lint.problems else 0


def _lint(folder: Path, embedder: SentenceEmbedder) -> Lint:
    today = dt.datetime.now(tz=dt.UTC).date()
    return lint_corpus(read_corpus(folder), folder, _questions(folder), embedder, today)


def _versions(options: argparse.Namespace) -> int:
    entries = list_versions(Store(options.index))
    print(render_json([version_row(entry) for entry in entries]) if options.json else render_versions(entries))
    return 0


def _publish(options: argparse.Namespace) -> int:
    store = Store(options.index)
    with store.writing():
        store.publish(find_version(store, options.version))
    return _say_what_is_served(store)


def _back(options: argparse.Namespace) -> int:
    store = Store(options.index)
    with store.writing():
        store.go_back(find_version(store, options.version) if options.version else previous_version(store))
    return _say_what_is_served(store)


def _say_what_is_served(store: Store) -> int:
    print(render_versions([entry for entry in list_versions(store) if entry.is_current]))
    return 0


def _verify(options: argparse.Namespace) -> int:
    store = Store(options.index)
    damages = verify(store)
    if options.json:
        print(render_json(damages))
    else:
        print(*damages, f"{len(damages)} damage(s) in {len(store.layout.ids())} version(s)", sep="\n")
    return 1 if damages else 0


def _complain(message: str) -> None:
    """Say on standard error what went wrong, the program's name in red on a terminal."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    name = "\033[31mbuild_index.py:\033[0m" if coloured else "build_index.py:"
    print(f"{name} {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
