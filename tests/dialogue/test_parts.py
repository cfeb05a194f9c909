from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.dialogue.parts import split_question

QUESTIONS = {
    "Which privacy laws protect students and how much does it cost?": (
        "Which privacy laws protect students",
        "how much does it cost?",
    ),
    "What is ESSA? When was it signed?": ("What is ESSA?", "When was it signed?"),
    "Who is eligible, how much does it cost, and how do I apply?": (
        "Who is eligible",
        "how much does it cost",
        "how do I apply?",
    ),
    "Can I open an account online and what documents do I need?": (
        "Can I open an account online",
        "what documents do I need?",
    ),
    "When a district applies, who decides and how long does it take?": (
        "When a district applies, who decides",
        "how long does it take?",
    ),
    "Explain what a waiver is and how districts use it": ("Explain what a waiver is", "how districts use it"),
    "Tell me about Kentucky. And what about Ohio?": ("Tell me about Kentucky.", "what about Ohio?"),
}


@pytest.mark.parametrize(("question", "parts"), QUESTIONS.items())
def test_several_questions(question, parts):
    """Questions in one message are parts, in order and in the asker's words."""
    split = split_question(question)
    assert tuple(part.text for part in split.parts) == parts
    assert split.kind == "questions"


@pytest.mark.parametrize(
    "question",
    [
        "What are the rules, statutes and policy on waivers?",
        "What is the role of teaching and learning?",
        "What does the Department of Health and Human Services do?",
        "did parents hate it and why",
        "How do districts know what works and what does not?",
        "Who decides what students learn and how they are tested?",
        "Which waivers last five years and can be renewed?",
        "Are there teachers who work in rural schools and who use software?",
        "I am a board member. What is an innovation zone?",
        "What are the arguments for and against it?",
        "What should I do and say when a card is lost?",
        "boss needs this by tomorrow, what is the framework for",
    ],
)
def test_one_question(question):
    """A question that asks one thing is not split, whatever `and`s and commas it has."""
    assert split_question(question) is None


@pytest.mark.parametrize(
    ("question", "query", "leans"),
    [
        ("What is ESSA? When was it signed?", "When was ESSA signed?", True),
        ("What is a bucket, and how many can I create?", "a bucket: how many can I create?", True),
        ("What is seat time and what is credit flexibility?", "what is credit flexibility?", False),
        ("What is mastery and what is flexibility?", "what is flexibility?", False),
    ],
)
def test_a_later_part_is_standalone(question, query, leans):
    """A later part that points at the first one, or says too little, is searched with the first one's topic."""
    part = split_question(question).parts[1]
    assert (part.query, part.leans) == (query, leans)


def test_comparisons_are_parts():
    """The sides of a comparison are parts: of states each can be told alone, of anything else none can."""
    states = split_question("Compare Kentucky and North Dakota on waivers")
    assert [part.query for part in states.parts] == ["waivers in Kentucky", "waivers in North Dakota"]
    assert states.kind == "places"
    assert split_question("What is the difference between PBL and CBE?").kind == "sides"


@given(st.lists(phrases, min_size=1, max_size=4), st.sampled_from(["? ", " and what is ", ", how many ", " vs ", "; "]))
def test_any_question(texts, joint):
    """However a question is put together, it is searched whole or as two to four parts that each have words."""
    split = split_question(joint.join(texts))
    if split is not None:
        assert 2 <= len(split.parts) <= 4
        assert all(any(c.isalnum() for c in part.text) and part.query.strip() for part in split.parts)
