from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from breakable import Breakable
from browser import Chat, free_port
from playwright.sync_api import expect
from served import serve_application, wait_for

from assistant.dialogue import wording
from assistant.serving.serving import Serving
from assistant.web.application import make_application

ROOT = Path(__file__).parents[2]
QUESTION = "What is personalized learning?"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(shipped_index, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Serve the real library with the real model, as an operator would; give the address and the log."""
    log_file = tmp_path_factory.mktemp("served") / "log"
    url = f"http://127.0.0.1:{free_port()}"
    command = [sys.executable, "app.py", "--index", shipped_index, "--port", url.rsplit(":", 1)[1]]
    with log_file.open("w") as log, subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log) as server:
        try:
            wait_for(f"{url}/healthz")
            yield url, log_file
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def site(served) -> str:
    return served[0]


@pytest.fixture(scope="module")
def breakable_site(assistant) -> Iterator[str]:
    """Serve a small library that breaks when it is asked to."""
    port = free_port()
    with serve_application(lambda: make_application(Serving(Breakable(assistant))), port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def page(chromium) -> Iterator:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


@pytest.mark.model
def test_a_question_gets_quotes_and_cards(page, site):
    """A typed question is answered with quoted words, a chip and a card for each source, and the version."""
    reply = Chat(page, site).ask(QUESTION)
    expect(reply).to_have_class("reply answer")
    expect(reply.locator(".quote").first).to_contain_text("Personalized learning")
    assert reply.locator(".quotes .cite").count() == reply.locator(".sources .card").count() >= 1
    expect(reply.locator(".colophon")).to_contain_text(re.compile("Library version [0-9a-f]{12}, content of"))
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#question textarea")).to_have_attribute("placeholder", "e.g. What is seat time?")


@pytest.mark.model
def test_a_chip_leads_to_its_card_and_back(page, site):
    """The number behind a quote opens and focuses its source card; the card leads back to the quote."""
    reply = Chat(page, site).ask(QUESTION)
    reply.locator(".cite").first.click()
    card = reply.locator(".card").first
    expect(card).to_be_focused()
    expect(card.locator("mark").first).to_be_visible()
    card.locator(".back").click()
    expect(reply.locator(".quote").first).to_be_focused()


@pytest.mark.model
def test_the_citation_opens_at_the_quote(page, site):
    """The link of a card opens the library with the quoted words highlighted and in view, on a phone too."""
    page.set_viewport_size({"width": 390, "height": 600})
    reply = Chat(page, site).ask("What is the twelfth policy condition?")
    for card in reply.locator(".sources .card").all():
        with page.context.expect_page() as opened:
            card.locator("a.open").click()
        mark = opened.value.locator("mark#cited")
        expect(mark).to_be_in_viewport()
        expect(mark).to_be_focused()


@pytest.mark.model
def test_a_follow_up_shows_how_it_was_understood(page, site):
    """A question that leans on the one before says what was searched, and the typed words can be searched instead."""
    chat = Chat(page, site)
    chat.ask(QUESTION)
    reply = chat.ask("What do its critics say?")
    expect(reply.locator(".interpreted")).to_contain_text(
        "Interpreted as: What do personalized learning’s critics say?"
    )
    reply.locator(".ask-alone").click()
    alone = chat.reply(2)
    expect(page.locator(".question").last).to_have_text("What do its critics say?")
    expect(alone.locator(".interpreted")).to_have_count(0)


@pytest.mark.model
def test_offered_questions_can_be_asked(page, site):
    """Starters, suggestions and nearest questions ask themselves when they are pressed."""
    chat = Chat(page, site)
    starter = page.locator(".starters button").first
    question = starter.inner_text()
    starter.click()
    chat.reply(0)
    expect(page.locator(".question").first).to_have_text(question)
    reply = chat.ask("Which teachers union opposes competency-based grading?")
    nearest = reply.locator(".ask").first.inner_text()
    reply.locator(".ask").first.click()
    expect(chat.reply(2)).to_have_class(re.compile("^reply (answer|closest)"))
    expect(page.locator(".question").last).to_have_text(nearest)


@pytest.mark.model
def test_what_the_library_lacks_is_told_so(page, site):
    """A question outside the library gets no quote and looks different from an answer."""
    reply = Chat(page, site).ask("Is a hot dog a sandwich?")
    expect(reply).to_have_class("reply abstention")
    expect(reply.locator(".kind")).to_have_text("Another subject")
    expect(reply.locator(".quote")).to_have_count(0)


@pytest.mark.model
def test_an_answer_can_be_copied_for_a_briefing(page, site):
    """Copying takes the quotes, and references with a full address, the day and the library's version."""
    reply = Chat(page, site).ask(QUESTION)
    reply.locator(".copy").click()
    expect(reply.locator(".copy")).to_have_text("Copied")
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith(QUESTION)
    assert re.search(
        r"\[1\] Personalized learning.* http://127\.0\.0\.1:\d+/library/\S+ \(accessed \d+ \w+ 20\d\d\)", copied
    )
    assert re.search(r"Library version [0-9a-f]{12}", copied)


@pytest.mark.model
def test_the_answer_is_announced_once(page, site):
    """One live region tells of the search and then of the answer; no other reads the conversation out."""
    chat = Chat(page, site)
    page.evaluate(
        "() => { window.heard = []; new MutationObserver(() => window.heard.push(document.getElementById('announcer').textContent))"
        ".observe(document.getElementById('announcer'), {childList: true}); }"
    )
    announcer = page.locator("#announcer")
    chat.ask(QUESTION)
    expect(announcer).to_have_text(re.compile("^From the library"))
    chat.ask("Is a hot dog a sandwich?")
    expect(announcer).to_have_text(re.compile("^Another subject"))
    heard = page.evaluate("() => window.heard")
    assert sum(text.startswith("From the library") for text in heard) == 1
    assert heard[-1].startswith("Another subject")
    assert page.locator("#conversation [aria-live=polite], #conversation [aria-live=assertive]").count() == 0
    assert page.locator("#conversation [aria-label*='<']").count() == 0


@pytest.mark.model
def test_a_new_conversation_forgets_the_old_one(page, site):
    """After a new conversation the starters are back and nothing leans on what was asked before."""
    chat = Chat(page, site)
    expect(page.locator("#new")).to_be_hidden()
    chat.ask(QUESTION)
    page.click("#new")
    page.locator(".starters button").first.wait_for()
    expect(page.locator(".reply")).to_have_count(0)
    expect(chat.ask("What do its critics say?").locator(".interpreted")).to_have_count(0)


@pytest.mark.model
def test_the_keyboard_is_enough(page, site):
    """Asking, following a citation and opening it need no mouse; Shift and Enter make a new line."""
    chat = Chat(page, site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".starters button").first).to_be_focused()
    for _ in range(page.locator(".starters button").count()):
        page.keyboard.press("Tab")
    field = page.locator("#question textarea")
    expect(field).to_be_focused()
    page.keyboard.type("What is")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("personalized learning?")
    expect(field).to_have_value("What is\npersonalized learning?")
    page.keyboard.press("Enter")
    reply = chat.reply(0)
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("() => document.activeElement.matches('.cite')"):
            break
    page.keyboard.press("Enter")
    expect(reply.locator(".card").last).to_be_focused()
    page.keyboard.press("Tab")
    expect(reply.locator(".card .back").last).to_be_focused()
    page.keyboard.press("Tab")
    expect(reply.locator(".card summary").last).to_be_focused()
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


