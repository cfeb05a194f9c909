from __future__ import annotations

from collections.abc import Iterator

import pytest
from selenium.webdriver import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from small_library import open_small
from webkit import WebKitChat, WebKitWidget, started_webkit
from widget_site import Sites, served_sites

QUESTION = "What is an innovation zone?"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sites(_small_index, tmp_path_factory) -> Iterator[Sites]:
    with served_sites(open_small(_small_index), tmp_path_factory.mktemp("registry")) as sites:
        yield sites


@pytest.fixture
def webkit(program, tmp_path) -> Iterator[WebDriver]:
    """Give a browser that is new for each test: after a failure its window may not get the focus any more."""
    for name in ("WebKitWebDriver", "Xvfb"):
        program(name)
    with started_webkit(tmp_path / "log") as driver:
        yield driver


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_widget_is_enough_by_mouse_and_by_keyboard(webkit, sites, by):
    """The field has the focus on opening; asking, citing and following up work; each close gives the focus back, twice."""
    widget = WebKitWidget(webkit, sites.partner)
    if by == "keyboard":
        widget.press(*[Keys.TAB] * 3)
        widget.wait_for_focus("launcher")
    widget.open(by)
    with widget.within():
        widget.wait_for_focus("question")
        reply = widget.ask(QUESTION, 0)
        assert "An innovation zone is a group of districts" in reply.text
        widget.find(".cite").click()
        widget.wait_for_focus("answer-1-source-1")
        assert widget.find(".card mark").text.startswith("An innovation zone is")
        widget.find("#question").click()
        assert (
            "innovation zone" in widget.ask("How does it report?", 1).find_element("css selector", ".interpreted").text
        )
    for _ in range(2):
        for close in (_by_escape, _by_its_cross, _by_the_launcher):
            close(widget)
            widget.wait_for_focus("launcher")
            assert widget.launcher.get_attribute("aria-expanded") == "false"
            widget.open(by)
            with widget.within():
                widget.wait_for_focus("question")


def _by_escape(widget) -> None:
    with widget.within():
        widget.press(Keys.ESCAPE)


def _by_its_cross(widget) -> None:
    with widget.within():
        widget.find("#close").click()


def _by_the_launcher(widget) -> None:
    widget.launcher.click()


def test_a_script_opens_with_the_focus_in_the_field(webkit, sites):
    """Opened by a script, without the click that WebKit else asks for, the field has the focus, and what is typed is asked."""
    widget = WebKitWidget(webkit, sites.partner)
    webkit.execute_script("policyAssistant.open()")
    with widget.within():
        widget.wait_for_focus("question")
        assert "An innovation zone is" in widget.ask(QUESTION, 0).text


def test_the_chat_page_answers_and_its_citation_leads_to_the_card(webkit, sites):
    """On the chat page a typed question is answered, and the number behind a quote leads to its card and back."""
    chat = WebKitChat(webkit, sites.assistant)
    reply = chat.ask(QUESTION, 0)
    assert "An innovation zone is a group of districts" in reply.text
    chat.follow(".cite", "source-1")
    chat.follow(".card .back", "quote-1")
