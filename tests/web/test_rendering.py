from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import wording
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Courtesy
from assistant.documents.document import Source
from assistant.web.cards import provenance
from assistant.web.rendering import render_failure, render_notice, render_starters, render_turn

OURS = set(
    "a blockquote button code details div footer h3 h4 li mark ol p span strong summary table tbody td th thead tr ul".split()
)


def cite(assistant, passage_id: str, words: str, number: int = 1) -> Citation:
    passage = assistant.passage(passage_id)
    start = passage.text.index(words)
    source = assistant.documents[passage.document_id].source
    return Citation(number, passage, source, start, start + len(words), words)


def turn(reply, question="What is seat time?", query=None) -> Turn:
    return Turn(question, question if query is None else query, reply, "abc123", "2026-11-23")


@pytest.fixture
def answered(assistant) -> str:
    first = cite(assistant, "guide/introduction", "It is old.")
    listed = "- waivers, as in Ohio;\n- credit flexibility\n  1. by test\n  2. by project"
    second = cite(assistant, "guide/ways-to-loosen-seat-time", listed, 2)
    reply = Answer((first, second), "complete", ("What is seat time?",))
    return render_turn(turn(reply), 3, assistant.documents)


def test_every_quote_has_its_chip_and_card(answered):
    """A chip behind each quote leads to the card with that number, the card's number back to the quote."""
    for number in (1, 2):
        assert f'href="#answer-3-source-{number}"' in answered
        assert f'id="answer-3-source-{number}"' in answered
        assert f'href="#answer-3-quote-{number}"' in answered
        assert f'id="answer-3-quote-{number}"' in answered


def test_lists_are_quoted_as_lists(answered):
    """A quoted list is a list, the chip behind its last item."""
    assert "<ul><li>waivers, as in <a " in answered
    assert '<ol start="1"><li>by test</li><li>by project</li></ol> <a class="cite"' in answered


def test_the_quote_is_marked_in_its_passage(answered):
    """The card shows the whole passage with the quoted words highlighted, and those only."""
    assert "<p>Seat time is the rule that credit depends on hours. <mark>It is old.</mark></p>" in answered


def test_later_passages_of_a_section_are_quoted_where_they_stand(assistant):
    """A quote from the second passage of a long section shows its own words, there and in its passage."""
    words = "Sentence number 15 tells of seat time in the year 1915."
    citation = cite(assistant, "guide/a-long-story--2", words)
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, assistant.documents)
    assert f"<p>{words} <a " in shown
    assert f"<mark>{words}</mark>" in shown
    assert "#a-long-story--2" in shown


def test_the_card_says_whose_words_these_are(assistant, answered):
    """The quoted words are the library's; the publisher is named as what the page is based on."""
    assert "Library page · based on KnowledgeWorks, August 2019 · updated 23 November 2026" in answered
    hostile = assistant.documents["hostile"]
    assert provenance(hostile, hostile.source) == "Library page · updated 23 November 2026"


def test_the_card_links_to_the_passage_and_to_the_original(answered):
    """One link opens the reading view at the quote, the other the source the page is based on."""
    assert re.search(r'href="/library/guide\?cite=introduction\.52-62\.[0-9a-f]{8}#introduction"', answered)
    assert 'href="https://example.org/guide?a=1&amp;b=2" rel="noopener noreferrer">Original source' in answered


def test_the_card_of_a_publisher_s_file(assistant):
    """A quote in the source's own words says so with its page, and its original opens there."""
    source = Source("research", "Institute", url="https://institute.example/report.pdf", published="2024")
    citation = replace(cite(assistant, "guide/introduction", "It is old."), source=source, page=3)
    documents = {"guide": replace(assistant.documents["guide"], is_original=True)}
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, documents)
    assert "In the words of Institute, 2024 · page 3 · updated" in shown
    assert 'href="https://institute.example/report.pdf#page=3" rel="noopener noreferrer">Original source' in shown
    landing = replace(citation, source=replace(source, url="https://institute.example/report"))
    shown = render_turn(turn(Answer((landing,), "complete", ())), 1, documents)
    assert 'href="https://institute.example/report" rel' in shown


def test_copying_takes_words_references_and_version(answered):
    """What is copied for a briefing has the quotes with numbers, a reference each, and the library's version."""
    value = re.search(r'class="copy" type="button" value="([^"]*)"', answered)
    copied = json.loads(html.unescape(value.group(1)))
    assert copied["quotes"][0] == "It is old."
    assert any("1. by test" in quote for quote in copied["quotes"])
    assert (copied["version"], copied["missing"]) == ("abc123", [])
    assert copied["references"][0]["text"].startswith(
        "[1] Seat time: a *guide*. Library page · based on KnowledgeWorks"
    )
    assert copied["references"][0]["url"].startswith("/library/guide?cite=")
    assert "Library version abc123, content of 23 November 2026." in copied["colophon"]


