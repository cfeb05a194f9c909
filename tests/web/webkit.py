"""Starts WebKit on a screen of its own, and uses the chat page and the widget in it as a person does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from programs import find_program
from selenium.common.exceptions import TimeoutException
from selenium.webdriver import ActionChains, Keys, Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

LONGEST = 60  # seconds that a busy machine may take for anything
_FOCUSED = """
    const { activeElement } = document, inner = activeElement?.shadowRoot?.activeElement ?? activeElement;
    return document.hasFocus() ? inner.id || inner.className || inner.tagName : "nothing: the window has no focus";"""


def find_webkit() -> str | None:
    """Give the path of the browser that Debian has beside its WebKit library."""
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))
    return str(found[-1]) if found else None


@contextmanager
def started_webkit(log: Path) -> Iterator[WebDriver]:
    """Start WebKit on a screen that nobody sees; its own sandbox needs rights that a container lacks."""
    options = Options()
    options.binary_location = find_webkit()
    options.add_argument("--automation")
    with _screen() as display:
        environment = {**os.environ, "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = Service(find_program("WebKitWebDriver"), log_output=str(log), env=environment)
        service.start()
        try:
            # Selenium's own class for WebKit warns of how it makes this connection itself.
            connection = RemoteConnection(client_config=ClientConfig(service.service_url))
            with Remote(connection, options=options) as driver:
                yield driver
        finally:
            service.stop()


@contextmanager
def _screen() -> Iterator[str]:
    reading, writing = os.pipe()
    command = [find_program("Xvfb"), "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with (
        subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
        os.fdopen(reading) as told,
    ):
        os.close(writing)
        try:
            yield f":{told.readline().strip()}"
        finally:
            process.terminate()


class Hand:
    """Presses keys, and waits for what is to be seen, in any page."""

    def __init__(self, driver: WebDriver, url: str) -> None:
        self.driver = driver
        driver.get(url)

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def find(self, selector: str, number: int = 0) -> WebElement:
        """Wait for the element of that number, counted from 0, and give it."""
        found = self.until(
            lambda: self.driver.find_elements(By.CSS_SELECTOR, selector)[number:], f"{selector} {number}"
        )
        return found[0]

    def until(self, look: Callable[[], Any], name: str = "") -> Any:
        """Wait until `look` gives something, and give it; `name` says what was waited for."""
        return WebDriverWait(self.driver, LONGEST, poll_frequency=0.1).until(lambda _: look(), name)

    def focused(self) -> str:
        """Name what has the focus, by its id, class or tag."""
        return self.driver.execute_script(_FOCUSED)

    def wait_for_focus(self, name: str) -> None:
        """Wait until what is named so has the focus."""
        try:
            self.until(lambda: self.focused() == name)
        except TimeoutException:
            raise AssertionError(f"{self.focused()!r} has the focus, not {name!r}") from None


class WebKitChat(Hand):
    """The chat page in WebKit."""

    def ask(self, question: str, number: int) -> WebElement:
        """Type a question, press Enter, and give the reply of that number."""
        self.find(".starters button")
        field = self.find("#question textarea")
        field.click()
        self.press(question)
        self.until(lambda: field.get_property("value") == question)
        self.press(Keys.ENTER)
        return self.find(".reply", number)

    def follow(self, selector: str, end: str) -> None:
        """Press a link within the page until what it leads to has the focus: Gradio draws a finished reply once more."""
        self.until(lambda: self.find(selector).click() or self.focused().endswith(end), f"{selector} to {end}")


class WebKitWidget(Hand):
    """The widget in a partner's page in WebKit; `within` it everything is of the page in its frame."""

    @property
    def launcher(self) -> WebElement:
        return self._shadow("button")

    def open(self, by: str) -> None:
        """Open the panel by mouse, or by keyboard if the launcher has the focus."""
        if by == "mouse":
            self.launcher.click()
        else:
            self.press(Keys.ENTER)

    @contextmanager
    def within(self) -> Iterator[None]:
        """Look and press within the frame, until the block ends."""
        self.driver.switch_to.frame(self._shadow("iframe"))
        try:
            yield
        finally:
            self.driver.switch_to.default_content()

    def ask(self, question: str, number: int) -> WebElement:
        """Type a question into what has the focus, press Enter, and give the reply of that number."""
        self.press(question, Keys.ENTER)
        return self.find(".reply", number)

    def _shadow(self, selector: str) -> WebElement:
        return self.find("policy-assistant").shadow_root.find_element(By.CSS_SELECTOR, selector)
