"""Reads the corpus folder: every document, and every problem with the file and line it stands on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from assistant.documents import aliases
from assistant.documents.aliases import Alias, parse_aliases
from assistant.documents.document import Document, Section, slug
from assistant.documents.front_matter import FrontMatter, parse_front_matter
from assistant.documents.markdown import parse_markdown
from assistant.documents.plain_text import parse_plain_text
from assistant.errors import CorpusError, DocumentError

_READERS: dict[str, Callable[[str], tuple[Section, ...]]] = {
    ".md": parse_markdown,
    ".txt": parse_plain_text,
}
_NOT_SOURCES = {"README.md", "questions.jsonl", aliases.FILE}
_LARGEST = 5_000_000
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should know; an `error` means that the file was left out."""

    severity: Literal["error", "warning"]
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents that could be read, sorted by file name, the aliases, and all problems met."""

    documents: tuple[Document, ...]
    aliases: tuple[Alias, ...]
    files: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all source files, the unreadable ones too."""
        return fingerprint(self.files)


def fingerprint(files: tuple[SourceFile, ...]) -> str:
    """Give the SHA-256 over names and digests of source files."""
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def list_files(folder: Path) -> tuple[SourceFile, ...]:
    """Name and hash the source files below `folder`.

    Raises `CorpusError` if the folder is missing.
    """
    paths = [*_sources(folder), *(path for path in [folder / aliases.FILE] if path.is_file())]
    return tuple(SourceFile(_name(path, folder), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)


def read_corpus(folder: Path) -> Corpus:
    """Read every source file below `folder`; a broken one becomes a problem, the rest goes on.

    Raises `CorpusError` if the folder is missing or holds no document that can be read.
    """
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    for path in _sources(folder):
        name = _name(path, folder)
        try:
            document, warnings = _read_document(path, name)
            _refuse_duplicate(document, name, documents)
        except DocumentError as error:
            problems.append(Problem("error", error.file, error.line, error.message))
            continue
        documents[document.id] = document
        problems.extend(warnings)
    problems.extend(_unread(folder))
    known = _read_aliases(folder, problems)
    if not documents:
        raise CorpusError(_nothing_read(folder, problems))
    return Corpus(tuple(documents.values()), known, list_files(folder), tuple(problems))


def _read_aliases(folder: Path, problems: list[Problem]) -> tuple[Alias, ...]:
    """Read the aliases, none if there is no such file; a broken one becomes a problem."""
    path = folder / aliases.FILE
    if not path.is_file():
        return ()
    try:
        return parse_aliases(aliases.FILE, _read_text(path, aliases.FILE))
    except DocumentError as error:
        problems.append(Problem("error", error.file, error.line, error.message))
        return ()


def document_id(file: str) -> str:
    """Give the id of the document in a file of the corpus: its name within the folder, as an address."""
    return slug(file.removesuffix(PurePosixPath(file).suffix))


def _name(path: Path, folder: Path) -> str:
    r"""Give the name of a file within the folder; bytes in it that are not UTF-8 are written as `\xe9`."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode(errors="backslashreplace")


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CorpusError(f"no corpus at {folder}: expected a folder of .md and .txt files")
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in files if not any(p.startswith(".") for p in path.relative_to(folder).parts)]


def _sources(folder: Path) -> list[Path]:
    return [
        path
        for path in _visible(folder)
        if path.suffix.lower() in _READERS and path.name not in _NOT_SOURCES and not path.is_symlink()
    ]


def _unread(folder: Path) -> list[Problem]:
    sources = set(_sources(folder))
    message = f"not read: only {' and '.join(_READERS)} files that are no links are part of the library"
    return [
        Problem("warning", _name(path, folder), 1, message)
        for path in _visible(folder)
        if path not in sources and path.name not in _NOT_SOURCES
    ]


def _read_document(path: Path, name: str) -> tuple[Document, list[Problem]]:
    text = _read_text(path, name)
    front = parse_front_matter(name, text)
    sections = _READERS[path.suffix.lower()](front.body)
    if not sections:
        raise DocumentError(name, front.body_line, "there is no text below the description")
    title = front.title or _title(name, front.body)
    document = Document(
        document_id(name), title, front.source, sections, front.updated, front.review_by, front.starters
    )
    return document, _warnings(front, name, document)


def _read_text(path: Path, name: str) -> str:
    raw = path.read_bytes()
    if len(raw) > _LARGEST:
        raise DocumentError(name, 1, f"{len(raw):,} bytes are too many; split the file ({_LARGEST:,} at most)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            name, line, f"byte {error.start} is not UTF-8; save the file again with the encoding UTF-8"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DocumentError(name, line, "a NUL character: this is no text file; save it as plain text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(name: str, body: str) -> str:
    """Take the first line as the title, or the file's name where that is no title."""
    first = next((line.strip("# ") for line in body.split("\n") if line.strip()), "")
    return first if 0 < len(first) <= _LONGEST_TITLE else PurePosixPath(name).stem.replace("-", " ").capitalize()


def _warnings(front: FrontMatter, name: str, document: Document) -> list[Problem]:
    if not front.present:
        message = f"no description (--- lines) at the top: source and date are unknown, titled {document.title!r}"
        return [Problem("warning", name, 1, message)]
    missing = [
        field
        for field, value in (
            ("source: publisher", front.source.publisher),
            ("source: kind", front.source.kind.replace("unknown", "")),
            ("updated", front.updated),
        )
        if not value
    ]
    questions = {question for section in document.sections for question in section.questions}
    return [
        *(Problem("warning", name, 1, f"the description lacks {field}") for field in missing),
        *(
            Problem("warning", name, 1, f"the starter {starter!r} is no question of this page")
            for starter in front.starters
            if starter not in questions
        ),
    ]


def _refuse_duplicate(document: Document, name: str, documents: dict[str, Document]) -> None:
    if document.id in documents:
        raise DocumentError(
            name, 1, f"another file already has the address {document.id!r}; give this file another name"
        )


def _nothing_read(folder: Path, problems: list[Problem]) -> str:
    listing = "".join(f"\n  {problem}" for problem in problems)
    return f"no document in {folder} could be read: expected .md or .txt files with text in them{listing}"
