"""Puts the site together: the chat, the library for reading, and what tells an operator that it works."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.dialogue.question import LONGEST
from assistant.documents.file_kinds import kind_of
from assistant.documents.original import Original
from assistant.serving.serving import Serving
from assistant.small_machine import need_little
from assistant.telemetry import opt_out
from assistant.versions.originals import read_original
from assistant.web.api.application import make_api
from assistant.web.api.line import Line
from assistant.web.api.problems import NOT_FOUND, Problems
from assistant.web.api.reference import render_reference
from assistant.web.below import BelowRoot
from assistant.web.bodies import LARGEST, Bodies, refuse_for_chat
from assistant.web.dates import readable_date
from assistant.web.embed_routes import embed_routes
from assistant.web.embedding import FOLDER, script_attributes
from assistant.web.hosting import Hosting
from assistant.web.layout import Frame, frame_page
from assistant.web.listing import render_library
from assistant.web.markup import escape
from assistant.web.origins import own_origins
from assistant.web.page_address import PageAddress
from assistant.web.reading import render_document, render_missing
from assistant.web.registry import Registry
from assistant.web.rendering import render_starters
from assistant.web.security import API, WIDGET, AllowedRoutes, ResponseHeaders, SameOrigin

_STATIC = Path(__file__).parent / "static"
_CHAT_SCRIPTS = ("address", "linked", "loading")
_CHAT_MODULES = ("page", "answers")
_GRADIO_FILES = Path(__file__).parent / "gradio_files"
"""Holds the one folder that Gradio makes as it starts: nothing is uploaded or cached, so none has to be writable."""
_OUR_ROUTES = (
    r"/",
    r"/healthz",
    r"/readyz",
    r"/library(/[^/]+(/original)?)?",
    r"/static/[\w.-]+",
    r"/api/[\s\S]*",
    r"/embed(/[\w-]+\.(js|css))?",
    WIDGET.pattern,
)
_GRADIO_ROUTES = (
    r"/config",
    r"/theme\.css",
    r"/assets/[\w./-]+",
    r"/gradio_api/run/predict",
)


def make_application(serving: Serving, hosting: Hosting | None = None) -> FastAPI:
    """Give the site that answers from what is served, each request from one version; by default it has no partners."""
    opt_out(os.environ)
    need_little(os.environ)
    os.environ.setdefault("GRADIO_TEMP_DIR", str(_GRADIO_FILES))
    from assistant.web.page import Desk, entry_tags, mount_chat  # noqa: PLC0415  # Gradio reads the environment first

    hosting = hosting or Hosting()
    application = FastAPI(title=wording.NAME, docs_url=None, openapi_url=None, redoc_url=None)
    line = Line(hosting.at_once)
    api = make_api(serving, hosting, line)
    application.include_router(_operator_routes(serving, hosting.registry))
    application.include_router(_page_routes(serving, hosting, entry_tags(hosting.root)))
    application.include_router(_reference_routes(serving, api, hosting.root))
    application.include_router(embed_routes(serving, hosting))
    application.mount("/api", api)
    application.mount("/static", StaticFiles(directory=_STATIC))
    application.mount("/embed", StaticFiles(directory=FOLDER))
    missing = partial(_missing, serving, hosting.root)
    application.add_exception_handler(404, lambda request, _error: _missing_api(request, hosting.root) or missing())
    mount_chat(application, Desk(serving, line, hosting.per_minute, hosting.root))
    _guard(application, hosting, missing)
    return application


def _reading_page(assistant: Assistant, frame: Frame, main: str, *scripts: str) -> str:
    """Give a page to read, which needs the style and the script of such pages, and maybe `scripts` of its own."""
    tags = "".join(f'<script src="{frame.root}/static/{name}.js" defer></script>' for name in ("reading", *scripts))
    head = f'<link rel="stylesheet" href="{frame.root}/static/reading.css">{tags}'
    return frame_page(replace(frame, head=head), main, _foot(assistant, frame.root))


def _missing(serving: Serving, root: str) -> Response:
    frame = Frame("Not found", "library", root=root)
    return HTMLResponse(_reading_page(serving.current, frame, render_missing(root)), 404)


def _missing_api(request: Request, root: str) -> Response | None:
    """Tell programs of an address that is not even mounted, such as one with a line break, the way the API does."""
    below = request.scope["path"].startswith("/api/")
    return Problems(root).response(NOT_FOUND, f"{NOT_FOUND.title}.") if below else None


def _guard(application: FastAPI, hosting: Hosting, missing: Callable[[], Response]) -> None:
    """Put the guards around an application; what is added last meets a request first."""
    told = Problems(hosting.root)
    application.add_middleware(PageAddress, origins=hosting.origins)
    application.add_middleware(Bodies, most=LARGEST, refuse=partial(refuse_for_chat, told), beside=API)
    application.add_middleware(SameOrigin, origins=hosting.origins, told=told)
    application.add_middleware(AllowedRoutes, allowed=(*_OUR_ROUTES, *_GRADIO_ROUTES), otherwise=missing)
    application.add_middleware(GZipMiddleware, minimum_size=1000)
    application.add_middleware(ResponseHeaders)
    application.add_middleware(BelowRoot, root=hosting.root)


def _operator_routes(serving: Serving, registry: Registry) -> APIRouter:
    router = APIRouter()

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "up"}

    @router.get("/readyz")
    def readyz() -> dict[str, str | int | None]:
        served = serving.served
        manifest = served.assistant.version.manifest
        degraded = "; ".join(filter(None, (served.degraded, registry.degraded)))
        return {
            "status": "degraded" if degraded else "ready",
            "degraded": degraded or None,
            "version": served.assistant.version.id,
            "content_date": manifest.content_date,
            "documents": manifest.documents,
            "passages": manifest.passages,
        }

    return router


def _reference_routes(serving: Serving, api: FastAPI, root: str) -> APIRouter:
    """Give what anyone may read of the API: its description for programs, and the same for people."""
    router = APIRouter()

    @router.get("/api/openapi.json")
    def description() -> dict[str, Any]:
        return {**api.openapi(), "servers": [{"url": f"{root}/api"}]}

    @router.api_route("/api/docs", methods=["GET", "HEAD"], response_class=HTMLResponse)
    def reference() -> str:
        frame = Frame("API", "api", root=root)
        return _reading_page(serving.current, frame, render_reference(api.openapi(), root))

    return router


def _page_routes(serving: Serving, hosting: Hosting, gradio: str) -> APIRouter:
    root, chat_head = hosting.root, _chat_head(hosting.root, gradio)
    router = APIRouter(default_response_class=HTMLResponse)

    @router.api_route("/", methods=["GET", "HEAD"])
    def chat(request: Request) -> str:
        assistant = serving.current
        own = own_origins(request.scope, hosting.origins)
        attributes = script_attributes(keeps_words=hosting.feedback is not None)
        frame = Frame(wording.NAME, "ask", chat_head, attributes, root)
        return frame_page(frame, _chat(assistant.starter_questions(), root, own), _foot(assistant, root))

    @router.api_route("/library", methods=["GET", "HEAD"])
    def library(request: Request) -> str:
        assistant = serving.current
        main = render_library(
            assistant.documents.values(),
            request.query_params.get("find", ""),
            hosting.root,
            superseded=assistant.editions.superseded,
        )
        return _reading_page(assistant, Frame("The library", "library", root=hosting.root), main, "listing")

    @router.api_route("/library/{document_id}", methods=["GET", "HEAD"])
    def document(document_id: str, request: Request) -> str:
        assistant = serving.current
        found = assistant.documents.get(document_id)
        if found is None:
            raise HTTPException(404)
        main = render_document(
            found,
            assistant.version.passages,
            request.query_params.get("cite", ""),
            has_file=_original(assistant, document_id) is not None,
            root=hosting.root,
            newer=assistant.editions.in_force(document_id),
            older=assistant.editions.older(document_id),
        )
        return _reading_page(assistant, Frame(found.title, "library", root=hosting.root), main)

    @router.api_route("/library/{document_id}/original", methods=["GET", "HEAD"])
    def original(document_id: str) -> Response:
        found = _original(serving.current, document_id)
        if found is None:
            raise HTTPException(404)
        kind = kind_of(found.path.name)
        disposition = {"Content-Disposition": f'attachment; filename="{found.path.name}"'}
        return Response(read_original(found), media_type=kind.media_type if kind else None, headers=disposition)

    return router


def _original(assistant: Assistant, document_id: str) -> Original | None:
    """Give the file of a document, if readers may have it."""
    return next((one for one in assistant.version.originals if one.document == document_id), None)


def _chat_head(root: str, gradio: str) -> str:
    """Give the tags of the page's own scripts, in the order in which they run, and of `gradio` after them."""
    scripts = "".join(f'<script src="{root}/static/{name}.js" defer></script>' for name in _CHAT_SCRIPTS)
    modules = "".join(f'<script type="module" src="{root}/static/{name}.js"></script>' for name in _CHAT_MODULES)
    return f'<link rel="stylesheet" href="{root}/static/chat.css">{scripts}{modules}{gradio}'


