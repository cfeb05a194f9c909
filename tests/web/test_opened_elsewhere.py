from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Chat
from playwright.sync_api import expect
from proxies import serve_as_shipped
from widget_site import KEY

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.registry import Registry

ORIGINS = ("https://faq.example.org", "https://faq.example.net")
QUESTION = "What is seat time?"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def registry(tmp_path_factory) -> Registry:
    path = tmp_path_factory.mktemp("partners") / "partners.toml"
    path.write_text(f'[[partner]]\nname = "One"\nkey = "{KEY}"\norigins = ["https://one.example"]\n', encoding="utf-8")
    return Registry(path)


@pytest.fixture(scope="module")
def elsewhere(assistant, registry) -> Iterator[str]:
    """Serve the assistant for other addresses than the one it is opened at."""
    hosting = Hosting(origins=ORIGINS, registry=registry, per_minute=100_000)
    with serve_as_shipped(lambda: make_application(Serving(assistant), hosting)) as port:
        yield f"http://other.localhost:{port}"


@pytest.fixture
def page(browser) -> Iterator:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_the_chat_page_says_where_it_answers(page, elsewhere):
    """Who opens the page at an address that is not set reads which ones are, as links, and what the operator should do."""
    Chat(page, f"{elsewhere}/")
    told = page.locator("#elsewhere")
    expect(told).to_contain_text(f"This page was opened at {elsewhere}")
    expect(told).to_contain_text("Please open it at https://faq.example.org or https://faq.example.net.")
    expect(told).to_contain_text(f"adds {elsewhere} to ASSISTANT_ORIGIN")
    assert [link.get_attribute("href") for link in told.locator("a").all()] == [f"{origin}/" for origin in ORIGINS]


def test_asking_there_gets_a_sentence(page, elsewhere):
    """A question asked there all the same is refused in the same words, and no error of a program is shown."""
    Chat(page, f"{elsewhere}/")
    page.fill("#question textarea", QUESTION)
    page.keyboard.press("Enter")
    told = page.locator("#note")
    expect(told).to_contain_text(f"comes from a page at {elsewhere}", timeout=20_000)
    assert "SyntaxError" not in page.locator("body").inner_text()


def test_the_embed_page_says_where_it_answers(page, elsewhere):
    """So does the page of the widget."""
    page.goto(f"{elsewhere}/embed?site={KEY}")
    told = page.locator("#elsewhere")
    expect(told).to_contain_text(f"This page was opened at {elsewhere}")
    expect(told).to_contain_text("https://faq.example.org https://faq.example.net")


def test_axe_finds_nothing(chromium, elsewhere):
    """Both pages are as accessible with what they say there as without it."""
    context = chromium.new_context()
    page = context.new_page()
    for path, shown in (("/", ".starters button"), (f"/embed?site={KEY}", "#starters button")):
        page.goto(elsewhere + path)
        page.locator(shown).first.wait_for()
        expect(page.locator("#elsewhere")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
    context.close()
