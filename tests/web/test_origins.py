from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.registry import Registry

KEY = "one-1234"
SITE = "https://one.example"
PARTNERS = f"""[[partner]]
name = "One"
key = "{KEY}"
origins = ["{SITE}"]

[[partner]]
name = "Two"
key = "two-1234"
origins = ["https://two.example"]

[[partner]]
name = "Gone"
key = "gone-1234"
origins = ["https://gone.example"]
disabled = true
"""
ROUTES = [
    ("POST", "/api/ask"),
    ("POST", "/api/feedback"),
    ("GET", "/api/suggestions"),
    ("GET", "/api/documents"),
    ("GET", "/api/documents/guide"),
    ("GET", "/api/passages/guide/introduction"),
    ("GET", "/api/version"),
    ("GET", "/api/nowhere"),
    ("DELETE", "/api/ask"),
    ("POST", "/gradio_api/run/predict"),
]
BODIES = {"/api/ask": {"question": "What is seat time?"}, "/api/feedback": {"version": "", "verdict": "up"}}
TRICKS = [
    {},
    {"x-site": KEY},
    {"origin": "null", "x-site": KEY},
    {"origin": "", "x-site": KEY},
    {"origin": "*", "x-site": KEY},
    {"origin": "https://one.example.evil.example", "x-site": KEY},
    {"origin": "https://evilone.example", "x-site": KEY},
    {"origin": "https://sub.one.example", "x-site": KEY},
    {"origin": "https://one.example:8443", "x-site": KEY},
    {"origin": "https://one.example:443", "x-site": KEY},
    {"origin": "http://one.example", "x-site": KEY},
    {"origin": "HTTPS://ONE.EXAMPLE", "x-site": KEY},
    {"origin": "https://one.example/", "x-site": KEY},
    {"origin": "https://one.example ,https://evil.example", "x-site": KEY},
    {"origin": "https://user@one.example", "x-site": KEY},
    {"origin": SITE},
    {"origin": SITE, "x-site": "two-1234"},
    {"origin": SITE, "x-site": KEY.upper()},
    {"origin": "https://gone.example", "x-site": "gone-1234"},
    {"origin": "http://testserver", "x-site": "gone-1234"},
    {"origin": "http://testserver:81"},
    {"origin": "https://testserver"},
    {"origin": "http://testserver.evil.example"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none", "x-site": KEY},
    {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
]


@pytest.fixture(scope="module")
def site(assistant, tmp_path_factory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("partners") / "partners.toml"
    path.write_text(PARTNERS)

    async def made() -> FastAPI:
        return make_application(Serving(assistant), Hosting(registry=Registry(path), per_minute=100_000))

    with TestClient(asyncio.run(made())) as client:
        yield client


def shared(response):
    return [name for name in response.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("headers", TRICKS)
def test_nobody_else_is_admitted(site, headers):
    """No trick with origin, key or fetch metadata passes on any route, and nothing is shared with its sender."""
    for method, path in ROUTES:
        response = site.request(method, path, headers=headers, json=BODIES.get(path))
        assert response.status_code == 403, (method, path)
        assert shared(response) == []
        if path.startswith("/api/"):
            assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers", [{"origin": SITE, "x-site": KEY}, {"origin": "https://two.example", "x-site": "two-1234"}]
)
def test_a_partner_is_admitted_from_its_origin_with_its_key(site, headers):
    """A partner's page may ask and read the reply; exactly its origin is echoed, without credentials."""
    response = site.post("/api/ask", headers=headers, json=BODIES["/api/ask"])
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == headers["origin"]
    assert "access-control-allow-credentials" not in response.headers
    assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}])
def test_own_pages_are_admitted_without_a_key(site, headers):
    """This site's own pages need no key, and nothing is shared with other sites."""
    response = site.post("/api/ask", headers=headers, json=BODIES["/api/ask"])
    assert response.status_code == 200
    assert response.json()["reply"]["kind"] == "answer"
    assert shared(response) == []


def test_every_quote_stands_in_its_passage(site):
    """The passage that a citation names holds the quote at its offsets."""
    own = {"origin": "http://testserver"}
    turn = site.post("/api/ask", headers=own, json=BODIES["/api/ask"]).json()
    for citation in turn["reply"]["citations"]:
        text = site.get(f"/api/passages/{citation['passage']}", headers=own).json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_preflights_are_answered_for_partners_only(site):
    """A registered origin may ask beforehand; no other one is told anything."""
    asked = {"access-control-request-method": "POST"}
    answered = site.options("/api/ask", headers={"origin": SITE, **asked})
    assert (answered.status_code, answered.headers["access-control-allow-origin"]) == (204, SITE)
    for origin in ("https://evil.example", "null", "https://gone.example"):
        refused = site.options("/api/ask", headers={"origin": origin, **asked})
        assert (refused.status_code, shared(refused)) == (403, [])


@pytest.mark.parametrize(
    ("key", "status", "ancestors"),
    [(KEY, 200, SITE), ("gone-1234", 403, "'none'"), ("", 403, "'none'"), ("nobody", 403, "'none'")],
)
def test_only_a_partner_may_frame(site, key, status, ancestors):
    """The page in the widget may be framed by exactly that partner's origins, without a valid key by nobody."""
    response = site.get("/embed", params={"site": key})
    assert response.status_code == status
    assert response.headers["content-security-policy"].endswith(f"; frame-ancestors {ancestors}")
    assert "x-frame-options" not in response.headers
