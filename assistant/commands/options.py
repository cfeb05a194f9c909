"""Options that several commands of content staff take."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.documents.limits import Limits
from assistant.settings import Settings

EXIT_CODES = (
    "Exit codes: 0 done; 1 (check) the index is not current or a page has a problem, (verify) a file was altered; "
    "2 not done, also if the gate refuses the version or a file can't be read (preview); 3 not done because another "
    "process is writing the index."
)

Add = Callable[..., argparse.ArgumentParser]
"""Adds a command to the parser."""

Run = Callable[[argparse.Namespace], int]
"""Runs a command with its options; gives the exit code."""


def add_command(add: Add, name: str, text: str, run: Run, settings: Settings) -> argparse.ArgumentParser:
    """Add a command, which finds in its options what to run and the settings that have no option of their own."""
    command = add(name, help=text, description=text, epilog=EXIT_CODES)
    command.set_defaults(run=run, keep=settings.keep, limits=Limits(cpu_seconds=settings.reading_seconds))
    return command


def add_index(command: argparse.ArgumentParser, settings: Settings) -> None:
    """Add the option for where the index lies."""
    command.add_argument(
        "--index", type=Path, default=settings.index, metavar="DIR", help="where the index lies (default: %(default)s)"
    )


def add_corpus(command: argparse.ArgumentParser, settings: Settings) -> None:
    """Add the options for where the source documents lie and the model that embeds them."""
    command.add_argument(
        "--corpus", type=Path, default=settings.corpus, metavar="DIR", help="source documents (default: %(default)s)"
    )
    command.add_argument(
        "--model",
        default=settings.model,
        metavar="MODEL",
        help="sentence-transformers model: a folder or a hub name (default: %(default)s)",
    )


def complain(message: str) -> None:
    """Say on standard error what went wrong, the program's name in red on a terminal."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    name = "\033[31mbuild_index.py:\033[0m" if coloured else "build_index.py:"
    print(f"{name} {message}", file=sys.stderr)
