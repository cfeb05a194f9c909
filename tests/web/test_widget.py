from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from breakable import Breakable
from browser import AS_SHIPPED, Widget, opened_page, started_firefox
from playwright.sync_api import expect
from small_library import open_small
from widget_site import KEY, Sites, served_sites

from assistant.dialogue import wording

QUESTION = "What is an innovation zone?"
ABROAD = "What is the capital of France?"
BEFORE_OPENING = 3_000
AFTER_OPENING = 20_000
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def assistant(_small_index):
    return Breakable(open_small(_small_index))


@pytest.fixture(scope="module")
def sites(assistant, tmp_path_factory) -> Iterator[Sites]:
    with served_sites(assistant, tmp_path_factory.mktemp("registry")) as sites:
        yield sites


@pytest.fixture
def look() -> str:
    return "light"


@pytest.fixture
def page(playwright, browser, look) -> Iterator:
    with opened_page(playwright, browser, look) as page:
        page.set_viewport_size({"width": 1100, "height": 800})
        page.set_default_timeout(10_000)
        yield page


@pytest.fixture
def widget(page, sites) -> Widget:
    return Widget(page, sites.partner)


@pytest.mark.both_engines
def test_nothing_is_asked_or_stored_before_the_first_use(page, sites):
    """The script is all that is fetched before the widget is opened; what opening fetches is ours, and small."""
    fetched, complaints = [], []
    page.on("response", lambda response: fetched.append(response) or None)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    widget = Widget(page, sites.partner)
    page.wait_for_load_state("networkidle")
    assert [response.url for response in fetched] == [f"{sites.partner}/", f"{sites.assistant}/widget.js"]
    before = _weight(fetched[1:])
    assert page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    fetched.clear()
    widget.open()
    page.wait_for_load_state("networkidle")
    after = _weight([response for response in fetched if not response.url.startswith("data:")])
    assert widget.within("() => localStorage.length") == 0
    print(f"before: 1 request, {before} bytes; opening: {len(fetched)} requests, {after} bytes (gzip)")
    assert before <= BEFORE_OPENING
    assert after <= AFTER_OPENING
    assert len(fetched) <= 16
    widget.ask(QUESTION)
    assert all(response.url.startswith((sites.assistant, "data:")) for response in fetched)
    about_us = [text for text in complaints if "/favicon.ico" not in text]  # which Firefox wants of the partner's page
    assert about_us == []


def _weight(responses) -> int:
    return sum(len(gzip.compress(response.body(), 9)) for response in responses)


@pytest.mark.both_engines
def test_a_question_gets_quotes_and_cards(widget, assistant):
    """An answer shows quotes with a chip each, cards, what was searched, and the version it came from."""
    reply = widget.open().ask(QUESTION)
    expect(reply).to_have_class("reply answer")
    expect(reply.locator("blockquote[id]")).to_contain_text("An innovation zone is a group of districts")
    expect(reply.locator("blockquote[id] li")).to_have_count(2)
    reply.locator(".cite").click()
    card = reply.locator(".card")
    expect(card).to_be_focused()
    expect(card.locator("mark").first).to_have_text(re.compile("^An innovation zone is"))
    expect(reply.locator(".state")).to_contain_text(f"Library version {assistant.version.id}, content of 31 March 2026")
    card.locator(".back").click()
    expect(reply.locator("blockquote[id]")).to_be_focused()


@pytest.mark.both_engines
def test_the_citation_opens_at_the_quote(widget, sites):
    """The link of a card opens a tab of the assistant's own, with the quoted words marked and in view."""
    reply = widget.open().ask(QUESTION)
    with widget.page.context.expect_page() as opened:
        reply.locator(".links a").first.click()
    opened.value.wait_for_url(f"{sites.assistant}/library/faq?cite=*")
    expect(opened.value.locator("mark#cited")).to_be_in_viewport()
    opened.value.close()


