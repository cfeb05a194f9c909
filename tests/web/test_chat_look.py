"""How the chat page and the library look and sound: while they load, by keyboard, in colours not ours, on paper."""

from __future__ import annotations

import io
import math
import re
import unicodedata
from collections.abc import Iterator

import numpy as np
import pytest
from browser import Chat, started_firefox
from chat_site import ABROAD, STATES, WAIVER, served_chat, violations
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "phone": {"viewport": {"width": 390, "height": 844}},
}
EVERY_LOOK = [pytest.param(look, marks=pytest.mark.both_engines) if look == "light" else look for look in LOOKS]
FORCED = {"browser.display.document_color_use": 2}
"""Firefox's own setting for colours that the reader chooses; Playwright can't have it pretend."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served_chat() as url:
        yield url


@pytest.fixture
def look() -> str:
    return "light"


@pytest.fixture
def page(browser, look) -> Iterator[Page]:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **LOOKS[look]})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", LOOKS)
def test_loading_is_a_state_of_its_own(page, site):
    """While Gradio has nothing to show, one status in the main part says so, and axe finds nothing wrong."""
    held = []
    page.route("**/config*", lambda route: held.append(route) or None)
    page.goto(site)
    expect(page.get_by_role("main").get_by_role("status").first).to_contain_text("Loading the assistant")
    page.locator("gradio-app [data-testid=status-tracker]").wait_for(state="attached")
    expect(page.get_by_text("Loading...")).not_to_be_visible()
    assert violations(page, "loading") == []
    page.get_by_role("link", name="The library can be read").click(trial=True)
    held[0].continue_()
    page.locator("#loading").wait_for(state="detached")
    expect(page.locator("#question textarea")).to_be_visible()
    expect(page.get_by_role("main")).to_have_count(1)
    assert violations(page, "loaded") == []


@pytest.mark.parametrize("look", LOOKS)
def test_failing_to_load_is_told(page, site):
    """Where the chat can't be loaded, a sentence says what to do, and axe finds nothing wrong."""
    page.route("**/config*", lambda route: route.abort())
    page.goto(site)
    told = page.get_by_role("main").get_by_role("status").first
    expect(told).to_contain_text("The assistant could not be loaded. Reload the page to try again.", timeout=20_000)
    expect(page.get_by_text("Could not load this space")).not_to_be_visible()
    assert violations(page, "not loaded") == []


@pytest.mark.parametrize("look", EVERY_LOOK)
def test_axe_finds_nothing_in_any_state(page, site):
    """No rule of axe-core is violated: empty, linked, answered, declined, broken, asked for an opinion, in the library."""
    Chat(page, site)
    found = violations(page, "empty")
    chat = Chat(page, f"{site}/?q=What+is+a+waiver%3F")
    expect(page.locator("#linked")).to_be_visible()
    found += violations(page, "linked")
    reply = chat.ask(STATES)
    reply.locator(".cite").click()
    reply.get_by_role("button", name="No", exact=True).click()
    chat.ask(ABROAD)
    chat.ask("Break.")
    chat.ask("…")
    found += violations(page, "answered")
    for path in ("/library", "/library/states?cite=which-states-loosen-seat-time.0-20", "/nowhere"):
        page.goto(site + path)
        found += violations(page, path)
    assert found == []


@pytest.mark.parametrize("look", EVERY_LOOK)
def test_the_focus_is_seen(page, site):
    """Whatever has the focus shows it by a ring of the area and contrast that WCAG 2.4.13 asks for."""
    chat = Chat(page, site)
    page.evaluate("() => { document.documentElement.style.scrollBehavior = 'auto'; }")  # or it would be on its way
    assert _unseen_focus(page, at_least=5) == []
    reply = chat.ask(STATES)
    reply.locator(".cite").click()
    reply.get_by_role("button", name="No", exact=True).click()
    assert _unseen_focus(page, at_least=12) == []
    for path in ("/library", "/library/states"):
        page.goto(site + path)
        assert _unseen_focus(page, at_least=4) == []


def _unseen_focus(page: Page, at_least: int) -> list[str]:
    """Walk through the page by Tab; give what does not show that it has the focus."""
    page.locator(".skip").focus()
    seen: list[str] = []
    unseen: list[str] = []
    while not seen or not page.evaluate(_IS_LAST):  # from there Tab leads out of the page in Firefox
        page.keyboard.press("Tab" if seen else "Shift")
        seen.append(page.evaluate(_NAME))
        if (ratio := _ring_area(page)) < 1:
            unseen.append(f"{seen[-1]}: {ratio:.2f} of the area")
        assert len(seen) < 40, seen
    assert len(seen) >= at_least, seen
    return unseen


_NAME = """() => { const it = document.activeElement;
    return `${it.tagName} ${it.id} ${it.textContent.slice(0, 60)} ${it.href ?? ""} ${it.value ?? ""}`; }"""
