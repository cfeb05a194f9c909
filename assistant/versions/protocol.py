"""The one order of steps by which a version gets to be served: a crash after any of them leaves a store that loads.

Files are written aside and are on the disk before the manifest; the version is on the disk before it is moved in; it is
moved in and was read back before CURRENT names it; the new CURRENT is on the disk before an old version is removed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.errors import IndexUnusable
from assistant.versions.disk import sync, sync_tree
from assistant.versions.version import MANIFEST, IndexVersion, read_version, write_files, write_manifest

Reached = Callable[[str], object]
"""Told the name of each step that was just made."""

STEPS = (
    "workspace made",
    "files written",
    "files synced",
    "manifest written",
    "version synced",
    "moved in",
    "move synced",
    "verified",
    "pointer written",
    "pointer synced",
    "switched",
    "switch synced",
    "set aside",
    "removed",
)
"""Their names, in order; the pointer is written twice, as CURRENT and as its copy."""


def write_aside(folder: Path, version: IndexVersion, reached: Reached) -> str:
    """Write a version to a new folder, its manifest last, and have it on the disk; give the manifest's SHA-256."""
    folder.mkdir()
    write_files(folder, version)
    reached("files written")
    sync_tree(folder)
    reached("files synced")
    sha256 = write_manifest(folder, version.manifest)
    reached("manifest written")
    sync(folder / MANIFEST)
    sync(folder)
    reached("version synced")
    return sha256


def move_in(written: Path, place: Path, sha256: str, reached: Reached) -> None:
    """Move a version that is on the disk to its place, and read it there as a reader would.

    Raises `IndexDamaged` or `IndexMismatch` if it can't be read; it is then moved out again.
    """
    place.parent.mkdir(exist_ok=True)
    sync(place.parent.parent)
    written.rename(place)
    reached("moved in")
    sync(place.parent)
    reached("move synced")
    try:
        read_version(place, sha256)
    except IndexUnusable:
        place.rename(written)
        raise
    reached("verified")


def write_pointer(written: Path, content: bytes, reached: Reached) -> None:
    """Write what a pointer will say to a file beside it, and have it on the disk."""
    written.write_bytes(content)
    reached("pointer written")
    sync(written)
    reached("pointer synced")


def switch(written: Path, pointer: Path, reached: Reached) -> None:
    """Replace the file `pointer` by `written` in one step; this takes no more room on the disk."""
    written.replace(pointer)
    reached("switched")
    sync(pointer.parent)
    reached("switch synced")


def set_aside(place: Path, workspace: Path, reached: Reached) -> None:
    """Take a version out of the store; what lies in the workspace is deleted later, whole or in part."""
    place.rename(workspace / f"removed-{place.name}")
    sync(place.parent)
    reached("set aside")
