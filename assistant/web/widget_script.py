"""Finds the script that partners' pages load, by a name that tells its content."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from assistant.web.embedding import FOLDER

_CURRENT = FOLDER / "widget.js"


def read_script(name: str) -> bytes | None:
    """Give the script of that name: `widget.js` or the same under its versioned name; else `None`."""
    return _CURRENT.read_bytes() if name in ("widget.js", versioned_name()) else None


@cache
def versioned_name() -> str:
    """Give the name under which today's script stays the same for good."""
    return f"widget-{sha256(_CURRENT.read_bytes()).hexdigest()[:12]}.js"
