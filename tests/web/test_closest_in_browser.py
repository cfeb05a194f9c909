"""How passages that may not answer look, sound and are copied, on the chat page and in the widget."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from bag_of_words import BagOfWords, SharedWords
from browser import Chat, Widget, opened_page
from chat_site import violations
from playwright.sync_api import Locator, expect
from pypdf import PdfReader
from small_library import open_small, with_decision
from widget_site import Sites, served_sites

from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.dialogue.reply import Answer, Citation, Closest, Reply
from assistant.documents.sentences import Span

CLOSEST = "Which families opposed waivers?"
ANSWERED = "What is an innovation zone?"
GAP = "What are the remaining gaps?"
pytestmark = pytest.mark.browser


class Marking:
    """Replies as another assistant does, the last words of each quote marked, and each section longer than its quote."""

    def __init__(self, assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, question, conversation, *, as_typed):
        """Reply, with what is not told by this assistant itself."""
        turn = self._assistant.ask(question, conversation, as_typed=as_typed)
        return replace(turn, reply=_marked(turn.reply, is_gap=question == GAP))


def _marked(reply: Reply, *, is_gap: bool) -> Reply:
    match reply:
        case Closest(citations=citations):
            return replace(reply, citations=tuple(map(_lit, citations)))
        case Answer(citations=citations, more=more):
            role = "gap" if is_gap else "answer"
            lit = tuple(replace(_lit(citation), role=role) for citation in citations)
            return replace(reply, citations=lit, more=tuple(map(_lit, more)))
    return reply


def _lit(citation: Citation) -> Citation:
    words = citation.quote.rsplit(". ", 1)[-1]
    return replace(citation, highlights=(Span(citation.end - len(words), citation.end),), continues=True)


@pytest.fixture(scope="module")
def sites(_small_index, tmp_path_factory) -> Iterator[Sites]:
    small = open_small(_small_index).version
    version = with_decision(small, replace(small.manifest.decision, closest=0.05))
    assistant = Marking(Assistant(version, BagOfWords(), SharedWords()))
    with served_sites(assistant, tmp_path_factory.mktemp("registry")) as sites:
        yield sites


@pytest.fixture
def look() -> str:
    return "light"


@pytest.fixture
def page(playwright, chromium, look) -> Iterator:
    with opened_page(playwright, chromium, look) as page:
        page.set_viewport_size({"width": 1100, "height": 800})
        page.set_default_timeout(10_000)
        yield page


@pytest.fixture(params=["chat", "widget"])
def talk(request, page, sites) -> Chat | Widget:
    """Give the chat page, and the widget in a partner's page."""
    return Chat(page, sites.assistant) if request.param == "chat" else Widget(page, sites.partner).open()


def test_the_closest_passage_is_open_and_the_others_folded(talk):
    """The nearest passage is read at once; each other shows where it stands and how it begins, and opens to its quote."""
    reply = talk.ask(CLOSEST)
    expect(reply).to_have_class("reply closest")
    expect(reply.locator(".kind")).to_have_text("Not sure: the closest passages")
    expect(reply.locator(".said")).to_have_text(wording.CLOSEST)
    expect(reply).not_to_contain_text("From the library")
    quotes = reply.locator("blockquote")
    expect(quotes.first).to_be_visible()
    expect(quotes.first.locator("mark")).to_have_text("They last five years and can be renewed.")
    expect(quotes.nth(1)).to_be_hidden()
    expect(reply.locator("div.passage .rest a")).to_have_attribute("href", re.compile(r"/library/states\?cite="))
    folded = reply.locator("details.passage")
    expect(folded.locator(".place")).to_have_text(
        [
            re.compile("Frequent questions › What is an innovation zone"),
            re.compile("States and districts › Transcripts"),
        ]
    )
    expect(folded.locator(".first")).to_have_text(
        [re.compile("^An innovation zone is a group"), "Transcript, Accepted by"]
    )
    folded.first.locator("summary").click()
    expect(folded.first.locator("blockquote li")).to_have_count(2)
    expect(folded.first.locator(".first")).to_be_hidden()


