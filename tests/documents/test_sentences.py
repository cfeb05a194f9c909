from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import markup

from assistant.documents.sentences import split_sentences, trimmed


def sentences(text):
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("The U.S. law, e.g. that act, helps. It does.", ["The U.S. law, e.g. that act, helps.", "It does."]),
        ("A line\nand another", ["A line", "and another"]),
        ("  Spaces.   \n\n  More.  ", ["Spaces.", "More."]),
        ("Café 😀 opens. “Quoted.” End.", ["Café 😀 opens.", "“Quoted.”", "End."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, expected):
    """Sentences end where a reader would say so, white space around them left out."""
    assert sentences(text) == expected


@given(markup | st.text())
def test_nothing_is_lost(text):
    """Sentences lie in order within the text, not blank, and only white space lies between them."""
    end = 0
    for span in split_sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert not text[end : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
    assert not text[end:].strip()


@given(st.text(), st.integers(0, 10), st.integers(0, 10))
def test_trimmed(text, start, length):
    """Trimming a span takes white space from its ends and nothing else."""
    span = trimmed(text, min(start, len(text)), min(start + length, len(text)))
    assert text[span.start : span.end] == text[start : start + length].strip()
