"""Serves the chat page of a library with a list and a table in it, and looks at it as a person or a machine does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from axe_playwright_python.sync_playwright import Axe
from bag_of_words import BagOfWords
from breakable import Breakable
from browser import free_port
from playwright.sync_api import Page
from served import serve_application
from small_library import no_bar, open_small, write_corpus

from assistant.publishing.build import build_index
from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting

STATES = "Which states loosen seat time?"
WAIVER = "What is a waiver?"
ABROAD = "What is the capital of France?"
LIBRARY = f"""---
title: Seat time
publish: true
source:
  kind: research
  publisher: Institute
  url: https://example.org/report
  published: "2019-08"
updated: 2026-11-23
---
## {STATES}

Two states  loosen seat time in these ways:

- waivers
- credit flexibility
  1. by test
  2. by project

| State | Way |
|---|---|
| Ohio | waiver |
| Utah |  |

## {WAIVER}

A waiver frees a district from a rule.
"""


@contextmanager
def opened_library() -> Iterator[Breakable]:
    """Give an assistant on the library, which breaks when it is asked to."""
    with TemporaryDirectory() as folder:
        corpus = write_corpus(Path(folder) / "corpus", {"states.md": LIBRARY})
        build_index(corpus, Path(folder) / "index", BagOfWords(), no_bar)
        yield Breakable(open_small(Path(folder) / "index"))


@contextmanager
def served_chat(feedback: Path | None = None) -> Iterator[str]:
    """Serve the library; give the address of its chat page."""
    hosting = Hosting(per_minute=100_000, feedback=feedback)
    port = free_port()
    with (
        opened_library() as assistant,
        serve_application(lambda: make_application(Serving(assistant), hosting), port),
    ):
        yield f"http://127.0.0.1:{port}"


def violations(page: Page, state: str) -> list[str]:
    """Give what axe-core finds wrong with a page, each with the state that it is in."""
    found = Axe().run(page).response["violations"]
    return [f"{state}: {rule['id']} {[node['html'][:150] for node in rule['nodes']]}" for rule in found]