@pytest.mark.model
@pytest.mark.parametrize("width", [320, 390])
def test_narrow_screens_need_no_sideways_scrolling(page, site, width):
    """At the width of a small phone nothing is cut off or runs over, tables included."""
    page.set_viewport_size({"width": width, "height": 700})
    chat = Chat(page, site)
    assert _overflow(page) <= 0
    chat.ask("What are the nine drivers of change?")
    chat.ask("How do personalization, differentiation and individualization differ?")
    for summary in page.locator(".card summary").all():
        summary.click()
    assert _overflow(page) <= 0
    for path in ("/library", "/library/personalized-learning-definition", "/library/navigating-the-future-of-learning"):
        page.goto(site + path)
        assert _overflow(page) <= 0


def _overflow(page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.model
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, site, scheme):
    """No rule of axe-core is violated: empty, answered, abstained and in the library, light and dark."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    chat = Chat(page, site)
    violations = _violations(page, "empty")
    reply = chat.ask(QUESTION)
    reply.locator(".cite").first.click()
    chat.ask("What do its critics say?")
    chat.ask("Is a hot dog a sandwich?")
    violations += _violations(page, "answered")
    for path in ("/library", "/library/personalized-learning-definition?cite=introduction.0-60", "/nowhere"):
        page.goto(site + path)
        violations += _violations(page, path)
    context.close()
    assert violations == []


def _violations(page, state: str) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{state}: {rule['id']} {[node['html'][:150] for node in rule['nodes']]}" for rule in found]


@pytest.mark.model
def test_nothing_leaves_the_site(page, site):
    """No request goes to another host, none fails, and the browser reports no breach of the policy."""
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda response: complaints.extend([response.url] if response.status >= 400 else []))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    chat = Chat(page, site)
    chat.ask(QUESTION)
    chat.ask("Is a hot dog a sandwich?")
    page.click("#new")
    page.locator(".starters button").first.wait_for()
    page.goto(f"{site}/library/policy-faq")
    assert requests
    assert [url for url in requests if not url.startswith((site, "data:"))] == []
    assert complaints == []


@pytest.mark.model
def test_the_log_tells_outcomes_and_no_questions(page, served):
    """Each question leaves one line, with its outcome and not its words; so do follow-ups."""
    url, log = served
    before = len(log.read_text().splitlines())
    chat = Chat(page, url)
    chat.ask("What is seat time, by the way?")
    chat.ask("And why?")
    lines = log.read_text().splitlines()[before:]
    assert len(lines) == 2
    assert all("INFO assistant.assistant: " in line for line in lines)
    assert "by the way" not in log.read_text()


@pytest.mark.model
def test_a_printed_answer_is_the_answer(page, site):
    """On paper stand the question, the quotes and the addresses of their sources; what can only be pressed is gone."""
    reply = Chat(page, site).ask(QUESTION)
    page.emulate_media(media="print")
    expect(page.locator("#composer")).to_be_hidden()
    expect(reply.locator(".copy")).to_be_hidden()
    expect(reply.locator(".quote").first).to_be_visible()
    expect(reply.locator(".card").first).to_be_visible()
    printed = page.evaluate("() => getComputedStyle(document.querySelector('.card a.open'), '::after').content")
    assert "/library/" in printed


def test_our_failure_looks_like_none_of_the_replies(page, breakable_site):
    """When we break, an error stands in the chat, and the next question is answered again."""
    chat = Chat(page, breakable_site)
    failure = chat.ask("Break.")
    expect(failure).to_have_class("reply failure")
    expect(failure).to_contain_text(wording.FAILURE)
    expect(chat.ask("What is seat time?")).to_have_class("reply answer")


def test_a_hostile_source_never_runs(page, breakable_site):
    """A document that holds scripts is quoted and shown with their text."""
    ran = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    reply = Chat(page, breakable_site).ask("Is <script>alert(1)</script> a script?")
    expect(reply).to_have_class("reply answer")
    expect(reply.locator(".quote").first).to_contain_text("<script>alert(1)</script>")
    expect(reply.locator(".card h4").first).to_contain_text("<img src=x onerror=alert(1)>")
    page.goto(f"{breakable_site}/library/hostile")
    expect(page.locator("h1")).to_have_text("<img src=x onerror=alert(1)>")
    assert ran == []
