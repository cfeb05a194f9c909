from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from breakable import Breakable
from starlette.testclient import TestClient

from assistant.dialogue import wording
from assistant.serving.serving import Serving
from assistant.web.application import make_application

QUESTION = {"question": "What is seat time?"}
BREAKING = {"question": "Break."}
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture
def turn_schema():
    return json.loads((Path(__file__).parents[2] / "docs" / "turn.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def site(assistant) -> Iterator[TestClient]:
    async def made():
        return make_application(Serving(Breakable(assistant)))

    with TestClient(asyncio.run(made()), headers={"sec-fetch-site": "same-origin"}) as client:
        yield client


def events(response):
    """Give the name and the value of each event of a stream."""
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in response.text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_a_stream_tells_its_status_then_the_reply(site):
    """A stream is the status and then the same turn that is given as JSON."""
    response = site.post("/api/ask", json=QUESTION, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    (first, status), (second, turn) = events(response)
    assert (first, status) == ("status", {"status": "searching"})
    assert (second, turn) == ("reply", site.post("/api/ask", json=QUESTION).json())


def test_a_stream_tells_that_we_broke(site):
    """If we break once the stream has begun, a problem comes in the place of the reply, and says nothing of the cause."""
    response = site.post("/api/ask", json=BREAKING, headers=EVENTS)
    assert response.status_code == 200
    (_, _), (name, problem) = events(response)
    assert name == "problem"
    assert (problem["type"], problem["status"]) == ("/api/docs#failed", 500)
    assert problem["detail"] == wording.FAILURE
    assert "Traceback" not in response.text


def test_breaking_is_told_as_a_problem(site):
    """Without a stream it is a response of its own, with no more in it."""
    response = site.post("/api/ask", json=BREAKING)
    assert response.status_code == 500
    assert response.json()["detail"] == wording.FAILURE


@pytest.mark.parametrize("headers", [{}, EVENTS])
def test_what_can_not_be_searched_is_refused_before_a_stream_begins(site, headers):
    """A question without words gets 422 as problem details, stream or not."""
    response = site.post("/api/ask", json={"question": "?!"}, headers=headers)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_turn_is_as_its_schema_says(site, turn_schema):
    """The turn over HTTP is the one that the schema in the documents describes."""
    turn = site.post("/api/ask", json=QUESTION).json()
    jsonschema.validate(turn, turn_schema)


def test_a_follow_up_is_understood_from_what_was_asked_before(site):
    """Earlier questions count as plain texts and as turns alike; typed words alone do not need them."""
    for earlier in (["What is seat time?"], [{"question": "What is seat time?", "reply": {"kind": "answer"}}]):
        turn = site.post("/api/ask", json={"question": "Is it old?", "conversation": earlier}).json()
        assert "seat time" in turn["query"].lower()
    alone = site.post(
        "/api/ask", json={"question": "Is it old?", "conversation": ["What is seat time?"], "as_typed": True}
    )
    assert alone.json()["query"] == "Is it old?"
