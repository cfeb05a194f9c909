"""The chat page over reloads, without a network, under impatient hands, and for those who do not see it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Chat, free_port
from playwright.sync_api import Error, Locator, Page, expect
from served import serve_application
from small_library import assistant_of

from assistant.dialogue.question import LONGEST
from assistant.serving.serving import Served, Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting

SEAT_TIME = "What is seat time?"
SCRIPT = "Is <script>alert(1)</script> a script?"
AWAY = "The assistant can’t be reached. Your question is kept, and is asked once the connection is back."
NEXT = "This question is asked as soon as the reply above is there."
KEPT_NOWHERE = "This browser keeps nothing for this page"
STORES = "() => [localStorage, sessionStorage].flatMap((store) => Object.values(store)).join()"
pytestmark = pytest.mark.browser


class Holding:
    """Replies as another assistant does; while it is told to hold, only once it is let go."""

    def __init__(self, assistant) -> None:
        self._assistant = assistant
        self._go = threading.Event()
        self._go.set()
        self.begun = threading.Semaphore(0)
        self.asked: list[str] = []

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, question, conversation, *, as_typed):
        """Reply, when it may."""
        self.asked.append(question)
        self.begun.release()
        assert self._go.wait(30)
        return self._assistant.ask(question, conversation, as_typed=as_typed)

    @contextmanager
    def held(self) -> Iterator[None]:
        self._go.clear()
        try:
            yield
        finally:
            self._go.set()


class Site:
    """The assistant on a port of its own, which can be stopped and started again."""

    def __init__(self, assistant, per_minute: int) -> None:
        self.holding = Holding(assistant)
        self.serving = Serving(self.holding)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._per_minute = per_minute

    @contextmanager
    def served(self) -> Iterator[None]:
        hosting = Hosting(per_minute=self._per_minute)
        with serve_application(lambda: make_application(self.serving, hosting), self.port):
            yield


@pytest.fixture
def stopped(assistant) -> Site:
    """Give a site that is not served yet."""
    return Site(assistant, 1000)


@pytest.fixture
def site(stopped) -> Iterator[Site]:
    with stopped.served():
        yield stopped


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def field(page: Page) -> Locator:
    return page.locator("#question textarea")


def announced(page: Page) -> Locator:
    return page.locator("#announcer")


def shown(page: Page) -> tuple[list[str], list[str]]:
    """Give the questions and the replies that the page shows."""
    return page.locator(".question").all_inner_texts(), page.locator(".reply").all_inner_texts()


def wait_for_replies(page: Page, count: int) -> None:
    expect(page.locator(".reply")).to_have_count(count)
    expect(page.locator("#pending")).to_have_count(0)


# What is kept


@pytest.mark.parametrize(
    "way",
    [
        pytest.param("reload", marks=pytest.mark.both_engines),
        "link",
        pytest.param("back", marks=pytest.mark.both_engines),
    ],
)
def test_the_conversation_is_there_again(page, site, way):
    """After a reload, and back from the library by its link or the browser's button, all turns stand as they stood.

    A page that listens to `unload` is made anew when one comes back, where the browser would else wake it as it was.
    """
    page.add_init_script("addEventListener('unload', () => {})")
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    chat.ask(SCRIPT)
    before = shown(page)
    if way == "reload":
        page.reload()
    else:
        page.get_by_role("link", name="The library", exact=True).click()
        page.get_by_role("heading", name="The library").wait_for()
        if way == "link":
            page.get_by_role("link", name="Ask", exact=True).click()
        else:
            page.go_back()
    wait_for_replies(page, 2)
    assert shown(page) == before
    expect(page.locator(".question").last).to_be_in_viewport()
    expect(page.locator(".starters")).to_have_count(0)
    chat.ask("Why does it matter?")
    expect(page.locator(".interpreted")).to_contain_text("Interpreted as")
    ids = page.locator(".reply").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(set(ids)) == 3


def test_the_conversation_survives_a_restart(page, stopped):
    """A restart of the server takes nothing from who reloads the page after it, not what was being typed either."""
    with stopped.served():
        Chat(page, stopped.url).ask(SEAT_TIME)
        before = shown(page)
        field(page).fill("And how is it")
    with stopped.served():
        page.reload()
        wait_for_replies(page, 1)
        assert shown(page) == before
        expect(field(page)).to_have_value("And how is it")


@pytest.mark.both_engines
def test_the_page_says_what_it_keeps_and_deletes_it(page, site):
    """One sentence says that the conversation is kept; "New conversation" deletes it, also for the next tab."""
    chat = Chat(page, site.url)
    expect(page.locator("#privacy")).to_have_text(
        "Your conversation is kept in this browser, so that you find it again within a day. "
        "“New conversation” deletes it."
    )
    chat.ask(SEAT_TIME)
    assert "seat time" in page.evaluate(STORES)
    page.click("#new")
    expect(page.locator(".reply")).to_have_count(0)
    assert page.evaluate(STORES) == ""
    page.reload()
    page.locator(".starters button").first.wait_for()
    expect(page.locator(".reply")).to_have_count(0)


def test_tabs_leave_each_other_alone(page, site):
    """A new tab begins with the latest conversation; from then on each keeps its own, whatever the other does."""
    Chat(page, site.url).ask(SEAT_TIME)
    other = page.context.new_page()
    other.goto(site.url)
    wait_for_replies(other, 1)
    other.click("#new")
    Chat(other, site.url).ask(SCRIPT)
    page.reload()
    wait_for_replies(page, 1)
    expect(page.locator(".question")).to_have_text(SEAT_TIME)
    page.click("#new")
    other.reload()
    wait_for_replies(other, 1)
    expect(other.locator(".question")).to_have_text(SCRIPT)
    third = page.context.new_page()
    third.goto(site.url)
    wait_for_replies(third, 1)
    expect(third.locator(".question")).to_have_text(SCRIPT)


DENIED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""
FULL = """Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };"""


@pytest.mark.parametrize("script", [DENIED, FULL])
def test_without_storage_the_page_works_and_says_so(page, site, script):
    """Where the browser denies storage, or has no room, the chat works and does not claim that it keeps anything."""
    page.add_init_script(script)
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    chat.ask(SCRIPT)
    wait_for_replies(page, 2)
    expect(page.locator("#privacy")).to_contain_text(KEPT_NOWHERE)
    page.click("#new")
    expect(page.locator(".reply")).to_have_count(0)


def kept_again(page: Page, site: Site, messages: object) -> None:
    """Load the page with something in storage where a conversation would be."""
    record = {"id": "1", "state": "", "messages": messages}
    page.goto(f"{site.url}/library")
    page.evaluate(
        "(record) => sessionStorage.setItem('policy-assistant:/', JSON.stringify({ saved: Date.now(), ...record }))",
        record,
    )
    page.goto(site.url)


@pytest.mark.parametrize("messages", [None, 7, "x", [], [[]], [["user"]], [["user", 1]], [["x", "y"]], {"a": 1}])
def test_what_is_no_conversation_is_passed_over(page, site, messages):
    """Whatever lies where the conversation is kept, the page begins, and can be asked."""
    kept_again(page, site, messages)
    page.locator(".starters button").first.wait_for()
    page.fill("#question textarea", SEAT_TIME)
    page.keyboard.press("Enter")
    wait_for_replies(page, 1)


QUESTION_HTML = '<h2 class="question">What?</h2>'
HOSTILE = """<div class="reply answer" id="answer-1"><h3 class="kind">x</h3><p class="said">planted</p>\
<script>window.ran = 1</script><img src="x" onerror="window.ran = 2"><svg onload="window.ran = 3"></svg>\
<a class="link" href="javascript:window.ran = 4">press</a><iframe src="javascript:parent.ran = 5"></iframe>\
<img src="https://elsewhere.example/x.png"></div>"""


def test_what_was_planted_does_not_run(page, site):
    """Markup put into storage by someone else runs nothing when it is shown, and fetches nothing from elsewhere."""
    fetched = []
    page.on("response", lambda response: fetched.append(response.url))
    kept_again(page, site, [["user", QUESTION_HTML], ["assistant", HOSTILE]])
    expect(page.locator(".reply")).to_contain_text("planted")
    page.get_by_text("press").evaluate("(link) => link.click()")
    expect(page.locator(".reply script, .reply iframe, .reply [onerror], .reply [onload]")).to_have_count(0)
    assert page.evaluate("() => window.ran ?? null") is None
    assert [url for url in fetched if not url.startswith((site.url, "data:"))] == []


def test_what_is_kept_is_bounded(page, site):
    """At most the latest twenty turns are kept, and fewer if they are long; numbers go on where they stood."""
    page.goto(f"{site.url}/library")
    page.goto(site.url)
    page.locator(".starters button").first.wait_for()
    kept = page.evaluate(
        """async () => {
            const { keep, recall } = await import("/static/keeping.js");
            const turns = (count, size) => Array.from({ length: count }, (_, n) => [["user", `${n}`], ["assistant", "x".repeat(size)]]).flat();
            keep(turns(30, 10), "");
            const many = recall().messages;
            keep(turns(30, 120_000), "");
            const long = recall().messages;
            keep(turns(1, 2_000_000), "");
            return [many.length, many[0], long.length, long[0], recall().messages.length];
        }"""
    )
    assert kept == [40, ["user", "10"], 8, ["user", "26"], 0]


def test_a_kept_answer_names_its_version(page, site):
    """After the library was updated, a kept answer still names its own version, the page the new one, and says so."""
    Chat(page, site.url).ask(SEAT_TIME)
    before = page.locator(".colophon .state").inner_text()
    newer = assistant_of("# Stipends\n\n## What is a stipend?\n\nA stipend is money for volunteers.")
    site.serving.serve(Served(newer))
    page.reload()
    wait_for_replies(page, 1)
    expect(page.locator(".colophon .state")).to_have_text(before)
    expect(page.locator("#state")).to_contain_text(newer.version.id)
    expect(page.locator("#conversation")).to_contain_text("The library was updated after these replies were given.")


# Without a network


@contextmanager
def cut_off(page: Page) -> Iterator[None]:
    """Take the network from a page, by the browser where it can, else by dropping its requests."""
    try:
        page.context.set_offline(True)
        restore = lambda: page.context.set_offline(False)  # noqa: E731
    except Error:
        page.route("**/*", lambda route: route.abort("internetdisconnected"))
        restore = lambda: page.unroute("**/*")  # noqa: E731
    try:
        yield
    finally:
        restore()


@pytest.mark.both_engines
def test_the_page_goes_on_after_the_network_was_gone(page, site):
    """Asked without a network, the page says what is the matter and keeps all; with it the question is answered."""
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    page.evaluate("() => { window.same = true; }")
    with cut_off(page):
        page.fill("#question textarea", SCRIPT)
        page.keyboard.press("Enter")
        expect(page.locator("#pending")).to_contain_text(AWAY)
        expect(announced(page)).to_have_text(AWAY)
        expect(page.locator(".question")).to_have_text([SEAT_TIME, SCRIPT])
        expect(page.locator(".reply")).to_have_count(1)
        field(page).press_sequentially("And then")
    wait_for_replies(page, 2)
    expect(page.locator(".reply").last).to_have_class("reply answer")
    expect(field(page)).to_have_value("And then")
    assert page.evaluate("() => window.same")


def test_the_page_goes_on_after_the_server_was_gone(page, stopped):
    """An open page asks a server that was stopped and started again, without being loaded again."""
    with stopped.served():
        Chat(page, stopped.url).ask(SEAT_TIME)
        page.evaluate("() => { window.same = true; }")
    page.fill("#question textarea", SCRIPT)
    page.keyboard.press("Enter")
    expect(page.locator("#pending")).to_contain_text(AWAY)
    with stopped.served():
        wait_for_replies(page, 2)
        expect(page.locator(".reply").last).to_have_class("reply answer")
        assert page.evaluate("() => window.same")


@pytest.mark.both_engines
def test_a_server_that_stops_while_it_answers_is_asked_again(page, stopped):
    """A question that was on its way when the server stopped is answered by the next one, once."""
    with stopped.holding.held():
        with stopped.served():
            chat = Chat(page, stopped.url)
            page.fill("#question textarea", SEAT_TIME)
            page.keyboard.press("Enter")
            expect(page.locator("#pending")).to_contain_text("Searching the library")
            assert stopped.holding.begun.acquire(timeout=10)
        expect(page.locator("#pending")).to_contain_text(AWAY)
    with stopped.served():
        expect(chat.reply(0)).to_have_class("reply answer")
        wait_for_replies(page, 1)


def test_a_proxy_without_a_server_behind_it_is_no_reply(page, site):
    """While a proxy answers 502 for a server that starts again, the question waits."""
    chat = Chat(page, site.url)
    page.route("**/run/predict", lambda route: route.fulfill(status=502, body="<html>Bad Gateway</html>"))
    page.fill("#question textarea", SEAT_TIME)
    page.keyboard.press("Enter")
    expect(page.locator("#pending")).to_contain_text(AWAY)
    page.unroute("**/run/predict")
    expect(chat.reply(0)).to_have_class("reply answer")


def test_what_the_server_refuses_is_given_back(page, site):
    """A question that the server would not take is in the field again, and a sentence says so."""
    Chat(page, site.url)
    page.route("**/run/predict", lambda route: route.fulfill(status=413, body="too large"))
    page.fill("#question textarea", SEAT_TIME)
    page.keyboard.press("Enter")
    expect(page.locator("#note")).to_have_text(
        "This conversation has become too long to go on. Please begin a new one."
    )
    expect(field(page)).to_have_value(SEAT_TIME)
    expect(page.locator("#pending")).to_have_count(0)


def test_a_question_on_its_way_is_not_lost_by_a_reload(page, site):
    """Whoever reloads while waiting finds the question in the field, with what was typed after it."""
    Chat(page, site.url)
    with site.holding.held():
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        field(page).press_sequentially("And why?")
        page.reload()
        expect(field(page)).to_have_value(f"{SEAT_TIME}\nAnd why?")


# Two questions at once


def test_what_is_typed_while_waiting_stays(page, site):
    """The reply to one question does not touch what is typed for the next."""
    Chat(page, site.url)
    with site.holding.held():
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        field(page).press_sequentially("And how")
    wait_for_replies(page, 1)
    expect(field(page)).to_have_value("And how")
    expect(field(page)).to_be_focused()


@pytest.mark.parametrize("way", [pytest.param("Enter", marks=pytest.mark.both_engines), "Ask"])
def test_a_second_question_is_asked_after_the_first(page, site, way):
    """A question sent while another is answered stays in the field with a note, heard too, and is asked after it."""
    Chat(page, site.url)
    with site.holding.held():
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        field(page).fill(SCRIPT)
        page.keyboard.press("Enter") if way == "Enter" else page.click("#ask")
        expect(page.locator("#note")).to_have_text(NEXT)
        expect(announced(page)).to_have_text(NEXT)
        expect(field(page)).to_have_value(SCRIPT)
    wait_for_replies(page, 2)
    expect(page.locator(".question")).to_have_text([SEAT_TIME, SCRIPT])
    expect(field(page)).to_have_value("")
    expect(page.locator("#note")).to_be_hidden()
    assert site.holding.asked == [SEAT_TIME, SCRIPT]


def test_who_goes_on_writing_has_not_asked(page, site):
    """A question that is changed after it was sent to wait stays in the field."""
    Chat(page, site.url)
    with site.holding.held():
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        field(page).fill("Why")
        page.keyboard.press("Enter")
        expect(page.locator("#note")).to_have_text(NEXT)
        field(page).press_sequentially(" does")
        expect(page.locator("#note")).to_be_hidden()
    wait_for_replies(page, 1)
    expect(field(page)).to_have_value("Why does")


def test_an_offered_question_waits_too(page, site):
    """A question pressed while another is answered waits in the field; where something is typed, nothing is lost."""
    reply = Chat(page, site.url).ask("Hello")
    offered = reply.locator("button.ask").first
    with site.holding.held():
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        field(page).fill("Mine")
        offered.click()
        expect(page.locator("#note")).to_have_text("Please wait for the reply, then press that question again.")
        expect(field(page)).to_have_value("Mine")
        field(page).fill("")
        question = offered.inner_text()
        offered.click()
        expect(field(page)).to_have_value(question)
    wait_for_replies(page, 3)
    expect(page.locator(".question").last).to_have_text(question)


PLACES = """() => {
    window.places = [];
    window.still = 0;
    const note = () => {
        still = places.at(-1) === scrollY ? still + 1 : 0;
        if (!still) places.push(scrollY);
        requestAnimationFrame(note);
    };
    note();
}"""
"""Notes each place that the page stands at, and for how many frames it has stood at the last."""


@pytest.mark.both_engines
def test_the_page_never_slides(page, site):
    """A question and its reply are there at once: a page that is still on its way takes a click from what it is meant for."""
    page.set_viewport_size({"width": 1280, "height": 500})
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    page.evaluate(PLACES)
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")
    chat.ask(SCRIPT)
    page.wait_for_function("() => still > 30")
    # Where it was, the top, the question, its reply, and roundings; one that slides stands at some thirty places.
    places = page.evaluate("() => places")
    assert 2 <= len(places) <= 6, places


def test_a_new_conversation_gives_up_the_question_on_its_way(page, site):
    """A reply that is no longer waited for does not come into the new conversation."""
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    with site.holding.held():
        page.fill("#question textarea", SCRIPT)
        page.keyboard.press("Enter")
        expect(page.locator("#pending")).to_be_visible()
        page.click("#new")
        page.locator(".starters button").first.wait_for()
        expect(page.locator("#pending")).to_have_count(0)
    chat.ask(SEAT_TIME)
    wait_for_replies(page, 1)
    expect(page.locator(".question")).to_have_text(SEAT_TIME)


# Where the focus is


@pytest.mark.both_engines
def test_the_focus_is_never_lost(page, site):
    """It is on the question after a button that vanishes, in the field after typing and for a new conversation."""
    chat = Chat(page, site.url)
    with site.holding.held():
        page.locator(".starters button").first.press("Enter")
        expect(page.locator("#pending .question")).to_be_focused()
    wait_for_replies(page, 1)
    expect(page.locator(".message-row .question")).to_be_focused()
    chat.ask("Hello")
    expect(field(page)).to_be_focused()
    page.locator(".reply").last.locator("button.ask").first.click()
    wait_for_replies(page, 3)
    expect(page.locator(".message-row .question").last).to_be_focused()
    page.fill("#question textarea", SEAT_TIME)
    page.click("#ask")
    wait_for_replies(page, 4)
    expect(field(page)).to_be_focused()
    page.click("#new")
    expect(field(page)).to_be_focused()


@pytest.mark.both_engines
def test_a_reply_takes_the_focus_from_nothing_else(page, site):
    """Who reads in an earlier reply while waiting stays there when the next ones come."""
    chat = Chat(page, site.url)
    chat.ask(SEAT_TIME)
    with site.holding.held():
        for question in (SCRIPT, SEAT_TIME):
            page.fill("#question textarea", question)
            page.keyboard.press("Enter")
        page.locator(".cite").first.click()
        expect(page.locator(".card").first).to_be_focused()
    wait_for_replies(page, 3)
    expect(page.locator(".card").first).to_be_focused()


# Too long, too often


def test_a_text_that_is_too_long_is_told_about(page, site):
    """What is pasted stays whole, and how long it is and may be is seen and heard; shortened, it can be asked."""
    Chat(page, site.url)
    text = "seat time " * 500
    sentence = f"This text has 4,999 characters; at most {LONGEST:,} can be searched. Please shorten it."
    field(page).fill(text)
    expect(page.locator("#note")).to_have_text(sentence)
    expect(announced(page)).to_have_text(sentence)
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(field(page)).to_have_accessible_description(sentence)
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(text)
    field(page).fill(SEAT_TIME)
    expect(page.locator("#note")).to_be_hidden()
    expect(field(page)).not_to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Enter")
    wait_for_replies(page, 1)
    assert site.holding.asked == [SEAT_TIME]


def test_who_asks_too_often_is_told_when_to_try_again(page, assistant):
    """One more than the limit is told so in the chat, and is in the field again; only asking counts."""
    site = Site(assistant, 2)
    with site.served():
        chat = Chat(page, site.url)
        chat.ask(SEAT_TIME)
        for _ in range(3):
            page.reload()
            wait_for_replies(page, 1)
        chat.ask(SCRIPT)
        refused = chat.ask("Is it old?")
        expect(refused).to_have_class("reply notice refused")
        expect(refused).to_contain_text(
            re.compile(
                r"At most 2 questions a minute are answered for this address\. Please try again in \d+ seconds?\."
            )
        )
        expect(announced(page)).to_contain_text("Please try again in")
        expect(field(page)).to_have_value("Is it old?")
        expect(field(page)).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#pending")).to_have_count(0)
        expect(page.locator(".question")).to_have_text([SEAT_TIME, SCRIPT, "Is it old?"])
        page.reload()
        wait_for_replies(page, 2)
        expect(field(page)).to_have_value("Is it old?")
    assert site.holding.asked == [SEAT_TIME, SCRIPT]


def test_axe_finds_nothing_in_these_states(page, assistant):
    """No rule of axe-core is violated while a question waits, is held, is too long or is turned away."""
    site, found = Site(assistant, 1), []

    def look(state: str) -> None:
        violations = Axe().run(page).response["violations"]
        found.extend(f"{state}: {rule['id']} {rule['nodes'][0]['html'][:150]}" for rule in violations)

    with site.served():
        chat = Chat(page, site.url)
        page.route("**/run/predict", lambda route: route.fulfill(status=502))
        page.fill("#question textarea", SEAT_TIME)
        page.keyboard.press("Enter")
        expect(page.locator("#pending")).to_contain_text(AWAY)
        field(page).fill(SCRIPT)
        page.keyboard.press("Enter")
        expect(page.locator("#note")).to_have_text(NEXT)
        look("waiting")
        page.unroute("**/run/predict")
        expect(chat.reply(1)).to_have_class("reply notice refused")
        look("turned away")
        field(page).fill("seat time " * 500)
        expect(page.locator("#note")).to_contain_text("Please shorten it.")
        look("too long")
        page.reload()
        wait_for_replies(page, 1)
        look("kept")
    assert found == []
