from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.history import Message, earlier_questions, next_number, question_message
from assistant.web.rendering import render_failure, render_notice


def exchange(question: str, html: str = '<div class="reply answer"></div>', *, alone: bool = False) -> list[Message]:
    return [question_message(question, alone=alone), Message("assistant", html)]


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), min_size=1))
def test_questions_survive_the_round_trip(question):
    """What was typed is read back from the chat, whatever characters it has."""
    assert earlier_questions(exchange(question), 5) == (question,)


def test_only_the_latest_are_remembered():
    """The conversation that is made again is bounded."""
    messages = [message for number in range(9) for message in exchange(f"question {number}")]
    assert earlier_questions(messages, 5) == tuple(f"question {number}" for number in range(4, 9))
    assert next_number(messages) == 10


def test_what_was_not_searched_is_left_out():
    """A question that failed or could not be searched is no part of the conversation."""
    messages = [*exchange("a"), *exchange("b", render_notice("no", 2)), *exchange("c", render_failure(3))]
    assert earlier_questions(messages, 5) == ("a",)


def test_a_question_asked_alone_begins_anew():
    """What came before a question that was asked as typed plays no part any more."""
    assert earlier_questions([*exchange("a"), *exchange("b", alone=True), *exchange("c")], 5) == ("b", "c")


def test_foreign_messages_are_passed_over():
    """What the browser sends that we did not write is no question."""
    reply = Message("assistant", "<p>x</p>")
    foreign = [Message("user", "<h2>what?</h2>"), reply, Message("user", '<h2 class="question">a<b></h2>'), reply]
    assert earlier_questions(foreign, 5) == ()
