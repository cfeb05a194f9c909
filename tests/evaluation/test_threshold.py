from __future__ import annotations

from assistant.dialogue.decision import Decision
from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.evaluation.threshold import table

QUESTIONS = (
    GoldenQuestion(
        "q1", "entry", "What is an innovation zone?", (Place("faq", "What is an innovation zone?"),), None, "held_out"
    ),
    GoldenQuestion("q2", "entry", "How much does a pilot cost?", (Place("states", "Transcripts"),), None, "held_out"),
    GoldenQuestion("q3", "near_miss", "How tall is Everest?", (), None, "held_out"),
)


def test_table(assistant):
    """From threshold to threshold fewer questions are answered, right ones as a share and wrong ones counted."""
    rows = [[float(cell) for cell in line.split()] for line in table(assistant, QUESTIONS, Decision()).split("\n")[1:]]
    thresholds, right, wrong, shares = zip(*rows, strict=True)
    assert list(thresholds) == sorted(thresholds)
    assert right[0] == 0.5
    assert wrong[0] in (1, 2)
    for figures in (right, wrong):
        assert list(figures) == sorted(figures, reverse=True)
    assert all(0 <= share <= 1 for share in shares)


def test_table_of_nothing(assistant):
    """Without questions the table is all noughts."""
    assert "0.000" in table(assistant, (), Decision())
