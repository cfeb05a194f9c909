"""Refuses a file by its size and first bytes, before anything of it is parsed."""

from __future__ import annotations

import codecs
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.file_kinds import FileKind, kind_of
from assistant.errors import (
    DocumentError,
    FileDamaged,
    FileEncrypted,
    FileMisnamed,
    FileTooLarge,
    FileUnsafe,
    FileWithoutText,
)

_OPENING = 1024
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = bytes({*range(1, 32)} - set(b"\t\n\v\f\r\x1b"))
_MOST_CONTROL = 0.04
_WEB_PAGE = (b"<!doctype html", b"<html")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class _Signature:
    """The bytes that files of a format begin with."""

    opening: bytes
    format: str


_SIGNATURES = (
    _Signature(_PDF, "a PDF"),
    _Signature(_ZIP, "a ZIP archive, as Office files are"),
    _Signature(b"PK\x05\x06", "an empty ZIP archive"),
    _Signature(_OLE, "an Office file of before 2007"),
    _Signature(b"{\\rtf", "an RTF text"),
    _Signature(b"\x89PNG\r\n", "a PNG picture"),
    _Signature(b"\xff\xd8\xff", "a JPEG picture"),
    _Signature(b"GIF8", "a GIF picture"),
    _Signature(b"II*\0", "a TIFF picture"),
    _Signature(b"MM\0*", "a TIFF picture"),
    _Signature(b"\x1f\x8b", "a gzip archive"),
    _Signature(b"BZh", "a bzip2 archive"),
    _Signature(b"\xfd7zXZ", "an xz archive"),
    _Signature(b"7z\xbc\xaf", "a 7-Zip archive"),
    _Signature(b"Rar!", "a RAR archive"),
    _Signature(b"\x7fELF", "a program"),
    _Signature(b"MZ\x90\0", "a program"),
    _Signature(b"SQLite format 3\0", "a database"),
)


def check_file(path: Path, name: str) -> None:
    """Check what can be told of a file without parsing it: that it is one, its size, and its kind by its bytes.

    Raises `FileUnsafe`, `FileTooLarge`, `FileWithoutText`, `FileMisnamed`, `FileEncrypted` or `FileDamaged`; what an
    Office file holds is checked by `archives`, in the process that reads it.
    """
    kind = kind_of(name)
    if kind is None:
        raise FileMisnamed(name, 1, "its name says no kind of file that the library has")
    found = _status(path, name)
    if stat.S_ISLNK(found.st_mode):
        raise FileUnsafe(name, 1, "a link to another file is not followed; put the file itself here")
    if not stat.S_ISREG(found.st_mode):
        raise FileUnsafe(name, 1, "this is no ordinary file; put an ordinary file here")
    if found.st_size > kind.largest:
        raise FileTooLarge(
            name, 1, f"{found.st_size:,} bytes are too many; split the file ({kind.largest:,} at most for {kind.name})"
        )
    if found.st_size == 0:
        raise FileWithoutText(name, 1, "the file is empty, of 0 bytes; save it again with its own program")
    opening = _opening(path, name)
    if kind.is_isolated:
        _check_opening(path, name, kind, opening)


def _status(path: Path, name: str) -> os.stat_result:
    try:
        return path.lstat()
    except OSError as error:
        raise _unopened(name, error) from error


def _check_opening(path: Path, name: str, kind: FileKind, opening: bytes) -> None:
    if _begins_as(kind, opening):
        return
    if kind.archive_folder and opening.startswith(_OLE):
        raise _old_office_file(path, name)
    found = _format(opening)
    if found:
        raise FileMisnamed(name, 1, f"this is {found}, not {kind.name} as its name says; save it as what it is named")
    if not kind.media_type.startswith("text/") or _is_noise(opening):
        raise FileDamaged(
            name, 1, f"it does not begin as a file of the kind {kind.name} does; save it again with its own program"
        )


def _begins_as(kind: FileKind, opening: bytes) -> bool:
    """Whether bytes surely begin a file of that kind."""
    match kind.media_type:
        case "application/pdf":
            return _PDF in opening
        case "text/html":
            return _format(opening) == "a web page"
        case _:
            return bool(kind.archive_folder) and opening.startswith(_ZIP)


def _is_noise(opening: bytes) -> bool:
    """Whether bytes have more control characters than any text, of those that no encoding makes of letters."""
    if opening.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    return len(opening) - len(opening.translate(None, _CONTROL)) > len(opening) * _MOST_CONTROL


def _old_office_file(path: Path, name: str) -> DocumentError:
    """Tell a file with a password, which Office wraps in its old format, from one in that format."""
    if _ENCRYPTED_PACKAGE in path.read_bytes():
        return FileEncrypted(name, 1, "it needs a password; save it without one")
    return FileMisnamed(name, 1, "this is an Office file of before 2007 under a new name; save it in the new format")


def _format(opening: bytes) -> str:
    """Name the format that bytes begin as; empty for none that is known, as text is."""
    if opening.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_WEB_PAGE):
        return "a web page"
    return next((known.format for known in _SIGNATURES if opening.startswith(known.opening)), "")


def _opening(path: Path, name: str) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as error:
        raise _unopened(name, error) from error
    with open(descriptor, "rb") as file:  # noqa: PTH123  # the descriptor that was opened without following links
        return file.read(_OPENING)


def _unopened(name: str, error: OSError) -> DocumentError:
    return DocumentError(
        name, 1, f"it can't be opened ({error.strerror}); give it to everyone to read, or copy it again"
    )
