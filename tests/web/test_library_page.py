from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import free_port
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect
from served import serve_application
from small_library import assistant_of, document

from assistant.documents.document import Document, Source
from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.listing import render_library

SHOWN = re.compile(r'<li><a class="title"[^>]*>(.*?)</a>')
TOPICS = re.compile(r'<section id="([^"]*)"( hidden)?><h2><span class="topic">(.*?)</span> <span class="count">(.*?)<')
PAGES = (
    ("Utah grants", "States", "## What Utah pays\n\nMoney.\n"),
    ("kentucky zones", "states", "## Who may apply for a waiver?\n\nDistricts.\n\n## Núñez rule\n\nIt holds.\n"),
    ("ESSA: an overview", "Federal law", "## Seat-time in the law\n\nIt is old.\n"),
    ("A note", "", "Nothing but text about waivers.\n"),
)


def page_of(title: str, topic: str, text: str) -> Document:
    made = document(text, name=title.split(maxsplit=1)[0].lower().strip(":"), title=title)
    return replace(made, topic=topic, source=Source("government", publisher="State Board", published="2019"))


DOCUMENTS = tuple(page_of(*one) for one in PAGES)


def titles(html: str) -> list[str]:
    return SHOWN.findall(html)


def topics(html: str) -> list[tuple[str, str]]:
    """Give the names and counts of the topics that are shown."""
    return [(name, count) for _, hidden, name, count in TOPICS.findall(html) if not hidden]


def test_the_library_lists_every_page(assistant):
    """All documents can be found without asking."""
    html = render_library(assistant.documents.values())
    for one in assistant.documents.values():
        assert f'class="title" href="/library/{one.id}"' in html


def test_pages_stand_by_topic_in_the_order_of_the_alphabet():
    """Topics and the pages in them are in alphabetical order, capital letters or not; pages without a topic are last."""
    html = render_library(DOCUMENTS)
    assert topics(html) == [("Federal law", "1 page"), ("states", "2 pages"), ("Other pages", "1 page")]
    assert titles(html) == ["ESSA: an overview", "kentucky zones", "Utah grants", "A note"]
    assert html == render_library(reversed(DOCUMENTS))


def test_the_contents_lead_to_each_topic():
    """Each topic is listed with its number of pages and leads to its place, which no other has."""
    several = [*DOCUMENTS, page_of("B", "States!", "x\n"), page_of("C", "美国", "x\n"), page_of("D", "中国", "x\n")]
    html = render_library(several)
    anchors = re.findall(r'<li><a href="#([^"]*)">', html)
    assert len(set(anchors)) == len(anchors) == 5
    assert sorted(anchors) == sorted(found[0] for found in TOPICS.findall(html))
    assert '<a href="#topic-federal-law">Federal law</a> <span class="count">1 page</span>' in html


def test_a_library_without_topics_is_one_list():
    """Where no page has a topic, all stand in one list, and there are no contents to choose from."""
    html = render_library([replace(one, topic="") for one in DOCUMENTS])
    assert topics(html) == [("All pages", "4 pages")]
    assert '<nav class="contents"' not in html


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("utah", ["Utah grants"]),
        ("STATES", ["kentucky zones", "Utah grants"]),
        ("federal", ["ESSA: an overview"]),
        ("state board", ["ESSA: an overview", "kentucky zones", "Utah grants", "A note"]),
        ("waiv", ["kentucky zones"]),
        ("kentucky waiver", ["kentucky zones"]),
        ("nunez", ["kentucky zones"]),
        ("seat time", ["ESSA: an overview"]),
        ("seat-time", ["ESSA: an overview"]),
        ("tah", []),
        ("utah waiver", []),
        ("  ?! ", ["ESSA: an overview", "kentucky zones", "Utah grants", "A note"]),
    ],
)
def test_pages_are_found_by_how_words_begin(find, expected):
    """A page is found if each word begins one of its title, topic, publisher or of one heading, accents or not."""
    assert titles(render_library(DOCUMENTS, find)) == expected


