from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.errors import SettingError
from assistant.serving.serving import Serving
from assistant.settings import read_settings
from assistant.web import application
from assistant.web.application import make_application
from assistant.web.chat import answer
from assistant.web.hosting import Hosting
from assistant.web.registry import Registry

ROOT = "/assistant"
KEY = "one-1234"
OWN = {"origin": "http://testserver"}
QUESTION = {"question": "What is seat time?"}
PAGES = ["/", "/library", "/library/guide", "/library/hostile", "/library/nowhere", "/api/docs", "/nowhere", "/embed"]
ADDRESSES = ("href", "src", "action", "data", "poster", "srcset", "formaction")
TRICKS = [
    "/assistant/assistant/",
    "/assistant/assistant/library",
    "//assistant/",
    "//assistant/library",
    "/assistant//library",
    "/assistant//assistant/library",
    "/assistant/assistant/config",
    "/assistant/./library",
    "/assistant/../library",
    "/assistant/x/../library",
    "/assistant%2f%2flibrary",
    "/assistant/%2e%2e/library",
    "/assistant/..%2flibrary",
    "/assistants/library",
    "/assistantlibrary",
    "/Assistant/library",
    "/assistant/assistant/api/version",
    "/assistant/static/../page.py",
    "/assistant/static/%2e%2e/page.py",
    "/assistant/embed/../security.py",
    "/assistant/gradio_api/upload",
    "/assistant/gradio_api/file=/etc/passwd",
    "/assistant/gradio_api/info",
    "/assistant/docs",
    "/assistant/openapi.json",
    "/assistant;/library",
    "/assistant\\library",
    "/assistant/library\n",
]


class _Addresses(HTMLParser):
    """Every address that a page names."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, _tag, attributes):
        self.found += [value for name, value in attributes if name in ADDRESSES and value is not None]


async def _answer(app, path):
    """Give status and headers of the answer to a request whose path no client has put right."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "scheme": "http", "path": path, "query_string": b"", "headers": []}
    await app({**scope, "server": ("testserver", 80), "client": ("127.0.0.1", 1)}, receive, send)
    return sent[0]["status"], sent[0]["headers"]


