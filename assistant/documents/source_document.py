"""Makes a document of a source file and what an editor says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.documents.description import Description, is_date, is_web_address, parse_description
from assistant.documents.document import Document, Source, asks
from assistant.documents.file_kinds import kind_of
from assistant.documents.instructions import find_instructions
from assistant.documents.isolation import read_isolated
from assistant.documents.limits import Limits
from assistant.documents.problem import Problem
from assistant.documents.reading import Metadata, Reading, Remark
from assistant.documents.source_files import DESCRIPTION, description_path, digest, document_id
from assistant.documents.text_files import read_page, read_text

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read, and what to tell of it without reading it again.

    `digest` is that over all the document was made of; `pages` is `None` for a format without pages; `publish` if
    readers may have the file itself.
    """

    name: str
    document: str
    digest: str
    pages: int | None = None
    publish: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document with the file that it was read from."""

    document: Document
    file: ReadFile


def read_source(path: Path, name: str, limits: Limits) -> SourceDocument:
    """Read a file of the corpus that `check_file` let pass, together with the description in or beside it.

    Raises `DocumentError`.
    """
    sha256 = digest(path, name)
    kind = kind_of(name)
    if kind and kind.is_isolated:
        reading, description = read_isolated(path, name, limits), _description_beside(path, name)
    else:
        page = read_page(path, name, limits)
        reading, description = page.reading, page.description
    document = _document(name, reading, description)
    problems = tuple(_problems(name, document, reading, description))
    publish = description is not None and description.publish
    return SourceDocument(document, ReadFile(name, document.id, sha256, reading.pages, publish, problems))


def _description_beside(path: Path, name: str) -> Description | None:
    described = description_path(path)
    if described is None:
        return None
    file = name + DESCRIPTION
    return parse_description(file, read_text(described, file))


def _document(name: str, reading: Reading, description: Description | None) -> Document:
    said = description or Description(None, _own_source(reading.metadata))
    kind = kind_of(name)
    return Document(
        document_id(name),
        said.title or _title(name, reading),
        said.source,
        reading.sections,
        said.updated,
        said.review_by,
        said.starters,
        is_original=kind is not None and kind.is_isolated and said.source.kind != "library",
        topic=said.topic or _topic(name),
    )


def _title(name: str, reading: Reading) -> str:
    """Give the title by the file itself, else the one heading that all stands under, else its name as words."""
    tops = {section.heading[0] for section in reading.sections if section.heading}
    heading = next(iter(tops)) if len(tops) == 1 and len(min(tops)) <= _LONGEST_TITLE and not asks(tuple(tops)) else ""
    return reading.metadata.title.strip() or heading or _as_words(PurePosixPath(name).stem)


def _topic(name: str) -> str:
    """Give the topic by the outermost folder that a file lies in; none for one that lies in no folder."""
    folders = PurePosixPath(name).parts[:-1]
    return _as_words(folders[0]) if folders else ""


def _as_words(name: str) -> str:
    words = " ".join(name.replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _own_source(metadata: Metadata) -> Source:
    """Give the source as far as a file itself names it."""
    return Source(
        publisher=metadata.author,
        url=metadata.url if is_web_address(metadata.url) else None,
        published=metadata.date if is_date(metadata.date) else None,
    )


def _problems(name: str, document: Document, reading: Reading, description: Description | None) -> Iterator[Problem]:
    if description is None:
        yield Problem("warning", name, 1, _undescribed(name, document))
    else:
        yield from (Problem("warning", name, 1, message) for message in _gaps(document, description))
    remarks: tuple[Remark, ...] = (*reading.remarks, *find_instructions(document.sections))
    yield from (Problem("warning", name, remark.line, remark.message) for remark in remarks)


def _undescribed(name: str, document: Document) -> str:
    kind = kind_of(name)
    if kind is None or not kind.is_isolated:
        return f"no description (--- lines) at the top: source and date are unknown, titled {document.title!r}"
    source = document.source
    said = (("author", source.publisher), ("date", source.published), ("address", source.url))
    missing = [what for what, value in said if not value]
    unknown = f"; unknown: {', '.join(missing)}" if missing else ""
    file = PurePosixPath(name).name + DESCRIPTION
    return f"no description in {file}: by the file itself titled {document.title!r}{unknown}"


def _gaps(document: Document, description: Description) -> Iterator[str]:
    if description.unknown:
        yield f"fields that a description does not have are passed over: {', '.join(description.unknown)[:200]}"
    said = (
        ("title", description.title),
        ("source: publisher", document.source.publisher),
        ("source: kind", document.source.kind.replace("unknown", "")),
        ("updated", document.updated),
    )
    yield from (f"the description lacks {field}" for field, value in said if not value)
    questions = {question for section in document.sections for question in section.questions}
    yield from (
        f"the starter {starter!r} is no question of this page"
        for starter in document.starters
        if starter not in questions
    )
