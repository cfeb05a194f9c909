"""Loads the published version or, if that can't be used, another one that can."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.errors import IndexUnusable
from assistant.versions.store import Store
from assistant.versions.version import IndexVersion, read_version


@dataclass(frozen=True, slots=True)
class LastGood:
    """A version that can be served; `damage` says why it is not the current one, and is empty if it is."""

    version: IndexVersion
    damage: str


def load_last_good(index_folder: Path) -> LastGood:
    """Verify and load the published version or, if that can't be, the newest other one.

    Raises what is wrong with the published one if there is no other: `IndexMissing`, `IndexDamaged` or
    `IndexMismatch`.
    """
    try:
        return LastGood(Store(index_folder).load_current(), "")
    except IndexUnusable as error:
        damage = error
    for manifest in _newest_first(index_folder):
        try:
            version = read_version(manifest.parent, sha256(manifest.read_bytes()).hexdigest())
        except (IndexUnusable, OSError):
            continue
        if version.id == manifest.parent.name:
            return LastGood(version, str(damage))
    raise damage


def _newest_first(index_folder: Path) -> list[Path]:
    manifests = (index_folder / "versions").glob("*/manifest.json")
    return sorted(manifests, key=lambda path: (path.parent.stat().st_mtime, path), reverse=True)
