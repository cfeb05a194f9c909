from __future__ import annotations

from dataclasses import astuple, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import DECISION, NOTHING, assistant_of, with_threshold
from strategies import pages, phrases

from assistant.dialogue.decision import Decision, Evidence, best_confidence, best_hit, confidence, evidence
from assistant.dialogue.reply import Answer

STATES = (
    "# Kentucky\n\nKentucky grants waivers to districts of innovation.",
    "# Elsewhere\n\nPilots cost forty dollars a student.\n\n# Bills\n\nHouse Bill 110 funds credit flexibility.",
)


def test_highest_threshold_that_answers():
    """A question is answered exactly from a threshold on: its best confidence."""
    assistant = assistant_of(*STATES)
    found = assistant.search("What do pilots cost?", 10)
    highest = best_confidence(assistant.version.manifest.decision, found)
    for threshold, answered in ((highest - 0.001, True), (highest + 0.001, False)):
        reply = with_threshold(assistant, threshold).ask("What do pilots cost?").reply
        assert isinstance(reply, Answer) is answered


@given(st.lists(pages, min_size=1, max_size=2), phrases, st.floats(-1, 4), st.floats(0, 2))
def test_a_higher_threshold_never_answers_more(texts, question, threshold, step):
    """Raising the threshold never turns an abstention into an answer."""
    assistant = assistant_of(*texts)
    before = with_threshold(assistant, threshold).ask(question).reply
    after = with_threshold(assistant, threshold + step).ask(question).reply
    assert isinstance(before, Answer) or not isinstance(after, Answer)


@pytest.mark.parametrize(
    "question",
    [
        "Which waivers does Oregon grant to districts of innovation?",
        "waivers in West Virginia",
        "Does House Bill 111 fund credit flexibility?",
        "Do Oregon and Utah grant waivers to districts?",
    ],
)
def test_what_is_said_of_one_state_answers_for_no_other(question):
    """A question that names a state or bill is never answered by a passage about another, however sure."""
    reply = with_threshold(assistant_of(*STATES), 0.01).ask(question).reply
    assert not isinstance(reply, Answer)


def test_the_state_that_was_asked_for():
    """The guard lets the right state and bill through, in another spelling too."""
    assistant = assistant_of(*STATES)
    for question, anchor in (("Which waivers does KENTUCKY grant?", "kentucky"), ("credit in HB 110", "bills")):
        reply = with_threshold(assistant, 0.01).ask(question).reply
        assert {citation.passage.anchor for citation in reply.citations} == {anchor}


def test_a_passage_that_stands_out_is_surer():
    """The same similarity counts for more where the rest of the library is far from the query."""
    retrieval = assistant_of(*STATES).search("pilots", 5)
    far = replace(retrieval, background=0.0)
    near = replace(retrieval, background=0.5)
    assert confidence(Decision(), far, retrieval.hits[0]) > confidence(Decision(), near, retrieval.hits[0])


def test_one_of_the_library_s_own_questions():
    """What is a question of an entry nearly word for word is sure, unless a term of it is another: a year, a number."""
    retrieval = assistant_of("# What did pilots cost in 2019?\n\nForty dollars.").search(
        "What did pilots cost in 2019?", 5
    )
    hit = replace(retrieval.hits[0], label_similarity=0.96)
    unlikely = replace(Decision(), intercept=-9.0)
    assert confidence(unlikely, retrieval, hit) == 0.99
    assert confidence(unlikely, retrieval, replace(hit, label_similarity=0.94)) < 0.5
    other_year = replace(hit, coverage=replace(hit.coverage, missing=0.4))
    assert confidence(unlikely, retrieval, other_year) < 0.5


def test_nothing_found():
    """Without a hit the confidence is nought."""
    retrieval = assistant_of(*STATES).search("pilots", 0)
    assert best_confidence(Decision(), retrieval) == 0


_RETRIEVAL = assistant_of(*STATES).search("pilots", 5)
_unit = st.floats(0, 1)


def _with(dense, share, missing, background, relevance, specificity):  # noqa: PLR0917  # drawn in this order
    """Give a retrieval whose best hit has these figures."""
    hit = _RETRIEVAL.hits[0]
    coverage = replace(hit.coverage, share=share, missing=missing)
    hit = replace(hit, dense=dense, coverage=coverage, relevance=relevance)
    return replace(_RETRIEVAL, hits=(hit,), background=background, specificity=specificity)


