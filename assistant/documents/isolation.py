"""Reads a file in a process of its own, which may die, hang or flood without harm to this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from threading import Timer
from typing import BinaryIO

from assistant.documents.checked_reading import check_reading
from assistant.documents.limits import Limits
from assistant.documents.outcome import TOO_MUCH_MEMORY, Refusal, parse_outcome, refused
from assistant.documents.reading import Reading
from assistant.errors import DocumentError, FileDamaged, FileTooLarge, FileTooSlow, FileUnsafe

_OVERHEAD = 2
"""How many bytes of JSON a byte of text may take with the offsets of its blocks."""
_BESIDE_TEXT = 100_000
"""How many bytes of JSON there may be beside any text."""
_START = """
import sys, types
package = types.ModuleType("assistant")
package.__path__ = [sys.argv[1]]
sys.modules["assistant"] = package
from assistant.documents.limits import Limits
from assistant.documents.reading_process import main
main(sys.argv[2], Limits(*map(int, sys.argv[3:])))
"""
"""The package stands there without its public names, which would load all that answering needs."""


def read_isolated(path: Path, name: str, limits: Limits) -> Reading:
    """Read a file that `check_file` let pass.

    Raises the `DocumentError` of its reader, or `FileTooSlow`, `FileTooLarge`, `FileDamaged` or `FileUnsafe` if the
    process does not come to an end by itself, says too much, breaks down or says what can't be true.
    """
    with _opened(path, name) as file:
        code, output = _run(file, name, limits)
    if len(output) > _most(limits):
        raise FileTooLarge(name, 1, f"more than {limits.output:,} characters come out of it; split the file")
    if code:
        raise _breakdown(name, code, limits)
    try:
        outcome = parse_outcome(output)
    except ValueError as error:
        raise FileDamaged(name, 1, "what was read of it makes no sense; save it again with its own program") from error
    if isinstance(outcome, Refusal):
        raise refused(name, outcome)
    check_reading(name, outcome)
    return outcome


def _run(file: BinaryIO, name: str, limits: Limits) -> tuple[int, bytes]:
    """Run the process to its end or to a limit; give its exit code and what it said, up to a byte too much."""
    command = [sys.executable, "-I", "-c", _START, str(Path(__file__).parents[1]), name, *map(str, astuple(limits))]
    with subprocess.Popen(  # noqa: S603  # this very program; the name is only ever shown
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment()
    ) as process:
        timer = Timer(limits.wall_seconds, process.kill)
        timer.start()
        assert process.stdout
        output = process.stdout.read(_most(limits) + 1)
        if len(output) > _most(limits):
            process.kill()
        code = process.wait()
        timer.cancel()
    return code, output


def _most(limits: Limits) -> int:
    return _OVERHEAD * limits.output + _BESIDE_TEXT


def _environment() -> dict[str, str]:
    """Give the process nothing of ours but where the system's libraries lie."""
    return {name: value for name, value in os.environ.items() if name == "LD_LIBRARY_PATH"}


def _breakdown(name: str, code: int, limits: Limits) -> DocumentError:
    if code == TOO_MUCH_MEMORY:
        megabytes = limits.memory // (1024 * 1024)
        return FileTooSlow(name, 1, f"reading it took more than {megabytes} MB of memory; split the file")
    if code in (-signal.SIGKILL, -signal.SIGXCPU):
        return FileTooSlow(name, 1, f"reading it took more than {limits.cpu_seconds} seconds; split the file")
    return FileDamaged(name, 1, "its reader broke down; save the file again with its own program, or as plain text")


@contextmanager
def _opened(path: Path, name: str) -> Iterator[BinaryIO]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise FileUnsafe(name, 1, f"it can't be opened ({error.strerror}); copy the file itself here again") from error
    with open(descriptor, "rb") as file:  # noqa: PTH123  # a descriptor, so that what was opened is what is read
        yield file
