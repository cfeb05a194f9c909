"""Refuses requests beyond what a client or a partner may send within a minute."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.admission import caller_of
from assistant.web.api.problems import TOO_MANY, Problems
from assistant.web.rates import Allowance, Rates, client_name

_PARTNERS_PER_MINUTE = 600
"""For a partner whose entry in the registry says nothing else."""


class Metering:
    """Counts admitted requests, and tells in the headers of each response what is left."""

    def __init__(self, app: ASGIApp, per_minute: int, told: Problems) -> None:
        self._app = app
        self._per_minute = per_minute
        self._told = told
        self._rates = Rates()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        allowances = self._spend(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_headers(allowances))
            await send(message)

        app = self._app if allowances[-1].granted else _refusal(allowances[-1], self._told)
        await app(scope, receive, send_with_headers)

    def _spend(self, scope: Scope) -> tuple[Allowance, ...]:
        """Count a request for its client, and if that is within the limit for the partner; what is refused is last."""
        client = client_name(scope["client"][0] if scope["client"] else "")
        first = self._rates.spend("client", client, self._per_minute)
        partner = caller_of(scope).partner
        if partner is None or not first.granted:
            return (first,)
        most = partner.per_minute or _PARTNERS_PER_MINUTE
        return first, self._rates.spend("partner", partner.key, most)


def _refusal(allowance: Allowance, told: Problems) -> ASGIApp:
    whose = "this address" if allowance.policy == "client" else "this site and its visitors together"
    return told.response(
        TOO_MANY,
        f"At most {allowance.per_minute:,} requests a minute are answered for {whose}. "
        f"Please try again in {allowance.seconds} seconds.",
        headers={"Retry-After": str(allowance.seconds)},
    )


def _headers(allowances: Sequence[Allowance]) -> dict[str, str]:
    """Give what is left in the form of draft-ietf-httpapi-ratelimit-headers-10."""
    return {
        "RateLimit-Policy": ", ".join(f'"{a.policy}";q={a.per_minute};w=60' for a in allowances),
        "RateLimit": ", ".join(f'"{a.policy}";r={a.remaining};t={a.seconds}' for a in allowances),
    }
