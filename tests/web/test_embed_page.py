from __future__ import annotations

import json
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import wording
from assistant.web.embedding import FOLDER, render_embed
from assistant.web.partners import Partner

PARTNER = Partner(name="State", key="demo-state", origins=("https://a.example", "https://b.example:8443"))


class _Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes |= {f"{tag} {name}": value for name, value in attrs}


def test_the_strings_are_those_that_are_used():
    """Both languages have the same strings; each is used, each that is used exists, and the same sentences are said."""
    strings = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    assert set(strings) == {"en", "es"}
    assert set(strings["en"]) == set(strings["es"])
    places = {name: set(re.findall(r"\{\w+\}", text)) for name, text in strings["en"].items()}
    assert places == {name: set(re.findall(r"\{\w+\}", text)) for name, text in strings["es"].items()}
    source = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("e*.html"))
    source += "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js") if path.name != "widget.js")
    kinds = {"answer", "clarification", "courtesy", *wording.ABSTENTIONS}
    named = set(re.findall(r"\$([a-z_]+)|(?<=[\"(\s:\[])\"([a-z_]+)\"", source))
    used = {name for pair in named for name in pair if name}
    assert set(strings["en"]) - used - kinds == set()
    assert set(re.findall(r"say\(\"(\w+)\"", source)) <= set(strings["en"])
    assert {*wording.ABSTENTIONS} <= set(strings["en"])
    assert strings["en"]["broken"] == wording.FAILURE
    assert strings["en"]["title"] == wording.NAME


def test_the_page_knows_its_partner():
    """The page carries the partner's key and origins, and which language it speaks."""
    page = _Tags(render_embed(PARTNER, "es", ("What is seat time?",), ("https://faq.example",))).attributes
    assert page["html data-site"] == "demo-state"
    assert page["html data-origins"] == "https://a.example https://b.example:8443"
    assert page["html lang"] == "es"
    assert json.loads(page["div data-questions"]) == ["What is seat time?"]
    assert json.loads(page["html data-strings"])["ask"] == "Preguntar"


def test_what_a_partner_chose_takes_the_place_of_the_default():
    """Greeting, starters, accent and language are the partner's where it named them; an unknown language is passed over."""
    partner = Partner(
        "State", "demo-state", ("https://a.example",), "#123456", "Ask about waivers.", ("What is a waiver?",), "es"
    )
    page = render_embed(partner, "fr", ("unused",), ("https://faq.example",))
    found = _Tags(page).attributes
    assert "Ask about waivers." in page
    assert json.loads(found["div data-questions"]) == ["What is a waiver?"]
    assert (found["html data-accent"], found["html lang"]) == ("#123456", "es")


def test_the_page_knows_whether_words_are_kept():
    """The page tells whether comments are kept, so that none is asked for to be thrown away."""
    for keeps_words, told in ((True, "kept"), (False, "dropped")):
        page = render_embed(PARTNER, "en", (), ("https://faq.example",), keeps_words=keeps_words)
        assert _Tags(page).attributes["html data-words"] == told


def test_all_the_page_s_files_are_named_at_once():
    """The browser is told of every module, so that none waits for another to be read."""
    page = render_embed(PARTNER, "en", (), ("https://faq.example",))
    modules = {path.name for path in FOLDER.glob("*.js")} - {"widget.js"}
    assert set(re.findall(r'"/embed/(\w+\.js)"', page)) == modules


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80))
def test_no_words_can_make_a_tag(greeting, starter, host):
    """Whatever a partner or an address has for words, the page has the same tags, and the words come back as they were."""
    partner = Partner("State", "demo-state", ("https://a.example",), None, greeting or "x", (starter,))
    page = _Tags(render_embed(partner, "en", (), (f"https://{host}",)))
    assert page.tags == _Tags(render_embed(PARTNER, "en", ("x",), ("https://x",))).tags
    assert json.loads(page.attributes["div data-questions"]) == [starter]
