"""Guards the application: which addresses it has, who may change something, what browsers may do with its replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.admission import Caller, Refusal, admit, caller_of
from assistant.web.api.problems import NOT_ADMITTED, Problems
from assistant.web.origins import own_origins
from assistant.web.partners import Partner, Partners

_SHARED_POLICY = (
    "default-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'self'"
)
_EMBED_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_NOBODY = "'none'"
_FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For a file that the library did not write: whatever it holds, a browser runs nothing of it."""
_CHAT = "/"
_ORIGINAL = re.compile(r"/library/[^/]+/original")
API = "/api/"
_REFERENCE = "/api/docs"
EMBED = "/embed"
_FILES = ("/embed/", "/static/")
"""Scripts and styles that are of one make, so a browser must not mix those of two."""
WIDGET = re.compile(r"/widget(-[0-9a-f]{12})?\.js")
_NAMED_BY_CONTENT = re.compile(r"/assets/.+-[\w-]{8}\.\w+|/widget-[0-9a-f]{12}\.js")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FRAMED = {"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
_FOR_ALL_SITES = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""For a script that any page may load and check by its digest."""
_SHARED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, X-Site",
    "Access-Control-Expose-Headers": "RateLimit, RateLimit-Policy, Retry-After",
    "Access-Control-Max-Age": "600",
}
_READING = {"GET", "HEAD"}


class AllowedRoutes:
    """Passes on the paths that the site has, and gives what `otherwise` makes for all others."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str], otherwise: Callable[[], ASGIApp]) -> None:
        self._app = app
        self._allowed = re.compile("|".join(allowed))
        self._otherwise = otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or give what stands in its place."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and self._allowed.fullmatch(scope["path"])):
            await self._app(scope, receive, send)
        else:
            await self._otherwise()(scope, receive, send)


class SameOrigin:
    """Refuses requests that could change something unless a page of this site sends them; the API has its own rule."""

    def __init__(self, app: ASGIApp, origins: Sequence[str], told: Problems) -> None:
        self._app = app
        self._origins = origins
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        found = self._admit(scope) if scope["type"] == "http" and not scope["path"].startswith(API) else None
        if isinstance(found, Refusal):
            await self._told.response(NOT_ADMITTED, found.reason)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _admit(self, scope: Scope) -> Caller | Refusal | None:
        if scope["method"] in _READING:
            return None
        return admit(Headers(scope=scope), own_origins(scope, self._origins), Partners())


class ResponseHeaders:
    """Sets the headers that confine a page in the browser, and says which other site may read or frame it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _confine(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _confine(headers: MutableHeaders, scope: Scope, status: int) -> None:
    """Set what confines a response, after taking away whatever shares it with other sites."""
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    path = scope["path"]
    headers.update(_HEADERS)
    headers["Content-Security-Policy"] = _policy(path, caller_of(scope).partner)
    if path == EMBED:
        _let_frame(headers)
    elif path.startswith(API):
        _share(headers, caller_of(scope).shared_with)
    elif path.startswith(_FILES):
        headers["Cache-Control"] = "no-cache"
    elif WIDGET.fullmatch(path):
        headers.update(_FOR_ALL_SITES)
    if headers.get("content-type", "").startswith("text/event-stream"):
        headers["X-Accel-Buffering"] = "no"  # nginx and its kin would hold events back until a buffer is full
    if status == 200 and _NAMED_BY_CONTENT.fullmatch(path):  # noqa: PLR2004
        headers["Cache-Control"] = "public, max-age=31536000, immutable"


def _policy(path: str, partner: Partner | None) -> str:
    if path == EMBED:
        return f"{_EMBED_POLICY}; frame-ancestors {' '.join(partner.origins) if partner else _NOBODY}"
    if _ORIGINAL.fullmatch(path):
        return _FILE_POLICY
    if path.startswith(API) and not path.startswith(_REFERENCE):
        return _API_POLICY
    return _SHARED_POLICY + (" 'unsafe-inline'" if path == _CHAT else "")


def _let_frame(headers: MutableHeaders) -> None:
    """Leave it to the policy who may frame the page; others may also be framed beside it under COEP."""
    del headers["X-Frame-Options"]
    headers.update(_FRAMED)


def _share(headers: MutableHeaders, origin: str | None) -> None:
    """Let pages of that origin read the response, and none else."""
    headers["Cache-Control"] = "no-store"
    headers.add_vary_header("Origin")
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
        headers.update(_SHARED)
