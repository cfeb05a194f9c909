"""Gets along with machines that allow little: where nothing can be written, and where something needed is refused."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import MutableMapping

_NOWHERE = os.sep
"""A folder that is always there."""


def need_no_writable_folder(environment: MutableMapping[str, str]) -> None:
    """Name a temporary folder where the system has none that takes a file; called before libraries are imported.

    Gradio and torch ask for its name as they are imported, torch makes a folder in it for what it compiles, and joblib
    tries whether processes can share memory. We compile nothing, share nothing, and write to the index folder only.
    py3langid unpacks its model into a temporary file: without a folder for that, the file is in memory, some 20 MB.
    """
    environment.setdefault("TORCHINDUCTOR_CACHE_DIR", _NOWHERE)
    environment.setdefault("JOBLIB_MULTIPROCESSING", "0")
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = _NOWHERE
        tempfile.TemporaryFile = _in_memory  # type: ignore[assignment]  # as much of it as py3langid uses


def _in_memory(**_options: object) -> io.BytesIO:
    return io.BytesIO()


def refusal(error: OSError) -> str:
    """Say in a sentence what the system refused, where nothing more fitting was said nearer to it."""
    return (
        f"{error.filename or 'a file'} can't be used ({error.strerror or error}): what is read must be open to the "
        "account that runs this, and what is written needs a folder with room that is"
    )