_evidence = st.builds(
    _with,
    st.floats(-1, 1),
    _unit,
    _unit,
    st.floats(-1, 1),
    st.floats(-8, 8),
    _unit,
)


@given(_evidence, st.floats(-50, 50), st.lists(st.floats(-50, 50), min_size=10, max_size=10))
def test_confidence_is_a_probability(retrieval, intercept, weights):
    """Confidence lies between 0 and 1 for any evidence and weights."""
    decision = Decision(intercept, Evidence(*weights[: len(fields(Evidence))]))
    assert 0 <= confidence(decision, retrieval, retrieval.hits[0]) <= 1


@given(_evidence, st.floats(-8, 8), st.sampled_from([DECISION, Decision()]))
def test_more_relevance_never_lowers_the_confidence(retrieval, relevance, decision):
    """What the reranker finds more relevant is never less sure, where relevance weighs more than nothing."""
    (hit,) = retrieval.hits
    low, high = sorted((hit.relevance, relevance))
    values = [confidence(decision, retrieval, replace(hit, relevance=value)) for value in (low, high)]
    assert decision.weights.relevance > 0
    assert values[0] <= values[1]


def test_evidence_is_that_of_the_hit():
    """Each piece of evidence is what it says, all of a size."""
    retrieval = _with(0.7, 0.6, 0.2, 0.3, -5, 0.9)
    found = evidence(retrieval, retrieval.hits[0])
    assert (found.dense, found.coverage, found.missing, found.specificity) == (0.7, 0.6, 0.2, 0.9)
    assert (found.margin, found.relevance, found.likely) == (pytest.approx(0.4), -0.5, 0)
    several = replace(retrieval, hits=tuple(replace(retrieval.hits[0], relevance=value) for value in (-1, 1, 2, 3)))
    assert evidence(several, several.hits[0]).likely == 0.3
    assert all(-1 <= value <= 1 for value in astuple(found))


def test_confidence_worked_by_hand():
    """The confidence is the logistic function of intercept and weighed evidence."""
    retrieval = _with(0.7, 0.5, 0.2, 0.3, 0, 0.9)
    decision = Decision(-1.0, replace(NOTHING, dense=1.0, coverage=2.0, missing=-3.5))
    assert confidence(decision, retrieval, retrieval.hits[0]) == pytest.approx(0.5)
    assert confidence(replace(decision, intercept=0.0), retrieval, retrieval.hits[0]) == pytest.approx(
        0.73106, abs=1e-5
    )


def test_the_best_hit_names_what_the_query_names():
    """The best hit is the first one, of those that name each state and bill that the query names."""
    assistant = assistant_of(*STATES)
    plain, state = (
        assistant.search("pilots and waivers", 5),
        assistant.search("pilots that cost dollars in Kentucky", 5),
    )
    assert best_hit(plain) == plain.hits[0]
    assert best_hit(state).passage.anchor == "kentucky" != state.hits[0].passage.anchor
    assert best_hit(assistant.search("pilots in Oregon", 5)) is None
    assert best_hit(replace(plain, hits=())) is None


def test_the_hits_that_name_what_the_query_names_speak_for_it():
    """Hits about other states before the one that is asked about do not take its confidence away."""
    found = assistant_of(*STATES, STATES[1]).search("pilots that cost dollars in Kentucky", 9)
    last = replace(found, hits=tuple(sorted(found.hits, key=lambda hit: hit.passage.anchor == "kentucky")))
    hit = best_hit(last)
    assert hit in last.hits[3:]
    assert best_confidence(Decision(), last) == confidence(Decision(), last, hit) > 0


def test_what_names_another_state_has_no_confidence():
    """A hit that does not name the query's state has confidence 0, whatever else speaks for it."""
    assistant = assistant_of(*STATES)
    retrieval = assistant.search("pilots in Kentucky", 5)
    values = {hit.passage.anchor: confidence(Decision(100.0), retrieval, hit) for hit in retrieval.hits}
    assert values["kentucky"] > 0.99
    assert {value for anchor, value in values.items() if anchor != "kentucky"} == {0.0}
    assert best_confidence(Decision(100.0), retrieval) == values["kentucky"]
    assert best_confidence(Decision(100.0), assistant.search("pilots in Oregon", 5)) == 0
