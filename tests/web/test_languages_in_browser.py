"""What a visitor who asks in another language sees on the chat page and in the widget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Chat, Widget, free_port
from playwright.sync_api import expect
from served import serve_application
from widget_site import Sites, served_sites

from assistant.dialogue import wording
from assistant.serving.serving import Serving
from assistant.web.application import make_application

ASKED = {"es": "¿Cuánto cuesta?", "ar": "كم التكلفة؟"}
DIRECTIONS = {"es": "ltr", "ar": "rtl"}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(assistant) -> Iterator[str]:
    port = free_port()
    with serve_application(lambda: make_application(Serving(assistant)), port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def sites(assistant, tmp_path_factory) -> Iterator[Sites]:
    with served_sites(assistant, tmp_path_factory.mktemp("registry")) as sites:
        yield sites


@pytest.fixture
def page(browser) -> Iterator:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_notice_on_the_chat_page(page, site, language):
    """The notice is in the visitor's language and marked as such; the questions below it are marked as English."""
    reply = Chat(page, site).ask(ASKED[language])
    expect(reply.locator(".said")).to_have_text(wording.NOTICES[language])
    expect(reply.locator(".said")).to_have_attribute("lang", language)
    assert reply.locator(".said").evaluate("said => getComputedStyle(said).direction") == DIRECTIONS[language]
    expect(reply.locator(".questions li").first).to_have_attribute("lang", "en")
    assert "Interpreted as" not in reply.inner_text()
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_notice_in_the_widget(chromium, sites, language):
    """So it is in the widget; pressing one of the questions asks it."""
    context = chromium.new_context()
    widget = Widget(context.new_page(), sites.partner).open()
    reply = widget.ask(ASKED[language])
    expect(reply.locator(".said")).to_have_text(wording.NOTICES[language])
    expect(reply.locator(".said")).to_have_attribute("lang", language)
    expect(reply.locator(".said")).to_have_attribute("dir", DIRECTIONS[language])
    expect(reply.locator(".questions")).to_have_attribute("lang", "en")
    reply.locator(".questions button").first.click()
    expect(widget.reply(1)).to_have_class("reply answer")
    context.close()
