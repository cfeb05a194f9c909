from __future__ import annotations

import pytest

from assistant.dialogue.names import names


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
        ("Oregonians, Mainers, a new mexican act", set()),
        ("", set()),
    ],
)
def test_names(text, expected):
    """States and bills are found in any spelling, and no state inside another word or name."""
    assert names(text) == expected
