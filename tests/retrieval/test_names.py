from __future__ import annotations

import pytest

from assistant.retrieval.names import names, names_missing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What do Utah and KENTUCKY do?", {"utah", "kentucky"}),
        ("West Virginia is not Virginia", {"west virginia", "virginia"}),
        ("West Virginia", {"west virginia"}),
        ("Arkansas", {"arkansas"}),
        ("New Hampshire's law", {"new hampshire"}),
        ("H.B. 110, HB110, House Bill 110 and hb #110", {"hb110"}),
        ("Act 77 and S.B. 2", {"act77", "sb2"}),
        ("HB 37 in KY, SB0143 in N.D.", {"hb37", "kentucky", "sb143", "north dakota"}),
        ("a study by the University of Virginia in the Washington Post", set()),
        ("Every Student Succeeds Act 2015", set()),
        ("Oregonians, Mainers, a new mexican act", set()),
        ("", set()),
    ],
)
def test_names(text, expected):
    """States and bills are found in any spelling, and no state inside another word or name."""
    assert names(text) == expected


def test_names_missing():
    """A text lacks what a query names and it does not, in whatever spelling; a name in a longer one is not asked for."""
    assert names_missing("What does HB 37 do in KY?", "House Bill 37 is a law of Kentucky.") == set()
    assert names_missing("What does HB 37 do in KY?", "House Bill 37 is a law of Ohio.") == {"kentucky"}
    assert names_missing("What did the University of Virginia find?", "It is so.") == set()
