"""Says which versions lie in an index folder, and whether every file there is what it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256 as sha256_of
from pathlib import Path

from assistant.errors import IndexDamaged, IndexUnusable, VersionMissing
from assistant.versions.layout import Layout
from assistant.versions.pointer import ID_DIGITS, read_pointer
from assistant.versions.store import Store
from assistant.versions.verdicts import VerdictRecord, latest_verdicts
from assistant.versions.version import MANIFEST, Manifest, damages, read_manifest, read_version


@dataclass(frozen=True, slots=True)
class Entry:
    """A version in the store; `size` is that of its files in bytes, `manifest` is `None` if it can't be read.

    `verdict` is what the gate said last of it, `None` for a version that never came to the gate.
    """

    id: str
    built: dt.datetime
    size: int
    is_current: bool
    manifest: Manifest | None
    verdict: VerdictRecord | None


def list_versions(store: Store) -> tuple[Entry, ...]:
    """Give the versions, the one that was built last first; only manifests are read."""
    current = [sha256[:ID_DIGITS] for sha256 in store.published()[:1]]
    verdicts = latest_verdicts(store.layout.folder)
    return tuple(
        _entry(store.layout, name, verdicts.get(name), is_current=name in current) for name in store.layout.ids()
    )


def find_version(store: Store, name: str) -> str:
    """Give the SHA-256 of the version whose id begins with `name`, after loading it as a reader would.

    Raises `VersionMissing`, `IndexDamaged` or `IndexMismatch`.
    """
    ids = store.layout.ids()
    found = [known for known in ids if known.startswith(name)]
    if len(found) != 1:
        known = ", ".join(ids) or "none"
        raise VersionMissing(f"expected the id of one version, or how it begins, found {name!r}; there are: {known}")
    sha256 = _sha256(store.layout, found[0])
    read_version(store.layout.version(sha256), sha256)
    return sha256


def previous_version(store: Store) -> str:
    """Give the SHA-256 of the version that was served before the current one, after loading it as a reader would.

    Raises `VersionMissing` if there is none, `IndexDamaged` or `IndexMismatch`.
    """
    before = store.published()[1:2]
    if not before:
        raise VersionMissing(
            "no version was served before the current one; `python build_index.py versions` lists what there is"
        )
    return find_version(store, before[0][:ID_DIGITS])


def verify(store: Store) -> tuple[str, ...]:
    """Check CURRENT, its copy and every file of every version; give what is wrong.

    Raises `IndexMissing` where there is nothing to check.
    """
    layout = store.layout
    if not layout.ids():
        read_pointer(layout.current)
    return (*_pointer_damages(layout), *(wrong for name in layout.ids() for wrong in _version_damages(layout, name)))


def _entry(layout: Layout, name: str, verdict: VerdictRecord | None, *, is_current: bool) -> Entry:
    folder = layout.version(name)
    built = dt.datetime.fromtimestamp(folder.stat().st_mtime, tz=dt.UTC)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    try:
        manifest = read_manifest(folder, _sha256(layout, name))
    except IndexUnusable:
        return Entry(name, built, size, is_current, None, verdict)
    return Entry(name, built, size, is_current, manifest, verdict)


def _sha256(layout: Layout, name: str) -> str:
    """Give the SHA-256 of a version's manifest, which its id begins.

    Raises `IndexDamaged` if it does not, or can't be read.
    """
    path = layout.version(name) / MANIFEST
    sha256 = _digest(path)
    if sha256[:ID_DIGITS] != name:
        raise IndexDamaged(f"{path} was altered; run `python build_index.py` to build the index again")
    return sha256


def _digest(path: Path) -> str:
    try:
        return sha256_of(path.read_bytes()).hexdigest()
    except OSError as error:
        raise IndexDamaged(
            f"{path} can't be read ({error.strerror}); run `python build_index.py` to build the index again"
        ) from error


def _version_damages(layout: Layout, name: str) -> tuple[str, ...]:
    folder = layout.version(name)
    try:
        return damages(folder, read_manifest(folder, _sha256(layout, name)))
    except IndexUnusable as error:
        return (str(error),)


def _pointer_damages(layout: Layout) -> Iterator[str]:
    """Say what is wrong with CURRENT and its copy; where neither is there nothing was published yet."""
    paths = (layout.current, layout.copy)
    if not any(path.exists() for path in paths):
        return
    for path in paths:
        try:
            pointer = read_pointer(path)
        except IndexUnusable as error:
            yield str(error)
        else:
            if not layout.version(pointer.sha256).exists():
                yield f"{path} names version {pointer.sha256[:ID_DIGITS]}, which is not there"
    if all(path.is_file() for path in paths) and layout.current.read_bytes() != layout.copy.read_bytes():
        yield f"{layout.copy} is not the copy of {layout.current.name}; publishing writes it again"
