"""Gives what the library holds over HTTP: questions to begin with, passages, and which version it is."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from typing_extensions import TypedDict

from assistant.dialogue.turn_json import LinkJson, links_to_json
from assistant.documents.passages import links_in
from assistant.serving.serving import Serving
from assistant.web.admission import caller_of
from assistant.web.api.problems import INVALID, NOT_FOUND, documented


class SuggestionsJson(TypedDict):
    """Questions to begin with."""

    version: str
    suggestions: list[str]


class PassageJson(TypedDict):
    """A passage: the quote of a citation is `text[start:end]`, with the citation's offsets, and so are `links`."""

    version: str
    id: str
    document: str
    title: str
    heading: list[str]
    text: str
    links: list[LinkJson]
    url: str


class VersionJson(TypedDict):
    """What is served now."""

    version: str
    content_date: str | None
    documents: int
    passages: int


def library_routes(serving: Serving, root: str) -> APIRouter:
    """Give the routes that only read, with addresses below the path `root`."""
    router = APIRouter()

    @router.get("/suggestions", summary="Questions to begin with")
    async def suggestions(request: Request) -> SuggestionsJson:
        """Give the partner's own questions, or else the library's."""
        assistant, partner = serving.current, caller_of(request.scope).partner
        chosen = (partner.starters if partner else ()) or assistant.starter_questions()
        return {"version": assistant.version.id, "suggestions": list(chosen)}

    @router.get("/passages/{passage_id:path}", summary="A passage", responses=documented(NOT_FOUND, INVALID))
    async def passage(passage_id: str) -> PassageJson:
        """Give the passage that a citation names in its field `passage`."""
        assistant = serving.current
        found = assistant.passage(passage_id)
        if found is None:
            raise HTTPException(NOT_FOUND.status)
        return {
            "version": assistant.version.id,
            "id": found.id,
            "document": found.document_id,
            "title": found.title,
            "heading": list(found.heading),
            "text": found.text,
            "links": links_to_json(links_in(assistant.documents[found.document_id], found, 0, len(found.text))),
            "url": f"{root}/library/{found.document_id}#{found.anchor}",
        }

    @router.get("/version", summary="What is served")
    async def version() -> VersionJson:
        """Give the version of the library, the latest date in it, and its size."""
        served = serving.current.version
        manifest = served.manifest
        return {
            "version": served.id,
            "content_date": manifest.content_date,
            "documents": manifest.documents,
            "passages": manifest.passages,
        }

    return router
