"""Has the system write files and folders to the disk, and turns what it can't do into an error of ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexUnwritable


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Have everything below a folder written, what is inside before what holds it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Raise `IndexUnwritable` where the system refuses to write below `folder`."""
    try:
        yield
    except OSError as error:
        raise IndexUnwritable(
            f"the index in {folder} could not be written: {error.strerror or error}; that takes a folder with room "
            "that this account may write to (--index names another), and what was served before still is"
        ) from error
