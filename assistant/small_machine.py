"""Lets libraries be loaded where no file can be written: they want places for files that they never come to need."""

from __future__ import annotations

import os
import tempfile
from collections.abc import MutableMapping

_NOWHERE = os.sep
"""A folder that is always there."""


def need_no_writable_folder(environment: MutableMapping[str, str]) -> None:
    """Name a temporary folder where the system has none that takes a file; called before libraries are imported.

    Gradio and torch ask for its name as they are imported, torch makes a folder in it for what it compiles, and joblib
    tries whether processes can share memory. We compile nothing, share nothing, and write to the index folder only.
    """
    environment.setdefault("TORCHINDUCTOR_CACHE_DIR", _NOWHERE)
    environment.setdefault("JOBLIB_MULTIPROCESSING", "0")
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = _NOWHERE
