from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.terms import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Waivers waived", ("waiver", "waiv")),
        ("What does the state do?", ("state",)),
        ("a student's data, students’ data", ("student", "data", "student", "data")),
        ("snake_case e-mail 2019", ("snake", "case", "mail", "2019")),
        ("Café über", ("cafe", "uber")),
        ("12 or twelve, 7 rules and 2019", ("twelv", "twelv", "seven", "rule", "2019")),
        ("?! … 😀", ()),
        ("", ()),
    ],
)
def test_terms(text, expected):
    """Terms are the stems of words that carry meaning, in order, repeats kept."""
    assert terms(text) == expected


def test_possessives_are_the_same_term():
    """A typed and a typographic apostrophe make the same terms."""
    assert terms("Kentucky's law") == terms("Kentucky’s law") == terms("kentucky law")


@given(st.text())
def test_any_text_has_terms(text):
    """Any text gives terms of letters and digits, the same each time."""
    found = terms(text)
    assert all(term and not term.isspace() for term in found)
    assert terms(text) == found


def test_threads_do_not_share_a_stemmer():
    """Many threads at once give the terms that one gives."""
    text = "personalized learning policies supporting districts " * 50
    expected, found = terms(text), []
    threads = [threading.Thread(target=lambda: found.append(terms(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8