def test_a_quote_is_marked_where_it_stands(page, sites):
    """Offsets count characters: after letters outside the basic plane, what is marked and links are where they stand.

    What is no address of a web page is no link.
    """
    widget = Widget(page, sites.partner).open()
    drawn = widget.within(
        """async (text) => {
            const { drawText } = await import("/embed/quote.js");
            const box = document.createElement("div");
            const at = (words) => [...text.split(words)[0]].length;
            const links = [{ start: at("hree"), end: at(" | four"), url: "https://a.example/?b=1&c" },
                { start: at("five"), end: at(" six"), url: "http://b.example" },
                { start: at("nine"), end: at(" ten"), url: "javascript:alert(1)" },
                { start: at("ten"), end: at("ten") + 3, url: "https://[" }];
            const marks = [{ start: at("ne 𝔸"), end: at("ne 𝔸") + 2 }, { start: at("our"), end: at("even") }];
            box.append(...drawText(text, { marks, links }));
            return box.innerHTML.replaceAll(' target="_blank" rel="noopener noreferrer" title="(opens in a new tab)"', " new");
        }""",
        "One 𝔸 | two\nthree | four\n\n- five six\n  1. seven\n- eight\n\nnine ten",
    )
    assert drawn == (
        '<div class="table"><table><tbody><tr><td>O<mark>ne</mark> 𝔸</td><td>two</td></tr><tr><td>t<a href="https://a.example/?b=1&amp;c" new>'
        'hree</a></td><td>f<mark>our</mark></td></tr></tbody></table></div><ul><li><a href="http://b.example/" new>'
        '<mark>five</mark></a><mark> six</mark><ol start="1"><li><mark>s</mark>even</li></ol></li><li>eight</li></ul>'
        "<p><span>nine</span> <span>ten</span></p>"
    )


def test_links_in_a_quote_are_kept(widget, sites):
    """What is a link in the source is one in the quote, in its passage, and in a conversation kept over a page change."""
    reply = widget.open().ask("Why are volunteers hard to keep?")
    reply.locator(".card summary").click()
    for place in ("blockquote[id]", ".context"):
        link = reply.locator(place).get_by_role("link", name="stipends")
        expect(link).to_have_attribute("href", "https://policy.example/stipends")
        expect(link).to_have_attribute("target", "_blank")
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        expect(link).to_have_attribute("title", "(opens in a new tab)")
    expect(reply.locator(".context a mark")).to_have_css("color", "rgb(29, 35, 39)")  # readable whatever the accent is
    quote = widget.within("() => document.querySelector('blockquote[id]').innerText")
    assert "Volunteers are hard to keep without stipends." in quote
    again = Widget(widget.page, f"{sites.partner}/second").open()
    expect(again.frame.locator("blockquote[id] a[href='https://policy.example/stipends']")).to_have_text("stipends")


def test_a_conversation_without_links_is_still_shown(widget, sites):
    """Turns that the browser kept from before quotes had links are shown as they were."""
    widget.open().ask("Why are volunteers hard to keep?")
    widget.within(
        "key => localStorage.setItem(key, localStorage.getItem(key).replaceAll('\"links\"', '\"unknown\"'))",
        f"policy-assistant:{KEY}",
    )
    again = Widget(widget.page, sites.partner).open()
    expect(again.frame.locator("blockquote[id]")).to_contain_text("without stipends.")


@pytest.mark.both_engines
def test_a_follow_up_shows_how_it_was_understood(widget):
    """What was searched is shown where it is not what was typed, and the typed words can be searched instead."""
    widget.open().ask(QUESTION)
    reply = widget.ask("How does it report?")
    expect(reply.locator(".interpreted strong")).to_contain_text("innovation zone")
    reply.get_by_role("button", name="Search my words as typed").click()
    alone = widget.reply(2)
    expect(alone.locator(".interpreted")).to_have_count(0)
    expect(widget.frame.locator(".question").last).to_have_text("How does it report?")


@pytest.mark.both_engines
def test_offered_questions_can_be_asked(widget):
    """Starters and suggestions ask themselves, and the focus goes to the question that was asked."""
    widget.open()
    starter = widget.frame.locator("#starters button").first
    question = starter.inner_text()
    starter.click()
    widget.reply(0)
    expect(widget.frame.locator(".question")).to_have_text(question)
    expect(widget.frame.locator(".question")).to_be_focused()
    widget.ask("How much does an innovation zone cost?").locator(".questions button").first.click()
    expect(widget.reply(2)).to_have_class("reply answer")


