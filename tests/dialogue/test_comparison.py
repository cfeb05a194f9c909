from __future__ import annotations

import pytest

from assistant.dialogue.comparison import compared_sides


@pytest.mark.parametrize(
    ("question", "names", "first_query"),
    [
        ("Compare Kentucky and North Dakota on waivers", ["Kentucky", "North Dakota"], "waivers in Kentucky"),
        ("waivers in Kentucky vs North Dakota", ["Kentucky", "North Dakota"], "waivers in Kentucky"),
        ("waivers in ohio versus waivers in texas?", ["waivers in ohio", "waivers in texas"], None),
        ("How do Kentucky and Ohio differ on waivers?", ["Kentucky", "Ohio"], "waivers in Kentucky"),
        ("How does Kentucky compare to Ohio?", ["Kentucky", "Ohio"], "What does Kentucky do?"),
        ("Compare Kentucky, Ohio and Texas", ["Kentucky", "Ohio", "Texas"], "What does Kentucky do?"),
        ("Do Kentucky and Ohio allow waivers?", ["Kentucky", "Ohio"], "Does Kentucky allow waivers?"),
        ("difference between PBL and CBE", ["PBL", "CBE"], "What is PBL?"),
        ("How is a bucket different from a folder?", ["a bucket", "a folder"], "What is a bucket?"),
        (
            "What is the difference between the 2019 and 2025 editions?",
            ["the 2019 editions", "2025 editions"],
            "What is the 2019 editions?",
        ),
        ("hot tier compared with cool tier in terms of price", ["hot tier", "cool tier"], "hot tier: price"),
    ],
)
def test_sides(question, names, first_query):
    """A comparison gives its sides, each with a query that has what is compared."""
    sides = compared_sides(question).sides
    assert [side.name for side in sides] == names
    assert first_query is None or sides[0].query == first_query


@pytest.mark.parametrize(
    "question",
    [
        "What do Health and Human Services do?",
        "What is the difference?",
        "rules and statutes",
        "Does Kentucky allow waivers?",
        "In Maine, what do Kentucky and Ohio say?",
        "Compare Ohio, Texas, Utah, Maine, Idaho and Nevada",
    ],
)
def test_no_comparison(question):
    """Two things that are named together are no comparison, and very many are searched whole."""
    assert compared_sides(question) is None


def test_places():
    """Only where each side is a state does one side tell something without the other."""
    assert compared_sides("Kentucky vs Ohio").places
    assert not compared_sides("Kentucky vs the federal government").places
