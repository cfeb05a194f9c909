from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of, with_threshold
from strategies import pages, phrases

from assistant.dialogue.answering import nearest_questions
from assistant.dialogue.reply import Abstention, Answer


def test_uncovered_question(assistant):
    """What the library does not say is declined as such, with the nearest questions that it answers."""
    reply = assistant.ask("How do I bake bread with rye flour?").reply
    assert isinstance(reply, Abstention)
    assert reply.reason == "not_covered"
    assert set(reply.nearest) <= {"What is an innovation zone?", "How much does a pilot cost?", "What does ESSA allow?"}
    assert 0 < len(reply.nearest) <= 3


def test_other_language(assistant):
    """A question in another language is declined for that reason."""
    reply = assistant.ask("¿Cuánto dinero cuesta el programa para cada uno de los niños?").reply
    assert isinstance(reply, Abstention)
    assert reply.reason == "other_language"


def test_the_same_thing_is_quoted_once():
    """A sentence that stands on two pages is quoted once."""
    page = "# Waivers\n\nKentucky grants waivers from attendance laws."
    reply = assistant_of(page, page, "# Bread\n\nOvens bake bread.").ask("Which waivers does Kentucky grant?").reply
    assert isinstance(reply, Answer)
    assert len(reply.citations) == 1


@given(st.lists(pages, min_size=1, max_size=3), phrases)
def test_any_answer(texts, question):
    """An answer has one to three citations, each of another section."""
    reply = with_threshold(assistant_of(*texts), -9).ask(question).reply
    assert isinstance(reply, Answer)
    sections = [(citation.passage.document_id, citation.passage.section) for citation in reply.citations]
    assert 1 <= len(sections) <= 3
    assert len(set(sections)) == len(sections)
    assert reply.completeness == "complete"


def test_nearest_questions_come_nearest_first(assistant):
    """The questions offered instead are the nearest first, each once, at most three."""
    hits = assistant.search("How much is the cost of a pilot zone?", 50).hits
    assert nearest_questions(hits)[:2] == ("How much does a pilot cost?", "What is an innovation zone?")
    assert nearest_questions((*hits, *hits)) == nearest_questions(hits)


@pytest.mark.parametrize("count", [0, 1])
def test_nearest_questions_of_few(assistant, count):
    """Where nothing is near, nothing is offered."""
    assert len(nearest_questions(assistant.search("pilot cost", count).hits)) == count


def test_entries_of_other_pages_are_suggested_whatever_their_anchor():
    """An entry is suggested although another page's entry with the same anchor was quoted."""
    long_answer = "Seat time. " + "Hours of lessons are counted in many other ways as well. " * 12
    one = "## What is seat time?\n\nSeat time is the hours that a student spends in class."
    other = f"## What is *seat-time*, though?\n\n{long_answer}\n\n## What is seat-time?\n\n{long_answer}"
    reply = assistant_of(one, other, "# Bread\n\nOvens bake bread.").ask("What is seat time?").reply
    assert isinstance(reply, Answer)
    assert [citation.passage.document_id for citation in reply.citations] == ["page-1"]
    assert "What is seat-time?" in reply.suggestions