@pytest.mark.both_engines
def test_the_conversation_survives_a_change_of_page(widget, sites):
    """On the partner's next page the conversation is there again, a follow-up leans on it, and clearing forgets it."""
    widget.open().ask(QUESTION)
    widget.page.click("text=Another page")
    again = Widget(widget.page, f"{sites.partner}/second").open()
    expect(again.frame.locator(".question")).to_have_text(QUESTION)
    expect(again.ask("How does it report?").locator(".interpreted")).to_contain_text("innovation zone")
    again.frame.locator("#clear").click()
    expect(again.frame.locator("#starters")).to_be_visible()
    expect(again.field).to_be_focused()
    assert again.within("() => localStorage.length") == 0
    expect(Widget(widget.page, sites.partner).open().frame.locator(".turn")).to_have_count(0)


def test_old_or_foreign_memories_are_passed_over(widget, sites):
    """A conversation of the day before yesterday is forgotten, and what is no conversation does no harm."""
    widget.open().ask(QUESTION)
    old = widget.within(f"() => ({{ ...JSON.parse(localStorage.getItem('policy-assistant:{KEY}')), saved: 0 }})")
    for kept in (old, {"saved": 9e15, "turns": [{"question": "odd"}]}, 7):
        widget.within(f"kept => localStorage.setItem('policy-assistant:{KEY}', JSON.stringify(kept))", kept)
        widget = Widget(widget.page, sites.partner).open()
        expect(widget.frame.locator(".turn")).to_have_count(0)
        expect(widget.ask(QUESTION)).to_have_class("reply answer")
        widget.frame.locator("#clear").click()


def test_no_storage_is_needed(page, sites):
    """Where a browser denies storage, questions are answered and follow-ups understood all the same."""
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })")
    widget = Widget(page, sites.partner).open()
    widget.ask(QUESTION)
    expect(widget.ask("How does it report?").locator(".interpreted")).to_contain_text("innovation zone")


@pytest.mark.both_engines
def test_the_keyboard_is_enough(widget):
    """Tab reaches the launcher, Enter opens and asks, Escape closes from inside and gives the focus back."""
    page = widget.page
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(widget.launcher).to_be_focused()
    assert page.evaluate(_OUTLINE) != "none"
    page.keyboard.press("Enter")
    expect(widget.field).to_be_focused(timeout=20_000)
    expect(widget.launcher).to_have_attribute("aria-expanded", "true")
    page.keyboard.type("What is an")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("innovation zone?")
    page.keyboard.press("Enter")
    reply = widget.reply(0)
    expect(widget.field).to_be_focused()
    _tab_back_to(widget, ".cite")
    page.keyboard.press("Enter")
    expect(reply.locator(".card")).to_be_focused()
    page.keyboard.press("Tab")
    expect(reply.locator(".back")).to_be_focused()
    page.keyboard.press("Tab")
    expect(reply.locator(".card summary")).to_be_focused()
    assert widget.within("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Escape")
    expect(widget.launcher).to_be_focused()
    expect(widget.launcher).to_have_attribute("aria-expanded", "false")
    expect(widget.field).to_be_hidden()


CLOSING = {
    "Escape in the panel": lambda widget: widget.field.press("Escape"),
    "Escape on the launcher": lambda widget: widget.launcher.focus() or widget.page.keyboard.press("Escape"),
    "Escape with nothing focused": lambda widget: (
        widget.page.evaluate("() => document.activeElement.blur()") or widget.page.keyboard.press("Escape")
    ),
    "the cross": lambda widget: widget.frame.locator("#close").click(),
    "the launcher": lambda widget: widget.launcher.click(),
    "the interface": lambda widget: widget.page.evaluate("() => policyAssistant.close()"),
}


@pytest.mark.both_engines
def test_every_close_gives_the_focus_to_the_launcher(widget):
    """Whichever way the panel is closed, and however often, the launcher has the focus, and opens it again with Enter."""
    widget.open()
    for way in [way for way in CLOSING for _ in range(3)]:
        CLOSING[way](widget)
        expect(widget.field, way).to_be_hidden()
        expect(widget.launcher, way).to_be_focused()
        expect(widget.launcher, way).to_have_attribute("aria-expanded", "false")
        widget.page.keyboard.press("Enter")
        expect(widget.field, way).to_be_focused()


