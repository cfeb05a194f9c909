from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep

import pytest
from browser import free_port
from served import wait_for
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from assistant.web import connections
from assistant.web.connections import Connection, make_server

PATIENCE = 1.5
BEGINNINGS = {
    "nothing": b"",
    "headers": b"GET / HTTP/1.1\r\nHost: here\r\nX-",
    "body": b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5000\r\n\r\n{",
    "chunks": b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n",
    "refused": b"POST /refused HTTP/1.1\r\nHost: here\r\nContent-Length: 5000\r\n\r\n{",
    "second": b"GET / HTTP/1.1\r\nHost: here\r\n\r\nGET / HTTP/1.1\r\nX-",
}
MALFORMED = {
    "request line": b"HELLO\r\n\r\n",
    "bytes": bytes(range(256)) * 4,
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "huge headers": b"GET / HTTP/1.1\r\nHost: here\r\nX: " + b"x" * 100_000,
    "chunking": b"POST / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "late chunking": b"POST /refused HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\nxyz\r\n",
}


async def read(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def refuse(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("no", 403)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Serve two routes as the assistant is served, with less patience."""
    port = free_port()
    routes = [
        Route("/", read, methods=["GET", "POST"]),
        Route("/healthz", read),
        Route("/refused", refuse, methods=["POST"]),
    ]
    server = make_server(Starlette(routes=routes), ("127.0.0.1",))
    with pytest.MonkeyPatch.context() as patch, socket.socket() as listening:
        patch.setattr(Connection, "patience", PATIENCE)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port
        server.should_exit = True
        thread.join(10)


def opened(stack: ExitStack, port: int, beginning: bytes) -> socket.socket:
    connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
    connection.sendall(beginning)
    return connection


def seconds_to_answer(port: int) -> float:
    """Send a whole request in two parts, and wait for what it gets."""
    started = monotonic()
    with ExitStack() as stack:
        connection = opened(stack, port, b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n12")
        connection.sendall(b"34")
        assert b"4 bytes" in received(connection, b"4 bytes")
    return monotonic() - started


def received(connection: socket.socket, until: bytes = b"never") -> bytes:
    """Give what came until then, or until the other side closed."""
    got = b""
    try:
        while until not in got and (piece := connection.recv(65536)):
            got += piece
    except ConnectionError:
        pass
    return got


def is_closed(connection: socket.socket) -> bool:
    try:
        connection.sendall(b"x")
        connection.settimeout(0.01)
        return not connection.recv(65536)
    except TimeoutError:
        return False
    except ConnectionError:
        return True


def test_others_are_answered_while_a_hundred_clients_trickle(port):
    """A hundred requests that come byte by byte keep nobody waiting for a second, and are all closed in time."""
    with ExitStack() as stack:
        started = monotonic()
        slow = [opened(stack, port, list(BEGINNINGS.values())[n % len(BEGINNINGS)]) for n in range(100)]
        left = list(slow)
        while left and monotonic() - started < 4 * PATIENCE:
            assert seconds_to_answer(port) < 1
            sleep(0.1)
            left = [connection for connection in left if not is_closed(connection)]
        assert not left
        assert monotonic() - started >= PATIENCE


@pytest.mark.parametrize("beginning", list(BEGINNINGS.values())[:-1], ids=list(BEGINNINGS)[:-1])
def test_an_unfinished_request_is_closed(port, beginning):
    """Whatever part of a request is missing: when patience is over, and not before, the connection is closed."""
    with ExitStack() as stack:
        connection = opened(stack, port, beginning)
        started = monotonic()
        received(connection)
        assert PATIENCE - 0.3 < monotonic() - started < PATIENCE + 1


def test_a_kept_connection_has_its_patience_anew(port):
    """What counts is each request: a client that goes on asking keeps its connection."""
    with ExitStack() as stack:
        connection = opened(stack, port, b"")
        for _ in range(4):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            assert b"0 bytes" in received(connection, b"0 bytes")
            sleep(PATIENCE / 3)
        assert not is_closed(connection)


@pytest.mark.parametrize("request_", MALFORMED.values(), ids=MALFORMED)
def test_what_is_no_http_is_refused(port, request_):
    """A malformed request gets 400, or what was said before its fault came; the service goes on."""
    with ExitStack() as stack:
        answer = received(opened(stack, port, request_))
    assert answer.startswith(b"HTTP/1.1 4") or not answer
    assert seconds_to_answer(port) < 1


def test_of_too_many_connections_the_slowest_goes(port, monkeypatch):
    """Over the limit the one that has waited longest makes room, and whoever comes last is answered."""
    monkeypatch.setattr(connections, "_MOST", 20)
    with ExitStack() as stack:
        slow = [opened(stack, port, BEGINNINGS["headers"]) for _ in range(20)]
        sleep(0.2)
        assert seconds_to_answer(port) < 1
        sleep(0.2)
        assert is_closed(slow[0])
        assert not is_closed(slow[-1])
