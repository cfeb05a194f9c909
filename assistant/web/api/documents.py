"""Gives the documents of the library over HTTP, each with its sections."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from typing_extensions import TypedDict

from assistant.documents.document import Document, Section, SourceKind
from assistant.serving.serving import Serving
from assistant.web.api.problems import INVALID, NOT_FOUND, documented


class DocumentJson(TypedDict):
    """A document, and whose words it is based on; `url` opens it here, `source_url` at its publisher.

    `published` is the date of the source, `updated` that of the document; both as far as they are known. `topic` is
    empty for a document without one.
    """

    id: str
    title: str
    topic: str
    publisher: str
    kind: SourceKind
    published: str | None
    updated: str | None
    url: str
    source_url: str | None


class SectionJson(TypedDict):
    """A section: the headings it stands under, and the page of the source it begins on if that has pages."""

    heading: list[str]
    anchor: str
    text: str
    page: int | None
    url: str


class DocumentsJson(TypedDict):
    """All documents of a version."""

    version: str
    documents: list[DocumentJson]


class WholeDocumentJson(TypedDict):
    """A document of a version with all its text."""

    version: str
    document: DocumentJson
    sections: list[SectionJson]


def document_routes(serving: Serving, root: str) -> APIRouter:
    """Give the routes of the documents, with addresses below the path `root`."""
    router = APIRouter()

    @router.get("/documents", summary="All documents")
    async def documents() -> DocumentsJson:
        """List what the library holds, without the text."""
        assistant = serving.current
        return {
            "version": assistant.version.id,
            "documents": [_document(document, root) for document in assistant.documents.values()],
        }

    @router.get("/documents/{document_id}", summary="A document", responses=documented(NOT_FOUND, INVALID))
    async def document(document_id: str) -> WholeDocumentJson:
        """Give a document with its sections in the order of the source."""
        assistant = serving.current
        found = assistant.documents.get(document_id)
        if found is None:
            raise HTTPException(NOT_FOUND.status)
        return {
            "version": assistant.version.id,
            "document": _document(found, root),
            "sections": [_section(found, section, root) for section in found.sections],
        }

    return router


def _document(document: Document, root: str) -> DocumentJson:
    source = document.source
    return {
        "id": document.id,
        "title": document.title,
        "topic": document.topic,
        "publisher": source.publisher,
        "kind": source.kind,
        "published": source.published,
        "updated": document.updated,
        "url": f"{root}/library/{document.id}",
        "source_url": source.url,
    }


def _section(document: Document, section: Section, root: str) -> SectionJson:
    return {
        "heading": list(section.heading),
        "anchor": section.anchor,
        "text": section.text,
        "page": section.page_at(0),
        "url": f"{root}/library/{document.id}#{section.anchor}",
    }
