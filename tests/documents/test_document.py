from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.document import Section, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is PL?", "what-is-pl"),
        ("Café & crème", "cafe-creme"),
        ("  --  ", "section"),
        ("教育", "section"),
        ("Act 5, §2", "act-5-2"),
    ],
)
def test_slug(text, expected):
    """A heading becomes an address that a person can read."""
    assert slug(text) == expected


@given(st.text())
def test_slug_is_part_of_an_address(text):
    """Whatever the heading, its address holds nothing that an address must escape."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))


def test_blank_section_is_refused():
    """A section without text can't be made."""
    with pytest.raises(ValueError, match="'empty' is blank"):
        Section(("Empty",), "empty", " \n ", ())
