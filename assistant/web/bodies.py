"""Reads the bodies of requests before Gradio does: none too large, and none that names files."""

from __future__ import annotations

import json

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000
"""Bytes of a body: a chat of some 150 answers, which the browser sends with each question."""

_NOT_OURS = {"path", "component"}
"""Keys that no message of the chat has. When Gradio 6.31 is mounted in another application, it copies any file of
this machine or of the web that a request names by `path`, and it makes any component that one names."""


class TextBodies:
    """Refuses a body that is larger than the limit, declared or not, and one that is more than text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body read, or refuse it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        body = await _read(Headers(scope=scope), receive)
        if body is None:
            await PlainTextResponse(f"The request has more than {LARGEST:,} bytes.\n", 413)(scope, receive, send)
        elif body and not _is_text(body):
            await PlainTextResponse("The request is no question.\n", 422)(scope, receive, send)
        else:
            await self._app(scope, _replayed(body, receive), send)


async def _read(headers: Headers, receive: Receive) -> bytes | None:
    """Give the body, or `None` if it is too large."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > LARGEST:
        return None
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if len(body) > LARGEST:
            return None
        if not message.get("more_body", False):
            break
    return body


def _is_text(body: bytes) -> bool:
    try:
        json.loads(body, object_pairs_hook=_refuse_files)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_files(pairs: list[tuple[str, object]]) -> None:
    if not _NOT_OURS.isdisjoint(key for key, _ in pairs):
        raise ValueError("a file or a component is named")


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give the body in one piece, then what else comes."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