_IS_LAST = """() => [...document.querySelectorAll("a[href], button, textarea, input, summary")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true })).at(-1) === document.activeElement"""
_SETTLED = """async () => {
    const box = () => document.activeElement.getBoundingClientRect();
    const frame = () => new Promise(requestAnimationFrame);
    const rest = async () => { for (let top = NaN; top !== box().top; await frame(), await frame()) top = box().top; };
    await rest();  // Firefox moves to what Tab leads to over several frames
    document.activeElement.scrollIntoView({ block: "center", behavior: "instant" });
    await rest();
    return box().toJSON();
}"""


def _ring_area(page: Page) -> float:
    """Give how much changes by 3 to 1 with the focus, in parts of a line two pixels wide around the element."""
    box = page.evaluate(_SETTLED)
    wide, high = page.evaluate("() => [innerWidth, innerHeight]")
    margin = 8
    left, top = (max(0, math.floor(box[side] - margin)) for side in ("left", "top"))  # else edges are blurred
    right, bottom = math.ceil(min(box["right"] + margin, wide)), math.ceil(min(box["bottom"] + margin, high))
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    with_focus = _luminances(page, clip)
    page.evaluate("() => { window.had = document.activeElement; had.blur(); }")
    without = _luminances(page, clip)
    page.evaluate("() => had.focus({ preventScroll: true })")
    contrast = (np.maximum(with_focus, without) + 0.05) / (np.minimum(with_focus, without) + 0.05)
    return float((contrast >= 3).sum()) / (4 * (box["width"] + box["height"]))


def _luminances(page: Page, clip: dict[str, float]) -> np.ndarray:
    """Give the relative luminance, as WCAG 2.2 defines it, of each pixel of a part of the page."""
    shown = page.screenshot(clip=clip, animations="disabled")
    parts = np.asarray(Image.open(io.BytesIO(shown)).convert("RGB")) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


@pytest.fixture(params=["chromium", "firefox"])
def forced_page(request) -> Iterator[Page]:
    """Give a page whose colours are the reader's, in each engine by its own means."""
    if request.param == "chromium":
        context = request.getfixturevalue("chromium").new_context(forced_colors="active")
        yield context.new_page()
        context.close()
    else:
        request.getfixturevalue("program")("firefox-esr")
        with started_firefox(request.getfixturevalue("playwright"), FORCED) as browser:
            yield browser.new_page()


def test_edges_stay_in_forced_colours(forced_page, site):
    """Where the reader chooses the colours, fields, buttons, chips, cards and marks have borders all the same."""
    page = forced_page
    chat = Chat(page, site)
    assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
    assert _borderless(page) == []
    reply = chat.ask(STATES)
    reply.locator(".cite").click()
    reply.get_by_role("button", name="No", exact=True).click()
    chat.ask("And its rule?")
    assert _borderless(page) == []
    for path in ("/library", "/library/states?cite=which-states-loosen-seat-time.0-20"):
        page.goto(site + path)
        assert _borderless(page) == []
        current, other = page.locator("nav[aria-label=Site] a").all()[::-1]
        edges = [link.evaluate("link => getComputedStyle(link).borderBottomColor") for link in (current, other)]
        assert edges[0] != edges[1]


def _borderless(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("button, textarea, input:not([type=radio], [type=checkbox]), .card, .cite, .back, .reply, mark")]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }))
            .filter((element) => { const style = getComputedStyle(element);
                return !["Top", "Right", "Bottom", "Left"].every((side) => style[`border${side}Style`] !== "none"
                    && parseFloat(style[`border${side}Width`]) >= 1); })
            .map((element) => element.outerHTML.slice(0, 100))"""
    )


def test_paper_shows_whole_addresses(page, site):
    """A printed answer names each source by an address with its host, and so does a printed page its file's."""
    Chat(page, site).ask(STATES)
    answer = _printed(page)
    assert f"Openinthelibrary({site}/library/states?cite=" in answer
    assert "Originalsource(https://example.org/report)" in answer
    for pressed in ("Copy", "helpful", "Yourquestion"):
        assert pressed not in answer
    page.goto(f"{site}/library/states")
    assert f"Downloadthefile({site}/library/states/original)" in _printed(page)


def _printed(page: Page) -> str:
    """Give the text of what the browser prints, without white space, and letter by letter where a font joins them."""
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_a_table_is_heard_cell_by_cell(page, site):
    """What a screen reader is told has its blocks as sentences, and the cells of a row apart."""
    chat = Chat(page, site)
    chat.ask(STATES)
    expect(page.locator("#announcer")).to_have_text(
        "From the library. Two states loosen seat time in these ways: waivers. credit flexibility. by test. by project. "
        "State, Way. Ohio, waiver. Utah, Source [1]."
    )
    chat.ask(WAIVER)
    expect(page.locator("#announcer")).to_have_text(
        "From the library. A waiver frees a district from a rule. Source [1]."
    )
