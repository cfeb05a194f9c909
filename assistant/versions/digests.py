"""Tells whether a file of an index version is what it was when it was written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexDamaged


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file of a version; `name` is relative to its folder, `size` in bytes."""

    name: str
    sha256: str
    size: int


def digests(folder: Path) -> list[FileDigest]:
    """Give the digests of all files below a folder, sorted by name."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [digest(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def digest(name: str, content: bytes) -> FileDigest:
    """Give the digest of a file of that name."""
    return FileDigest(name, hashlib.sha256(content).hexdigest(), len(content))


def verified(folder: Path, expected: FileDigest) -> bytes:
    """Give the bytes of a file; raises `IndexDamaged` if they are not those of its digest."""
    content = read_bytes(folder / expected.name)
    found = digest(expected.name, content)
    if found != expected:
        raise IndexDamaged(
            f"{folder / expected.name} was cut short or altered: expected {expected.size} bytes with SHA-256 "
            f"{expected.sha256[:12]}…, found {found.size} with {found.sha256[:12]}…; "
            "run `python build_index.py` to build the index again"
        )
    return content


def read_bytes(path: Path) -> bytes:
    """Give the bytes of a file; raises `IndexDamaged` if it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise IndexDamaged(
            f"{path} can't be read ({error.strerror}); run `python build_index.py` to build the index again"
        ) from error
