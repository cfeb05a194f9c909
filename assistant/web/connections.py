"""Serves an application over HTTP, closing connections whose request does not come whole in time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_LAST_SECONDS = 3
_MOST = 500
"""Connections at once: half of the files that a process may have open where nothing else was set."""


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


def make_server(application: ASGIApp) -> uvicorn.Server:
    """Give what serves an application until it is stopped; requests for web sockets are none it knows."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=Connection,
            ws="none",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_SECONDS,
        )
    )
