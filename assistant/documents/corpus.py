"""Reads the corpus folder: every document, and every problem with the file and line it stands on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assistant.documents import aliases
from assistant.documents.aliases import Alias, parse_aliases
from assistant.documents.document import Document
from assistant.documents.file_kinds import SUFFIXES, kind_of
from assistant.documents.limits import Limits
from assistant.documents.original import Original
from assistant.documents.preflight import check_file
from assistant.documents.problem import Problem, problem_of
from assistant.documents.source_document import ReadFile, SourceDocument, read_source
from assistant.documents.source_files import (
    SourceFile,
    digest,
    file_name,
    file_sha256,
    fingerprint,
    list_files,
    lock_files,
    sources,
    unread,
)
from assistant.documents.text_files import read_text
from assistant.errors import CorpusError, DocumentError

KnownDocuments = Mapping[str, SourceDocument]
"""Documents that need not be read again, by the digest over all they were made of."""

Told = Callable[[str], object]
"""Told the name of each file that is done."""

ReadingBar = Callable[[int], AbstractContextManager[Told]]
"""Given the number of files, opens a bar that is told of each."""


def no_bar(_files: int) -> AbstractContextManager[Told]:
    """Open no bar."""
    return nullcontext(lambda _name: None)


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents that could be read, sorted by file name, each with its file, the aliases, and all problems met.

    `originals` are the files that readers may have, `files` all source files, `lock_files` those that say that a
    document is open in another program.
    """

    documents: tuple[Document, ...]
    read: tuple[ReadFile, ...]
    originals: tuple[Original, ...]
    aliases: tuple[Alias, ...]
    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    lock_files: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all source files, the unreadable ones too."""
        return fingerprint(self.files)


def read_corpus(
    folder: Path,
    known: KnownDocuments = MappingProxyType({}),
    limits: Limits = Limits(),  # noqa: B008  # frozen
    bar: ReadingBar = no_bar,
) -> Corpus:
    """Read every source file below `folder`, as many at once as there are cores; a broken one becomes a problem.

    Raises `CorpusError` if the folder is missing or holds no document that can be read.
    """
    paths = sources(folder)
    with bar(len(paths)) as told, ThreadPoolExecutor(os.cpu_count()) as pool:

        def read(path: Path) -> SourceDocument | Problem:
            name = file_name(path, folder)
            found = _read(path, name, known, limits)
            told(name)
            return found

        found = _without_duplicates(list(pool.map(read, paths)))
    problems = [problem for one in found for problem in _problems(one)] + unread(folder)
    named = _read_aliases(folder, problems)
    documents = [one for one in found if isinstance(one, SourceDocument)]
    if not documents:
        raise CorpusError(_nothing_read(folder, problems))
    return Corpus(
        tuple(one.document for one in documents),
        tuple(one.file for one in documents),
        tuple(original for path, one in zip(paths, found, strict=True) for original in _originals(path, one)),
        named,
        list_files(folder),
        tuple(problems),
        lock_files(folder),
    )


def _problems(one: SourceDocument | Problem) -> Iterator[Problem]:
    yield from [one] if isinstance(one, Problem) else one.file.problems


def _originals(path: Path, one: SourceDocument | Problem) -> Iterator[Original]:
    if isinstance(one, SourceDocument) and one.file.publish:
        yield Original(one.document.id, path, file_sha256(path))


def _read(path: Path, name: str, known: KnownDocuments, limits: Limits) -> SourceDocument | Problem:
    try:
        check_file(path, name)
        kind = kind_of(name)
        unchanged = known.get(digest(path, name)) if kind and kind.is_isolated else None
        return unchanged or read_source(path, name, limits)
    except DocumentError as error:
        return problem_of(error)


def _without_duplicates(found: list[SourceDocument | Problem]) -> list[SourceDocument | Problem]:
    """Put a problem in place of each document whose address an earlier one has."""
    taken: set[str] = set()
    kept: list[SourceDocument | Problem] = []
    for one in found:
        if isinstance(one, SourceDocument) and one.document.id in taken:
            message = f"another file already has the address {one.document.id!r}; give this file another name"
            kept.append(Problem("error", one.file.name, 1, message))
        else:
            kept.append(one)
            taken |= {one.document.id} if isinstance(one, SourceDocument) else set()
    return kept


def _read_aliases(folder: Path, problems: list[Problem]) -> tuple[Alias, ...]:
    """Read the aliases, none if there is no such file; a broken one becomes a problem."""
    path = folder / aliases.FILE
    if not path.is_file():
        return ()
    try:
        return parse_aliases(aliases.FILE, read_text(path, aliases.FILE))
    except DocumentError as error:
        problems.append(problem_of(error))
        return ()


def _nothing_read(folder: Path, problems: list[Problem]) -> str:
    listing = "".join(f"\n  {problem}" for problem in problems)
    return f"no document in {folder} could be read: expected files with text in them ({', '.join(SUFFIXES)}){listing}"
