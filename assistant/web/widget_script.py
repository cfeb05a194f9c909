"""Finds the script that partners' pages load, by a name that tells its content."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256, sha384

from assistant.web.embedding import FOLDER

_CURRENT = FOLDER / "widget.js"
_RELEASED = FOLDER / "released"
_NAME = re.compile(r"widget-[0-9a-f]{12}\.js")


def read_script(name: str) -> bytes | None:
    """Give the script of that name: `widget.js`, the same under its versioned name, or an earlier one; else `None`."""
    if name in ("widget.js", versioned_name()):
        return _CURRENT.read_bytes()
    released = _RELEASED / name
    return released.read_bytes() if _NAME.fullmatch(name) and released.is_file() else None


@cache
def versioned_name() -> str:
    """Give the name under which today's script stays the same for good."""
    return name_of(_CURRENT.read_bytes())


def name_of(script: bytes) -> str:
    """Give the versioned name of a script: the start of its SHA-256."""
    return f"widget-{sha256(script).hexdigest()[:12]}.js"


def integrity_of(script: bytes) -> str:
    """Give what a page's `integrity` attribute says of a script."""
    return f"sha384-{base64.b64encode(sha384(script).digest()).decode()}"
