"""Finds Chromium and uses the chat page in it."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Give the path of a Chromium: named by `CHROMIUM`, installed on this machine, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # only where it is needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def free_port() -> int:
    """Give a port that nothing listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Chat:
    """The chat page in a browser, used as a person does."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        page.locator(".starters button").first.wait_for()

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, and give the reply."""
        number = self.page.locator(".reply").count()
        self.page.fill("#question textarea", question)
        self.page.keyboard.press("Enter")
        return self.reply(number)

    def reply(self, number: int) -> Locator:
        """Wait for the reply of that number, counted from 0."""
        found = self.page.locator(".reply").nth(number)
        found.wait_for(timeout=20_000)
        return found
