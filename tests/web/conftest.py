from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from browser import started_chromium, started_firefox
from fastapi import FastAPI
from playwright.sync_api import Browser, Playwright, expect, sync_playwright
from small_library import no_bar, open_small
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.publishing.build import build_index
from assistant.serving.serving import Serving
from assistant.web.application import make_application

expect.set_options(timeout=20_000)  # a busy machine takes longer; what is expected is not waited for once it is there

STORY = " ".join(f"Sentence number {number} tells of seat time in the year {1900 + number}." for number in range(30))
GUIDE = f"""---
title: "Seat time: a *guide*"
source:
  kind: advocate
  publisher: KnowledgeWorks
  title: "The original <guide>"
  url: https://example.org/guide?a=1&b=2
  published: "2019-08"
updated: 2026-11-23
---
Seat time is the rule that credit depends on hours. It is old.

## Ways to loosen seat time

States loosen seat time in these ways:

- waivers, as in [Ohio](https://example.org/ohio);
- credit flexibility
  1. by test
  2. by project

| State | Way |
|---|---|
| Ohio | waiver |
| Utah | flexibility |

> Credit is a proxy.

## A long story

{STORY}

## Questions

### What is seat time?

Also asked:

- What does seat time mean?

Seat time is the hours that a student spends in class for credit.
"""
HOSTILE = """---
title: "<img src=x onerror=alert(1)>"
source:
  kind: library
  publisher: "This library"
publish: true
updated: 2026-11-23
---
## Is \\<script>alert(1)\\</script> a script?

\\<script>alert(1)\\</script> and [a link](javascript:alert(1)) and `<svg onload=alert(1)>` stay text.
"""


def pytest_collection_modifyitems(items):
    """Leave to Chromium alone what is not marked `both_engines`, unless `ENGINES` is "all": a page takes Firefox twice as long."""
    if os.environ.get("ENGINES") == "all":
        return
    items[:] = [item for item in items if _engine(item) != "firefox" or item.get_closest_marker("both_engines")]


def _engine(item: pytest.Item) -> str:
    return item.callspec.params.get("browser", "") if hasattr(item, "callspec") else ""


@pytest.fixture(scope="session")
def assistant(tmp_path_factory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("web")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "guide.md").write_text(GUIDE, encoding="utf-8")
    (folder / "corpus" / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    build_index(folder / "corpus", folder / "index", BagOfWords(), no_bar)
    return open_small(folder / "index")


@pytest.fixture(scope="session")
def client(assistant) -> Iterator[TestClient]:
    with TestClient(asyncio.run(_made(assistant)), headers={"sec-fetch-site": "same-origin"}) as client:
        yield client


async def _made(assistant) -> FastAPI:
    """Make the application inside an event loop; outside one, Gradio makes loops that it never closes."""
    return make_application(Serving(assistant))


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Give what drives browsers; no longer than a module, since its event loop keeps `asyncio.run` from working."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(playwright, tmp_path_factory) -> Iterator[Browser]:
    with started_chromium(playwright, tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def firefox(playwright, program) -> Iterator[Browser]:
    program("firefox-esr")
    with started_firefox(playwright) as browser:
        yield browser


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request) -> Browser:
    """Give Chromium, and after it Firefox to tests that are marked `both_engines`."""
    return request.getfixturevalue(request.param)
