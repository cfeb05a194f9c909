"""What CURRENT says: which version is served, and which were served before it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexDamaged, IndexMissing, IndexUnreadable

ID_DIGITS = 12
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Pointer:
    """The SHA-256 of the served version's manifest, and of those served before it, latest first."""

    sha256: str
    before: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Give the content of CURRENT."""
        fields = {"version": self.sha256[:ID_DIGITS], "manifest_sha256": self.sha256, "before": self.before}
        return (json.dumps(fields) + "\n").encode()

    def moved_on(self, sha256: str) -> Pointer:
        """Give the pointer after another version is published: this one's comes before it."""
        before = [sha for sha in dict.fromkeys((self.sha256, *self.before)) if sha != sha256]
        return Pointer(sha256, tuple(before[:_REMEMBERED]))

    def gone_back(self, sha256: str) -> Pointer:
        """Give the pointer after going back to a version: what was served since is no longer before it."""
        older = self.before[self.before.index(sha256) + 1 :] if sha256 in self.before else self.before
        return Pointer(sha256, older)


def read_pointer(path: Path) -> Pointer:
    """Read CURRENT or its copy.

    Raises `IndexMissing` if it is not there, `IndexUnreadable` if it may not be read, `IndexDamaged` if it does not
    name a version.
    """
    try:
        return _parse(json.loads(path.read_bytes()))
    except FileNotFoundError as error:
        raise IndexMissing(f"there is no index in {path.parent}; run `python build_index.py` to build it") from error
    except PermissionError as error:
        raise IndexUnreadable(
            f"{path} can't be read ({error.strerror}): the account that runs this needs the right to"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(
            f"{path} does not name a version ({error}); run `python build_index.py` to build the index again"
        ) from error


def _parse(fields: dict[str, object]) -> Pointer:
    before = fields.get("before", [])
    if not isinstance(before, list):
        raise TypeError(f"expected a list of SHA-256, found {before!r:.80}")
    return Pointer(_sha256(fields["manifest_sha256"]), tuple(_sha256(value) for value in before))


def _sha256(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{64}", value):
        raise ValueError(f"expected a SHA-256, found {value!r:.80}")
    return value
