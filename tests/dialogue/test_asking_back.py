from __future__ import annotations

from dataclasses import replace

import pytest
from small_library import DECISION, assistant_of, document

from assistant.dialogue.asking_back import label, places_to_choose
from assistant.dialogue.reply import Answer, Clarification
from assistant.documents.passages import Splitting, split_document

KENTUCKY = "# Waivers in Kentucky\n\nThe law grants waivers from attendance rules to districts."
OHIO = "# Waivers in Ohio\n\nThe law grants waivers from attendance rules to districts."
NOWHERE = "# Waivers\n\nThe law grants waivers from attendance rules to districts."
BREAD = "# Bread\n\nOvens bake bread with flour."
QUESTION = "Which attendance waivers does the law grant?"


def options(question, *texts):
    return places_to_choose(assistant_of(*texts).search(question, 10), DECISION)


def test_two_states_as_near():
    """Where two states' passages answer as well and no state was named, it is asked which is meant."""
    assert options(QUESTION, KENTUCKY, OHIO, BREAD) == ("Waivers in Kentucky", "Waivers in Ohio")
    assert assistant_of(KENTUCKY, OHIO, BREAD).ask(QUESTION).reply == Clarification(
        ("Waivers in Kentucky", "Waivers in Ohio")
    )


@pytest.mark.parametrize(
    "question", ["Which attendance waivers does Ohio grant?", "waivers in kentucky", "HB 7 waivers"]
)
def test_a_named_place_is_meant(question):
    """Who names a state or a bill has said which is meant."""
    both = "# Waivers in Kentucky and Ohio\n\nThe law grants waivers from attendance rules to districts."
    assert options(question, KENTUCKY, OHIO, both, BREAD) == ()


def test_an_answer_about_no_state():
    """Where the best passage is about no state in particular, it is the answer."""
    assert options(QUESTION, f"{NOWHERE} {QUESTION}", KENTUCKY, OHIO) == ()


@pytest.mark.parametrize("texts", [(KENTUCKY,), (KENTUCKY, KENTUCKY), (KENTUCKY, BREAD), (KENTUCKY, NOWHERE)])
def test_one_state_only(texts):
    """Where only one state's passages are near, there is nothing to choose."""
    assert options(QUESTION, *texts) == ()


def test_another_state_that_is_far():
    """A passage about another state that answers much less well is no choice."""
    assert options(QUESTION, KENTUCKY, "# Bread in Ohio\n\nOvens bake bread with flour.") == ()


def test_each_place_once():
    """A state with two passages is offered once, by its best one."""
    second = "# Kentucky and its waivers\n\nAttendance in the districts follows rules."
    assert options(QUESTION, KENTUCKY, second, OHIO) == ("Waivers in Kentucky", "Waivers in Ohio")


def test_nothing_found():
    """Where nothing was found, there is nothing to choose."""
    retrieval = assistant_of(KENTUCKY, OHIO).search(QUESTION, 10)
    assert places_to_choose(replace(retrieval, hits=()), DECISION) == ()


def test_a_question_that_is_not_covered_is_declined():
    """No choice is offered between passages that do not answer."""
    reply = assistant_of(KENTUCKY, OHIO, BREAD).ask("How tall is Everest in metres?").reply
    assert not isinstance(reply, Answer | Clarification)


def test_the_choice_is_understood():
    """Who takes one of the options gets that state's answer."""
    assistant = assistant_of(KENTUCKY, OHIO, BREAD)
    turn = assistant.ask("the second one", assistant.converse([QUESTION]))
    assert [citation.passage.document_id for citation in turn.reply.citations] == ["page-2"]


@pytest.mark.parametrize(("text", "expected"), [("# A\n\n## B\n\nText.", "B"), ("Text.", "Page")])
def test_labels(text, expected):
    """A passage is offered by its own heading, one without by the title of its document."""
    (passage,) = split_document(document(text), Splitting())
    assert label(passage) == expected
