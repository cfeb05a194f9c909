from __future__ import annotations

from dataclasses import replace

import pytest
from small_library import DECISION, assistant_of

from assistant.dialogue.asking_back import places_to_choose
from assistant.dialogue.reply import Answer, Clarification

KENTUCKY = "# Waivers in Kentucky\n\nThe law grants waivers from attendance rules to districts."
OHIO = "# Waivers in Ohio\n\nThe law grants waivers from attendance rules to districts."
NOWHERE = "# Waivers\n\nThe law grants waivers from attendance rules to districts."
BREAD = "# Bread\n\nOvens bake bread with flour."
CHOICE = (
    "What does “Page” say about waivers in Kentucky?",
    "What does “Page” say about waivers in Ohio?",
)
QUESTION = "Which attendance waivers does the law grant?"


def options(question, *texts):
    return places_to_choose(assistant_of(*texts).search(question, 10), DECISION)


def test_two_states_as_near():
    """Where two states' passages answer as well and no state was named, it is asked which is meant."""
    assert options(QUESTION, KENTUCKY, OHIO, BREAD) == CHOICE
    assert assistant_of(KENTUCKY, OHIO, BREAD).ask(QUESTION).reply == Clarification(CHOICE)


def test_what_a_page_answers_is_the_choice():
    """A page that has questions is offered by the one nearest to what was asked."""
    asked = "# Waivers in Ohio\n\nAlso asked:\n\n- ohio\n- which waivers does Ohio law grant\n\nThe law grants waivers."
    assert options(QUESTION, KENTUCKY, asked, BREAD)[1] == "Which waivers does Ohio law grant?"


def test_a_heading_that_is_no_phrase():
    """Where a heading can't be put as a question, the question itself is asked of that place."""
    heading = "# Ohio (2019): waivers!\n\nThe law grants waivers from attendance rules to districts."
    assert options(QUESTION, KENTUCKY, heading, BREAD)[1] == "Which attendance waivers does the law grant, in Ohio?"


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
    assert options(QUESTION, KENTUCKY, second, OHIO) == CHOICE


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
