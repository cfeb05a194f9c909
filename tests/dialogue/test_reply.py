from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_library import document

from assistant.dialogue.reply import Answer, Citation
from assistant.documents.document import Source
from assistant.documents.passages import Splitting, split_document

(PASSAGE,) = split_document(document("States grant waivers. Waivers last."), Splitting())
TEXT = PASSAGE.text


def cite(start, end, quote, number=1):
    return Citation(number, PASSAGE, Source(), start, end, quote)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_quote_is_what_stands_there(start, end):
    """A citation can be made of any words of a passage at their place."""
    assume(start < end)
    assert cite(start, end, TEXT[start:end]).quote == TEXT[start:end]


@given(st.integers(-5, len(TEXT) + 5), st.integers(-5, len(TEXT) + 5), st.text(max_size=5) | st.just(TEXT))
def test_anything_else_is_refused(start, end, quote):
    """A quote that does not stand where it says it does can't be cited."""
    assume(not quote or TEXT[start:end] != quote)
    with pytest.raises(ValueError, match="the quote is not at"):
        cite(start, end, quote)


@pytest.mark.parametrize(
    "changed", ["states grant waivers.", "States grant waivers", "States  grant waivers.", "States grant waivers!"]
)
def test_almost_right_is_refused(changed):
    """Another capital, stop, space or sign is no quote."""
    with pytest.raises(ValueError, match="the quote is not at 0–21 of passage page/introduction"):
        cite(0, 21, changed)


@pytest.mark.parametrize("numbers", [(2,), (1, 1), (2, 1), (0,), (1, 3)])
def test_citations_are_numbered(numbers):
    """An answer whose citations are not numbered 1, 2, 3 can't be made."""
    with pytest.raises(ValueError, match="numbered from 1"):
        Answer(tuple(cite(0, 6, "States", number) for number in numbers), "complete", ())


@pytest.mark.parametrize(("completeness", "not_covered"), [("partial", ()), ("complete", ("what it costs",))])
def test_a_partial_answer_names_what_is_missing(completeness, not_covered):
    """An answer that is partial without saying of what, or complete with something missing, can't be made."""
    with pytest.raises(ValueError, match="partial if and only if"):
        Answer((cite(0, 6, "States"),), completeness, (), not_covered)
