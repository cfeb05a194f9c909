"""Guards the application: which addresses it has, who may change something, what browsers may do with its replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHARED_POLICY = (
    "default-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src 'self'"
)
_FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""For a file that the library did not write: whatever it holds, a browser runs nothing of it."""
_CHAT = "/"
_ORIGINAL = re.compile(r"/library/[^/]+/original")
_HASHED = re.compile(r"/assets/.+-[\w-]{8}\.\w+")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
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
    """Refuses requests that could change something when a page of another site sends them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in _READING and _is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("This request came from a page of another site.\n", 403)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_foreign(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


class ResponseHeaders:
    """Sets the headers that confine a page in the browser, and takes away any that share it with other sites."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _confine(MutableHeaders(scope=message), scope["path"], message["status"])
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _confine(headers: MutableHeaders, path: str, status: int) -> None:
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
    headers.update(_HEADERS)
    page_policy = _SHARED_POLICY + (" 'unsafe-inline'" if path == _CHAT else "")
    headers["Content-Security-Policy"] = _FILE_POLICY if _ORIGINAL.fullmatch(path) else page_policy
    if status == 200 and _HASHED.fullmatch(path):  # noqa: PLR2004
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
