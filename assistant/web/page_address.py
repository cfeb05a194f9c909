"""Tells Gradio where its page was opened, from nothing but what may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_CLAIMS = {b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server"}
"""Where Gradio 6.31 lets any sender say that the site is. What a trusted proxy says of the scheme is in the scope."""


class PageAddress:
    """Leaves Gradio the host and scheme of a request, or the origin of the page that sends it if that is ours.

    A proxy that passes on a host of its own would otherwise have the page ask there.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            kept = [(name, value) for name, value in scope["headers"] if name not in _CLAIMS]
            scope["headers"] = [*kept, *self._told(Headers(scope=scope).get("referer", ""))]
        await self._app(scope, receive, send)

    def _told(self, page: str) -> list[tuple[bytes, bytes]]:
        """Give the header that names the origin of a page, if it is one of ours."""
        return [(b"x-gradio-server", origin.encode()) for origin in self._origins if _lies_at(page, origin)]


def _lies_at(page: str, origin: str) -> bool:
    try:
        parts = urlsplit(page)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == origin