def test_it_does_not_look_like_an_answer(talk):
    """Around passages that may not answer runs a dashed line all the way, around an answer one that is not."""
    edges = "reply => ['Top', 'Right', 'Bottom'].map((side) => getComputedStyle(reply)[`border${side}Style`])"
    assert talk.ask(CLOSEST).evaluate(edges) == ["dashed"] * 3
    assert "dashed" not in talk.ask(ANSWERED).evaluate(edges)


def test_beside_an_answer_passages_are_folded_away(talk):
    """Passages of other sections are behind one line that is opened by whoever the answer did not help."""
    reply = talk.ask(ANSWERED)
    expect(reply).to_have_class("reply answer")
    expect(reply.locator(".card")).to_have_count(1)
    expect(reply.locator("details.passage").first).to_be_hidden()
    reply.get_by_text(wording.MORE).click()
    expect(reply.locator("details.passage")).to_have_count(2)
    expect(reply.locator("details.passage .place").first).to_contain_text("Kentucky waivers")
    expect(reply.locator("details.passage blockquote").first).to_be_hidden()
    reply.locator("details.passage summary").first.click()
    expect(reply.locator("details.passage blockquote").first).to_contain_text("Kentucky grants waivers")


def test_an_answer_that_tells_gaps_is_labelled_so(talk):
    """Where all that is quoted tells what the library lacks, the label says that; it stays an answer."""
    reply = talk.ask(GAP)
    expect(reply).to_have_class("reply answer gap")
    expect(reply.locator(".kind")).to_have_text("What the library does not have")
    expect(reply.get_by_role("button", name="Copy with references")).to_be_visible()


def test_the_doubt_is_heard_first(talk):
    """A screen reader is told the label, the doubt, and what of the passage would answer."""
    talk.ask(CLOSEST)
    status = talk.status if isinstance(talk, Widget) else talk.page.locator("#announcer")
    expect(status).to_have_text(
        f"Not sure: the closest passages. {wording.CLOSEST} They last five years and can be renewed."
    )


def test_the_doubt_is_copied_first(talk):
    """The text for a briefing has the question, the doubt, then the passage that was shown and its reference alone."""
    text = _copied(talk, talk.ask(CLOSEST))
    assert text.startswith(f"{CLOSEST}\n\n{wording.CLOSEST}\n\nKentucky grants waivers")
    assert "renewed. [1]\n\nReferences\n[1] States and districts › Kentucky waivers" in text
    assert "[2]" not in text


def test_what_is_beside_an_answer_is_not_copied(talk):
    """Copying takes the answer alone, without a doubt, and without the passages beside it, also when they are open."""
    reply = talk.ask(ANSWERED)
    reply.get_by_text(wording.MORE).click()
    text = _copied(talk, reply)
    assert text.startswith(f"{ANSWERED}\n\nAn innovation zone is")
    assert "Kentucky" not in text
    assert wording.CLOSEST not in text


def _copied(talk: Chat | Widget, reply: Locator) -> str:
    """Press the button that copies, where copying is denied, and give the text that is shown to be copied by hand."""
    frame = next((frame for frame in talk.page.frames if "/embed" in frame.url), talk.page.main_frame)
    frame.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    reply.get_by_role("button", name="Copy with references").click()
    return reply.locator(".by-hand textarea").input_value()


def test_an_opinion_can_be_given(talk):
    """Whether the closest passage helped can be said as of an answer."""
    sent = []
    talk.page.on("request", lambda request: sent.append(request) if "/api/feedback" in request.url else None)
    reply = talk.ask(CLOSEST)
    reply.get_by_role("button", name="Yes", exact=True).click()
    expect(reply).to_contain_text("Thank you.")
    assert json.loads(sent[0].post_data)["verdict"] == "up"


