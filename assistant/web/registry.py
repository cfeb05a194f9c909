"""Follows the file of the partner registry, so that a partner added or revoked counts within a second."""

from __future__ import annotations

import logging
from pathlib import Path
from time import monotonic

from assistant.errors import PartnersError
from assistant.web.partners import Partners, parse_partners

_log = logging.getLogger(__name__)
_PAUSE = 1.0
"""Seconds between looks at the file."""
_ABSENT = b""


class Registry:
    """Gives the partners of a file as it is now; without a file there are none.

    A file that can't be used is logged and told by `degraded`: the last good one stays, at the start none.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._partners = Partners()
        self._seen = _ABSENT
        self._degraded = ""
        self._next_look = 0.0

    @property
    def partners(self) -> Partners:
        """The partners that count now."""
        self._look()
        return self._partners

    @property
    def degraded(self) -> str:
        """Why the file is not followed; empty if it is."""
        self._look()
        return self._degraded

    def _look(self) -> None:
        if self._path is None or monotonic() < self._next_look:
            return
        self._next_look = monotonic() + _PAUSE
        try:
            self._take(self._path, _read(self._path))
        except PartnersError as error:
            self._tell(str(error))

    def _take(self, path: Path, content: bytes) -> None:
        """Let what the file holds count, if it is not what counts already."""
        if content == self._seen and not self._degraded:
            return
        self._partners = parse_partners(_text(path, content), path.name)
        self._seen = content
        self._degraded = ""
        _log.info("%d partner(s) of %s count now", len(self._partners.listed), path)

    def _tell(self, reason: str) -> None:
        if reason != self._degraded:
            _log.error("the partners are as they were before: %s", reason)
        self._degraded = reason


def _read(path: Path) -> bytes:
    """Give the bytes of the file, none if there is no file.

    Raises `PartnersError` if it can't be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return _ABSENT
    except OSError as error:
        raise PartnersError(path.name, 1, f"the file can't be read: {error.strerror}; check its permissions") from error


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PartnersError(path.name, line, "the file is not UTF-8; save it as UTF-8") from error
