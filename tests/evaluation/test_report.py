from __future__ import annotations

from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.evaluation.golden import ask_all
from assistant.evaluation.report import report

ZONE = Place("faq", "What is an innovation zone?")
COST = Place("faq", "How much does a pilot cost?")
ASK_ZONE, ASK_COST, ASK_BREAD = ZONE.heading, COST.heading, "How do I bake bread with rye flour?"


def golden(name, kind, question, *expect, may_decline=False):
    return GoldenQuestion(name, kind, question, expect, None, "held_out", (), may_decline)


def lines_of(assistant, *questions):
    return report(list(ask_all(assistant, questions))).split("\n")


def figure(lines, name):
    (found,) = [line.partition(": ")[2] for line in lines if line.startswith(name) and "closest" not in line]
    return found


def test_outcomes_are_counted_by_kind(assistant):
    """The table counts outcomes by kind and in all."""
    lines = lines_of(
        assistant,
        golden("q1", "entry", ASK_ZONE, ZONE),
        golden("q2", "entry", ASK_COST, COST),
        golden("q3", "paraphrase", ASK_ZONE, COST),
        golden("q4", "near_miss", ASK_BREAD),
        golden("q5", "near_miss", ASK_ZONE),
    )
    table = {line.split()[0]: line.split()[1:] for line in lines[: lines.index("")]}
    assert table == {
        "kind": ["asked", "right", "closest", "wrong", "abstained", "rightly_abstained", "wrongly_answered"],
        "entry": ["2", "2", "0", "0", "0", "0", "0"],
        "near_miss": ["2", "0", "0", "0", "0", "1", "1"],
        "paraphrase": ["1", "0", "0", "1", "0", "0", "0"],
        "all": ["5", "2", "0", "1", "0", "1", "1"],
    }


def test_figures(assistant):
    """Each figure is the share that its line says, of the questions that it is about."""
    lines = lines_of(
        assistant,
        golden("q1", "entry", ASK_ZONE, ZONE),
        golden("q2", "entry", ASK_BREAD, COST),
        golden("q3", "paraphrase", ASK_ZONE, COST),
        golden("q4", "near_miss", ASK_BREAD),
        golden("q5", "near_miss", ASK_ZONE),
        golden("q6", "near_miss", ASK_ZONE, ZONE, may_decline=True),
    )
    assert figure(lines, "answerable questions answered right").startswith("0.333 (")
    assert figure(lines, "answerable questions answered right").endswith(" of 3")
    assert figure(lines, "unanswerable questions declined").startswith("0.667 (")
    assert figure(lines, "risk").startswith("2 of 4, at most 0.902 at 95 % confidence")
    assert figure(lines, "AUROC").endswith(" of 3 and 2")
    assert figure(lines, "citation precision").startswith("0.500 (")
    assert figure(lines, "citation recall").startswith("0.333 (")


def test_failures_stand_below(assistant):
    """Each failure is listed with what was asked, expected and found; what went well is not."""
    lines = lines_of(
        assistant,
        golden("q1", "entry", ASK_ZONE, ZONE),
        golden("q2", "paraphrase", ASK_ZONE, COST),
        golden("q3", "near_miss", ASK_ZONE),
        golden("q4", "entry", ASK_BREAD, COST),
        golden("q5", "near_miss", ASK_BREAD),
    )
    assert figure(lines, "risk").startswith("2 of 3, at most 0.983 ")
    below = "\n".join(lines[-9:])
    assert below.startswith("abstained: q4 entry 0.")
    assert "\n    expected faq › How much does a pilot cost?\n    found Abstention\nwrong: q2 paraphrase 0.9" in below
    assert f" {ASK_ZONE!r}\n    expected faq › How much does a pilot cost?\n    found Answer faq/what-is" in below
    assert "wrongly_answered: q3 near_miss" in below
    assert "\n    expected no answer\n" in below
    assert "q1" not in "".join(lines)
    assert "q5" not in "".join(lines)


def test_report_of_nothing():
    """Without questions there is nothing to count: no share has a value, and nothing bounds the risk."""
    lines = report([]).split("\n")
    assert lines[1].split() == ["all", "0", "0", "0", "0", "0", "0", "0"]
    assert figure(lines, "answerable questions answered right") == "nan (nan–nan) of 0"
    assert figure(lines, "risk") == "0 of 0, at most 1.000 at 95 % confidence"
    assert figure(lines, "AUROC") == "needs both kinds"


def test_same_questions_same_report(assistant):
    """Reporting twice gives the same text."""
    questions = [golden("q1", "entry", ASK_ZONE, ZONE), golden("q2", "entry", ASK_BREAD, COST)]
    assert lines_of(assistant, *questions) == lines_of(assistant, *questions)
