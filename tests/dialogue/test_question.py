from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.question import LONGEST, parse_question
from assistant.errors import QuestionError


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  What   is\n it?\t", "What is it?"),
        ("What\x00 is\x1b[31m it\x7f?", "What is [31m it ?"),
        ("e\u0301cole", "école"),
        ("right\u202eto left", "right to left"),
        ("half \ud83d a character", "half ? a character"),
        ("学习 政策?", "学习 政策?"),
        ("a" * LONGEST, "a" * LONGEST),
    ],
)
def test_what_is_searched(typed, expected):
    """White space and invisible characters go; the words stay as they were typed."""
    assert parse_question(typed) == expected


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\x00\x1f", "\u200b\u200b"])
def test_empty(typed):
    """A question of nothing visible is refused in words that say what to do."""
    with pytest.raises(QuestionError, match=r"The question is empty\. Please type a question"):
        parse_question(typed)


@pytest.mark.parametrize("typed", ["?", "...", "😀😀", "\ud800", "— ! —"])
def test_without_words(typed):
    """A question of signs or emoji only is refused in words that say what to do."""
    with pytest.raises(QuestionError, match="There are no words in the question"):
        parse_question(typed)


def test_too_long():
    """A question too long to be searched is refused with its length and the limit."""
    with pytest.raises(QuestionError, match="has 10,000 characters; at most 1,000 can be searched"):
        parse_question("a" * 10_000)


@given(st.text(st.characters(codec=None)))
def test_any_text_is_parsed_or_refused(typed):
    """Any text gives a question that can be shown, stored and parsed again, or a refusal."""
    try:
        question = parse_question(typed)
    except QuestionError:
        return
    question.encode()
    assert question == " ".join(question.split())
    assert not any(unicodedata.category(character).startswith("C") for character in question)
    assert parse_question(question) == question
