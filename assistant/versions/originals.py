"""Keeps, in an index version, the source files that readers may have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from assistant.documents.original import Original
from assistant.errors import CorpusError, IndexDamaged
from assistant.versions.digests import FileDigest

_FOLDER = "originals"


def write_originals(folder: Path, originals: Iterable[Original]) -> None:
    """Copy originals into the folder of a version.

    Raises `CorpusError` if one is not what it was when it was read.
    """
    for original in originals:
        content = original.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != original.sha256:
            raise CorpusError(f"{original.path} was changed while the index was built; build again")
        (folder / _FOLDER).mkdir(exist_ok=True)
        (folder / _FOLDER / (original.document + original.path.suffix.lower())).write_bytes(content)


def list_originals(folder: Path, files: Iterable[FileDigest]) -> tuple[Original, ...]:
    """Give the originals among the files of a version."""
    return tuple(
        Original(Path(file.name).stem, folder / file.name, file.sha256)
        for file in files
        if file.name.startswith(f"{_FOLDER}/")
    )


def read_original(original: Original) -> bytes:
    """Give the bytes of an original of a version.

    Raises `IndexDamaged` if they are not what they were.
    """
    try:
        content = original.path.read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{original.path} can't be read ({error.strerror}); build the index again") from error
    if hashlib.sha256(content).hexdigest() != original.sha256:
        raise IndexDamaged(f"{original.path} was altered; run `python build_index.py` to build the index again")
    return content