def test_firefox_with_a_process_for_each_site(playwright, program, sites):
    """As Firefox is shipped, asking and the focus are as in one process; keys are made in the frame, at whose edge the driver's end."""
    program("firefox-esr")
    with started_firefox(playwright, AS_SHIPPED) as firefox:
        widget = Widget(firefox.new_page(), sites.partner).open()
        widget.field.fill(QUESTION)
        widget.field.dispatch_event("keydown", {"key": "Enter"})
        expect(widget.reply(0)).to_have_class("reply answer")
        for _ in range(2):
            widget.field.dispatch_event("keydown", {"key": "Escape"})
            expect(widget.launcher).to_be_focused()
            widget.page.keyboard.press("Enter")
            expect(widget.field).to_be_focused()
            widget.frame.locator("#close").dispatch_event("click")
            expect(widget.launcher).to_be_focused()
            widget.launcher.click()
            expect(widget.field).to_be_focused()


@pytest.mark.both_engines
def test_the_partner_s_own_button_gets_the_focus_back(widget):
    """What the partner's page opened the panel with gets the focus back; if it is gone by then, the launcher does."""
    opener = widget.page.get_by_role("button", name="Before")
    opener.evaluate("button => { button.onclick = () => policyAssistant.open(); }")
    for _ in range(2):
        opener.press("Enter")
        expect(widget.field).to_be_focused(timeout=20_000)
        widget.field.press("Escape")
        expect(opener).to_be_focused()
    opener.press("Enter")
    expect(widget.field).to_be_focused()
    opener.evaluate("button => button.hidden = true")
    widget.field.press("Escape")
    expect(widget.launcher).to_be_focused()


_OUTLINE = "() => getComputedStyle(document.querySelector('policy-assistant').shadowRoot.activeElement).outlineStyle"


