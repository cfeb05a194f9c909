"""Lists the files of the corpus folder, those that describe others beside those they describe."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.documents import aliases
from assistant.documents.document import slug
from assistant.documents.file_kinds import KINDS, READING, SUFFIXES, kind_of
from assistant.documents.problem import Problem
from assistant.errors import CorpusError

DESCRIPTION = ".yaml"
"""What is added to a file's whole name to name its description: `plan.pdf.yaml`."""
_YAML = {".yaml", ".yml"}
_NOT_SOURCES = {"README.md", "questions.jsonl", aliases.FILE}
_LOCK_FILE = re.compile(r"~\$.+|\.~lock\..+#")
"""Of Word and Excel, and of LibreOffice."""
_LEFTOVER = re.compile(
    r"~\$.*|.*~|#.*#|.*\.(swp|swo|tmp|temp|part|partial|crdownload|download)|thumbs\.db|desktop\.ini", re.IGNORECASE
)
"""What programs leave beside documents: lock files, what editors save by themselves, downloads that are not done."""
_LARGEST = max(kind.largest for kind in KINDS)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus and the SHA-256 of its bytes."""

    name: str
    sha256: str


def fingerprint(files: tuple[SourceFile, ...]) -> str:
    """Give the SHA-256 over names and digests of source files."""
    lines = "".join(f"{file.sha256}  {file.name}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def list_files(folder: Path) -> tuple[SourceFile, ...]:
    """Name and hash the source files below `folder`, their descriptions and the aliases.

    Raises `CorpusError` if the folder is missing.
    """
    paths = [path for path in sources(folder) if path.is_file() and not path.is_symlink()]
    further = [*filter(None, map(description_path, paths)), *(p for p in [folder / aliases.FILE] if p.is_file())]
    return tuple(SourceFile(file_name(path, folder), file_sha256(path)) for path in (*paths, *further))


def digest(path: Path, name: str) -> str:
    """Give the SHA-256 over all that a document is made of: the file, its name, its description, how files are read."""
    described = description_path(path)
    parts = (str(READING), name, file_sha256(path), file_sha256(described) if described else "")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def sources(folder: Path) -> list[Path]:
    """Give what has the name of a source file below `folder`, sorted; links and other odd things too.

    Raises `CorpusError` if the folder is missing.
    """
    return [path for path in _visible(folder) if kind_of(path.name) and path.name not in _NOT_SOURCES]


def description_path(path: Path) -> Path | None:
    """Give the file that describes a source file, `None` if there is none; a page of text is described at its top."""
    kind = kind_of(path.name)
    described = path.with_name(path.name + DESCRIPTION)
    is_there = kind is not None and kind.is_isolated and described.is_file() and not described.is_symlink()
    return described if is_there else None


def unread(folder: Path) -> list[Problem]:
    """Give a warning for each file of the folder that is neither a source nor describes one."""
    read = set(sources(folder))
    read |= {described for described in map(description_path, read) if described}
    return [
        Problem("warning", file_name(path, folder), 1, _why_unread(path))
        for path in _visible(folder)
        if path not in read and path.name not in _NOT_SOURCES
    ]


def lock_files(folder: Path) -> tuple[str, ...]:
    """Name the files by which office programs show that a document is open; the document itself lies beside them."""
    return tuple(
        file_name(path, folder)
        for path in sorted(folder.rglob("*"))
        if is_lock_file(path.name) and not _is_hidden(path.parent, folder)
    )


def is_lock_file(name: str) -> bool:
    """Whether a file of that name says that another is open."""
    return _LOCK_FILE.fullmatch(name) is not None


def document_id(file: str) -> str:
    """Give the id of the document in a file of the corpus: its name within the folder, as an address."""
    return slug(file.removesuffix(PurePosixPath(file).suffix))


def file_name(path: Path, folder: Path) -> str:
    r"""Give the name of a file within the folder; bytes in it that are not UTF-8 are written as `\xe9`."""
    return os.fsencode(path.relative_to(folder).as_posix()).decode(errors="backslashreplace")


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CorpusError(f"no corpus at {folder}: expected a folder of files ({', '.join(SUFFIXES)})")
    try:
        os.scandir(folder).close()
    except PermissionError as error:
        raise CorpusError(
            f"the corpus at {folder} can't be read ({error.strerror}): the account that runs this needs the right to"
        ) from error
    files = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return [path for path in files if not _is_hidden(path, folder) and not _LEFTOVER.fullmatch(path.name)]


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _why_unread(path: Path) -> str:
    if path.is_symlink():
        return "not read: a link is not followed; put the file or folder itself here"
    if path.suffix.lower() in _YAML:
        return (
            f"it describes no file; a description has the whole name of its file and {DESCRIPTION} behind it, "
            f"as plan.pdf{DESCRIPTION} for plan.pdf; a page of text is described at its top"
        )
    return f"not read: the library is made of {', '.join(SUFFIXES)} files"


def file_sha256(path: Path) -> str:
    """Hash a file; one that is too large to be read is told by its size, one that can't be opened by the reason."""
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            return hashlib.sha256(f"{size} bytes".encode()).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return hashlib.sha256(str(error.strerror).encode()).hexdigest()
