from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.documents.aliases import Alias
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.one_spelling import in_one_spelling, with_bills_in_full

ALIASES = (
    Alias("IDEA", "Individuals with Disabilities Education Act"),
    Alias("budget", "cost"),
    Alias("CBE", "competency-based education"),
    Alias("K-12 (USA)", "primary and secondary schools"),
)
EXPANSION = Expansion(ALIASES)


@pytest.mark.parametrize(
    ("query", "expanded"),
    [
        ("What does IDEA say?", "What does IDEA (Individuals with Disabilities Education Act) say?"),
        ("Whose idea was it?", "Whose idea was it?"),
        ("the Budget of a pilot", "the Budget (cost) of a pilot"),
        ("BUDGET?", "BUDGET (cost)?"),
        ("budgets", "budgets"),
        ("sub-budget and budget-wise", "sub-budget and budget-wise"),
        ("NCBE, CBEs", "NCBE, CBEs"),
        ("is CBE, well, good?", "is CBE (competency-based education), well, good?"),
        ("is Competency-based Education (CBE) good?", "is Competency-based Education (CBE) good?"),
        ("budget or cost", "budget or cost"),
        ("budget or costs", "budget (cost) or costs"),
        ("CBE on a budget", "CBE (competency-based education) on a budget (cost)"),
        ("budget by budget", "budget (cost) by budget"),
        ("in K-12 (USA)?", "in K-12 (USA) (primary and secondary schools)?"),
        ("", ""),
    ],
)
def test_queries(query, expanded):
    """The library's name is put behind an alias, once, where it stands as a word and the name is not there already.

    An alias with capitals is meant as it is written, one without in any spelling.
    """
    assert EXPANSION.of_query(query) == expanded


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("The cost of a pilot.", ["budget"]),
        ("COST", ["budget"]),
        ("The costs of a pilot.", []),
        ("Competency-Based Education has costs and a cost.", ["budget", "CBE"]),
        ("IDEA", []),
        ("The individuals with disabilities education act.", ["IDEA"]),
    ],
)
def test_texts(text, added):
    """A text is found by the aliases of all that it names, in any spelling."""
    assert EXPANSION.of_text(text).split("\n") == [text, *added]


@pytest.mark.parametrize("meaning", [r"R\D", r"\1 and \g<0>", "a+b", "$ (dollars)"])
def test_names_with_signs(meaning):
    """A library's name may have any signs in it."""
    assert Expansion([Alias("rd", meaning)]).of_query("the RD") == f"the RD ({meaning})"


@given(phrases | st.text())
def test_a_query_is_kept(query):
    """Whatever is added stands in brackets: without it the query is what it was, and a second time adds nothing."""
    expanded = EXPANSION.of_query(query)
    shortened = expanded
    for alias in ALIASES:
        if alias.meaning not in query:
            shortened = shortened.replace(f" ({alias.meaning})", "")
    assert shortened == in_one_spelling(query)
    assert EXPANSION.of_query(expanded) == expanded


@given(phrases | st.text())
def test_no_aliases(text):
    """Without aliases nothing is added."""
    assert Expansion(()).of_query(text) == in_one_spelling(text)
    assert Expansion(()).of_text(text) == with_bills_in_full(text)
