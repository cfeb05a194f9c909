from __future__ import annotations

import pytest

from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.evaluation.golden import ask_all, is_expected, summary

ZONE = Place("faq", "What is an innovation zone?")
COST = Place("faq", "How much does a pilot cost?")
ASK_ZONE, ASK_BREAD = "What is an innovation zone?", "How do I bake bread with rye flour?"


def golden(name, question, *expect, phrase=None, kind="entry", history=()):
    return GoldenQuestion(name, kind, question, expect, phrase, "held_out", history)


@pytest.mark.parametrize(
    ("question", "expect", "outcome"),
    [
        (ASK_ZONE, [ZONE], "right"),
        (ASK_ZONE, [COST, ZONE], "right"),
        (ASK_ZONE, [COST], "wrong"),
        (ASK_BREAD, [ZONE], "abstained"),
        (ASK_BREAD, [], "rightly_abstained"),
        ("hello", [], "rightly_abstained"),
        (ASK_ZONE, [], "wrongly_answered"),
    ],
)
def test_outcomes(assistant, question, expect, outcome):
    """What becomes of a question is told by its first citation and by what was expected."""
    (result,) = ask_all(assistant, [golden("q", question, *expect)])
    assert result.outcome == outcome


def test_history_is_asked_before(assistant):
    """A follow-up is asked after its history."""
    follow_up = golden("q", "What is it spent on?", COST, history=("How much does a pilot cost?",))
    (result,) = ask_all(assistant, [follow_up])
    assert "pilot" in result.turn.query
    assert result.outcome == "right"


def test_summary(assistant):
    """The table counts outcomes by kind and in all, and below it stand the figures and each failure."""
    questions = [
        golden("q1", ASK_ZONE, ZONE, phrase="frees from some rules"),
        golden("q2", "How much does a pilot cost?", COST, phrase="no such words"),
        golden("q3", ASK_ZONE, COST, kind="paraphrase"),
        golden("q4", ASK_BREAD, kind="near_miss"),
    ]
    lines = summary(list(ask_all(assistant, questions))).split("\n")
    table = {line.split()[0]: line.split()[1:] for line in lines[:5]}
    assert table["kind"] == ["asked", "right", "wrong", "abstained", "rightly_abstained", "wrongly_answered"]
    assert table["entry"] == ["2", "2", "0", "0", "0", "0"]
    assert table["paraphrase"] == ["1", "0", "1", "0", "0", "0"]
    assert table["near_miss"] == ["1", "0", "0", "0", "1", "0"]
    assert table["all"] == ["4", "2", "1", "0", "1", "0"]
    below = "\n".join(lines[5:])
    assert "answers with the expected phrase: 1 of 2" in below
    assert "wrong: q3 'What is an innovation zone?'\n    expected faq › How much does a pilot cost?" in below
    assert "q1" not in below


def test_summary_of_nothing():
    """No questions give an empty table."""
    assert summary([]).split("\n")[1].split() == ["all", "0", "0", "0", "0", "0", "0"]


def test_expected_place(assistant):
    """A citation is expected if its document and own heading are; text before any heading has an empty one."""
    (citation,) = assistant.ask("What happened after the grants of 2021?").reply.citations
    assert is_expected(citation, [ZONE, Place("notes", "")])
    assert not is_expected(citation, [Place("notes", "Broadband in rural schools"), Place("faq", "")])
