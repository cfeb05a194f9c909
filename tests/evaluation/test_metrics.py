from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.decision import Level
from assistant.evaluation.labelled_set import Query, Ranked
from assistant.evaluation.metrics import answered_at_5_percent, figures


def ranked(name, rows, relevant, confidence=0.5, *, answerable=True):
    scored = tuple((row, 1.0 - place / 100) for place, row in enumerate(rows))
    return Ranked(Query(name, "text", (), answerable, relevant), scored, confidence)


def unanswerable(name, confidence):
    return ranked(name, "ab", {}, confidence, answerable=False)


def table(results):
    return {line.split()[0]: float(line.split()[1]) for line in figures(results).split("\n")}


def test_measures_of_the_ranking():
    """Worked by hand: relevant rows first of two, second of two, and none found of one."""
    results = [
        ranked("q1", ["a", "x", "b"], {"a": 1, "b": 1}),
        ranked("q2", ["x", "a"], {"a": 1}),
        ranked("q3", [], {"a": 1}),
    ]
    found = table(results)
    ideal, second = 1 + 0.63093, 0.63093
    assert found["nDCG@10"] == pytest.approx(((1 + 0.5) / ideal + second + 0) / 3, abs=6e-4)
    assert found["Success@1"] == pytest.approx(1 / 3, abs=6e-4)
    assert found["Success@5"] == pytest.approx(2 / 3, abs=6e-4)
    assert found["RR@10"] == pytest.approx((1 + 1 / 2 + 0) / 3, abs=6e-4)
    assert found["R@10"] == pytest.approx(2 / 3, abs=6e-4)


def test_higher_grades_come_first():
    """A row of a higher grade in first place is worth more than one of a lower."""
    grades = {"a": 3, "b": 1}
    assert table([ranked("q", ["a", "b"], grades)])["nDCG@10"] == 1
    assert 0.5 < table([ranked("q", ["b", "a"], grades)])["nDCG@10"] < 1


def test_unanswerable_queries_are_no_part_of_the_ranking():
    """Queries that no row answers count for the confidence only."""
    found = table([ranked("q1", ["a"], {"a": 1}, 0.9), unanswerable("q2", 0.1)])
    assert found["Success@1"] == found["nDCG@10"] == 1


def test_auroc():
    """The AUROC is the share of pairs in which the answerable query is surer: here three of four."""
    results = [ranked("q1", ["a"], {"a": 1}, 0.9), ranked("q2", ["a"], {"a": 1}, 0.4)]
    assert table([*results, unanswerable("q3", 0.5), unanswerable("q4", 0.1)])["AUROC"] == 0.75


def test_one_kind_of_query_has_no_auroc():
    """Without both kinds of queries the confidence has no figures."""
    assert "AUROC" not in figures([ranked("q", ["a"], {"a": 1})])


def test_what_each_level_means():
    """A level has a line of the shares of both kinds of queries that reach it; nothing of a kind is none of it."""
    results = [ranked("q1", ["a"], {"a": 1}, 0.9), ranked("q2", ["a"], {"a": 1}, 0.6), unanswerable("u", 0.7)]
    levels = (Level("careful", 0.8, 0.5, 0.1), Level("helpful", 0.7, 0.5, 0.1))
    *_, careful, helpful = figures(results, levels).split("\n")
    assert careful == "careful     0.500 of the answerable and 0.000 of the others reach 0.800"
    assert helpful == "helpful     0.500 of the answerable and 1.000 of the others reach 0.700"
    assert "and 0.000 of the others reach 0.800" in figures(results[:2], levels)


def test_answered_at_5_percent():
    """Of twenty unanswerable queries one may pass: three answerable ones are above the rest, two of them right."""
    others = [unanswerable(f"u{n}", n / 100) for n in range(20)]
    results = [
        ranked("q1", ["a"], {"a": 1}, 0.9),
        ranked("q2", ["x", "y", "z", "a"], {"a": 1}, 0.8),
        ranked("q3", ["x", "y", "a"], {"a": 1}, 0.185),
        ranked("q4", ["a"], {"a": 1}, 0.17),
    ]
    assert answered_at_5_percent([*results, *others]) == 0.5
    assert table([*results, *others])["ans@fa5"] == 0.5


def test_a_row_of_grade_nought_is_no_answer():
    """A row that was judged and found irrelevant does not count as found."""
    results = [ranked("q1", ["x"], {"a": 1, "x": 0}, 0.9), unanswerable("u", 0.1)]
    assert answered_at_5_percent(results) == 0


def test_nothing_is_answered_where_the_others_are_as_sure():
    """Where no threshold tells them apart, nothing is answered."""
    assert answered_at_5_percent([ranked("q", ["a"], {"a": 1}, 0.5), unanswerable("u", 0.5)]) == 0
    assert answered_at_5_percent([unanswerable("u", 0.5)]) == 0


@given(st.lists(st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.booleans(), st.booleans()), max_size=40))
def test_no_safe_threshold_answers_more(rows):
    """Of the thresholds that keep to the 5 %, the one that answers most is taken."""
    results = [
        ranked(str(n), ["a"], {"a" if found else "b": 1}, sure) if answerable else unanswerable(str(n), sure)
        for n, (sure, answerable, found) in enumerate(rows)
    ]
    unsure = [sure for sure, answerable, _ in rows if not answerable]
    count = sum(answerable for _, answerable, _ in rows)
    if not unsure or not count:
        return
    safe = [t for t in {sure for sure, _, _ in rows} if sum(u >= t for u in unsure) <= 0.05 * len(unsure)]
    shares = [sum(a and f and sure >= t for sure, a, f in rows) / count for t in safe]
    assert answered_at_5_percent(results) == pytest.approx(max(shares, default=0))
