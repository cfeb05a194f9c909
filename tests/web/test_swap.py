from __future__ import annotations

import asyncio
import json
import threading
import time
import urllib.request
from collections.abc import Iterator

import pytest
import uvicorn
from bag_of_words import BagOfWords, SharedWords
from browser import Chat, free_port, started_chromium
from playwright.sync_api import expect, sync_playwright
from small_library import assistant_of, no_bar
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.publishing.build import build_index
from assistant.serving.following import Follower
from assistant.serving.serving import Served, Serving
from assistant.web.application import make_application

GUIDE = """---
title: A guide
updated: 2026-11-23
---
### What is seat time?

Seat time is the hours that a student spends in class for credit.

### What is a waiver?

A waiver frees a district from a rule.
"""
NEW = GUIDE.replace("hours that a student spends in class", "minutes that a student spends online")
NEW = NEW.replace("2026-11-23", "2026-12-01").replace("### What is a waiver?", "### What is a pilot?")


@pytest.fixture
def serving(assistant) -> Serving:
    return Serving(assistant)


@pytest.fixture
def moving_client(serving) -> Iterator[TestClient]:
    async def made():
        return make_application(serving)

    with TestClient(asyncio.run(made())) as client:
        yield client


@pytest.fixture(scope="module")
def newer() -> Assistant:
    return assistant_of("# Stipends\n\n## What is a stipend?\n\nA stipend is money for volunteers.")


def test_every_page_is_of_the_version_that_is_served_now(moving_client, serving, assistant, newer):
    """After a swap the list, the pages, what stands below them and the state are all of the new version."""
    assert moving_client.get("/library/guide").status_code == 200
    assert f"Library version {assistant.version.id}" in moving_client.get("/").text
    serving.serve(Served(newer))
    assert moving_client.get("/library/guide").status_code == 404
    assert 'href="/library/page-1"' in moving_client.get("/library").text
    assert "A stipend is money" in moving_client.get("/library/page-1").text
    for path in ("/", "/library", "/library/page-1", "/library/guide"):
        assert "from the 1 pages of" in moving_client.get(path).text
    assert moving_client.get("/readyz").json()["documents"] == 1


def test_readiness_tells_why_an_older_version_is_served(moving_client, serving, assistant):
    """A monitor sees that the site serves, but not what was published, and why; once it does, all is well again."""
    serving.serve(Served(assistant, "index/versions/x/passages.jsonl was cut short"))
    response = moving_client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["degraded"] == "index/versions/x/passages.jsonl was cut short"
    assert response.json()["version"] == assistant.version.id
    serving.serve(Served(assistant))
    assert moving_client.get("/readyz").json()["status"] == "ready"


@pytest.fixture
def library(tmp_path):
    """Give what publishes a text as the guide of the library."""

    def publish(text: str) -> str:
        (tmp_path / "corpus").mkdir(exist_ok=True)
        (tmp_path / "corpus" / "guide.md").write_text(text, encoding="utf-8")
        return build_index(tmp_path / "corpus", tmp_path / "index", BagOfWords(), no_bar).version

    return publish


@pytest.fixture
def site(library, tmp_path) -> Iterator[str]:
    """Serve the library, following what is published."""
    library(GUIDE)
    follower, stop, port = Follower(tmp_path / "index", BagOfWords(), SharedWords()), threading.Event(), free_port()
    follower.start(stop)
    server = uvicorn.Server(
        uvicorn.Config(
            lambda: make_application(follower.serving),
            factory=True,
            port=port,
            log_config=None,
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    _wait_for(f"http://127.0.0.1:{port}/healthz")
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    stop.set()
    thread.join(10)


def _wait_for(url: str) -> None:
    for _ in range(120):
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _wait_for_version(site: str, version: str) -> None:
    for _ in range(200):
        with urllib.request.urlopen(f"{site}/readyz") as response:
            if json.load(response)["version"] == version:
                return
        time.sleep(0.1)
    raise TimeoutError(version)


@pytest.mark.browser
def test_an_open_page_answers_from_the_new_version(site, library, tmp_path):
    """Once the process serves what was published, an open page answers from it without being loaded again."""
    with sync_playwright() as playwright, started_chromium(playwright, tmp_path) as browser:
        page = browser.new_page()
        chat = Chat(page, site)
        before = chat.ask("What is seat time?")
        expect(before).to_contain_text("hours that a student spends in class")
        version = library(NEW)
        _wait_for_version(site, version)
        after = chat.ask("What is seat time?")
        expect(after).to_contain_text("minutes that a student spends online")
        expect(after.locator(".colophon")).to_contain_text(f"Library version {version}, content of 1 December 2026")
        expect(page.locator("#state")).to_have_text(f"Library version {version}, content of 1 December 2026.")
        expect(before).to_contain_text("hours that a student spends in class")
        old = before.locator(".card a.open").first.get_attribute("href")
        page.click("#new")
        Chat(page, site)
        expect(page.locator(".starters button").last).to_have_text("What is a pilot?")
        page.goto(site + old)
        expect(page.locator(".changed")).to_be_visible()
        expect(page.locator("mark")).to_have_count(0)
