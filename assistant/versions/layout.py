"""Where things lie in an index folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.versions.pointer import ID_DIGITS


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths below the index folder; a version's folder is named by the first digits of its manifest's SHA-256."""

    folder: Path

    @property
    def current(self) -> Path:
        """The one file that says which version is served."""
        return self.folder / "CURRENT"

    @property
    def copy(self) -> Path:
        """The copy of it, for a reader who finds it damaged."""
        return self.folder / "CURRENT.copy"

    @property
    def lock(self) -> Path:
        """The file that is there while a process writes."""
        return self.folder / ".lock"

    @property
    def workspaces(self) -> str:
        """How the names of folders begin in which something is being written."""
        return ".building-"

    def version(self, name: str) -> Path:
        """Give the folder of a version by its id or its SHA-256."""
        return self.folder / "versions" / name[:ID_DIGITS]

    def ids(self) -> tuple[str, ...]:
        """Give the ids of all versions, damaged ones too, the one that was built last first."""
        folder = self.folder / "versions"
        if not folder.exists():
            return ()
        found = sorted(folder.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
        return tuple(path.name for path in reversed(found))
