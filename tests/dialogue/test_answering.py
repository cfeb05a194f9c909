from __future__ import annotations

from dataclasses import replace

import pytest
from bag_of_words import BagOfWords, SharedWords
from hypothesis import assume, given
from hypothesis import strategies as st
from small_library import assistant_of, document, version_of, with_threshold
from strategies import pages, phrases

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.follow_ups import standalone
from assistant.dialogue.reply import Abstention, Answer, Clarification
from assistant.documents.document import PageStart, Source
from assistant.retrieval.names import names


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How do I bake bread with rye flour?", "out_of_scope"),
        ("Which pilot costs are paid by churches?", "not_covered"),
        ("students", "too_vague"),
        ("asdkjh qwe zzz", "not_understood"),
        ("¿Cuánto dinero cuesta el programa para cada uno de los niños?", "other_language"),
        ("Should I send my child to a pilot?", "advice"),
    ],
)
def test_reasons(assistant, question, reason):
    """Declining has one of six reasons."""
    reply = with_threshold(assistant, 0.99).ask(question).reply
    assert isinstance(reply, Abstention)
    assert reply.reason == reason


def test_little_that_is_answered(assistant):
    """A word that says little is answered all the same where the library has its answer."""
    assert isinstance(with_threshold(assistant, 0.01).ask("students").reply, Answer)


def test_little_that_is_asked_as_the_library_puts_it():
    """A question of common words does not say too little where one of the library's is nearly the same."""
    pages = [f"# What do schools teach?\n\nSchools teach, says book {number}." for number in range(9)]
    pages.append("# Bread\n\nOvens bake bread.")
    declining = with_threshold(assistant_of(*pages), 0.999)
    reasons = [declining.ask(question).reply.reason for question in ("What do schools teach?", "schools")]
    assert reasons == ["not_covered", "too_vague"]


def test_nothing_to_search():
    """In a library where nothing is near, what is asked is on another subject."""
    reply = assistant_of("# Bread\n\nOvens bake bread.").ask("Which waivers does the zone grant?").reply
    assert reply == Abstention("out_of_scope", ())


def test_the_same_thing_is_quoted_once():
    """A sentence that stands on two pages is quoted once."""
    page = "# Waivers\n\nKentucky grants waivers from attendance laws."
    reply = assistant_of(page, page, "# Bread\n\nOvens bake bread.").ask("Which waivers does Kentucky grant?").reply
    assert isinstance(reply, Answer)
    assert len(reply.citations) == 1


@given(st.lists(pages, min_size=1, max_size=3), phrases)
def test_any_answer(texts, question):
    """An answer has one to three citations, each of another section."""
    assume(not standalone(question, Conversation()).unresolved and not names(question))
    reply = with_threshold(assistant_of(*texts), -9).ask(question).reply
    assume(not isinstance(reply, Clarification))
    assert isinstance(reply, Answer)
    sections = [(citation.passage.document_id, citation.passage.section) for citation in reply.citations]
    assert 1 <= len(sections) <= 3
    assert len(set(sections)) == len(sections)
    assert reply.completeness == "complete"


def test_figures_that_disagree_are_both_quoted():
    """Two pages that say the same but for the figure are both quoted; one with no figure of its own is not."""
    text = "# Districts\n\nIn Kentucky {} districts applied to be districts of innovation."
    pages_ = [text.format("17"), text.format("16"), text.format("17") + " ", "# Bread\n\nOvens bake bread."]
    reply = assistant_of(*pages_).ask("How many Kentucky districts applied to be districts of innovation?").reply
    assert [quote.split()[2] for quote in (citation.quote for citation in reply.citations)] == ["17", "16"]


@pytest.mark.parametrize(
    ("later", "quotes"),
    [
        ("Kentucky grants waivers of attendance laws, papers say.", 1),
        ("Kentucky no longer grants waivers of attendance laws.", 2),
        ("Utah, as Kentucky, grants waivers of attendance laws.", 2),
    ],
)
def test_what_is_said_again_is_quoted_once(later, quotes):
    """A source that says the same at another date is not quoted beside the first; one that denies it or says more is."""
    documents = [
        replace(document(text, name=date), source=Source(published=date))
        for text, date in (("Kentucky grants waivers of attendance laws, reports say.", "2015"), (later, "2019"))
    ]
    version = version_of(*documents, document("Ovens bake bread.", name="bread"))
    reply = Assistant(version, BagOfWords(), SharedWords()).ask("Which waivers does Kentucky grant?").reply
    assert len(reply.citations) == quotes


def test_what_states_comes_before_what_tells_a_gap():
    """A page's section on what the library lacks comes after its section that states something, if that is near."""
    page = (
        "# Missing on Kentucky waivers\n\nThis library has no list of Kentucky waivers.\n\n"
        "# Kentucky waivers by law\n\nKentucky grants waivers of hours."
    )
    assistant = assistant_of(page, "# Bread\n\nOvens bake bread.", "# Hours\n\nPupils count hours.")
    stated, gap = "kentucky-waivers-by-law", "missing-on-kentucky-waivers"
    assert assistant.search("Kentucky waivers", 1).hits[0].passage.section == gap
    assert _sections(assistant, "Kentucky waivers") == [stated, gap]
    assert _sections(assistant, "Kentucky waivers on a page")[0] == gap


def _sections(assistant, question):
    return [citation.passage.section for citation in assistant.ask(question).reply.citations]


def test_a_citation_takes_the_source_and_the_page_of_its_section():
    """A section with a source of its own is cited by it, and a quote names the page that it begins on."""
    page = document("# Kentucky waivers\n\nFirst words of little use. Kentucky grants waivers from attendance laws.")
    own = Source("research", "Row Publisher", url="https://row.example/")
    (section,) = page.sections
    section = replace(section, source=own, pages=(PageStart(0, 3), PageStart(27, 4)))
    version = version_of(replace(page, sections=(section,)), document("# Bread\n\nOvens bake.", name="bread"))
    reply = Assistant(version, BagOfWords(), SharedWords()).ask("Which waivers does Kentucky grant?").reply
    assert isinstance(reply, Answer)
    (citation,) = reply.citations
    assert citation.source == own
    assert citation.page == (4 if citation.quote.startswith("Kentucky") else 3)