def _tab_back_to(widget, selector) -> None:
    for _ in range(30):
        widget.page.keyboard.press("Shift+Tab")
        if widget.within("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


@pytest.mark.both_engines
def test_the_page_stays_usable_beside_the_panel(widget):
    """On a wide screen the panel is no barrier: the page can be used, and Escape there closes without a jump."""
    widget.open()
    before = widget.page.get_by_role("button", name="Before")
    before.focus()
    expect(before).to_be_focused()
    assert widget.page.evaluate("() => !document.querySelector('policy-assistant').shadowRoot.querySelector(':modal')")
    widget.page.keyboard.press("Escape")
    expect(widget.field).to_be_hidden()
    expect(before).to_be_focused()


@pytest.mark.parametrize(
    ("width", "height"), [pytest.param(390, 760, marks=pytest.mark.both_engines), (320, 568), (320, 256)]
)
def test_small_and_enlarged_screens_show_everything(page, sites, width, height):
    """On phones, and at 400 %, the panel fills the screen, keeps the focus, and nothing runs over sideways."""
    page.set_viewport_size({"width": width, "height": height})
    widget = Widget(page, sites.partner).open()
    for question in ("Which transcripts are accepted?", "What are the stages of reform?", ABROAD, "Break."):
        widget.ask(question)
        assert _overflow(widget) <= 0
    if height > 500:
        assert widget.within("() => document.documentElement.scrollHeight - document.documentElement.clientHeight") <= 0
    for summary in widget.frame.locator("summary").all():
        summary.click()
    widget.frame.get_by_role("button", name="No", exact=True).first.click()
    assert _overflow(widget) <= 0
    assert page.evaluate(_SIZE) == [0, 0, width, height]
    focused = {_focus_after(page) for _ in range(45)}
    assert "BUTTON Before" not in focused
    assert widget.within("() => parseFloat(getComputedStyle(document.getElementById('question')).fontSize)") >= 16
    page.keyboard.press("Escape")
    expect(widget.field).to_be_hidden()
    # Firefox itself is in its own bars by now, where Tab led, and comes back to what has the focus in the page.
    assert (
        page.evaluate("() => document.querySelector('policy-assistant').shadowRoot.activeElement.className")
        == "launcher"
    )


_SIZE = """() => { const box = document.querySelector("policy-assistant").shadowRoot.querySelector("dialog")
    .getBoundingClientRect(); return [box.x, box.y, box.width, box.height].map(Math.round); }"""


def _focus_after(page) -> str:
    page.keyboard.press("Tab")
    return page.evaluate("() => `${document.activeElement.tagName} ${document.activeElement.textContent}`")


def _overflow(widget) -> int:
    return widget.within(
        "() => Math.max(...[document.documentElement, document.querySelector('main')]"
        ".map(element => element.scrollWidth - element.clientWidth))"
    )


@pytest.mark.both_engines
def test_what_has_the_focus_is_in_view(page, sites):
    """Tabbing through a long answer on a phone never leaves the focus behind the field or the header."""
    page.set_viewport_size({"width": 390, "height": 600})
    widget = Widget(page, sites.partner).open()
    widget.ask(QUESTION)
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        assert widget.within(_IS_IN_VIEW), widget.within("() => document.activeElement.outerHTML")


_IS_IN_VIEW = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
    return document.activeElement === document.body || document.activeElement.contains(at) || at?.contains(document.activeElement);
}"""


def test_targets_are_large_enough(widget):
    """Every button, link and field is at least 24 pixels in both directions."""
    widget.open().ask(QUESTION)
    widget.ask("How does it report?")
    widget.frame.get_by_role("button", name="No", exact=True).first.click()
    small = widget.within(
        """() => [...document.querySelectorAll("button, a, summary, textarea, label.choice")]
            .filter((element) => element.checkVisibility() && !element.closest(".privacy"))
            .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)"""
    )
    assert small == []


def test_what_is_announced_keeps_words_apart(widget):
    """Sentences, items of a list, cells of a table, and what a failure says, are read out one after the other."""
    said = {
        QUESTION: "The zone reports its results: to the legislature; to families. [1]",
        "Which transcripts are accepted?": "Letter grades, all colleges. Competency transcript, most colleges [1]",
        "What are the stages of reform?": "three stages: 1. exploration of new ideas by volunteers; 2. replication",
        "Break.": f"No answer was made. {wording.FAILURE}",
    }
    widget.open()
    for question, text in said.items():
        widget.ask(question)
        expect(widget.status).to_contain_text(text)
        assert widget.status.text_content() == widget.status.inner_text()


def test_each_answer_is_announced_once(widget):
    """One live region tells of the search and then of the answer; the conversation itself is not read out."""
    widget.open()
    widget.within(
        "() => { window.heard = []; new MutationObserver((all) => heard.push(...all.map((one) => one.addedNodes[0].data)))"
        ".observe(document.getElementById('status'), { childList: true }); }"
    )
    widget.ask(QUESTION)
    widget.ask(ABROAD)
    expect(widget.status).to_contain_text(wording.ABSTENTIONS["out_of_scope"])
    heard = widget.within("() => heard")
    assert len(heard) == 4
    assert heard[::2] == ["Searching the library"] * 2
    assert heard[1].startswith("From the library. An innovation zone is")
    expect(widget.frame.locator("#turns")).to_have_attribute("aria-live", "off")


@pytest.mark.parametrize(
    ("look", "address"),
    [
        pytest.param("light", "", marks=pytest.mark.both_engines),
        ("dark", ""),
        ("forced", ""),
        ("light", "spanish"),
    ],
    ids=str,
)
def test_axe_finds_nothing(page, sites, address):
    """No rule of axe-core is violated in any state, the partner's page included."""
    widget = Widget(page, f"{sites.partner}/{address}")
    violations = _violations(page, "closed")
    widget.open()
    violations += _violations(page, "open")
    reply = widget.ask(QUESTION)
    reply.locator(".card summary").click()
    reply.locator(".context mark").first.wait_for()
    reply.locator(".feedback button").nth(1).click()
    widget.ask("How does it report?")
    widget.ask(ABROAD)
    widget.ask("Break.")
    violations += _violations(page, "answered")
    assert violations == []


def _violations(page, state: str) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{state}: {rule['id']} {[node['html'][:150] for node in rule['nodes']]}" for rule in found]


@pytest.mark.parametrize("look", ["light", pytest.param("forced", marks=pytest.mark.both_engines)])
def test_the_sign_on_the_launcher_is_seen(widget):
    """The sign has the colour of the words beside it, in forced colours too."""
    sign = "button => { const { borderTopColor, borderTopStyle } = getComputedStyle(button, '::before'); return borderTopStyle + borderTopColor; }"
    words = widget.launcher.evaluate("button => getComputedStyle(button).color")
    assert widget.launcher.evaluate(sign) == f"solid{words}"


