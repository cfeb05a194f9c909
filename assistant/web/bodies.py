"""Reads the bodies of requests before anything else does: none too large, and none for Gradio that names files."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.api.problems import INVALID, TOO_LARGE, Problems

LARGEST = 2_000_000
"""Bytes of a body: a chat of some 150 answers, which the browser sends with each question."""

_NOT_OURS = {"path", "component"}
"""Keys that no message of the chat has. When Gradio 6.31 is mounted in another application, it copies any file of
this machine or of the web that a request names by `path`, and it makes any component that one names."""


class Bodies:
    """Reads bodies of at most `most` bytes, declared or not, and answers those that `refuse` gives an answer to.

    `refuse` gets the body, `None` for one that is larger. What lies below the path `beside` is not looked at.
    """

    def __init__(self, app: ASGIApp, most: int, refuse: Callable[[bytes | None], ASGIApp | None], beside: str) -> None:
        self._app = app
        self._most = most
        self._refuse = refuse
        self._beside = beside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body read, or refuse it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD") or scope["path"].startswith(self._beside):
            await self._app(scope, receive, send)
            return
        body = await _read(Headers(scope=scope), receive, self._most)
        refusal = self._refuse(body)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif body is not None:
            await self._app(scope, _replayed(body, receive), send)


def refuse_for_chat(told: Problems, body: bytes | None) -> ASGIApp | None:
    """Refuse what is too large for the chat, and what is more than text, in a form that Gradio's client can show."""
    if body is None:
        return told.response(TOO_LARGE, f"The conversation has more than {LARGEST:,} bytes. Please begin a new one.")
    return None if not body or _is_text(body) else told.response(INVALID, "The request is no question.")


async def _read(headers: Headers, receive: Receive, most: int) -> bytes | None:
    """Give the body, or `None` if it is too large."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        return None
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if len(body) > most:
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