def test_a_kept_doubt_is_shown_again(talk):
    """After a reload the closest passages are there as they were, and copied as they were."""
    talk.ask(CLOSEST)
    talk.page.reload()
    if isinstance(talk, Widget):
        talk.open()
    again = talk.reply(0)
    expect(again).to_have_class("reply closest")
    expect(again.locator("details.passage")).to_have_count(2)
    assert wording.CLOSEST in _copied(talk, again)


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
def test_axe_finds_nothing(page, talk):
    """No rule of axe-core is violated, folded and open, in light, dark and forced colours."""
    reply = talk.ask(CLOSEST)
    found = violations(page, "folded")
    for summary in reply.locator("details.passage > summary").all():
        summary.click()
    answer = talk.ask(ANSWERED)
    answer.get_by_text(wording.MORE).click()
    answer.locator("details.passage > summary").first.click()
    talk.ask(GAP)
    found += violations(page, "open")
    assert found == []


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_runs_over_on_a_phone(page, talk, width):
    """On a phone, and at 400 %, all of it can be read without scrolling sideways."""
    page.set_viewport_size({"width": width, "height": 700})
    reply = talk.ask(CLOSEST)
    for summary in reply.locator("summary").all():
        summary.click()
    answer = talk.ask(ANSWERED)
    answer.get_by_text(wording.MORE).click()
    answer.locator("details.passage > summary").first.click()
    frame = next((frame for frame in page.frames if "/embed" in frame.url), page.main_frame)
    over = "() => Math.max(...[document.documentElement, document.querySelector('main')].map((it) => it.scrollWidth - it.clientWidth))"
    assert frame.evaluate(over) <= 0


def test_paper_has_the_doubt_and_what_is_open(page, sites):
    """A printed reply has its doubt, the passage and what was opened, each with its whole address; no more than that."""
    chat = Chat(page, sites.assistant)
    reply = chat.ask(CLOSEST)
    printed = _printed(page)
    assert re.sub(r"\s", "", wording.CLOSEST) in printed
    assert "Kentuckygrantswaivers" in printed
    assert f"Openinthelibrary({sites.assistant}/library/states?cite=" in printed
    for folded in ("Transcript", "Otherpassages", "Readthewholesection", "Questionsthelibrary"):
        assert folded not in printed
    reply.locator("details.passage > summary").last.click()
    assert "Competencytranscript" in _printed(page)
    answer = chat.ask(ANSWERED)
    assert "Notwhatyouasked" not in _printed(page)
    answer.get_by_text(wording.MORE).click()
    assert "Notwhatyouasked" in _printed(page)


def _printed(page) -> str:
    """Give the text of what the browser prints, without white space."""
    return re.sub(r"\s", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))


def test_the_widget_shows_what_answers_first(page, sites):
    """In the widget, what begins behind sixty words of a quote stands above it too; what begins before does not."""
    widget = Widget(page, sites.partner).open()
    drawn = widget.within(
        """async () => {
            const { drawQuoted } = await import("/embed/quote.js");
            const quote = "𝔸 " + "word ".repeat(70) + "\\n- Here it is.\\n- And more.";
            const at = [...quote.split("Here")[0]].length;
            const citation = { number: 1, quote, start: 7, url: "/library/x", highlights: [{ start: 7 + at, end: 19 + at }] };
            const early = { ...citation, highlights: [{ start: 7, end: 12 }], continues: true };
            return [citation, early].map((one) => drawQuoted(one, "x").map((element) => element.outerHTML.replace(/ lang="en"| dir="ltr"/g, "")));
        }"""
    )
    deep, early = drawn
    assert deep[0] == '<div class="gist"><p class="whence">From the quote below:</p><div><p>Here it is.</p></div></div>'
    assert "<li><mark>Here it is.</mark></li><li>And more. <a" in deep[1]
    assert len(deep) == 2
    assert early[0].startswith('<blockquote id="x-quote-1" tabindex="-1"><p><mark>𝔸 wor</mark>d word')
    assert early[1].startswith('<p class="rest">The section says more. <a href="')


def test_the_widget_says_it_in_spanish(page, sites):
    """In a Spanish panel the label and the doubt are Spanish, the library's words stay English and are marked as such."""
    reply = Widget(page, f"{sites.partner}/spanish").open().ask(CLOSEST)
    expect(reply.locator(".kind")).to_have_text("No es seguro: los pasajes más cercanos")
    expect(reply.locator(".said")).to_have_text(re.compile("^No estamos seguros de que"))
    for words in ("blockquote", ".place", ".first"):
        expect(reply.locator(words).first).to_have_attribute("lang", "en")
