from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.retrieval.keyword_index import KeywordIndex

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
    assert index.coverage("ESSA", [0, 1]) == (0.0, 1.0)


def test_coverage(index):
    """Coverage is 1 where all terms are, 0 where none is, and a rare term weighs more than a common one."""
    assert index.coverage("state waivers", [0, 2]) == (1.0, 0.0)
    (transcript,) = index.coverage("pilot transcript", [2])
    assert transcript == pytest.approx(1)
    (partly,) = index.coverage("pilot transcript", [1])
    assert 0 < partly < 0.5


def test_unknown_words_lower_the_coverage(index):
    """A query about something the library does not mention is hardly covered."""
    (known,) = index.coverage("pilot", [2])
    (unknown,) = index.coverage("pilot zebra", [2])
    assert known == 1
    assert unknown < 0.5


@given(st.lists(phrases, min_size=1, max_size=6), phrases)
def test_coverage_is_a_share(texts, query):
    """Coverage lies between 0 and 1 for any passages and query."""
    index = KeywordIndex.build(texts)
    assert all(0 <= share <= 1 + 1e-9 for share in index.coverage(query, range(len(texts))))


@given(st.lists(phrases | st.just("the") | st.just("?!"), min_size=1, max_size=6), phrases)
def test_round_trip(texts, query):
    """An index that was saved and loaded gives the same scores and coverage, even one without a single term."""
    index = KeywordIndex.build(texts)
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "keywords")
        again = KeywordIndex.load(Path(folder) / "keywords")
    assert len(again) == len(texts)
    assert again.score(query).tolist() == index.score(query).tolist()
    assert again.coverage(query, range(len(texts))) == pytest.approx(index.coverage(query, range(len(texts))))
