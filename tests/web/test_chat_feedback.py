"""What a person can say of an answer on the chat page: the same as in the widget, in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from browser import Chat
from chat_site import ABROAD, STATES, WAIVER, served_chat, violations
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
_NOTED = """window.sent = [];
const send = window.fetch;
window.fetch = (address, options) => { window.sent.push([`${address}`, JSON.parse(JSON.stringify(options ?? {}))]); return send(address, options); };"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served_chat() as url:
        yield url


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_NOTED)
    yield page
    context.close()


def _said(page: Page) -> dict:
    """Give what was sent of the one opinion that was; Playwright is not told the bodies of requests by Firefox."""
    (sent,) = page.evaluate("() => window.sent.filter(([address]) => address.endsWith('/api/feedback'))")
    assert "X-Site" not in sent[1]["headers"]
    return json.loads(sent[1]["body"])


def test_a_yes_sends_the_version_alone(page, site):
    """A yes is sent at once with the version of the library, thanked for and announced."""
    reply = Chat(page, site).ask(WAIVER)
    reply.get_by_role("button", name="Yes").click()
    expect(reply.locator(".feedback")).to_have_text("Thank you. Your opinion was sent.")
    expect(reply.locator(".feedback p")).to_be_focused()
    expect(page.locator("#announcer")).to_have_text("Thank you. Your opinion was sent.")
    said = _said(page)
    assert said == {"version": said["version"], "verdict": "up"}
    assert f"Library version {said['version']}" in reply.locator(".state").inner_text()


@pytest.mark.both_engines
def test_a_no_asks_why_by_keyboard_too(page, site):
    """A no leads to reasons; cancelling gives the focus back; what is sent is the reason and no word more."""
    reply = Chat(page, site).ask(WAIVER)
    no = reply.get_by_role("button", name="No", exact=True)
    no.focus()
    page.keyboard.press("Enter")
    expect(reply.get_by_role("radio").first).to_be_focused()
    expect(reply.get_by_role("group", name="What was wrong?")).to_be_visible()
    reply.get_by_role("button", name="Cancel").press("Enter")
    expect(no).to_be_focused()
    page.keyboard.press("Enter")
    expect(reply.get_by_role("textbox")).to_have_count(0)
    expect(reply.get_by_role("checkbox")).to_have_count(0)
    assert violations(page, "asked why") == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(reply.get_by_role("radio", name="It is out of date")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reply.locator(".feedback p")).to_be_focused()
    said = _said(page)
    assert said == {"version": said["version"], "verdict": "down", "reason": "outdated"}
    assert violations(page, "sent") == []


def test_an_opinion_outlives_the_next_question(page, site):
    """What was said of an answer, or is being said, still stands there once another question was answered."""
    chat = Chat(page, site)
    first = chat.ask(WAIVER)
    first.get_by_role("button", name="Yes").click()
    expect(first.locator(".feedback")).to_contain_text("Thank you")
    second = chat.ask(STATES)
    second.get_by_role("button", name="No", exact=True).click()
    second.get_by_role("radio", name="It is incomplete").check()
    third = chat.ask(ABROAD)
    expect(first.locator(".feedback")).to_contain_text("Thank you")
    expect(second.get_by_role("radio", name="It is incomplete")).to_be_checked()
    expect(third.locator(".feedback")).to_have_count(0)


def test_words_are_asked_for_where_they_are_kept(page, tmp_path):
    """Where the site keeps feedback, a comment and the question can be sent, and both are on its disk."""
    with served_chat(feedback=tmp_path) as url:
        reply = Chat(page, url).ask(WAIVER)
        reply.get_by_role("button", name="No", exact=True).click()
        reply.get_by_role("radio", name="It is out of date").check()
        reply.get_by_role("textbox", name="Anything to add?").fill("Since 2025.")
        reply.get_by_role("checkbox", name="Send my question along").check()
        expect(reply.locator(".feedback")).to_contain_text("is stored by those who run the assistant")
        assert violations(page, "asked for words") == []
        reply.get_by_role("button", name="Send").click()
        expect(reply.locator(".feedback")).to_contain_text("Thank you")
        kept = json.loads((tmp_path / "feedback.jsonl").read_text(encoding="utf-8"))
    assert (kept["text"], kept["query"], kept.get("partner")) == ("Since 2025.", WAIVER, None)


def test_what_could_not_be_sent_is_told(page, site):
    """An opinion that does not get through is said not to have been sent."""
    page.route("**/api/feedback", lambda route: route.abort())
    reply = Chat(page, site).ask(WAIVER)
    reply.get_by_role("button", name="Yes").click()
    expect(reply.locator(".feedback")).to_have_text("Your opinion could not be sent.")
    expect(page.locator("#announcer")).to_have_text("Your opinion could not be sent.")
