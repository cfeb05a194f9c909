"""Serves what partners embed: the widget's script and the page that it shows, for registered sites only."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from assistant.serving.serving import Serving
from assistant.web.admission import Caller, note_caller
from assistant.web.embedding import render_embed
from assistant.web.hosting import Hosting
from assistant.web.layout import Frame, frame_page
from assistant.web.origins import own_origins
from assistant.web.widget_script import read_script

_FIVE_MINUTES = {"Cache-Control": "public, max-age=300"}
_CLOSED = """<main id="main" class="inner listing"><h1>This site is not registered</h1>
<p class="lead">The assistant can be embedded by registered sites only. If this is yours, the key in its snippet
is not, or no longer, that of a registered site.</p></main>"""


def embed_routes(serving: Serving, hosting: Hosting) -> APIRouter:
    """Give the routes of the script and the page; the page's own files lie below `/embed/`."""
    router = APIRouter()

    @router.api_route("/embed", methods=["GET", "HEAD"])
    def embed(request: Request, site: str = "", lang: str = "") -> HTMLResponse:
        partner = hosting.registry.partners.with_key(site)
        if partner is None:
            return HTMLResponse(frame_page(Frame("Not registered", "embed", root=hosting.root), _CLOSED, ""), 403)
        note_caller(request.scope, Caller(partner))
        starters = serving.current.starter_questions()
        keeps_words = hosting.feedback is not None
        own = own_origins(request.scope, hosting.origins)
        page = render_embed(partner, lang, starters, own, keeps_words=keeps_words, root=hosting.root)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    @router.api_route("/widget.js", methods=["GET", "HEAD"])
    @router.api_route("/widget{version}.js", methods=["GET", "HEAD"])
    def widget(version: str = "") -> Response:
        script = read_script(f"widget{version}.js")
        if script is None:
            raise HTTPException(404)
        return Response(script, media_type="text/javascript", headers=_FIVE_MINUTES)

    return router
