from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.retrieval.one_spelling import in_one_spelling


@pytest.mark.parametrize(
    "written", ["HB 37", "hb37", "H.B. 37", "House Bill 37", "House Bill No. 37", "HB #37", "HB0037"]
)
def test_bills(written):
    """A bill has one name however it is written."""
    assert in_one_spelling(f"Does {written} allow it?").lower() == "does house bill 37 allow it?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SB2186 and S.B. 2186", "Senate Bill 2186 and Senate Bill 2186"),
        ("A.B. 110", "Assembly Bill 110"),
        ("HB 7 waivers", "House Bill 7 waivers"),
        ("KY waivers", "Kentucky waivers"),
        ("PACE in N.H. and W. Va.", "PACE in New Hampshire and West Virginia"),
        ("waivers in ky?", "waivers in Kentucky?"),
        ("utahs law", "utah's law"),
        ("Utah's law", "Utah's law"),
        ("schools in ME or OK", "schools in Maine or OK"),
        ("tell ME if it is OK", "tell ME if it is OK"),
        ("IS IT IN OR OUT IN KY", "IS IT IN OR OUT IN KY"),
        ("the 12 conditions of 2019", "the twelve conditions of 2019"),
        ("title 4 money, a 504, 12%", "title 4 money, a 504, 12%"),
        ("What is seat time", "What is seat time?"),
        ("Tell me about seat time", "Tell me about seat time"),
    ],
)
def test_other_spellings(text, expected):
    """States are written in full, counts in words; what may be another word is left alone."""
    assert in_one_spelling(text) == expected


@given(phrases | st.text())
def test_written_once(text):
    """What is in one spelling stays as it is."""
    once = in_one_spelling(text)
    assert in_one_spelling(once) == once
