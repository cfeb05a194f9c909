"""Refuses an Office file by the list of what its archive holds, before any of it is unpacked."""

from __future__ import annotations

import io
import stat
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from assistant.documents.file_kinds import KINDS, FileKind
from assistant.errors import FileDamaged, FileEncrypted, FileMisnamed, FileTooLarge, FileUnsafe

_MOST_ENTRIES = 5_000
_LARGEST_UNPACKED = 200_000_000
_LARGEST_RATIO = 200
_RATIO_FROM = 1_000_000
"""Bytes from which an entry's ratio counts: a small one may shrink to nothing."""
_ENCRYPTED = 0x1
_ARCHIVES = {".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".jar", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar"}
_EMBEDDINGS = "embeddings"


def check_archive(name: str, content: bytes, kind: FileKind) -> None:
    """Check the entries of an Office file: their number, sizes, names and kinds.

    Raises `FileDamaged`, `FileTooLarge`, `FileUnsafe`, `FileEncrypted` or `FileMisnamed`.
    """
    entries = _entries(name, content)
    if len(entries) > _MOST_ENTRIES:
        raise FileTooLarge(name, 1, f"{len(entries):,} parts are too many; split the file ({_MOST_ENTRIES:,} at most)")
    _check_sizes(name, entries)
    names = [entry.orig_filename for entry in entries]
    for entry in entries:
        _check_entry(name, entry)
    if len(set(names)) < len(names):
        raise FileUnsafe(name, 1, "two of its parts have the same name; save it again with its own program")
    _check_kind(name, names, kind)


def _entries(name: str, content: bytes) -> list[ZipInfo]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise FileDamaged(
            name, 1, f"the archive it is packed in is damaged ({error}); save it again with its own program"
        ) from error


def _check_sizes(name: str, entries: list[ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _LARGEST_UNPACKED:
        raise FileTooLarge(name, 1, f"it unpacks to {unpacked:,} bytes; split the file ({_LARGEST_UNPACKED:,} at most)")
    for entry in entries:
        if entry.file_size > max(_RATIO_FROM, _LARGEST_RATIO * entry.compress_size):
            raise FileTooLarge(
                name,
                1,
                f"its part {_shown(entry)} unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}, "
                f"more than {_LARGEST_RATIO} times; save it again with its own program",
            )


def _check_entry(name: str, entry: ZipInfo) -> None:
    path = PurePosixPath(entry.orig_filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.orig_filename or "\0" in entry.orig_filename:
        raise FileUnsafe(name, 1, f"its part {_shown(entry)} has a path that leaves the file; do not use this file")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise FileUnsafe(name, 1, f"its part {_shown(entry)} is a link; do not use this file")
    if entry.flag_bits & _ENCRYPTED:
        raise FileEncrypted(name, 1, f"its part {_shown(entry)} needs a password; save the file without one")
    if path.suffix.lower() in _ARCHIVES or _EMBEDDINGS in path.parts[:-1]:
        raise FileUnsafe(
            name, 1, f"another file is embedded in it ({_shown(entry)}); save it without, or put that file here as well"
        )


def _check_kind(name: str, names: list[str], kind: FileKind) -> None:
    if any(part.startswith(kind.archive_folder) for part in names):
        return
    other = next((k.name for k in KINDS if k.archive_folder and any(n.startswith(k.archive_folder) for n in names)), "")
    found = f"of the kind {other}" if other else "an archive of other files"
    raise FileMisnamed(name, 1, f"this file is {found}, not {kind.name} as its name says; save it as what it is named")


def _shown(entry: ZipInfo) -> str:
    """Give the name of an entry as it may be printed."""
    return ascii(entry.orig_filename[:80])
