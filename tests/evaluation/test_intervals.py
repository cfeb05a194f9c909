from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluation.intervals import risk_bound, share

VALUES = [1.0] * 15 + [0.0] * 15
_labelled = st.lists(st.tuples(st.booleans().map(float), st.sampled_from("abcdef")), min_size=1, max_size=30)


@given(st.floats(0, 1), st.lists(st.sampled_from("abc"), min_size=1, max_size=20))
def test_equal_values_leave_no_doubt(value, clusters):
    """A share of equal values has an interval without width."""
    found = share([value] * len(clusters), clusters)
    assert (found.value, found.low, found.high) == pytest.approx((value, value, value))
    assert found.count == len(clusters)


@given(_labelled)
def test_interval_is_about_the_mean(labelled):
    """The value is the mean, and the interval is part of 0 to 1."""
    values, clusters = zip(*labelled, strict=True)
    found = share(values, clusters)
    assert found.value == pytest.approx(sum(values) / len(values))
    assert -1e-9 <= found.low <= found.high <= 1 + 1e-9


def test_questions_of_one_document_widen_the_interval():
    """Values that stand and fall by cluster say less than as many that stand each for itself."""
    alone = share(VALUES, [str(number) for number in range(30)])
    together = share(VALUES, [str(number // 5) for number in range(30)])
    assert together.value == alone.value == 0.5
    assert together.high - together.low > 1.5 * (alone.high - alone.low) > 0


@given(_labelled)
def test_same_values_same_interval(labelled):
    """The same values give the same interval each time."""
    values, clusters = zip(*labelled, strict=True)
    assert share(values, clusters) == share(values, clusters)


def test_no_interval_is_drawn_anew():
    """The interval is the same each time, where it could be any of many."""
    values, clusters = [number * number / 900 for number in range(30)], [str(number) for number in range(30)]
    assert len({share(values, clusters) for _ in range(5)}) == 1


def test_names_of_clusters_do_not_matter():
    """Only which values belong together counts."""
    assert share(VALUES, ["b"] * 10 + ["d"] * 20) == share(VALUES, ["x"] * 10 + ["y"] * 20)


def test_share_of_nothing():
    """A share of nothing has no value and says so."""
    found = share([], [])
    assert all(math.isnan(figure) for figure in (found.value, found.low, found.high))
    assert str(found) == "nan (nan–nan) of 0"


def test_share_in_words():
    """A share is read as value, interval and count."""
    assert str(share([0.25, 0.25], ["a", "b"])) == "0.250 (0.250–0.250) of 2"


def test_how_many_answers_a_risk_of_5_percent_needs():
    """The bound is that of Clopper and Pearson: 59 answers without an error, 153 with three, 336 with ten."""
    assert risk_bound(0, 59) <= 0.05 < risk_bound(0, 58)
    assert risk_bound(3, 153) <= 0.05 < risk_bound(4, 153)
    assert risk_bound(10, 336) <= 0.05 < risk_bound(11, 336)


def test_no_answers_bound_nothing():
    """Where nothing was answered, or all of it wrong, nothing is promised."""
    assert risk_bound(0, 0) == risk_bound(7, 7) == 1


@given(st.integers(1, 200), st.data())
def test_bound_is_above_the_share_and_falls_with_fewer_errors(answers, data):
    """The bound is above the share that was seen, and one error more raises it."""
    wrong = data.draw(st.integers(0, answers - 1))
    assert wrong / answers < risk_bound(wrong, answers) <= 1
    assert risk_bound(wrong, answers) < risk_bound(wrong + 1, answers) + 1e-12
