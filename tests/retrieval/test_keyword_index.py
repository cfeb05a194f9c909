from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.retrieval.keyword_index import Coverage, KeywordIndex

TEXTS = (
    "Every state grants waivers to districts.",
    "The Every Student Succeeds Act funds a pilot.",
    "Pilots, pilots and a pilot: students try transcripts.",
)


@pytest.fixture(scope="module")
def index():
    return KeywordIndex.build(TEXTS)


def test_passages_with_the_words_score(index):
    """A passage scores by the words it shares with the query, more for more of them; others score 0."""
    scores = index.score("pilot")
    assert scores[0] == 0
    assert 0 < scores[1] < scores[2]


@pytest.mark.parametrize("query", ["", "?!", "what is the", "zebra", "\ud800"])
def test_nothing_shared(index, query):
    """A query without a known word scores 0 everywhere."""
    assert index.score(query).tolist() == [0, 0, 0]


def test_unknown_words_do_not_matter_for_the_score(index):
    """A misspelt word beside a known one takes nothing away."""
    assert index.score("pilot zebra").tolist() == index.score("pilot").tolist()


def test_initials_find_the_name(index):
    """Whoever asks for ESSA finds the Every Student Succeeds Act."""
    assert index.score("What is ESSA?").argmax() == 1
    assert index.score("essa").argmax() == 1
    assert [coverage.share for coverage in index.coverage("ESSA", [0, 1])] == [0.0, 1.0]


def test_coverage(index):
    """The share is 1 where all terms are, 0 where none is, and a rare term weighs more than a common one."""
    assert [coverage.share for coverage in index.coverage("state waivers", [0, 2])] == [1.0, 0.0]
    (transcript,) = index.coverage("pilot transcript", [2])
    assert transcript == Coverage(pytest.approx(1), 0.0)
    (partly,) = index.coverage("pilot transcript", [1])
    assert 0 < partly.share < 0.5


def test_unknown_words_lower_the_coverage(index):
    """A query about something the library does not mention is hardly covered, and that word is the rarest it lacks."""
    (known,) = index.coverage("pilot", [2])
    (unknown,) = index.coverage("pilot zebra", [2])
    assert known == Coverage(1.0, 0.0)
    assert unknown.share < 0.5
    assert unknown.missing == pytest.approx(1)


def test_the_rarest_missing_term(index):
    """Of the terms that a passage lacks the rarest counts: one of a single passage more than one of two."""
    common, rare = (index.coverage(query, [0])[0].missing for query in ("pilot student", "pilot transcript"))
    assert 0 < common < rare < 1


def test_a_query_without_terms_is_covered_by_nothing(index):
    """Where nothing is asked, nothing is covered and nothing missing."""
    assert index.coverage("what is the", [0]) == (Coverage(0.0, 0.0),)


def test_specificity(index):
    """A query says the more, the rarer its words are: nothing without terms, all with three unknown ones."""
    queries = ("what is the", "pilot", "transcript", "transcript waivers", "zebra giraffe lion")
    values = [index.specificity(query) for query in queries]
    assert values == sorted(set(values))
    assert values[0] == 0
    assert values[-1] == pytest.approx(1)
    assert index.specificity("zebra giraffe lion tiger panther") <= 1
    assert index.specificity("pilot pilot pilots") == index.specificity("pilot")


@given(st.lists(phrases, min_size=1, max_size=6), phrases | st.text())
def test_coverage_and_specificity_are_shares(texts, query):
    """Coverage and specificity lie between 0 and 1 for any passages and query."""
    index = KeywordIndex.build(texts)
    coverages = index.coverage(query, range(len(texts)))
    figures = [figure for coverage in coverages for figure in (coverage.share, coverage.missing)]
    assert all(0 <= figure <= 1 + 1e-9 for figure in (*figures, index.specificity(query)))
    assert all(coverage.missing == 0 for coverage in coverages if coverage.share > 1 - 1e-9)


@given(st.lists(phrases, min_size=1, max_size=6), phrases, phrases)
def test_more_words_say_no_less(texts, query, more):
    """A word more never makes a query say less."""
    index = KeywordIndex.build(texts)
    assert index.specificity(f"{query} {more}") >= index.specificity(query) - 1e-9


@given(st.lists(phrases | st.just("the") | st.just("?!"), min_size=1, max_size=6), phrases)
def test_round_trip(texts, query):
    """An index that was saved and loaded gives the same scores and coverage, even one without a single term."""
    index = KeywordIndex.build(texts)
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "keywords")
        again = KeywordIndex.load(Path(folder) / "keywords")
    assert len(again) == len(texts)
    assert again.score(query).tolist() == index.score(query).tolist()
    assert again.coverage(query, range(len(texts))) == index.coverage(query, range(len(texts)))
    assert again.specificity(query) == index.specificity(query)
