from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from time import monotonic, sleep

import pytest
from browser import free_port
from served import serve_application

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting

QUESTION = "What is seat time?"
PLACES = 10
"""Two questions at once, and four in the line for each."""
FULL = "More questions have come in than can be answered soon"
OWN = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}


class Slow:
    """Replies as another assistant does, once it is let."""

    def __init__(self, assistant) -> None:
        self._assistant = assistant
        self.begun = threading.Semaphore(0)
        self.go = threading.Event()

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, question, conversation, *, as_typed):
        self.begun.release()
        assert self.go.wait(30)
        return self._assistant.ask(question, conversation, as_typed=as_typed)


@pytest.fixture
def slow(assistant) -> Slow:
    return Slow(assistant)


@pytest.fixture
def port(slow) -> Iterator[int]:
    port = free_port()

    def make():
        return make_application(Serving(slow), Hosting(per_minute=1000, at_once=2))

    with serve_application(make, port):
        yield port
        slow.go.set()


def ask(port: int) -> tuple[http.client.HTTPResponse, str]:
    return posted(port, "/api/ask", {"question": QUESTION})


def chat(port: int, session: str) -> str:
    """Ask as the chat page does; give what it is told."""
    event = {"data": [QUESTION, []], "fn_index": 0, "session_hash": session}
    return posted(port, "/gradio_api/run/predict", event)[1]


def posted(port: int, path: str, content: object) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", path, json.dumps(content), OWN)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response, text


@contextmanager
def crowd(slow, work) -> Iterator[list]:
    """Have every place taken, until the block ends and all are answered."""
    with ThreadPoolExecutor(PLACES) as pool:
        asking = [pool.submit(work, n) for n in range(PLACES)]
        for _ in range(2):
            assert slow.begun.acquire(timeout=10)
        sleep(1)
        yield asking
        slow.go.set()


def test_who_comes_when_all_places_are_taken_is_told_at_once(slow, port):
    """The eleventh question gets 503 and when to come again within 200 ms, and the ten before it are answered."""
    with crowd(slow, lambda _n: ask(port)) as asking:
        started = monotonic()
        response, text = ask(port)
        assert monotonic() - started < 0.2
        assert response.status == 503
        assert int(response.headers["Retry-After"]) >= 1
        assert FULL in json.loads(text)["detail"]
    assert [one.result()[0].status for one in asking] == [200] * PLACES
    assert ask(port)[0].status == 200


def test_chat_and_api_share_the_places(slow, port):
    """When the chat has taken all places, programs get 503, and one more in the chat is told kindly, at once."""
    with crowd(slow, lambda n: chat(port, f"session{n}")) as asking:
        assert ask(port)[0].status == 503
        started = monotonic()
        told = chat(port, "late")
        assert monotonic() - started < 1
        assert FULL in told
        assert 'class=\\"reply notice refused\\"' in told
        assert QUESTION in told
    for one in asking:
        assert 'class=\\"reply answer\\"' in one.result()
        assert FULL not in one.result()
