"""Refuses the package of a workbook that is too large to be read, by its parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from zipfile import ZipFile, ZipInfo

from assistant.errors import FileDamaged, FileEncrypted, FileMisnamed, FileTooLarge, FileUnsafe

MOST_TAGS = 600_000
"""About 18,000 rows of five cells with their text in place: five seconds on a slow core, and 150 MB."""
MOST_SHEETS = 200
_SHEET = b"<sheet "
_LARGEST_UNPACKED = 60_000_000
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = b"<!DOCTYPE"
_NOT_USED = "no spreadsheet does; do not use this file"
_ENCRYPTED_PART = 0x1
_PIECE = 1 << 16
_SAVE_AGAIN = "open it in a spreadsheet program and save it again as .xlsx"


def check_package(name: str, content: bytes) -> None:
    """Unpack each part once, a piece at a time, and count its tags.

    Raises `FileEncrypted`, `FileMisnamed` for a workbook of before 2007, `FileUnsafe` for a document type with its
    entities, `FileDamaged` or `FileTooLarge`.
    """
    if content.startswith(_OLD):
        raise _old_workbook(name, content)
    try:
        tags = _count_tags(name, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise FileDamaged(name, 1, f"the archive it is packed in is damaged ({error}); {_SAVE_AGAIN}") from error
    if tags > MOST_TAGS:
        raise FileTooLarge(
            name,
            1,
            f"more rows and cells than {MOST_TAGS:,} tags can tell, the empty ones counted; "
            "delete the empty rows below the table, or split the file",
        )


def _old_workbook(name: str, content: bytes) -> FileEncrypted | FileMisnamed:
    if _ENCRYPTED_PACKAGE in content:
        return FileEncrypted(name, 1, "it needs a password; save it without one")
    return FileMisnamed(name, 1, "this is a workbook of before 2007; save it again as .xlsx")


def _count_tags(name: str, content: bytes) -> int:
    """Count the tags of all parts, up to one more than may be."""
    with ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        _check_sizes(name, parts)
        tags = sheets = 0
        for part in parts:
            with package.open(part) as unpacked:
                tail = b""
                while tags <= MOST_TAGS and (piece := unpacked.read(_PIECE)):
                    tags += piece.count(b"<")
                    sheets += piece.count(_SHEET)
                    if _DOCTYPE in tail + piece:
                        raise FileUnsafe(
                            name, 1, f"its part {part.filename[:80]!a} declares a document type; {_NOT_USED}"
                        )
                    tail = piece[-len(_DOCTYPE) :]
        if sheets > MOST_SHEETS:
            raise FileTooLarge(name, 1, f"{sheets:,} sheets are too many; split the file ({MOST_SHEETS} at most)")
        return tags


def _check_sizes(name: str, parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _LARGEST_UNPACKED:
        raise FileTooLarge(
            name, 1, f"it unpacks to {unpacked:,} bytes ({_LARGEST_UNPACKED:,} at most); take pictures out or split it"
        )
    for part in parts:
        if part.flag_bits & _ENCRYPTED_PART:
            raise FileEncrypted(name, 1, "it needs a password; save it without one")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileDamaged(name, 1, f"its parts are packed in a way that no workbook is; {_SAVE_AGAIN}")
