from __future__ import annotations

from dataclasses import replace

import pytest
from bag_of_words import SharedWords
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of

from assistant.retrieval.fusion import Fusion
from assistant.retrieval.hits import LEAST_RELEVANCE
from assistant.retrieval.reranking import READ, READ_SURE, rerank, to_read

_TEXTS = [f"# Page {number}\n\nZones. " + "Pilots cost. " * number for number in range(14)]
HITS = assistant_of(*_TEXTS).search("zones", 14).hits
_scores = st.lists(st.integers(-100, 100).map(lambda n: n / 100), max_size=14)
_figures = st.lists(st.floats(-30, 30), min_size=READ, max_size=READ)


class Says:
    """A reranker that gives the figures it was told to, in order, and keeps what it read."""

    model = "says"

    def __init__(self, figures):
        self.figures, self.read = figures, []

    def relevance(self, query, texts):
        self.read = [(query, text) for text in texts]
        return tuple(self.figures[: len(texts)])


def hits_of(scores):
    """Give hits of these scores, best first."""
    hits = [replace(hit, score=score) for hit, score in zip(HITS, scores, strict=False)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def test_the_most_relevant_comes_first():
    """A hit that answers the query comes before those whose score was higher."""
    hits = hits_of([0.5, 0.49, 0.48])
    ranked = rerank(Says([-3, 0, 5]), "zones", hits, Fusion(text_relevance=0.03), READ)
    assert [hit.passage.id for hit in ranked] == [hits[place].passage.id for place in (2, 1, 0)]
    assert [hit.relevance for hit in ranked] == [5, 0, -3]
    assert [hit.score for hit in ranked] == pytest.approx([0.48 + 0.15, 0.49, 0.5 - 0.09])


@given(_scores, _figures, st.floats(0, 1))
def test_hits_stay_the_same(scores, figures, weight):
    """Each hit is there once, best first, with a bounded relevance; unread ones count as least relevant."""
    hits = hits_of(scores)
    ranked = rerank(Says(figures), "zones", hits, Fusion(text_relevance=weight), READ)
    assert {hit.passage.id for hit in ranked} == {hit.passage.id for hit in hits}
    assert [hit.score for hit in ranked] == sorted((hit.score for hit in ranked), reverse=True)
    assert all(LEAST_RELEVANCE <= hit.relevance <= -LEAST_RELEVANCE for hit in ranked)
    assert all(hit.relevance == LEAST_RELEVANCE for hit in ranked[READ:])


@given(_scores, _figures, st.floats(0, 1))
def test_unread_hits_stay_behind(scores, figures, weight):
    """Only the first hits are read, each with title and headings, and none that was not read passes them."""
    hits = hits_of(scores)
    reranker = Says(figures)
    ranked = rerank(reranker, "zones", hits, Fusion(text_relevance=weight), READ)
    first = [hit.passage for hit in hits[:READ]]
    assert reranker.read == [("zones", f"Page. {p.heading[0]}. {p.text}") for p in first]
    assert {hit.passage.id for hit in ranked[:READ]} == {passage.id for passage in first}
    assert [hit.passage.id for hit in ranked[READ:]] == [hit.passage.id for hit in hits[READ:]]


@given(_scores, _figures)
def test_without_weight_the_order_stays(scores, figures):
    """With weight 0 hits keep their order and scores, and are read all the same."""
    hits = hits_of(scores)
    ranked = rerank(Says(figures), "zones", hits, Fusion(text_relevance=0.0), READ)
    assert [(hit.passage.id, hit.score) for hit in ranked] == [(hit.passage.id, hit.score) for hit in hits]


@given(_scores, st.floats(0, 1))
def test_reading_again_is_the_same(scores, weight):
    """Hits of the same query get the same order each time."""
    hits = hits_of(scores)
    once, again = (rerank(SharedWords(), "zones", hits, Fusion(text_relevance=weight), READ) for _ in range(2))
    assert once == again


def test_relevance_counts_less_where_a_question_was_written():
    """A passage that is found by questions of its own is moved less by what the reranker says than any other."""
    passage = replace(HITS[0].passage, questions=("What are zones?",))
    asked, other = replace(HITS[0], passage=passage, score=0.5), replace(HITS[1], score=0.5)
    ranked = rerank(Says([2, 2]), "zones", [asked, other], Fusion(relevance=0.03, text_relevance=0.1), READ)
    assert {hit.passage.id: hit.score for hit in ranked} == pytest.approx({passage.id: 0.56, other.passage.id: 0.7})


def test_fewer_are_read_where_the_question_is_known():
    """Where the first hit has a question that is nearly what was asked, half as many are read."""
    asked = replace(HITS[0].passage, questions=("What are zones?",))
    near, far = (replace(HITS[0], passage=asked, label_similarity=value) for value in (0.9, 0.4))
    assert to_read([near, *HITS]) == READ_SURE < READ
    assert to_read([far, *HITS]) == to_read([HITS[0]]) == to_read([]) == READ
