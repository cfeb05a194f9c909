from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import Fusion, dense_score, fuse

cosines = st.floats(-1, 1)
HALVES = Fusion(question=0.5, heading=0.0, sentence=0.5, keyword=0.5, text_keyword=0.25)


def test_scores_are_weighed():
    """The best sentence is weighed against the passage, that against the label, and all against the keywords."""
    assert dense_score(HALVES, 1.0, 0.2, [0.0, 0.6], asked=True) == pytest.approx(0.7)
    assert fuse(HALVES, 0.5, 1.0, asked=True) == pytest.approx(0.75)
    assert fuse(HALVES, 0.5, 1.0, asked=False) == pytest.approx(0.625)


def test_headings_weigh_less_than_questions():
    """The question of an FAQ entry and the heading of another section have weights of their own."""
    assert dense_score(HALVES, 1.0, 0.2, [0.6], asked=False) == pytest.approx(0.4)


@given(cosines, cosines, st.lists(cosines, min_size=1), st.booleans(), st.floats(0, 1))
def test_a_weighed_score_lies_between_its_parts(label, passage, sentences, asked, keyword):
    """No weighing leaves the range of what is weighed."""
    dense = dense_score(Fusion(), label, passage, sentences, asked=asked)
    assert -1 - 1e-9 <= dense <= 1 + 1e-9
    assert min(dense, keyword) - 1e-9 <= fuse(Fusion(), dense, keyword, asked=asked) <= max(dense, keyword) + 1e-9
