"""Starts browsers of two engines, and uses the chat page and the widget in them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from playwright.sync_api import Browser, Locator, Page, Playwright, expect
from programs import find_program

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first that is there is taken: the engine alone opens a page in half the time of the browser around it."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

REACH_FRAMES: Mapping[str, str | float | bool] = MappingProxyType({"fission.webContentIsolationStrategy": 0})
"""Keeps a frame of another site in its page's process, or Playwright's keys and clicks do not reach into it.

They are made in the process of the page and end at the frame's edge; those of a person come from the browser's own
process. Storage, cookies and origins are kept apart all the same.
"""
AS_SHIPPED: Mapping[str, str | float | bool] = MappingProxyType({"fission.webContentIsolationStrategy": 1})
"""Gives each site a process of its own, as Firefox does for people."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a person has their browser show pages: what Chromium is told of a page, and Firefox when it starts."""

    emulated: Mapping[str, Any]
    preferences: Mapping[str, str | float | bool]


LOOKS = {
    "light": Look({}, {}),
    "dark": Look({"color_scheme": "dark"}, {"ui.systemUsesDarkTheme": 1}),
    "forced": Look({"forced_colors": "active"}, {"browser.display.document_color_use": 2}),
}


def find_chromium() -> str | None:
    """Give the path of a Chromium: named by `CHROMIUM`, or installed on this machine."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), None)


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
        page.locator("#loading").wait_for(state="detached")
        page.locator(".starters button, .reply").first.wait_for()  # a page that was there before finds its conversation

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


@contextmanager
def started_chromium(playwright: Playwright, profile: Path) -> Iterator[Browser]:
    """Start Chromium as a person does: Playwright's own launch denies storage to a page in another site's page."""
    path = find_chromium() or playwright.chromium.executable_path
    command = [path, "--headless", *FLAGS, f"--user-data-dir={profile}"]
    with subprocess.Popen(
        [*command, "--remote-debugging-port=0", "about:blank"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{_debugging_port(profile)}")
            yield browser
            browser.close()
        finally:
            os.killpg(process.pid, signal.SIGTERM)  # Debian's command is a script that stays above the browser


@contextmanager
def started_firefox(
    playwright: Playwright, preferences: Mapping[str, str | float | bool] = MappingProxyType({})
) -> Iterator[Browser]:
    """Start Debian's Firefox, spoken to in WebDriver BiDi."""
    browser = playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=find_program("firefox-esr"),
        firefox_user_prefs={**REACH_FRAMES, **preferences},
    )
    yield browser
    browser.close()


@contextmanager
def opened_page(playwright: Playwright, browser: Browser, look: str) -> Iterator[Page]:
    """Open a page in a look; for any but the first a Firefox of its own is started."""
    with ExitStack() as ends:
        chosen = LOOKS[look]
        is_firefox = browser.browser_type.name == "firefox"
        if is_firefox and chosen.preferences:
            browser = ends.enter_context(started_firefox(playwright, chosen.preferences))
        context = browser.new_context(**({} if is_firefox else chosen.emulated))
        ends.callback(context.close)
        yield context.new_page()


def _debugging_port(profile: Path) -> int:
    told = profile / "DevToolsActivePort"
    for _ in range(600):
        if told.is_file() and "\n" in told.read_text():
            return int(told.read_text().split()[0])
        time.sleep(0.05)
    raise TimeoutError(told)


class Widget:
    """The widget in a partner's page, used as a person does."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        self.launcher = page.locator("policy-assistant button")
        self.frame = page.frame_locator("policy-assistant iframe")
        self.field = self.frame.locator("#question")
        self.status = self.frame.locator("#status")
        self.launcher.wait_for()

    def open(self) -> Widget:
        """Press the launcher, and wait until the field has the focus."""
        self.launcher.click()
        expect(self.field).to_be_focused(timeout=20_000)
        return self

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, and give the reply."""
        number = self.frame.locator(".reply").count()
        self.field.fill(question)
        self.field.press("Enter")
        return self.reply(number)

    def reply(self, number: int) -> Locator:
        """Wait for the reply of that number, counted from 0."""
        found = self.frame.locator(".reply").nth(number)
        found.wait_for(timeout=20_000)
        return found

    def within(self, script: str, argument: object = None) -> Any:
        """Run a script in the page within the iframe."""
        return next(frame for frame in self.page.frames if "/embed" in frame.url).evaluate(script, argument)
