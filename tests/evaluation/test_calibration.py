from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from small_library import NOTHING, assistant_of

from assistant.dialogue.decision import Decision, best_confidence
from assistant.evaluation.calibration import Labelled, bounded_threshold, fit, useful_threshold
from assistant.evaluation.intervals import risk_bound
from assistant.retrieval.hits import Retrieval

DECISION = Decision(intercept=-4.0, weights=replace(NOTHING, dense=8.0))
_RETRIEVAL = assistant_of("# Zones\n\nA zone frees districts.").search("zones", 1)


def labelled(dense, *, right, share=0.5):
    """Give a question whose only hit has a dense score and a coverage of our choice."""
    hit = _RETRIEVAL.hits[0]
    changed = replace(hit, dense=dense, coverage=replace(hit.coverage, share=share))
    return Labelled(replace(_RETRIEVAL, hits=(changed,), background=0.0), right)


def nothing_found():
    return Labelled(Retrieval("zones", (), 0.0, 0.5), right=False)


def answered(threshold, questions):
    sure = [question for question in questions if best_confidence(DECISION, question.retrieval) >= threshold]
    return sum(not question.right for question in sure), len(sure)


def test_fit_separates_what_can_be_separated():
    """Where the evidence tells right from wrong, the fitted confidence does."""
    questions = [labelled(0.7 + n / 100, right=True) for n in range(20)]
    questions += [labelled(0.1 + n / 100, right=False) for n in range(20)]
    decision = fit([questions])
    sure = [best_confidence(decision, question.retrieval) for question in questions]
    assert min(sure[:20]) > 0.5 > max(sure[20:])
    assert decision.weights.dense > 0


def test_fit_leaves_out_what_says_nothing():
    """Evidence that is the same for all questions gets no weight."""
    questions = [labelled(0.2 + 0.6 * (n % 2), right=bool(n % 2), share=0.0) for n in range(20)]
    assert fit([questions]).weights.coverage == 0


def test_sets_weigh_the_same():
    """Of two sets each has half a say, however many questions it has."""
    one = [labelled(0.2 + n / 10, right=n > 3) for n in range(7)]
    other = [labelled(0.2 + n / 10, right=n > 1) for n in range(7)]
    equal, unequal, together = fit([one * 5, other * 5]), fit([one, other * 9]), fit([one + other * 9])
    figures = [pytest.approx((found.intercept, *astuple(found.weights)), abs=0.01) for found in (equal, together)]
    assert (unequal.intercept, *astuple(unequal.weights)) == figures[0] != figures[1]


def test_a_question_that_found_nothing_has_no_evidence():
    """Where nothing was found, nothing speaks for an answer."""
    assert nothing_found().evidence == NOTHING


def test_bounded_threshold_lets_the_most_through():
    """The threshold is just above the errors where enough right answers are above them."""
    questions = [labelled(0.6 + n / 500, right=True) for n in range(100)]
    questions += [labelled(0.3 + n / 500, right=False) for n in range(100)]
    wrong, answers = answered(bounded_threshold(DECISION, questions), questions)
    assert answers > 100
    assert risk_bound(wrong, answers) <= 0.05 < risk_bound(wrong + 1, answers + 1)


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [nothing_found()] * 200,
        [labelled(0.9, right=True)] * 58,
        [labelled(0.5 + n / 1000, right=n % 2 == 0) for n in range(200)],
    ],
)
def test_no_threshold_is_given_where_none_holds(questions):
    """With too few questions, or too many errors, the bound holds for no threshold."""
    assert bounded_threshold(DECISION, questions) is None


@settings(phases=[Phase.generate])  # shrinking would take minutes
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 19)), min_size=60, max_size=120))
def test_bound_holds_on_what_the_threshold_was_chosen_on(drawn):
    """Whatever is answered from the chosen threshold on keeps the risk bound, questions of one confidence too."""
    questions = [labelled(dense / 40, right=luck > 0 or dense > 30) for dense, luck in drawn]
    threshold = bounded_threshold(DECISION, questions)
    if threshold is not None:
        wrong, answers = answered(threshold, questions)
        assert risk_bound(wrong, answers) <= 0.05


def test_what_names_another_state_is_never_answered():
    """A question without a passage for its state stays declined, though the bound would hold with it."""
    questions = [labelled(0.9, right=True)] * 100 + [nothing_found()]
    assert bounded_threshold(DECISION, questions) > 0.5


def test_questions_of_one_confidence_stand_or_fall_together():
    """Right and wrong answers of the same confidence can't be told apart, so they are counted together."""
    questions = [labelled(0.8, right=number < 100) for number in range(150)]
    assert bounded_threshold(DECISION, questions) is None
    assert answered(useful_threshold(DECISION, questions), questions) == (0, 0)


def test_rounding_lets_no_error_in():
    """An error just below the threshold stays below it when the threshold is rounded."""
    questions = [labelled(0.80005, right=True)] * 70 + [labelled(0.8, right=False)] * 30
    threshold = bounded_threshold(DECISION, questions)
    assert threshold is None or answered(threshold, questions)[0] == 0


@given(st.lists(st.integers(500, 1000), min_size=60, max_size=90, unique=True), st.data())
def test_one_error_less_answers_no_less(denses, data):
    """A wrong answer that is put right never raises the threshold."""
    wrong = data.draw(st.sets(st.sampled_from(denses), min_size=1, max_size=20))
    mended = data.draw(st.sampled_from(sorted(wrong)))
    before = [labelled(dense / 1000, right=dense not in wrong) for dense in denses]
    after = [labelled(dense / 1000, right=dense not in wrong - {mended}) for dense in denses]
    thresholds = [bounded_threshold(DECISION, questions) or 2.0 for questions in (after, before)]
    assert thresholds == sorted(thresholds)


@pytest.mark.parametrize(("further", "expected"), [(3, (1, 8)), (2, (0, 4)), (1, (0, 4))])
def test_the_most_useful_threshold(further, expected):
    """A wrong answer is let in only for more than two further right ones."""
    questions = [labelled(0.9 - n / 50, right=True) for n in range(4)]
    questions += [labelled(0.8, right=False), *(labelled(0.7 - n / 50, right=True) for n in range(further))]
    assert answered(useful_threshold(DECISION, questions), questions) == expected


@pytest.mark.parametrize("questions", [[], [nothing_found()], [labelled(0.9, right=False)] * 5])
def test_answering_nothing_is_more_useful_than_being_wrong(questions):
    """Where no answer would be right, none is given."""
    assert answered(useful_threshold(DECISION, questions), questions) == (0, 0)
