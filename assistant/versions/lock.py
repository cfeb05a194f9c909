"""One writer of an index folder at a time; the system takes the lock from a process that dies."""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from assistant.errors import IndexBusy
from assistant.versions.disk import unwritable

_NOTE_BYTES = 1000
_TRIES = 10
_PAUSE = 0.05


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Hold the lock that is the file `path`; the file is gone afterwards.

    Raises `IndexBusy` at once if a living process holds it, `IndexUnwritable` if it can't be made.
    """
    with unwritable(path.parent):
        descriptor = _acquire(path)
    try:
        with unwritable(path.parent):
            os.write(descriptor, _note().encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _acquire(path: Path) -> int:
    """Give the open, locked file; one that its last holder removed meanwhile is made again."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(
                f"the index in {path.parent} is being written by {_holder(descriptor)}; wait until it is done"
            ) from error
        if path.exists() and path.stat().st_ino == os.fstat(descriptor).st_ino:
            os.truncate(descriptor, 0)
            return descriptor
        os.close(descriptor)


def _note() -> str:
    since = dt.datetime.now(tz=dt.UTC).isoformat(sep=" ", timespec="seconds")
    return f"process {os.getpid()} on {socket.gethostname()} since {since}"


def _holder(descriptor: int) -> str:
    """Read who holds the lock, from the file that could not be locked, and close it.

    The holder writes its note right after it got the lock, so that it may be a moment late.
    """
    try:
        for _ in range(_TRIES):
            if note := os.pread(descriptor, _NOTE_BYTES, 0):
                return note.decode(errors="replace")
            sleep(_PAUSE)
    finally:
        os.close(descriptor)
    return "another process"
