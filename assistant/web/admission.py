"""Decides whose requests may use the API: own pages, and partners' pages with their key; nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.api.problems import NOT_ADMITTED, Problems
from assistant.web.hosting import Hosting
from assistant.web.origins import own_origins
from assistant.web.partners import Partner, Partners

_CALLER = "assistant.caller"
_SHOWN = 200
"""Characters that are given back of an origin: no host name is longer than 253."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is admitted: for which partner, and the foreign origin whose pages may read the response."""

    partner: Partner | None = None
    shared_with: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why somebody is not admitted."""

    reason: str


def admit(headers: Headers, own: tuple[str, ...], partners: Partners) -> Caller | Refusal:
    """Decide on a request; origins are compared as whole strings."""
    origins, keys = headers.getlist("origin"), headers.getlist("x-site")
    if len(origins) > 1 or len(keys) > 1:
        return Refusal("The request names more than one origin or site key.")
    partner = partners.with_key(keys[0]) if keys else None
    if keys and partner is None:
        return Refusal("The key in X-Site is not that of a registered site.")
    if not origins and headers.getlist("sec-fetch-site") != ["same-origin"]:
        return Refusal("The request names no origin. Send a registered Origin together with its key in X-Site.")
    if not origins or origins[0] in own:
        return Caller(partner)
    if partner and origins[0] in partner.origins:
        return Caller(partner, origins[0])
    return Refusal(_unknown(origins[0], own))


def _unknown(origin: str, own: tuple[str, ...]) -> str:
    """Say whose pages may ask, and how a further address of this site would be one of them."""
    return (
        f"This request comes from a page at {origin[:_SHOWN]}. Pages at {' or '.join(own) or 'no address'} may ask, "
        "and those of registered sites with their key in X-Site. If this site is to be reached at that address too, "
        "whoever runs it adds it to ASSISTANT_ORIGIN."
    )


def note_caller(scope: Scope, caller: Caller) -> None:
    """Note on a request who sent it."""
    scope[_CALLER] = caller


def caller_of(scope: Scope) -> Caller:
    """Give who sent an admitted request; nobody in particular where nobody was asked."""
    found = scope.get(_CALLER)
    return found if isinstance(found, Caller) else Caller()


class Admission:
    """Passes on the requests of those who are admitted, and answers preflights; refuses all others."""

    def __init__(self, app: ASGIApp, hosting: Hosting) -> None:
        self._app = app
        self._hosting = hosting

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its caller noted, or answer in its place."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        found = self._preflight(headers) if is_preflight else self._admit(scope, headers)
        if isinstance(found, Refusal):
            await Problems(self._hosting.root).response(NOT_ADMITTED, found.reason)(scope, receive, send)
            return
        note_caller(scope, found)
        await (Response(status_code=204) if is_preflight else self._app)(scope, receive, send)

    def _admit(self, scope: Scope, headers: Headers) -> Caller | Refusal:
        return admit(headers, own_origins(scope, self._hosting.origins), self._hosting.registry.partners)

    def _preflight(self, headers: Headers) -> Caller | Refusal:
        """Admit what a browser asks before a request; it does not tell the key yet."""
        origins = headers.getlist("origin")
        if len(origins) == 1 and self._hosting.registry.partners.has_origin(origins[0]):
            return Caller(shared_with=origins[0])
        return Refusal("The origin of the request is not registered.")
