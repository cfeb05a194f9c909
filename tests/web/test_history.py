from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.history import Message, earlier_questions, next_number, parse_kept, question_message, taken
from assistant.web.rendering import render_failure, render_notice, render_refusal


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


def kept(messages: list[Message]) -> str:
    return json.dumps([[message.role, message.html] for message in messages])


def test_what_was_turned_away_is_no_part_of_the_conversation():
    """A question that was not taken goes, with what was said of it, once the next is asked."""
    messages = [*exchange("a"), *exchange("b", render_refusal("later", 2))]
    assert taken(messages) == exchange("a")
    assert earlier_questions(messages, 5) == ("a",)


def test_numbers_go_on_where_the_first_turns_are_gone():
    """No two replies of a page have one id, though only the latest turns were kept."""
    assert next_number(exchange("a", render_notice("no", 25))) == 26
    assert next_number([]) == 1


def test_a_kept_conversation_is_read_back():
    """What a browser kept is the conversation again, without questions that were turned away."""
    messages = [*exchange("a", render_notice("no", 1)), *exchange("b", render_failure(2), alone=True)]
    assert parse_kept(kept([*messages, *exchange("c", render_refusal("later", 3))])) == messages


REPLY = render_notice("no", 1)
FOREIGN = [
    [Message("user", "<script>alert(1)</script>"), Message("assistant", REPLY)],
    [question_message("a", alone=False), Message("assistant", "<script>alert(1)</script>")],
    [question_message("a", alone=False), Message("user", REPLY)],
    [Message("assistant", REPLY), question_message("a", alone=False)],
]


@pytest.mark.parametrize("messages", FOREIGN)
def test_what_is_no_exchange_of_ours_is_not_shown_again(messages):
    """What was kept and is no question with a reply below it is left out."""
    assert parse_kept(kept(messages)) == []
    assert parse_kept(kept([*messages, *exchange("a", REPLY)]))[-2:] == exchange("a", REPLY)


@pytest.mark.parametrize(
    "text", ["", "{", "7", "null", '"ab"', "[1]", "[[]]", '[["user"]]', '[["user", 1]]', "[" * 100_000]
)
def test_what_is_no_conversation_is_empty(text):
    """Whatever a browser sends as a conversation that it kept, nothing breaks."""
    assert parse_kept(text) == []


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_any_json_is_borne(value):
    """No JSON breaks the reading of a kept conversation."""
    assert parse_kept(json.dumps(value)) == []
