from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting

ORIGINS = ("https://faq.example.org", "https://faq.example.net")
QUESTION = {"question": "What is seat time?"}


async def _made(assistant, hosting) -> FastAPI:
    return make_application(Serving(assistant), hosting)


@pytest.fixture(scope="module")
def client(assistant) -> Iterator[TestClient]:
    hosting = Hosting(origins=ORIGINS, per_minute=100_000)
    with TestClient(asyncio.run(_made(assistant, hosting))) as client:
        yield client


@pytest.mark.parametrize("path", ["/api/ask", "/gradio_api/run/predict"])
def test_a_refusal_names_what_was_expected(client, path):
    """Programs get problem details that name the origin found, those expected, and the setting."""
    response = client.post(path, headers={"origin": "http://testserver"}, json=QUESTION)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    detail = response.json()["detail"]
    assert "a page at http://testserver. Pages at https://faq.example.org or https://faq.example.net may ask" in detail
    assert "adds it to ASSISTANT_ORIGIN" in detail


@pytest.mark.parametrize("origin", ORIGINS)
def test_each_of_several_origins_may_ask(client, origin):
    """Every address of the site is its own, for the API and for the chat."""
    assert client.post("/api/ask", headers={"origin": origin}, json=QUESTION).status_code == 200
    assert client.post("/gradio_api/run/predict", headers={"origin": origin}, json={}).status_code != 403


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "faq.example.org", "internal"])
@pytest.mark.parametrize("origin", ORIGINS)
def test_the_chat_asks_where_its_page_was_opened(client, host, origin):
    """Whatever host and headers a proxy passes on, the page of an own address asks at that very address."""
    claims = {"x-forwarded-host": "evil.example", "x-gradio-server": "https://evil.example", "x-forwarded-proto": "x"}
    headers = {"host": host, "referer": f"{origin}/", **claims}
    assert client.get("/config", headers=headers).json()["root"] == origin


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "https://faq.example.org.evil.example/", "https://faq.example.org@evil.example/"]
)
def test_nobody_else_can_say_where_the_page_asks(client, page):
    """A referrer that is not the site's own, and headers that anyone can send, name no address to ask at."""
    claims = {"x-forwarded-host": "evil.example", "x-gradio-server": "https://evil.example"}
    config = client.get("/config", headers={"referer": page, **claims})
    assert config.json()["root"] == "http://testserver"
    assert "evil" not in config.text