def test_headings_are_shown_where_only_they_have_the_words():
    """A page that was found by a heading shows it, with the way there; one found by its title shows none."""
    html = render_library(DOCUMENTS, "waiver")
    link = '<li><a href="/library/kentucky#who-may-apply-for-a-waiver">Who may apply for a waiver?</a></li>'
    assert f'<ul class="sections">{link}<li hidden>' in html
    assert '<ul class="sections">' not in render_library(DOCUMENTS, "kentucky")


def test_what_is_found_is_counted():
    """The number of pages found is told; where there is none it is said what was looked at, and where else to look."""
    assert '<span id="count">4 pages</span><span id="none" hidden>' in render_library(DOCUMENTS)
    assert '<span id="count">1 of 4 pages</span><span id="none" hidden>' in render_library(DOCUMENTS, "utah")
    none = render_library(DOCUMENTS, "lasagna")
    assert '<span id="count">0 of 4 pages</span><span id="none">: none has all of these words in its title, ' in none
    assert topics(none) == []
    assert '<nav class="contents" aria-labelledby="contents" hidden>' in none


def test_a_large_library_is_listed_without_its_headings(monkeypatch):
    """Where there are too many headings to send along, titles are still found, and headings are not said to be searched."""
    monkeypatch.setattr("assistant.web.listing._MOST_SECTIONS", 3)
    html = render_library(DOCUMENTS, "waiver")
    assert titles(html) == []
    assert "in its title, subject or publisher." in html
    assert 'class="sections"' not in html
    assert titles(render_library(DOCUMENTS, "utah")) == ["Utah grants"]


@given(st.text())
def test_no_words_break_the_page(find):
    """Whatever is looked for or is a topic stands in the page as text."""
    html = render_library([*DOCUMENTS, page_of("X", f"{find}<b>\"'", "x\n")], f"{find}<b>\"'")
    assert "<b>" not in html
    assert 'value="' in html
    assert re.search(r'value="[^"<>]*" autocomplete', html)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve a library of three topics."""
    text = "## Text\n\nWords.\n"
    assistant = assistant_of(text)
    assistant.documents = {one.id: one for one in DOCUMENTS}
    port = free_port()
    with serve_application(lambda: make_application(Serving(assistant)), port):
        yield f"http://127.0.0.1:{port}/library"


@pytest.fixture
def page(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def shown(page: Page):
    return page.locator(".entries .title:visible")


@pytest.mark.both_engines
@pytest.mark.browser
def test_typing_shows_what_the_server_would(page, site):
    """Whatever is typed shows the pages, headings, topics and counts that the server shows for it without a script."""
    for find in ("utah", "STATES", "kentucky waiver", "núñez", "seat-time", "  waiv", "?!", "lasagna", "board 2019"):
        page.goto(site)
        page.fill("#find", find)
        html = render_library(DOCUMENTS, find)
        expect(page.locator("#count")).to_have_text(re.search(r'id="count">([^<]*)', html)[1])
        assert shown(page).all_inner_texts() == titles(html)
        assert list(
            zip(
                page.locator(".topics .topic:visible").all_inner_texts(),
                page.locator(".topics .count:visible").all_inner_texts(),
                strict=True,
            )
        ) == topics(html)
        assert page.locator(".contents li:visible").count() == len(topics(html))
        assert page.locator(".sections a:visible").count() == len(
            re.findall(r"<li><a href=[^>]*>", html.split('class="topics"')[1])
        )
        expect(page.locator("#none")).to_be_visible(visible=not titles(html))
        expect(page.locator("#all")).to_be_visible(visible="of" in page.locator("#count").inner_text())


@pytest.mark.browser
def test_the_form_works_without_script(browser, site):
    """Without JavaScript the words are sent, the same pages are shown, and the words stand in the field."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.fill("#find", "waiver")
    page.locator(".finding button").click()
    expect(page).to_have_url(re.compile(r"/library\?find=waiver$"))
    expect(shown(page)).to_have_text(["kentucky zones"])
    expect(page.locator(".sections a:visible")).to_have_text(["Who may apply for a waiver?"])
    expect(page.locator("#find")).to_have_value("waiver")
    page.locator("#all").click()
    expect(shown(page)).to_have_count(4)
    context.close()


