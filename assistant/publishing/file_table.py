"""Tells of each file of the library how much was read of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.corpus import Corpus
from assistant.documents.file_kinds import kind_of
from assistant.documents.passages import Passage

_HEADER = f"{'file':<44}{'kind':<10}{'pages':>7}{'sections':>10}{'passages':>10}{'words':>9}{'warnings':>10}"
_WIDEST = 42


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that was read; `pages` is `None` for a format without pages."""

    file: str
    kind: str
    pages: int | None
    sections: int
    passages: int
    words: int
    warnings: int


def file_rows(corpus: Corpus, passages: Sequence[Passage]) -> tuple[FileRow, ...]:
    """Give a row for each file that was read, in the order of their names."""
    count = Counter(passage.document_id for passage in passages)
    return tuple(
        FileRow(
            read.name,
            kind.name if (kind := kind_of(read.name)) else "",
            read.pages,
            len(document.sections),
            count[document.id],
            sum(len(section.text.split()) for section in document.sections),
            len(read.problems),
        )
        for document, read in zip(corpus.documents, corpus.read, strict=True)
    )


def render_rows(rows: Sequence[FileRow]) -> str:
    """Give the rows as a table."""
    return "\n".join((_HEADER, *map(_line, rows)))


def _line(row: FileRow) -> str:
    file = row.file if len(row.file) <= _WIDEST else "…" + row.file[1 - _WIDEST :]
    pages = "" if row.pages is None else row.pages
    return f"{file:<44}{row.kind:<10}{pages:>7}{row.sections:>10}{row.passages:>10}{row.words:>9}{row.warnings:>10}"
