from __future__ import annotations

import pytest

from assistant.dialogue.wanted import asks_for_gap, gives, tells_a_gap, wanted_by


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("When was ESSA signed?", "date"),
        ("what year did Maine repeal it", "date"),
        ("Why was the castle abandoned?", "reason"),
        ("What were the reasons for the repeal?", "reason"),
        ("How many buckets can I create?", "number"),
        ("how long does a plan last", "number"),
        ("What percentage must vote?", "number"),
        ("What is a bucket?", "definition"),
        ("define seat time", "definition"),
        ("What does IADA mean?", "definition"),
        ("Can I close an account when I am abroad?", "statement"),
        ("What happens when a student fails?", "statement"),
    ],
)
def test_what_a_question_asks_for(query, wanted):
    """The opening words of a question tell what kind of words answer it."""
    assert wanted_by(query) == wanted


@pytest.mark.parametrize(
    ("query", "answers", "does_not"),
    [
        ("When was the wall built?", "Edward built it around 1290.", "Edward, a mason from York, built it."),
        ("When is it open?", "It is open from May to September.", "It is open in good weather."),
        ("Why was it abandoned?", "It was abandoned because the well ran dry.", "It was abandoned and sold."),
        ("How many towers are there?", "The castle has 14 towers.", "In 1540 the castle lost towers."),
        ("How many districts applied in 2013?", "Some 17 districts applied.", "The districts applied in 2013."),
        ("How many districts are there?", "There are nine districts.", "There are nine schools in each."),
        ("What does House Bill 589 cost and how much is it?", "It costs 40 dollars.", "House Bill 589 is a law."),
        ("What is ESSA?", "The Every Student Succeeds Act is a law.", "Parts of ESSA are often named by their title."),
        ("What is a bucket?", "A bucket is a container.", "Deleted objects stay in the bucket for 30 days."),
    ],
)
def test_what_has_it(query, answers, does_not):
    """A sentence with the date, reason, number or definition that is asked for is told from one without."""
    assert gives(query, answers)
    assert not gives(query, does_not)


@pytest.mark.parametrize("text", ["This library has no list of them.", "For Ohio, the page does not hold a count."])
def test_gaps(text):
    """A sentence on what a library or page lacks is told from one about its subject."""
    assert tells_a_gap(text)
    assert not tells_a_gap("The law has no list of exemptions and does not hold for schools.")


def test_asking_for_gaps():
    """Who asks what the library lacks is told from who asks about a subject."""
    assert asks_for_gap("What does the library lack on Texas?")
    assert not asks_for_gap("What does Texas require?")