@pytest.mark.browser
def test_escape_shows_all_pages(page, site):
    """Escape empties the field, shows every page and leaves the focus where it is."""
    page.goto(site)
    page.fill("#find", "utah")
    expect(shown(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(shown(page)).to_have_count(4)
    expect(page.locator("#find")).to_have_value("")
    expect(page.locator("#find")).to_be_focused()
    expect(page.locator("#count")).to_have_text("4 pages")
    expect(page).to_have_url(site)


@pytest.mark.both_engines
@pytest.mark.browser
def test_the_list_is_as_it_was_after_reloading(page, site):
    """What was typed stands in the address once the field is left, and the address gives the same list."""
    page.goto(site)
    page.locator("#find").press_sequentially("waiver")  # what is filled in by script, Firefox does not call a change
    page.keyboard.press("Tab")
    expect(page).to_have_url(re.compile(r"\?find=waiver$"))
    page.reload()
    expect(page.locator("#find")).to_have_value("waiver")
    expect(shown(page)).to_have_text(["kentucky zones"])


@pytest.mark.browser
def test_the_list_is_as_it_was_for_whoever_comes_back(chromium, site):
    """The way back from a page that was found leads to the list as it was."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site)
    page.fill("#find", "waiver")
    page.locator(".sections a:visible").click()
    expect(page).to_have_url(re.compile("#who-may-apply-for-a-waiver$"))
    page.evaluate("() => history.back()")  # Playwright's own waits for a load event, which a kept page has no more
    expect(page).to_have_url(re.compile(r"\?find=waiver$"))
    expect(page.locator("#find")).to_have_value("waiver")
    expect(shown(page)).to_have_text(["kentucky zones"])
    context.close()


@pytest.mark.both_engines
@pytest.mark.browser
def test_pressing_enter_stays_on_the_page(page, site):
    """With a script, Enter loads nothing: the words come into the address, and the focus stays in the field."""
    page.goto(site)
    page.evaluate("() => { window.still = true }")
    page.fill("#find", "utah")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?find=utah$"))
    assert page.evaluate("() => window.still")
    expect(page.locator("#find")).to_be_focused()


@pytest.mark.browser
def test_the_count_is_announced_once_typing_rests(page, site):
    """A screen reader is told the number of pages once, not at every letter, and when there are none."""
    page.goto(site)
    page.evaluate(
        """() => { window.told = []; new MutationObserver(() => told.push(document.getElementById("found").innerText))
        .observe(document.getElementById("found"), {childList: true, subtree: true, characterData: true}) }"""
    )
    assert page.locator("#found").get_attribute("role") == "status"
    page.locator("#find").press_sequentially("utah")
    expect(page.locator("#count")).to_have_text("1 of 4 pages")
    assert page.evaluate("() => told") == ["1 of 4 pages"]
    page.locator("#find").press_sequentially("x")
    expect(page.locator("#found")).to_contain_text("0 of 4 pages: none has all of these words")


@pytest.mark.browser
@pytest.mark.parametrize(
    "look",
    [
        pytest.param({}, marks=pytest.mark.both_engines),
        {"viewport": {"width": 390, "height": 844}},
        {"viewport": {"width": 320, "height": 256}},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"forced_colors": "active", "color_scheme": "dark"},
        {"reduced_motion": "reduce"},
    ],
    ids=lambda look: "-".join(map(str, look.values())) or "wide",
)
def test_the_list_is_accessible(browser, site, look):
    """Axe finds nothing to object to, with all, some and no pages shown, and nothing is cut off at the side."""
    context = browser.new_context(**look)
    page = context.new_page()
    page.goto(site)
    for find, count in {"": "4 pages", "waiver": "1 of 4 pages", "lasagna": "0 of 4 pages"}.items():
        page.fill("#find", find)
        expect(page.locator("#count")).to_have_text(count)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{find}: {results.generate_report()}"
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.browser
def test_paper_has_the_list_and_no_form(chromium, site):
    """Printed, every page and its topic stand there; the field and the contents do not."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(site)
    page.emulate_media(media="print")
    expect(shown(page)).to_have_count(4)
    expect(page.locator(".finding")).to_be_hidden()
    expect(page.locator(".contents")).to_be_hidden()
    context.close()