def test_each_turn_has_a_link_to_what_was_searched(assistant):
    """Whatever was replied, the question can be shared as it was searched; where nothing was searched it can't."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "complete", ())
    for reply in (answer, Abstention("not_covered", ()), Clarification(("a?", "b?"))):
        shown = render_turn(turn(reply, "and in Utah?", "Seat time in Utah?"), 1, assistant.documents)
        assert '<button class="share" type="button" value="Seat time in Utah?">' in shown
    assert 'class="share" type="button" value="Hello">' in render_turn(
        turn(Courtesy("Hi.", ()), "Hello", ""), 1, assistant.documents
    )
    assert "share" not in render_notice("Too long.", 1) + render_failure(1)


def test_an_interpretation_is_shown_and_can_be_undone(assistant):
    """When another question was searched than was typed, the page says so and offers the words as typed."""
    reply = Abstention("not_covered", ())
    html_shown = render_turn(turn(reply, "and in Utah?", "Seat time in Utah?"), 1, assistant.documents)
    assert "Interpreted as: <strong>Seat time in Utah?</strong>" in html_shown
    assert 'class="ask-alone" type="button" value="and in Utah?"' in html_shown
    assert "Interpreted as" not in render_turn(turn(reply), 1, assistant.documents)


def test_outcomes_differ_in_words_and_class(assistant):
    """Answer, abstention, clarification, courtesy, notice and failure are never mistaken for one another."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "complete", ())
    replies = [answer, Abstention("not_covered", ("a?",)), Clarification(("a?", "b?")), Courtesy("Hello.", ("a?",))]
    shown = [render_turn(turn(reply), 1, assistant.documents) for reply in replies]
    shown += [render_turn(turn(Abstention("other_language", ())), 1, assistant.documents)]
    shown += [render_notice("Too long.", 1), render_failure(1)]
    labels = [re.search(r'<h3 class="kind">([^<]*)</h3>', html_shown).group(1) for html_shown in shown]
    assert len(set(labels)) == len(labels)
    assert wording.FAILURE in shown[-1]
    assert "blockquote" not in "".join(shown[1:])


@pytest.mark.parametrize(
    ("language", "attributes"), [("es", ' lang="es"'), ("ar", ' lang="ar" dir="rtl"'), ("other", "")]
)
def test_a_notice_is_marked_by_its_language(assistant, language, attributes):
    """What is said in the visitor's language is marked as such; the English questions below it as English."""
    shown = render_turn(turn(Abstention("other_language", ("What is it?",), language)), 1, assistant.documents)
    said = wording.NOTICES.get(language, wording.ABSTENTIONS["other_language"])
    assert f'<p class="said"{attributes}>{said}</p>' in shown
    assert '<li lang="en"><button class="ask"' in shown


def test_partial_answers_say_so(assistant):
    """An answer to a part of the question is not labelled as the answer, and says as text which part is missing."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "partial", (), ("What does it <b>cost?",))
    shown = render_turn(turn(answer), 1, assistant.documents)
    assert "part of an answer" in shown
    assert f'<p class="uncovered">{wording.NOT_COVERED} “What does it &lt;b&gt;cost?”</p>' in shown


def test_offered_questions_can_be_asked(assistant):
    """Nearest questions, options, suggestions and starters are buttons that hold the question."""
    for reply in (
        Abstention("not_covered", ("a & b?",)),
        Clarification(("a & b?", "c?")),
        Courtesy("Hi.", ("a & b?",)),
    ):
        assert 'class="ask" type="button" value="a &amp; b?">' in render_turn(turn(reply), 1, assistant.documents)
    assert 'value="a &amp; b?"' in render_starters(["a & b?"])


class _Tags(HTMLParser):
    def __init__(self, shown: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(shown)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links.extend(value for name, value in attrs if name == "href")


def assert_harmless(shown: str) -> None:
    parsed = _Tags(shown)
    assert parsed.found <= OURS
    assert parsed.attributes <= set("class dir href id lang rel scope start tabindex title type value".split())
    assert all(re.match(r"#answer-|/library/|https?://", url) for url in parsed.links)
    assert "\n" not in shown


@given(st.text(min_size=1), st.text())
def test_no_question_makes_a_live_tag(assistant, question, query):
    """Whatever is typed, and whatever it is taken to mean, shows as text."""
    for reply in (
        Abstention("not_covered", (question,)),
        Clarification((question, query)),
        Courtesy(query, (question,)),
    ):
        assert_harmless(render_turn(turn(reply, question, query), 1, assistant.documents))
    assert_harmless(render_notice(question, 1))


@given(st.text(min_size=1), st.text(), st.text())
def test_no_document_makes_a_live_tag(assistant, title, publisher, heading):
    """Whatever a source document says of itself shows as text."""
    citation = cite(assistant, "guide/introduction", "It is old.")
    document = assistant.documents["guide"]
    section = replace(document.sections[0], heading=(heading,))
    source = replace(document.source, publisher=publisher, published=None)
    altered = replace(document, title=title, source=source, sections=(section, *document.sections[1:]))
    assert_harmless(render_turn(turn(Answer((citation,), "complete", (title,))), 1, {"guide": altered}))


def test_hostile_sources_are_quoted_as_text(assistant):
    """A source that holds scripts is quoted with their text, and nothing in it runs."""
    passage = next(p for p in assistant.version.passages if p.document_id == "hostile")
    source = assistant.documents["hostile"].source
    citation = Citation(1, passage, source, 0, len(passage.text), passage.text)
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, assistant.documents)
    assert_harmless(shown)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
