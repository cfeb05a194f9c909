from __future__ import annotations

from dataclasses import replace

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import with_decision, with_threshold

from assistant.assistant import Assistant
from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.evaluation.golden import ask_all, is_expected

ZONE = Place("faq", "What is an innovation zone?")
COST = Place("faq", "How much does a pilot cost?")
STAGES = Place("states", "Stages of reform")
ASK_ZONE, ASK_BREAD = "What is an innovation zone?", "How do I bake bread with rye flour?"
ASK_COST, ASK_VOLUNTEERS = "How much does a pilot cost?", "Are volunteers hard to keep without stipends?"


def golden(question, *expect, phrase=None, history=(), may_decline=False):
    return GoldenQuestion("q", "entry", question, expect, phrase, "held_out", history, may_decline)


def result_of(assistant, question):
    (result,) = ask_all(assistant, [question])
    return result


@pytest.mark.parametrize(
    ("question", "expect", "outcome", "is_good"),
    [
        (ASK_ZONE, [ZONE], "right", True),
        (ASK_ZONE, [COST, ZONE], "right", True),
        (ASK_ZONE, [COST], "wrong", False),
        (ASK_BREAD, [ZONE], "abstained", False),
        ("why?", [ZONE], "abstained", False),
        (ASK_BREAD, [], "rightly_abstained", True),
        ("why?", [], "rightly_abstained", True),
        ("hello", [], "rightly_abstained", True),
        (ASK_ZONE, [], "wrongly_answered", False),
    ],
)
def test_outcomes(assistant, question, expect, outcome, is_good):
    """What becomes of a question is told by its first citation and by what was expected; asking back is no answer."""
    result = result_of(assistant, golden(question, *expect))
    assert (result.outcome, result.is_good) == (outcome, is_good)


@pytest.mark.parametrize(
    ("question", "expect", "outcome"),
    [(ASK_ZONE, [ZONE], "right"), (ASK_BREAD, [ZONE], "rightly_abstained"), (ASK_ZONE, [COST], "wrong")],
)
def test_what_may_be_declined(assistant, question, expect, outcome):
    """Where a section only says that the library lacks it, quoting that is right, and so is declining."""
    assert result_of(assistant, golden(question, *expect, may_decline=True)).outcome == outcome


@pytest.mark.parametrize(
    ("question", "place", "phrase", "outcome"),
    [
        (ASK_COST, COST, "about 40 dollars", "right"),
        (ASK_COST, COST, "no such words", "right"),
        (ASK_VOLUNTEERS, STAGES, "Volunteers are hard to keep", "right"),
        (ASK_VOLUNTEERS, STAGES, "transformation of the entire system", "right"),
    ],
)
def test_the_phrase_must_be_quoted_where_its_passage_is(assistant, question, place, phrase, outcome):
    """An answer from the right section that leaves out the expected words, though its passage has them, is wrong."""
    assert result_of(assistant, golden(question, place, phrase=phrase)).outcome == outcome


def test_history_is_asked_before(assistant):
    """A follow-up is asked after its history."""
    result = result_of(assistant, golden("What is it spent on?", COST, history=(ASK_COST,)))
    assert "pilot" in result.turn.query
    assert result.outcome == "right"


def test_confidence_is_that_of_the_query_that_was_searched(assistant):
    """A result says how sure the decision was of its query; nothing was searched for a courtesy, so 0."""
    follow_up = result_of(assistant, golden("What is it spent on?", COST, history=(ASK_COST,)))
    assert follow_up.confidence == assistant.confidence(follow_up.turn.query) > 0
    assert result_of(assistant, golden("hello")).confidence == 0


def test_citations_and_cluster(assistant):
    """Questions about one document belong together; one about none stands for itself. Only an answer has citations."""
    answered, declined = result_of(assistant, golden(ASK_ZONE, ZONE)), result_of(assistant, golden(ASK_BREAD))
    assert answered.citations[0].passage.document_id == "faq"
    assert declined.citations == ()
    assert (answered.cluster, declined.cluster) == ("faq", "q")
    assert replace(declined, question=replace(declined.question, id="other")).cluster == "other"


def test_expected_place(assistant):
    """A citation is expected if its document and own heading are; text before any heading has an empty one."""
    citation = with_threshold(assistant, 0).ask("What happened after the grants of 2021?").reply.citations[0]
    assert is_expected(citation, [ZONE, Place("notes", "")])
    assert not is_expected(citation, [Place("notes", "Broadband in rural schools"), Place("faq", "")])


def test_the_closest_passages_serve_too(assistant):
    """A question whose expected section is among the closest passages served its person; one without it did not."""
    decision = replace(assistant.version.manifest.decision, answer=2.0, closest=0.0)
    doubting = Assistant(with_decision(assistant.version, decision), BagOfWords(), SharedWords())
    found = result_of(doubting, golden(ASK_COST, COST))
    assert (found.outcome, found.is_good, found.citations) == ("closest", True, ())
    assert result_of(doubting, golden(ASK_COST, Place("faq", "No such entry"))).outcome == "abstained"
    assert result_of(doubting, golden(ASK_COST)).outcome == "rightly_abstained"
