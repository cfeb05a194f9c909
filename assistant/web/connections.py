"""Serves an application over HTTP: closes connections that keep it waiting, believes only proxies that it may trust."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, ip_address, ip_network
from typing import TYPE_CHECKING

import h11
import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_log = logging.getLogger(__name__)
_LAST_SECONDS = 3
_MOST = 500
"""Connections at once: half of the files that a process may have open where nothing else was set."""
_FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto"}
_IPV4_IN_IPV6 = 96
"""Bits before an IPv4 address where a socket for both gives it as one of IPv6: ::ffff:192.0.2.1 (RFC 4291, 2.5.5.2)."""


class Connection(H11Protocol):
    """A connection that has `patience` seconds for each request, from its first byte to its last.

    Uvicorn alone waits for ever once a byte of a request has come. When there are too many connections, the one
    that has kept us waiting longest for its request is closed: nobody is shut out by others who do nothing.
    """

    patience = 10.0
    deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._watch()
        if len(self.connections) > _MOST:
            self._close_slowest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether the request is whole."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._watch()
        else:
            self._rest()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; where the reply to its beginning is under way, only close."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()

    def _watch(self) -> None:
        if self.deadline is None and not self.transport.is_closing():
            self.deadline = self.loop.call_later(self.patience, self.transport.abort)

    def _rest(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None

    def _close_slowest(self) -> None:
        waiting = [one for one in self.connections if isinstance(one, Connection) and one.deadline]
        min(waiting, key=lambda one: one.deadline.when() if one.deadline else 0.0).transport.abort()


class Forwarded:
    """Takes address and scheme of a visitor from what trusted proxies say, and warns once of a proxy that is none.

    Which of the addresses that a request names counts is the last one that no trusted proxy has: a visitor can
    write any before it.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self._heeding = ProxyHeadersMiddleware(app, list(_as_peers(trusted)))  # type: ignore[arg-type]  # own ASGI types
        self._trusted = " ".join(trusted)
        self._has_warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and not self._has_warned and self._is_unheeded(scope):
            self._has_warned = True
            _warn_of(scope["client"][0], self._trusted)
        await self._heeding(scope, receive, send)  # type: ignore[arg-type]  # uvicorn has ASGI types of its own

    def _is_unheeded(self, scope: Scope) -> bool:
        is_forwarded = any(name in _FORWARDED for name, _ in scope["headers"])
        return is_forwarded and bool(scope["client"]) and scope["client"][0] not in self._heeding.trusted_hosts


def _as_peers(trusted: Sequence[str]) -> Iterator[str]:
    """Give networks in each way that a socket names their addresses."""
    for network in map(ip_network, trusted):
        yield str(network)
        if isinstance(network, IPv4Network):
            yield f"::ffff:{network.network_address}/{_IPV4_IN_IPV6 + network.prefixlen}"


def _warn_of(peer: str, trusted: str) -> None:
    """Tell the operator; an address that is public could be a visitor's, and is kept out of the log."""
    _log.warning(
        "A request from %s has X-Forwarded-For or X-Forwarded-Proto, which count only from ASSISTANT_TRUSTED_PROXIES "
        "(%s). If your proxy sent it, all its visitors share one limit, and https is taken for http: add the proxy's "
        "address to ASSISTANT_TRUSTED_PROXIES. This is said once.",
        "a public address" if ip_address(peer).is_global else peer,
        trusted,
    )


def make_server(application: ASGIApp, trusted_proxies: Sequence[str]) -> uvicorn.Server:
    """Give what serves an application until it is stopped; requests for web sockets are none it knows.

    `trusted_proxies` are addresses and networks whose word on who asks is taken.
    """
    return uvicorn.Server(
        uvicorn.Config(
            Forwarded(application, trusted_proxies),
            proxy_headers=False,
            http=Connection,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
    )
