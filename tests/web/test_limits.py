from __future__ import annotations

import asyncio
import threading
from time import monotonic

import pytest
from starlette.testclient import TestClient

from assistant.errors import LineFull
from assistant.serving.serving import Serving
from assistant.web.api.application import LARGEST
from assistant.web.api.line import Line
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.rates import client_name

OWN = {"sec-fetch-site": "same-origin"}


def test_requests_beyond_the_limit_are_told_when_to_come_again(assistant):
    """The request after the last that is allowed gets 429 with Retry-After; the headers count down to it."""

    async def made():
        return make_application(Serving(assistant), Hosting(per_minute=3))

    with TestClient(asyncio.run(made())) as client:
        left = [client.get("/api/version", headers=OWN).headers["ratelimit"] for _ in range(3)]
        refused = client.get("/api/version", headers=OWN)
    assert [value.split(";")[1] for value in left] == ["r=2", "r=1", "r=0"]
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["type"] == "/api/docs#too-many-requests"


@pytest.mark.parametrize("pieces", [1, 20])
def test_large_bodies_are_refused(client, pieces):
    """A body over the limit is refused, with its length declared or in pieces."""
    body = b"x" * (LARGEST + 20)
    content = body if pieces == 1 else (body[start::pieces] for start in range(pieces))
    assert client.post("/api/ask", content=content).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        {"question": "x" * 1001},
        {"question": ""},
        {"question": "?!"},
        {"question": "x", "conversation": ["x"] * 7},
        {"question": "x", "asked": "x"},
        {},
        [],
    ],
)
def test_questions_that_can_not_be_searched_are_told_so(client, body):
    """What is too long, empty, without words, or no question gets 422 as problem details."""
    response = client.post("/api/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_a_full_line_turns_away_at_once():
    """With one at work and four waiting, the next is told within a moment; when they are done there is room again."""
    go = threading.Event()

    async def crowd() -> None:
        line = Line(1)
        waiting = [line.join(go.wait) for _ in range(5)]
        started = monotonic()
        with pytest.raises(LineFull):
            line.join(go.wait)
        assert monotonic() - started < 0.2
        go.set()
        await asyncio.gather(*waiting)
        assert await line.join(lambda: 7) == 7

    asyncio.run(crowd())


def test_clients_are_counted_by_network():
    """Addresses of one IPv6 network count together, those of IPv4 each for itself."""
    assert client_name("2001:db8::1") == client_name("2001:db8::ffff:1")
    assert client_name("2001:db8:0:1::1") != client_name("2001:db8::1")
    assert client_name("192.0.2.1") == "192.0.2.1"
