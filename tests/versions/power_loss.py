"""A disk that may lose whatever was not synced: records what a program has the system do, and what could be left of it.

The model: a file keeps what it held when it was last synced; anything written since may be lost, cut short or garbage. A
name in a folder (made, renamed, removed) is sure once that folder was synced after it; until then each such change may
have got to the disk or not, whatever became of the others.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Event:
    """What the system was asked for: a name that was made, renamed to `target` or removed, or a sync.

    Paths are relative to the folder that is recorded; `content` is what a file held when it was synced.
    """

    kind: str
    path: Path
    target: Path = Path()
    content: bytes = b""


class Recorder:
    """Records what happens below a folder, by Python's audit events and by way of `os.fsync`.

    Audit hooks can't be taken off again: use it in a child process.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.events: list[Event] = []
        self._sync = os.fsync
        os.fsync = self._synced
        sys.addaudithook(self._hook)

    def _hook(self, event, arguments):
        match event, arguments:
            case "os.rename", (path, target, *_):
                self._add("renamed", path, target)
            case "os.mkdir", (path, _, directory):
                self._add("folder", _opened(directory) / path)
            case (("os.remove" | "os.rmdir"), (path, directory)):
                self._add("removed", _opened(directory) / path)
            case "open", (str() | Path() as path, _, flags) if flags & (os.O_WRONLY | os.O_RDWR):
                self._add("file", path)

    def _synced(self, descriptor):
        path = _opened(descriptor)
        content = b"" if path.is_dir() else path.read_bytes()
        self._add("folder synced" if path.is_dir() else "file synced", path, content=content)
        self._sync(descriptor)

    def _add(self, kind, path, target="", content=b""):
        path, target = Path(path), Path(target or path)
        if path.is_relative_to(self._folder) and target.is_relative_to(self._folder):
            names = (path.relative_to(self._folder), target.relative_to(self._folder))
            self.events.append(Event(kind, *names, content))


def _opened(descriptor):
    """Give the path of an open file or folder; of none, a path that joining does not change."""
    return Path() if descriptor in (-1, None) else Path(f"/proc/self/fd/{descriptor}").readlink()


def leave(before: Path, events: list[Event], folder: Path, chance: random.Random) -> None:
    """Write to `folder` what a power loss after `events` could leave of the disk that held `before`."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(before, folder)
    luck = chance.choice((0.0, 0.5, 1.0))
    for number, event in enumerate(events):
        sure = _is_sure(events, number)
        if not event.kind.endswith("synced") and (sure or chance.random() < luck):
            if sure:
                (folder / event.target).parent.mkdir(parents=True, exist_ok=True)
            _apply(folder, event, _content(events, number, chance))


def _is_sure(events, number):
    """Whether the folder in which a name was changed was synced after it, or what it names was moved surely."""
    event = events[number]
    for place, later in enumerate(events[number + 1 :], number + 1):
        if later.kind == "folder synced" and later.path == event.target.parent:
            return True
        if later.kind == "renamed" and later.path == event.target:
            return _is_sure(events, place)
    return False


def _apply(folder: Path, event: Event, content: bytes) -> None:
    """Make one change, unless one that it builds on was lost."""
    path, target = folder / event.path, folder / event.target
    if not target.parent.is_dir():
        return
    match event.kind:
        case "renamed" if path.is_file() or (path.is_dir() and not target.exists()):
            path.replace(target)
        case "folder":
            path.mkdir(exist_ok=True)
        case "file":
            path.write_bytes(content)
        case "removed" if path.is_dir():
            shutil.rmtree(path)
        case "removed":
            path.unlink(missing_ok=True)


def _content(events, number, chance):
    """Give what a file holds that was opened to be written: what was synced of it, or what a power loss made of it."""
    path = events[number].path
    synced = None
    for later in events[number + 1 :]:
        if later.kind == "file synced" and later.path == path:
            synced = later.content
        if later.kind in ("renamed", "removed") and path.is_relative_to(later.path):
            break
    if synced is None:
        return chance.choice((b"", b"\0" * 100, chance.randbytes(50), b"{}", b'{"manifest_sha256": "'))
    return synced
