from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.dialogue.noun_phrases import noun_phrases


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What is an innovation zone?", ["an innovation zone"]),
        ("does personalized learning replace teachers", ["personalized learning", "teachers"]),
        ("Which waivers does Kentucky grant?", ["waivers", "Kentucky"]),
        ("Does Kentucky let districts waive laws?", ["Kentucky", "districts", "laws"]),
        ("who should endorse a state plan", ["a state plan"]),
        ("How are students tested?", ["students"]),
        ("What is the definition of seat time", ["seat time"]),
        ("what happens to Toby at the end of the office", ["Toby", "the end of the office"]),
        ("How do common stocks and preferred stocks differ?", ["common stocks and preferred stocks"]),
        ("what is it", []),
        ("can kids move ahead", ["kids"]),
    ],
)
def test_noun_phrases(question, named):
    """What a question names is found between its verbs and small words."""
    assert [phrase.text for phrase in noun_phrases(question)] == named


@given(st.text(max_size=60) | phrases)
def test_phrases_are_slices(question):
    """A phrase is a piece of the question, where it says it is."""
    for phrase in noun_phrases(question):
        assert question[phrase.start : phrase.end] == phrase.text


@pytest.mark.parametrize(
    ("text", "plural"), [("waivers", True), ("Texas", False), ("a class", False), ("people", True)]
)
def test_plurals(text, plural):
    """A noun is told for a plural by its look; a state is none."""
    assert noun_phrases(f"What are {text}?")[0].is_plural is plural
