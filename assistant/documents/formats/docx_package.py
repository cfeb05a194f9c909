"""Opens a Word file and gives its parts, each unpacked under a limit."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from assistant.documents.formats.element import Element
from assistant.documents.formats.markup import parse_xml
from assistant.errors import FileDamaged, FileEncrypted, FileTooLarge

LARGEST_PART = 24_000_000
"""Bytes of XML: about a thousand pages."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_FLAG = 1
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part points at: a file of the package, or an address outside of it."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """The root element of a part and what the part points at."""

    root: Element
    relationships: tuple[Relationship, ...]

    def link(self, relationship: str) -> str:
        """Give the address that a relationship points at, nothing if it is not outside of the file."""
        return next((r.target for r in self.relationships if r.id == relationship and r.external), "")


class WordPackage:
    """The parts of a Word file, found as Word finds them: through what points at them."""

    def __init__(self, name: str, content: bytes) -> None:
        """Open the file.

        Raises `FileEncrypted` (with a password, or written by Word 2003 and before), `FileDamaged`.
        """
        self._name = name
        if content.startswith(_OLE):
            raise FileEncrypted(
                name, 1, "needs a password, or is a .doc file of Word 2003: save it as .docx without a password"
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN_ZIP as error:
            raise self._damaged(f"it is no zip archive, as .docx files are ({error})") from error
        self._top = self._relationships("")

    def document(self) -> Part:
        """Give the part that holds the text."""
        path = self._document_path()
        if path not in self._zip.namelist():
            raise self._damaged("the part that holds its text is missing")
        return self._part(path)

    def part(self, kind: str) -> Part | None:
        """Give a part that the document points at: `styles`, `numbering`, `footnotes`, `endnotes`, `theme`."""
        path = self._document_path()
        for relationship in self._relationships(path):
            if relationship.kind == kind and not relationship.external:
                return self._existing(posixpath.join(posixpath.dirname(path), relationship.target))
        return None

    def properties(self) -> Part | None:
        """Give the part that holds title, author and dates."""
        target = next((r.target for r in self._top if r.kind == "core-properties"), "")
        return self._existing(target) if target else None

    def _document_path(self) -> str:
        return next((_normal(r.target) for r in self._top if r.kind == "officeDocument"), "word/document.xml")

    def _existing(self, path: str) -> Part | None:
        return self._part(_normal(path)) if _normal(path) in self._zip.namelist() else None

    def _part(self, path: str) -> Part:
        return Part(parse_xml(self._name, self._unpacked(path)), self._relationships(path))

    def _relationships(self, path: str) -> tuple[Relationship, ...]:
        folder, file = posixpath.split(path)
        beside = posixpath.join(folder, "_rels", f"{file}.rels")
        if beside not in self._zip.namelist():
            return ()
        listed = parse_xml(self._name, self._unpacked(beside)).elements
        return tuple(
            Relationship(
                element.get("Id"),
                element.get("Type").rsplit("/", 1)[-1],
                element.get("Target"),
                element.get("TargetMode") == "External",
            )
            for element in listed
        )

    def _unpacked(self, path: str) -> bytes:
        entry = self._zip.getinfo(path)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise FileEncrypted(self._name, 1, f"its part {path} needs a password: save it without one")
        try:
            with self._zip.open(entry) as packed:
                content = packed.read(LARGEST_PART + 1)
        except _BROKEN_ZIP as error:
            raise self._damaged(f"its part {path} can't be unpacked ({error})") from error
        if len(content) > LARGEST_PART:
            raise FileTooLarge(
                self._name, 1, f"its part {path} has more than {LARGEST_PART:,} bytes unpacked; split the document"
            )
        return content

    def _damaged(self, found: str) -> FileDamaged:
        return FileDamaged(self._name, 1, f"{found}: open it in Word and save it anew")


def _normal(path: str) -> str:
    return posixpath.normpath(path).lstrip("/")
