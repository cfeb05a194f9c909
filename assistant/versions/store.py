"""The index folder: immutable versions, and CURRENT, the one file that says which of them is served."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import IndexDamaged, IndexMissing
from assistant.versions.version import IndexVersion, Manifest, read_manifest, read_version, write_version

_CURRENT = "CURRENT"
_VERSIONS = "versions"
_ID_DIGITS = 12


class Store:
    """Versions below one folder; readers never see a version that is not complete."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, version: IndexVersion) -> str:
        """Write a version aside, verify it as a reader would, move it in; give its manifest's SHA-256."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._workspace() as workspace:
            written = workspace / "version"
            written.mkdir()
            sha256 = write_version(written, version)
            _sync_tree(written)
            read_version(written, sha256)
            self._move_in(written, self._place(sha256))
        return sha256

    def publish(self, sha256: str) -> None:
        """Make a version the one that is served, in one atomic step."""
        pointer = {"version": sha256[:_ID_DIGITS], "manifest_sha256": sha256}
        with self._workspace() as workspace:
            written = workspace / _CURRENT
            written.write_text(json.dumps(pointer) + "\n", encoding="utf-8")
            _sync(written)
            written.replace(self._folder / _CURRENT)
        _sync(self._folder)

    def current_manifest(self) -> Manifest:
        """Give the manifest of the served version.

        Raises `IndexMissing`, `IndexDamaged` or `IndexMismatch`.
        """
        sha256 = self._current()
        return read_manifest(self._place(sha256), sha256)

    def load_current(self) -> IndexVersion:
        """Verify and load the served version.

        Raises `IndexMissing`, `IndexDamaged` or `IndexMismatch`.
        """
        sha256 = self._current()
        return read_version(self._place(sha256), sha256)

    def _current(self) -> str:
        path = self._folder / _CURRENT
        try:
            return _sha256(json.loads(path.read_bytes())["manifest_sha256"])
        except FileNotFoundError as error:
            raise IndexMissing(
                f"there is no index in {self._folder}; run `python build_index.py` to build it"
            ) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                f"{path} does not name a version ({error}); run `python build_index.py` to build the index again"
            ) from error

    def _place(self, sha256: str) -> Path:
        return self._folder / _VERSIONS / sha256[:_ID_DIGITS]

    def _move_in(self, written: Path, place: Path) -> None:
        """Rename a complete version to its place; an equal one that is there already is replaced."""
        place.parent.mkdir(exist_ok=True)
        if place.exists():
            place.rename(written.with_name("replaced"))
        written.rename(place)
        _sync(place.parent)

    @contextmanager
    def _workspace(self) -> Iterator[Path]:
        """Give a folder on the same file system that is gone afterwards."""
        with TemporaryDirectory(prefix=".building-", dir=self._folder) as workspace:
            yield Path(workspace)


def _sha256(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value):
        raise ValueError(f"expected a SHA-256, found {value!r:.80}")
    return value


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Have the system write a file or folder to the disk now."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
