from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.formats.shown_numbers import shown_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (2024, "General", "2024"),
        (12.5, "General", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        (0.125, "0%", "13%"),
        (0.125, "0.0%", "12.5%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1500, "$#,##0", "$1,500"),
        (1500, '"$"#,##0_);[Red]("$"#,##0)', "$1,500"),
        (1500, "[$€-407] #,##0.00", "€ 1,500.00"),
        (-3.5, "0.00", "-3.50"),
        (7, "00000", "00007"),
        (2.5, "0.0##", "2.5"),
        (2.34567, "0.0##", "2.346"),
        (3, '0 "districts"', "3 districts"),
        (1234, "0.00E+00", "1234"),
        (5, "# ?/?", "5"),
        (10**18, "#,##0", "1000000000000000000"),
        (math.inf, "0", ""),
    ],
)
def test_numbers_as_shown(value, number_format, shown):
    """A number is written as its format shows it; a format that is not known shows it as it is."""
    assert shown_number(value, number_format) == shown


@given(st.integers() | st.floats(), st.text('#0.,%$?"\\[]();_*E/@ ab-', max_size=20) | st.text(max_size=10))
def test_any_format(value, number_format):
    """Whatever the number and the format, a text comes of them."""
    assert isinstance(shown_number(value, number_format), str)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_keep_their_digits(value):
    """With thousands parted, a whole number is the same number."""
    assert int(shown_number(value, "#,##0").replace(",", "")) == value
