"""Says which kinds of files are part of the library, and who reads each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

READING = 2
"""Raised by whoever changes what is read of a file, so that unchanged files are read again."""

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file by the endings of its name.

    `module` and `function` read it, within `assistant.documents.formats`; they are empty for what is plain text and
    read in this process. `largest` is in bytes; `archive_folder` is the folder that an Office file of this kind has.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    largest: int
    module: str = ""
    function: str = ""
    archive_folder: str = ""

    @property
    def is_isolated(self) -> bool:
        """Whether it is read in a process of its own."""
        return bool(self.module)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = (
    FileKind("Markdown", (".md",), "text/markdown", 5 * _MEGABYTE),
    FileKind("text", (".txt",), "text/plain", 5 * _MEGABYTE),
    FileKind("PDF", (".pdf",), "application/pdf", 50 * _MEGABYTE, "pdf", "read_pdf"),
    FileKind("Word", (".docx",), _WORD, 50 * _MEGABYTE, "docx", "read_docx", "word/"),
    FileKind("web page", (".html", ".htm"), "text/html", 10 * _MEGABYTE, "html", "read_html"),
    FileKind("CSV", (".csv",), "text/csv", 10 * _MEGABYTE, "csv_table", "read_csv"),
    FileKind("Excel", (".xlsx",), _EXCEL, 20 * _MEGABYTE, "xlsx", "read_xlsx", "xl/"),
)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)


def kind_of(name: str) -> FileKind | None:
    """Give the kind of a file by its name; `None` if it is no part of the library."""
    suffix = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if suffix in kind.suffixes), None)
