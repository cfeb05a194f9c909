from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of, with_threshold
from strategies import pages, phrases

from assistant.dialogue.decision import Decision, best_confidence, confidence
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
        "Do Kentucky and Utah grant waivers to districts?",
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


def test_nothing_found():
    """Without a hit the confidence is nought."""
    retrieval = assistant_of(*STATES).search("pilots", 0)
    assert best_confidence(Decision(), retrieval) == 0