def _chat(starters: Sequence[str], root: str, own: Sequence[str]) -> str:
    """Give the page that Gradio fills, for the `own` origins; it needs no inline script, so none is allowed."""
    return f"""<div id="main" role="main" data-longest="{LONGEST}">
<section class="inner intro" aria-label="What this is">
<p class="lead">{escape(wording.WHAT_IT_IS)}</p>
<p id="elsewhere" role="alert" data-origins="{escape(" ".join(own))}" hidden></p>
<noscript><p>Asking needs JavaScript. <a href="{root}/library">The library can be read</a> without it.</p></noscript>
</section>
<p id="loading" class="inner" role="status">Loading the assistant …
<a href="{root}/library">The library can be read</a> meanwhile.</p>
<gradio-app control_page_title="false" embed="false" eager="true"></gradio-app>
<section class="inner" aria-label="What is kept">
<p id="privacy">Your conversation is kept in this browser, so that you find it again within a day. \
“New conversation” deletes it.</p>
</section>
<template id="starters">{render_starters(starters)}</template>
<div id="announcer" class="unseen" role="status"></div>
</div>"""


def _foot(assistant: Assistant, root: str) -> str:
    manifest = assistant.version.manifest
    dated = f", content of {readable_date(manifest.content_date)}" if manifest.content_date else ""
    return (
        f"<p>Every answer is quoted word for word from the {manifest.documents} pages of "
        f'<a href="{root}/library">the library</a>. Not legal advice.</p>'
        f'<p id="state">Library version {escape(assistant.version.id)}{dated}.</p>'
    )