def test_text_can_be_spaced(page, sites):
    """With the spacing of WCAG 1.4.12 nothing is cut off."""
    widget = Widget(page, sites.partner).open()
    widget.ask("Which transcripts are accepted?")
    widget.within(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
            "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
            document.adoptedStyleSheets = [sheet]; }"""
    )
    assert _overflow(widget) <= 0
    cut = widget.within(
        "() => [...document.querySelectorAll('button, h1, .cite, .card')]"
        ".filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map((e) => e.outerHTML)"
    )
    assert cut == []


def test_nothing_moves_by_itself(page, sites):
    """Neither the page nor the panel is animated, and what is scrolled to is there at once."""
    widget = Widget(page, sites.partner).open()
    widget.ask(QUESTION)
    assert widget.within("() => getComputedStyle(document.querySelector('main')).scrollBehavior") == "auto"
    assert widget.within("() => document.getAnimations().length") == 0
    assert page.evaluate("() => document.getAnimations().length") == 0


def test_any_accent_is_readable(page, sites):
    """With each of some thousand accents, text on it and text in it has a contrast of at least 4.5 to 1."""
    widget = Widget(page, sites.partner).open()
    steps = ("00", "1c", "39", "55", "71", "8e", "aa", "c6", "e3", "ff")
    accents = [f"#{r}{g}{b}" for r in steps for g in steps for b in steps]
    drawn = widget.within(
        """async (accents) => {
            const { colourBy } = await import("/embed/colours.js");
            return accents.map((accent) => {
                colourBy(accent);
                return ["--bar", "--on-bar", "--accent-light", "--accent-dark"]
                    .map((name) => document.documentElement.style.getPropertyValue(name));
            });
        }""",
        accents,
    )
    pale, deep = ("#fff", "#faf9f5", "#f3f1ea"), ("#14191c", "#1b2226", "#242c31")
    for bar, on_bar, light, dark in drawn:
        assert _contrast(bar, on_bar) >= 4.5
        assert min(_contrast(light, paper) for paper in pale) >= 4.5
        assert min(_contrast(dark, paper) for paper in deep) >= 4.5
    chosen = page.evaluate(
        """(accents) => accents.map((accent) => {
            const made = document.createElement("policy-assistant");
            Object.assign(made.dataset, { site: "x", accent, launcher: "" });
            document.body.append(made);
            const { style } = made.shadowRoot.querySelector(".all");
            made.remove();
            return [style.getPropertyValue("--accent"), style.getPropertyValue("--on")];
        })""",
        accents,
    )
    assert all(_contrast(accent, text) >= 4.5 for accent, text in chosen)


def _contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2.2 defines it."""
    low, high = sorted(_luminance(colour) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_our_failure_can_be_tried_again(widget):
    """When we break, it looks like no reply; trying again asks the same question, and the conversation goes on."""
    failure = widget.open().ask("Break.")
    expect(failure).to_have_class("reply failure")
    expect(failure).to_contain_text(wording.FAILURE)
    failure.get_by_role("button", name="Try again").click()
    expect(widget.frame.locator(".question")).to_have_text("Break.")
    expect(widget.reply(0)).to_have_class("reply failure")
    expect(widget.ask(QUESTION)).to_have_class("reply answer")


@pytest.mark.both_engines
def test_a_lost_connection_is_told(widget):
    """Without a network the page says so, keeps the conversation, and answers once the network is back."""
    widget.open().ask(QUESTION)
    widget.page.context.set_offline(True)
    try:
        expect(widget.frame.locator("#offline")).to_be_visible()
        failure = widget.ask("How much does a pilot cost?")
        expect(failure).to_contain_text("could not be reached")
        expect(widget.frame.locator(".answer")).to_have_count(1)
    finally:
        widget.page.context.set_offline(False)
    expect(widget.frame.locator("#offline")).to_be_hidden()
    failure.get_by_role("button", name="Try again").click()
    expect(widget.frame.locator(".answer")).to_have_count(2)


def test_refusals_say_what_to_do(widget, sites):
    """Too many questions, a revoked key and words that can't be searched are each told in their own way."""
    widget.open()
    expect(widget.ask("…")).to_contain_text("Please put it in another way")
    try:
        sites.allow(per_minute=1)
        widget.ask(QUESTION)
        expect(widget.ask(QUESTION)).to_contain_text(re.compile(r"Try again in \d+ seconds"))
        sites.allow(disabled="true")
        refused = widget.ask(QUESTION)
        expect(refused).to_contain_text("may not use the assistant")
        expect(refused.get_by_role("button")).to_have_count(0)
    finally:
        sites.allow()


@pytest.mark.both_engines
def test_an_answer_can_be_copied_for_a_briefing(browser, widget, sites):
    """Copying takes the question, quotes, and references with a full address, the day and the library's version."""
    if browser.browser_type.name == "chromium":  # asks whoever sits before it; the other engine needs a click alone
        widget.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reply = widget.open().ask(QUESTION)
    reply.locator(".copy").click()
    expect(reply.locator(".copy")).to_have_text("Copied")
    widget.field.press("Control+v")
    copied = widget.field.input_value()
    assert copied.startswith(f"{QUESTION}\n\nAn innovation zone is a group")
    assert re.search(
        rf"\n\[1\] Frequent questions › What is an innovation zone\? This library, March 2026\. {sites.assistant}"
        r"/library/faq\?\S+ \(accessed \d+ \w+ 20\d\d\)\n",
        copied,
    )
    assert re.search(r"Library version [0-9a-f]{12}, content of 31 March 2026\.$", copied)


def test_where_copying_is_denied_the_text_is_offered(page, sites):
    """A browser that denies the clipboard gets the text to copy by hand, selected."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))")
    widget = Widget(page, sites.partner).open()
    reply = widget.ask(QUESTION)
    reply.locator(".copy").click()
    expect(reply.locator(".by-hand textarea")).to_be_focused()
    assert widget.within("() => getSelection().toString()").startswith(QUESTION)


@pytest.mark.both_engines
def test_opinions_are_sent_with_no_more_than_was_said(widget):
    """A yes sends the version alone; a no sends the reason, and words or the question only where a person said so."""
    reply = widget.open().ask(QUESTION)
    widget.within(
        "() => { const send = fetch; window.sent = []; window.fetch = (address, options) =>"
        " { if (String(address).endsWith('/feedback')) sent.push(options.body); return send(address, options); } }"
    )
    reply.get_by_role("button", name="Yes").click()
    expect(reply.locator(".feedback")).to_contain_text("Thank you")
    second = widget.ask("How much does a pilot cost?")
    second.get_by_role("button", name="No", exact=True).click()
    expect(second.get_by_role("radio").first).to_be_focused()
    second.get_by_role("button", name="Cancel").click()
    expect(second.get_by_role("button", name="No", exact=True)).to_be_focused()
    second.get_by_role("button", name="No", exact=True).click()
    expect(second.get_by_role("textbox")).to_have_count(0)
    expect(second.get_by_role("checkbox")).to_have_count(0)
    second.get_by_role("radio", name="It is out of date").check()
    second.get_by_role("button", name="Send").click()
    expect(second.locator(".feedback p")).to_be_focused()
    expect(second.locator(".feedback")).to_contain_text("Thank you")
    up, down = map(json.loads, widget.within("() => sent"))
    assert up == {"version": up["version"], "verdict": "up"}
    assert down == {"version": up["version"], "verdict": "down", "reason": "outdated"}


def test_words_are_asked_for_where_they_are_kept(page, assistant, tmp_path):
    """Where the site keeps feedback, a comment and the question can be sent, and both are on its disk."""
    with served_sites(assistant, tmp_path, feedback=tmp_path / "kept") as sites:
        reply = Widget(page, sites.partner).open().ask(QUESTION)
        reply.get_by_role("button", name="No", exact=True).click()
        reply.get_by_role("radio", name="It is out of date").check()
        reply.get_by_role("textbox").fill("Since 2025.")
        reply.get_by_role("checkbox", name="Send my question along").check()
        expect(reply.locator(".feedback")).to_contain_text("is stored by those who run the assistant")
        reply.get_by_role("button", name="Send").click()
        expect(reply.locator(".feedback")).to_contain_text("Thank you")
        kept = json.loads((tmp_path / "kept" / "feedback.jsonl").read_text(encoding="utf-8"))
    assert (kept["text"], kept["query"], kept["partner"]) == ("Since 2025.", QUESTION, KEY)


@pytest.mark.both_engines
def test_a_page_that_is_not_registered_can_frame_nothing(page, sites):
    """The browser blocks the page in the frame of a site that is not registered; with an unknown key for all sites."""
    for address in (f"{sites.stranger}/framing", f"{sites.partner}/framing"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        shown = page.frame_locator("iframe").locator("#question").count()
        assert shown == (1 if address.startswith(sites.partner) else 0)
    for address in (sites.stranger, f"{sites.partner}/wrong-key"):
        widget = Widget(page, address)
        with page.expect_request(lambda request: "/embed?" in request.url):
            widget.launcher.click()
        page.wait_for_load_state("networkidle")
        assert widget.frame.locator("#question").count() == 0
        instead = page.get_by_role("link", name="Open it in a new tab")
        expect(instead).to_have_attribute("href", f"{sites.assistant}/")
        instead.click(trial=True)


def test_only_the_partner_s_page_is_heard(widget):
    """Messages from other windows and origins do nothing; those from the partner's page do what is documented."""
    widget.open()
    widget.within(_POST, {"ask": "What does ESSA allow?"})
    widget.page.evaluate(_POST, {"event": "close"})
    expect(widget.frame.locator(".turn")).to_have_count(0)
    expect(widget.field).to_be_visible()


_POST = """message => new Promise((heard) => { addEventListener("message", heard, { once: true }); postMessage(message, "*"); })"""
"""Whoever listened before has heard the message, too, once this has."""


def test_the_partner_s_script_can_open_ask_and_listen(page, sites):
    """`ask` opens and asks, events tell what happens, and none tells the words."""
    Widget(page, sites.partner)
    page.evaluate(
        """() => { window.heard = []; for (const name of ["open", "ready", "asked", "replied", "close"])
            addEventListener(`policy-assistant:${name}`, (event) => heard.push([name, event.detail ?? null])); }"""
    )
    page.evaluate("question => policyAssistant.ask(question)", QUESTION)
    page.frame_locator("policy-assistant iframe").locator(".answer").wait_for(timeout=20_000)
    page.evaluate("() => policyAssistant.close()")
    assert page.evaluate("() => heard") == [
        ["open", None],
        ["ready", None],
        ["asked", None],
        ["replied", {"kind": "answer"}],
        ["close", None],
    ]


def test_an_assistant_within_the_page_loads_when_it_is_pressed(page, sites):
    """The inline element shows a button, and in its place the assistant, without a way to close it."""
    widget = Widget(page, f"{sites.partner}/inline")
    assert page.frames[1:] == []
    widget.open()
    expect(widget.frame.locator("#close")).to_be_hidden()
    expect(widget.ask(QUESTION)).to_have_class("reply answer")
    page.keyboard.press("Escape")
    expect(widget.field).to_be_visible()


def test_the_snippet_s_options_count(page, sites):
    """Accent, side, label, language and opening at once are as the snippet says; opened so, the focus stays."""
    page.goto(f"{sites.partner}/opened")
    frame = page.frame_locator("policy-assistant iframe")
    frame.locator("#starters button").first.wait_for(timeout=20_000)
    assert page.evaluate("() => document.activeElement === document.body")
    coloured = Widget(page, f"{sites.partner}/coloured")
    expect(coloured.launcher).to_have_text("Ask us")
    expect(coloured.launcher).to_have_css("background-color", "rgb(245, 196, 0)")
    assert coloured.launcher.bounding_box()["x"] < 100
    coloured.open()
    expect(coloured.frame.locator("header")).to_have_css("background-color", "rgb(245, 196, 0)")
    spanish = Widget(page, f"{sites.partner}/spanish").open()
    expect(spanish.launcher).to_have_text("Pregunte a la biblioteca")
    expect(spanish.frame.locator("html")).to_have_attribute("lang", "es")
    expect(spanish.ask(QUESTION).locator("blockquote[id]")).to_have_attribute("lang", "en")


def test_pages_read_from_right_to_left_get_a_mirrored_widget(page, sites):
    """In a page of such a language the launcher stands at its left, and so does what closes the panel."""
    widget = Widget(page, f"{sites.partner}/rtl")
    assert widget.launcher.bounding_box()["x"] < 100
    widget.open()
    widget.within("() => { document.documentElement.dir = 'rtl'; }")
    reply = widget.ask(QUESTION)
    assert widget.frame.locator("#close").bounding_box()["x"] < widget.frame.locator("h1").bounding_box()["x"]
    expect(reply.locator("blockquote[id]")).to_have_css("direction", "ltr")
    assert _overflow(widget) <= 0


def test_a_pinned_script_loads_and_an_altered_one_does_not(page, sites):
    """The versioned script passes its integrity check; a script of other content than pinned never runs."""
    expect(Widget(page, f"{sites.partner}/pinned").open().field).to_be_visible()
    page.goto(f"{sites.partner}/altered")  # loaded: deferred scripts have run, or have not
    expect(page.locator("policy-assistant")).to_have_count(0)
