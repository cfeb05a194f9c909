"""Shows an editor what the assistant would read of one file, before any build."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pydantic

from assistant.documents.document import Document, Section
from assistant.documents.file_kinds import SUFFIXES, kind_of
from assistant.documents.limits import Limits
from assistant.documents.preflight import check_file
from assistant.documents.source_document import SourceDocument, read_source
from assistant.documents.source_files import document_id, file_name, is_lock_file
from assistant.errors import CorpusError

_RULE = "─" * 72


def preview_file(path: Path, corpus_folder: Path, limits: Limits) -> SourceDocument:
    """Read one file as a build would, as one that lies in the corpus or as if it lay directly in it.

    Raises `DocumentError`, or `CorpusError` if there is no such file.
    """
    if not path.is_symlink() and not path.exists():
        raise CorpusError(f"no file at {path}: expected one of the kinds {', '.join(SUFFIXES)}")
    if is_lock_file(path.name):
        raise CorpusError(f"{path} only says that another file is open; preview that file")
    place, folder = path.absolute(), corpus_folder.absolute()
    name = file_name(place, folder if place.is_relative_to(folder) else place.parent)
    check_file(path, name)
    return read_source(path, name, limits)


def render_preview(found: SourceDocument) -> str:
    """Give what was read: what is said of it, each section with its text, and what to mend."""
    return "\n".join(_lines(found))


def preview_json(found: SourceDocument) -> str:
    """Give what was read as JSON."""
    fields = pydantic.TypeAdapter(SourceDocument).dump_python(found, mode="json", exclude_none=True)
    return json.dumps(fields, indent=2, ensure_ascii=False)


def _lines(found: SourceDocument) -> Iterator[str]:
    document, file = found.document, found.file
    kind = kind_of(file.name)
    pages = f"{file.pages} page(s), " if file.pages is not None else ""
    amount = f"{pages}{len(document.sections)} section(s), {_words(document)} words"
    yield f"{file.name}: {kind.name if kind else ''}, {amount}"
    yield f"address:   /library/{document_id(file.name)}{' (readers may have the file)' if file.publish else ''}"
    yield f"title:     {document.title}"
    yield from _source_lines(document)
    for section in document.sections:
        yield from _section_lines(section)
    yield _RULE
    yield from map(str, file.problems)
    yield f"{len(file.problems)} warning(s)"


def _source_lines(document: Document) -> Iterator[str]:
    source = document.source
    said = {
        "topic": document.topic,
        "source": " · ".join(filter(None, (source.publisher, source.title, source.published))),
        "original": source.url,
        "updated": document.updated,
    }
    yield from (f"{name + ':':<11}{value}" for name, value in said.items() if value)


def _section_lines(section: Section) -> Iterator[str]:
    yield _RULE
    page = section.page_at(0)
    heading = " › ".join(section.heading) or "(before the first heading)"
    yield heading + (f"   [page {page}]" if page else "")
    if section.is_entry:
        yield "entry: the answer to this question is quoted whole"
    yield from (f"also asked: {wording}" for wording in section.wordings)
    for block in section.blocks:
        yield ""
        yield from _block_lines(section, block.start, block.end, block.kind)


def _block_lines(section: Section, start: int, end: int, kind: str) -> Iterator[str]:
    turns = [turn.page for turn in section.pages if start < turn.start < end]
    mark = "" if kind == "paragraph" else f"[{kind}] "
    yield mark + section.text[start:end]
    yield from (f"[page {page} begins in this {kind}]" for page in turns)


def _words(document: Document) -> int:
    return sum(len(section.text.split()) for section in document.sections)