@pytest.fixture(scope="module")
def site(assistant, tmp_path_factory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("partners") / "partners.toml"
    path.write_text(f'[[partner]]\nname = "One"\nkey = "{KEY}"\norigins = ["https://one.example"]\n', encoding="utf-8")

    async def made() -> FastAPI:
        return make_application(Serving(assistant), Hosting(root=ROOT, registry=Registry(path), per_minute=100_000))

    with TestClient(asyncio.run(made())) as client:
        yield client


@pytest.mark.parametrize("page", [*PAGES, f"/embed?site={KEY}"])
def test_every_address_of_a_page_lies_below_the_root_path(site, page):
    """No page leads or loads from beside the root path, whichever page it is, errors included."""
    found = _Addresses(site.get(ROOT + page).text).found
    assert found
    for address in found:
        assert address.startswith(("#", "https://", "data:", f"{ROOT}/")), address


@pytest.mark.parametrize("page", [*PAGES, f"/embed?site={KEY}", "/widget.js", "/embed/embed.js", "/static/site.css"])
def test_it_is_the_same_whether_a_proxy_takes_the_root_path_off(site, page):
    """A request gets the same status, headers and body with the root path and without it."""
    below, bare = site.get(ROOT + page), site.get(page)
    assert (below.status_code, below.content) == (bare.status_code, bare.content)
    assert below.headers == bare.headers


def test_the_root_path_itself_is_the_chat_page(site):
    """Whoever leaves out the last slash gets the page too, under the same policy."""
    assert site.get(ROOT).text == site.get(f"{ROOT}/").text
    assert site.get(ROOT).headers["content-security-policy"] == site.get("/").headers["content-security-policy"]


@pytest.mark.parametrize("path", TRICKS)
def test_no_trick_with_the_root_path_opens_anything(site, path):
    """Doubled, encoded, climbing or misspelt, what is no path of the site leads nowhere."""
    status, headers = site.portal.call(_answer, site.app, unquote(path))
    assert status == 404 or (path.endswith("/api/version") and status == 403)
    assert (b"x-content-type-options", b"nosniff") in headers


def test_the_api_has_its_addresses_below_the_root_path(site):
    """Citations, documents, passages, problems and the description all name addresses that open."""
    turn = site.post(f"{ROOT}/api/ask", headers=OWN, json=QUESTION).json()
    (citation, *_) = turn["reply"]["citations"]
    assert citation["url"].startswith(f"{ROOT}/library/guide?cite=")
    assert '<mark id="cited"' in site.get(citation["url"]).text
    assert site.get(f"{ROOT}/api/passages/{citation['passage']}", headers=OWN).json()["url"].startswith(ROOT)
    documents = site.get(f"{ROOT}/api/documents", headers=OWN).json()["documents"]
    assert all(document["url"].startswith(f"{ROOT}/library/") for document in documents)
    whole = site.get(f"{ROOT}/api/documents/guide", headers=OWN).json()
    assert all(section["url"].startswith(f"{ROOT}/library/guide#") for section in whole["sections"])
    description = site.get(f"{ROOT}/api/openapi.json").json()
    assert description["servers"] == [{"url": f"{ROOT}/api"}]


@pytest.mark.parametrize(
    ("method", "path", "headers", "body"),
    [
        ("GET", "/api/version", {}, None),
        ("GET", "/api/nowhere", OWN, None),
        ("GET", "/api/%0A", OWN, None),
        ("POST", "/api/ask", OWN, {"question": "?"}),
        ("POST", "/api/ask", OWN, {"question": 1}),
        ("POST", "/api/ask", OWN, {"question": "x" * 20_000}),
    ],
)
def test_problems_are_explained_below_the_root_path(site, method, path, headers, body):
    """What `type` names is there, whatever went wrong."""
    response = site.request(method, ROOT + path, headers=headers, json=body)
    page, _, name = response.json()["type"].partition("#")
    assert page == f"{ROOT}/api/docs"
    assert f'id="{name}"' in site.get(page).text


def test_the_chat_asks_below_the_root_path(site):
    """What Gradio's client is told as its root is the address of the page."""
    assert site.get(f"{ROOT}/config").json()["root"] == f"http://testserver{ROOT}"
    assert site.get("/config").json()["root"] == f"http://testserver{ROOT}"


def test_the_policies_hold_below_the_root_path(site):
    """Each kind of page has its own policy there as well."""
    policy = {path: site.get(ROOT + path).headers["content-security-policy"] for path in ("/", "/library", "/embed")}
    assert "style-src 'self' 'unsafe-inline'" in policy["/"]
    assert "unsafe-inline" not in policy["/library"]
    assert "frame-ancestors 'none'" in policy["/embed"]
    original = site.get(f"{ROOT}/library/hostile/original")
    assert original.headers["content-security-policy"].startswith("sandbox;")
    assert site.get(f"{ROOT}/api/version").headers["content-security-policy"].startswith("default-src 'none'")


def test_nobody_else_is_admitted_below_the_root_path(site):
    """A page of another site can neither ask the chat nor the API there, and no file can be named."""
    foreign = {"origin": "https://evil.example"}
    assert site.post(f"{ROOT}/api/ask", headers=foreign, json=QUESTION).status_code == 403
    assert site.post(f"{ROOT}/gradio_api/run/predict", headers=foreign, json={}).status_code == 403
    named = {"fn_index": 0, "session_hash": "s", "data": [{"path": "/etc/passwd"}]}
    assert site.post(f"{ROOT}/gradio_api/run/predict", headers=OWN, json=named).status_code == 422
    large = site.post(f"{ROOT}/gradio_api/run/predict", headers=OWN, content=b"x" * 2_000_001)
    assert large.status_code == 413


def test_scripts_that_are_loaded_find_the_rest_by_their_own_address(site):
    """No script of ours names an address from the top of the host, where another site may lie."""
    for name in ("widget.js", "embed/embed.js", "embed/asking.js", "static/page.js", "static/reading.js"):
        script = site.get(f"{ROOT}/{name}").text
        assert not re.findall(r"""["'`]/(?:api|embed|library|static|widget)""", script), name


def test_no_root_path_may_hide_a_path_of_the_site():
    """Every path of the site begins with a name that no root path may begin with, or is no folder."""
    patterns = (*application._OUR_ROUTES, *application._GRADIO_ROUTES)
    first = {
        found[1] for pattern in patterns if (found := re.match(r"/([a-z_.]+)(?=$|/|\(/)", pattern.replace("\\", "")))
    }
    for name in {*first, "widget.js"}:
        with pytest.raises(SettingError, match="must not begin as a path of the site itself does"):
            read_settings({"ASSISTANT_ROOT_PATH": f"/{name}/x"})
    assert first > {"api", "library", "gradio_api", "healthz", "theme.css"}


def test_copied_references_lead_below_the_root_path(assistant):
    """The addresses that "Copy with references" copies, and the links on the cards, open where the site lies."""
    shown = answer(assistant, QUESTION["question"], (), alone=False, root=ROOT).html
    assert any(address.startswith(f"{ROOT}/library/guide?cite=") for address in _Addresses(shown).found)
    copied = re.search(r'class="copy" type="button" value="([^"]+)"', shown)
    assert all(r["url"].startswith(f"{ROOT}/") for r in json.loads(unescape(copied[1]))["references"])
