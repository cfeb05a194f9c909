"""Command line for content staff: build the index from the corpus, and check whether it is current."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import read_questions
from assistant.errors import AssistantError
from assistant.publishing.build import BuildReport, build_index, staleness
from assistant.publishing.linter import QUESTIONS, Lint, lint_corpus
from assistant.publishing.progress import terminal_bar
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.settings import read_settings


def main(arguments: Sequence[str]) -> int:
    """Run one command; give the exit code: 0 done, 1 the index is not current, 2 could not be done."""
    try:
        options = _parser().parse_args(arguments)
        return _check(options) if options.command == "check" else _build(options)
    except AssistantError as error:
        print(f"build_index.py: {error}", file=sys.stderr)
    except OSError as error:
        print(f"build_index.py: the index could not be written: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("build_index.py: stopped; the index that was served before still is", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    settings = read_settings(os.environ)
    parser = argparse.ArgumentParser(
        prog="build_index.py",
        description="Build the index that the assistant answers from, out of the documents in the corpus.",
        epilog="Exit codes: 0 done; 1 (check) the index is not current or a page has a problem; 2 not done.",
    )
    parser.add_argument(
        "command",
        nargs="?",
        default="build",
        choices=["build", "check"],
        help="build: read the corpus, build and publish (default); "
        "check: say whether the index is current, and what to mend in the pages",
    )
    parser.add_argument(
        "--corpus", type=Path, default=settings.corpus, metavar="DIR", help="source documents (default: %(default)s)"
    )
    parser.add_argument(
        "--index", type=Path, default=settings.index, metavar="DIR", help="where the index lies (default: %(default)s)"
    )
    parser.add_argument("--quick", action="store_true", help="check: only whether the index is current")
    parser.add_argument(
        "--model",
        default=settings.model,
        metavar="MODEL",
        help="sentence-transformers model: a folder or a hub name (default: %(default)s)",
    )
    return parser


def _build(options: argparse.Namespace) -> int:
    report = build_index(options.corpus, options.index, SentenceEmbedder(options.model), terminal_bar)
    print(_summary(report))
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
    questions = read_questions(folder / QUESTIONS) if (folder / QUESTIONS).exists() else ()
    return lint_corpus(read_corpus(folder), folder, questions, embedder, dt.datetime.now(tz=dt.UTC).date())


def _summary(report: BuildReport) -> str:
    errors = [problem for problem in report.problems if problem.severity == "error"]
    warnings = [problem for problem in report.problems if problem.severity == "warning"]
    lines = [str(problem) for problem in (*errors, *warnings)]
    if errors:
        lines.append(f"went on without {len(errors)} file(s) that can't be read; correct them and build again")
    lines.append(
        f"published version {report.version}: {report.documents} documents, {report.sections} sections, "
        f"{report.passages} passages, {len(warnings)} warning(s), {len(errors)} left out, {report.seconds:.1f} seconds"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
