from __future__ import annotations

import asyncio
from functools import partial

import pytest

from assistant.web.api.problems import Problems
from assistant.web.bodies import LARGEST, Bodies, refuse_for_chat

PAGES = ["/", "/library", "/library/guide", "/healthz", "/static/site.css", "/config", "/nowhere", "/library/nowhere"]
CLOSED = [
    "/gradio_api/upload",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/file/x",
    "/gradio_api/proxy=https://example.org",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/deep_link",
    "/gradio_api/app_id",
    "/gradio_api/heartbeat/x",
    "/gradio_api/startup-events",
    "/gradio_api/run/reply",
    "/gradio_api/call/reply",
    "/gradio_api/api/reply",
    "/gradio_api/stream/x",
    "/gradio_api/component_server",
    "/gradio_api/custom_component/a/b/c/d",
    "/gradio_api/process_recording",
    "/gradio_api/vibe-code",
    "/gradio_api/runs",
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/queue/status",
    "/gradio_api/mcp/sse",
    "/file=/etc/passwd",
    "/svelte/x.js",
    "/login",
    "/logout",
    "/token",
    "/monitoring",
    "/monitoring/summary",
    "/manifest.json",
    "/pwa_icon",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/static/../page.py",
    "/static/%2e%2e/page.py",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_response_is_confined(client, path):
    """No response lacks a header that confines it in the browser, errors included."""
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


def test_only_the_chat_page_may_style_inline(client):
    """Gradio sets styles in its page; no other page of the site needs to, so none may."""
    assert "style-src 'self' 'unsafe-inline'" in client.get("/").headers["content-security-policy"]
    for path in ("/library", "/library/guide", "/nowhere"):
        assert "unsafe-inline" not in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("path", CLOSED)
def test_what_the_page_does_not_need_is_closed(client, method, path):
    """Gradio's other routes answer as an address that leads nowhere."""
    response = client.request(method, path)
    assert response.status_code == 404
    assert "There is no page at this address" in response.text


def test_pages_hold_no_inline_script(client):
    """Every script is a file of this site."""
    for path in ("/", "/library", "/library/guide", "/nowhere"):
        page = client.get(path).text
        assert page.count("<script") == page.count('src="/')  # each opens a file of ours
        assert "onclick" not in page


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81"]
)
def test_other_sites_can_not_ask(client, origin):
    """A question sent by a page of another site is refused, and nothing is shared with it."""
    for method in ("POST", "OPTIONS", "PUT", "DELETE"):
        response = client.request(method, "/gradio_api/run/predict", headers={"origin": origin}, json={})
        assert response.status_code == 403
    shared = client.get("/config", headers={"origin": origin})
    assert not [name for name in shared.headers if name.startswith("access-control-")]


def test_this_site_can_ask(client):
    """The page's own requests pass."""
    response = client.post("/gradio_api/run/predict", headers={"origin": "http://testserver"}, json={})
    assert response.status_code not in (403, 404, 413)


def test_large_bodies_are_refused(client):
    """A body over the limit is refused by its declared length."""
    assert client.post("/gradio_api/run/predict", content=b"x" * 2_000_001).status_code == 413


def test_a_body_that_declares_too_much_is_not_read():
    """What says that it is too large is refused before a byte of it is read."""
    sent = []

    async def receive():
        raise AssertionError

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-length", b"2000001")]}
    asyncio.run(Bodies(None, LARGEST, partial(refuse_for_chat, Problems("")), "/api/")(scope, receive, send))
    assert sent[0]["status"] == 413


def test_large_chunked_bodies_are_refused(client):
    """A body that declares no length is counted, and refused at the same limit."""
    pieces = (b"x" * 100_000 for _ in range(21))
    assert client.post("/gradio_api/run/predict", content=pieces).status_code == 413


def test_only_hashed_files_are_kept_for_good(client):
    """A file whose name changes with its content may be kept; pages and our own files are asked for again."""
    script = client.get("/").text.split('crossorigin src="')[1].split('"')[0]
    assert "immutable" in client.get(script).headers["cache-control"]
    for path in ("/", "/static/page.js", "/assets/none-12345678.js"):
        assert "immutable" not in client.get(path).headers.get("cache-control", "")


def test_text_is_sent_compressed(client):
    """Pages are compressed for browsers that can read that."""
    assert client.get("/library/guide", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


FILE = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
NAMED = [
    {"data": [FILE, []]},
    {"data": ["What?", [{"role": "user", "content": [{"type": "file", "file": FILE}]}]]},
    {"data": ["What?", [{"role": "user", "content": [{"type": "component", "component": "file", "value": "x"}]}]]},
    {"data": ["What?", []], "extra": [[[{"path": "https://example.org/x"}]]]},
]


@pytest.mark.parametrize("body", NAMED)
def test_no_request_can_name_a_file(client, body):
    """A request that names a file of the server or of the web is refused before Gradio would copy it."""
    response = client.post("/gradio_api/run/predict", json={"fn_index": 0, "session_hash": "s", **body})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "body", [b'{"data": [{"pa\\u0074h": "/etc/passwd"}]}', b'{"path": 1, "path": 2}', b"[" * 100_000, b"\xff", b"{"]
)
def test_no_disguise_passes(client, body):
    """Escaped keys, repeated keys, deep nesting and what is no JSON are refused too."""
    assert client.post("/gradio_api/run/predict", content=body).status_code == 422
