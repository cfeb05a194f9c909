"""The index folder: immutable versions, and CURRENT, which says which of them is served.

A copy of CURRENT is kept beside it, so that a reader who finds CURRENT damaged still knows what was published; what
never was is never served.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from assistant.errors import IndexDamaged, IndexMissing, IndexUnusable
from assistant.versions.disk import sync, unwritable
from assistant.versions.layout import Layout
from assistant.versions.lock import write_lock
from assistant.versions.pointer import ID_DIGITS, Pointer, read_pointer
from assistant.versions.protocol import Reached, move_in, set_aside, switch, write_aside, write_pointer
from assistant.versions.version import IndexVersion, Manifest, read_manifest, read_version


@dataclass(frozen=True, slots=True)
class LastGood:
    """A version that can be served; `damage` says why it is not the current one, and is empty if it is."""

    version: IndexVersion
    damage: str


class Store:
    """Versions below one folder; readers never see a version that is not complete.

    What changes it holds the lock, by itself or within `writing`: it raises `IndexBusy` if another process has it,
    `IndexUnwritable` if the system refuses to write.
    """

    def __init__(self, folder: Path, reached: Reached = lambda _step: None) -> None:
        """Name the folder; `reached` is told of each step of the protocol."""
        self.layout = Layout(folder)
        self._reached = reached
        self._locked = False

    def current_manifest(self) -> Manifest:
        """Give the manifest of the served version.

        Raises `IndexMissing`, `IndexDamaged` or `IndexMismatch`.
        """
        sha256 = self._current()
        return read_manifest(self.layout.version(sha256), sha256)

    def load_current(self) -> IndexVersion:
        """Verify and load the served version.

        Raises `IndexMissing`, `IndexDamaged` or `IndexMismatch`.
        """
        return self.load(self._current())

    def load(self, sha256: str) -> IndexVersion:
        """Verify and load a version.

        Raises `IndexDamaged` or `IndexMismatch`.
        """
        return read_version(self.layout.version(sha256), sha256)

    def load_last_good(self) -> LastGood:
        """Verify and load the served version or, if that can't be, the latest one that was served before it.

        Raises what is wrong with the served one if there is no other: `IndexMissing`, `IndexDamaged` or
        `IndexMismatch`.
        """
        try:
            return LastGood(self.load_current(), "")
        except IndexUnusable as error:
            damage = error
        for sha256 in self._candidates():
            if version := self._loaded(sha256):
                return LastGood(version, str(damage))
        raise damage

    def published(self) -> tuple[str, ...]:
        """Give the SHA-256 of the served version, then of those served before it that are still there."""
        pointer = self._pointer()
        if pointer is None:
            return ()
        before = (sha256 for sha256 in pointer.before if self.layout.version(sha256).exists())
        return (pointer.sha256, *before)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the lock over several changes; what a killed writer left behind is removed first."""
        if self._locked:
            yield
            return
        with self._folder_made(), self._lock():
            self._remove_leftovers()
            yield

    def add(self, version: IndexVersion) -> str:
        """Write a version into the store and read it back, not served yet; give its manifest's SHA-256.

        An equal version that is there already stays, or is replaced if it is damaged.
        """
        with self.writing(), self._workspace() as workspace:
            written = workspace / "version"
            sha256 = write_aside(written, version, self._reached)
            place = self.layout.version(sha256)
            if place.exists() and not self._loaded(sha256):
                set_aside(place, workspace, self._reached)
            if not place.exists():
                move_in(written, place, sha256, self._reached)
        return sha256

    def publish(self, sha256: str) -> None:
        """Make a version the one that is served, in one step."""
        with self.writing():
            pointer = self._pointer()
            self._point(pointer.moved_on(sha256) if pointer else Pointer(sha256))

    def go_back(self, sha256: str) -> None:
        """Serve a version again; those that were served since no longer count as before it."""
        with self.writing():
            pointer = self._pointer()
            self._point(pointer.gone_back(sha256) if pointer else Pointer(sha256))

    def discard(self, sha256: str) -> None:
        """Delete a version that was never served, to make room; one that was served stays."""
        if sha256 not in self.published():
            with self.writing(), unwritable(self.layout.folder):
                rmtree(self.layout.version(sha256))

    def sweep(self, keep: int) -> tuple[str, ...]:
        """Remove all but the `keep` latest versions, never the served one or the one before; give the ids removed."""
        with self.writing():
            needed = [sha256[:ID_DIGITS] for sha256 in self.published()[:2]]
            ids = sorted(self.layout.ids(), key=lambda name: name not in needed)
            removed = ids[max(keep, len(needed)) :]
            for name in removed:
                with self._workspace() as workspace:
                    set_aside(self.layout.version(name), workspace, self._reached)
                self._reached("removed")
        return tuple(removed)

    def _current(self) -> str:
        return read_pointer(self.layout.current).sha256

    def _pointers(self) -> Iterator[Pointer]:
        """Read CURRENT and its copy, or the one of them that can be read."""
        for path in (self.layout.current, self.layout.copy):
            with suppress(IndexMissing, IndexDamaged):
                yield read_pointer(path)

    def _pointer(self) -> Pointer | None:
        """Give what CURRENT says, or its copy if it is damaged; `None` if nothing can be known to be published."""
        return next(self._pointers(), None)

    def _candidates(self) -> Iterator[str]:
        """Yield the SHA-256 of all versions that are known to have been served, what was served last first."""
        pointers = tuple(self._pointers())
        served = [pointer.sha256 for pointer in pointers]
        yield from dict.fromkeys([*served, *(sha256 for pointer in pointers for sha256 in pointer.before)])

    def _loaded(self, sha256: str) -> IndexVersion | None:
        with suppress(IndexUnusable):
            return self.load(sha256)
        return None

    def _point(self, pointer: Pointer) -> None:
        """Replace CURRENT and then its copy, each unless it says so already; both are written before either switch."""
        content = pointer.to_bytes()
        paths = [p for p in (self.layout.current, self.layout.copy) if not p.is_file() or p.read_bytes() != content]
        if paths:
            with self._workspace() as workspace:
                for path in paths:
                    write_pointer(workspace / path.name, content, self._reached)
                for path in paths:
                    switch(workspace / path.name, path, self._reached)

    @contextmanager
    def _folder_made(self) -> Iterator[None]:
        """Make the index folder; it is removed again if nothing came to lie in it."""
        folder = self.layout.folder
        made = not folder.exists()
        with unwritable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            sync(folder.parent)
        try:
            yield
        finally:
            if made and not any(folder.iterdir()):
                folder.rmdir()

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with write_lock(self.layout.lock):
            self._locked = True
            try:
                yield
            finally:
                self._locked = False

    def _remove_leftovers(self) -> None:
        with unwritable(self.layout.folder):
            for path in self.layout.folder.glob(f"{self.layout.workspaces}*"):
                rmtree(path)

    @contextmanager
    def _workspace(self) -> Iterator[Path]:
        """Give a folder on the same file system that is gone afterwards."""
        folder = self.layout.folder
        with unwritable(folder), TemporaryDirectory(prefix=self.layout.workspaces, dir=folder) as workspace:
            self._reached("workspace made")
            yield Path(workspace)
