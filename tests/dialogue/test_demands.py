from __future__ import annotations

import pytest
from small_library import assistant_of

from assistant.dialogue.demands import demands, states_it
from assistant.dialogue.reply import Answer, Closest

APPROVED = "# IADA approval\n\nFour states have IADA approval: Georgia, Louisiana, New Hampshire and North Carolina."
DENIED = "# IADA approval\n\nThese states do not have IADA approval: Hawaii and Guam."
BREAD = "# Bread\n\nOvens bake bread with flour and heat."


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("Which states do not have IADA approval?", "negative"),
        ("Who has not signed ESSA?", "negative"),
        ("Which states don't have districts of innovation?", "negative"),
        ("Is a competency-based diploma not required in Maine?", "negative"),
        ("list the states that have no pilot", "negative"),
        ("states without a waiver law", "negative"),
        ("How many states have not applied?", "negative"),
        ("Which states besides Utah have waivers?", "exception"),
        ("all districts except Denver", "exception"),
        ("How many conditions are there?", "count"),
    ],
)
def test_what_is_demanded(query, kind):
    """A question for what is not so, for all but some or for a number demands just that."""
    assert demands(query).kind == kind


@pytest.mark.parametrize(
    "query",
    [
        "Which states have IADA approval?",
        "Why don't districts use waivers?",
        "Don't teachers need training?",
        "Can an app sell data or not?",
        "What happens to students who do not reach mastery?",
        "I don't understand what seat time is",
        "Is it not only for schools?",
        "What is the point of not grading?",
    ],
)
def test_what_demands_nothing(query):
    """A negation that is not what is asked for demands nothing."""
    assert demands(query) is None


@pytest.mark.parametrize(
    ("query", "text", "states"),
    [
        ("Which states do not have IADA approval?", "Four states have IADA approval.", False),
        ("Which states do not have IADA approval?", "Hawaii has no IADA approval.", True),
        ("Which states do not have IADA approval?", "No state must test. Four states have IADA approval.", False),
        ("Which states do not have IADA approval?", "The library does not say who has IADA approval.", False),
        ("Which states don't have innovation districts?", "Innovation districts may be exempted from rules.", False),
        ("Is a diploma not required in Maine?", "Maine no longer requires the diploma.", True),
        ("Which states besides Utah have waivers?", "Utah grants waivers.", False),
        ("Which states besides Utah have waivers?", "Utah and Ohio grant waivers.", True),
        ("all districts except Denver", "All districts but Denver may apply.", False),
        ("all districts except Denver", "All districts except Denver may apply.", True),
        ("How many districts are there?", "There are twelve districts.", True),
        ("How many districts are there?", "Districts were named.", False),
    ],
)
def test_what_is_stated(query, text, states):
    """Only a text that says so states a negative, an exception or a count; what a library lacks is none."""
    assert states_it(demands(query), text) == states


def test_the_positive_set_is_no_answer_to_a_negative_question():
    """Who has approval is shown as near, not as an answer, to who has none; what says who has none is an answer."""
    question = "Which states do not have IADA approval?"
    assert isinstance(assistant_of(APPROVED, BREAD).ask("Which states have IADA approval?").reply, Answer)
    reply = assistant_of(APPROVED, BREAD).ask(question).reply
    assert isinstance(reply, Closest)
    assert [citation.role for citation in reply.citations] == ["closest"]
    assert isinstance(assistant_of(DENIED, BREAD).ask(question).reply, Answer)
