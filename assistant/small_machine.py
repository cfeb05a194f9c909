"""Gets along with machines that allow little: where nothing can be written, cores are busy, or something is refused."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import MutableMapping

_NOWHERE = os.sep
"""A folder that is always there."""


def need_little(environment: MutableMapping[str, str]) -> None:
    """Have libraries do with no writable folder and with cores that others use too; called before they are imported.

    Gradio and torch ask for the name of a temporary folder as they are imported, torch makes a folder in it for what it
    compiles, and joblib tries whether processes can share memory. We compile nothing, share nothing, and write to the
    index folder only.
    py3langid unpacks its model into a temporary file: without a folder for that, the file is in memory, some 20 MB.

    torch's threads wait for each other at each of some hundred steps. By default they do so in a loop that takes the
    core from the one that is waited for: beside one busy process a text took two to five times as long
    (`docs/decisions/0027-batches-of-fixed-shapes.md`).
    """
    environment.setdefault("OMP_WAIT_POLICY", "passive")
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
