from __future__ import annotations

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import EmbeddingError, IndexDamaged
from assistant.retrieval.embedding import unit_vectors
from assistant.retrieval.vector_index import VectorIndex


def random_vectors(seed, count, dimension=8):
    raw = np.random.default_rng(seed).normal(size=(count, dimension))
    return unit_vectors(raw, count, dimension)


seeds = st.integers(0, 10_000)


@given(seeds, st.integers(1, 60), st.integers(1, 80))
def test_search_equals_brute_force(seed, rows, count):
    """The nearest rows are those that comparing with every row finds, for any count, even beyond the last row."""
    vectors, query = random_vectors(seed, rows), random_vectors(seed + 1, 1)
    nearest = VectorIndex.build(vectors).nearest(query, count)
    cosines = vectors @ query[0]
    assert len(set(nearest)) == len(nearest) == min(count, rows)
    assert np.allclose(cosines[list(nearest)], np.sort(cosines)[::-1][:count], atol=1e-6)


@given(seeds, st.integers(1, 30))
def test_length_of_the_query_does_not_matter(seed, count):
    """A query scaled by five finds the same rows with the same similarities."""
    index, raw = VectorIndex.build(random_vectors(seed, 30)), np.random.default_rng(seed).normal(size=(1, 8))
    one, five = unit_vectors(raw, 1, 8), unit_vectors(raw * 5, 1, 8)
    rows = index.nearest(one, count)
    assert index.nearest(five, count) == rows
    assert np.allclose(index.similarities(one, rows), index.similarities(five, rows), atol=1e-6)


@given(seeds, st.lists(st.integers(0, 29), max_size=10))
def test_similarities_are_those_of_the_rows_asked_for(seed, rows):
    """Similarities come in the order of the rows, repeats kept, and are cosines."""
    vectors, query = random_vectors(seed, 30), random_vectors(seed + 1, 1)
    similarities = VectorIndex.build(vectors).similarities(query, rows)
    assert np.allclose(similarities, [vectors[row] @ query[0] for row in rows], atol=1e-6)


@given(seeds, st.integers(1, 40))
def test_round_trip(seed, rows):
    """An index read from its bytes has the same rows, gives the same bytes and finds the same."""
    index, query = VectorIndex.build(random_vectors(seed, rows)), random_vectors(seed + 1, 1)
    content = index.to_bytes()
    again = VectorIndex.from_bytes(content)
    assert again.to_bytes() == content
    assert (len(again), again.dimension) == (rows, 8)
    assert again.nearest(query, rows) == index.nearest(query, rows)


@pytest.mark.parametrize(
    "query",
    [
        np.full((1, 8), np.nan, np.float32),
        np.full((1, 8), np.inf, np.float32),
        np.ones((1, 7), np.float32),
        np.ones((2, 8), np.float32),
    ],
    ids=["NaN", "infinity", "another dimension", "two queries"],
)
def test_queries_that_can_not_be_searched(query):
    """A query that is not one finite vector of the right size is an error and finds no row -1."""
    with pytest.raises(EmbeddingError, match="expected one finite query vector of 8 numbers"):
        VectorIndex.build(random_vectors(1, 3)).nearest(query, 2)


def test_fewer_rows_than_asked_for():
    """Asking for more rows than there are gives each row once and never row -1."""
    assert sorted(VectorIndex.build(random_vectors(1, 3)).nearest(random_vectors(2, 1), 100)) == [0, 1, 2]


@pytest.mark.parametrize("content", [b"", b"no index", b"\x00" * 100])
def test_bytes_of_something_else(content):
    """Bytes that are no index are refused."""
    with pytest.raises(IndexDamaged, match="the vector index can't be read"):
        VectorIndex.from_bytes(content)


@pytest.mark.parametrize("other", [faiss.IndexFlatL2(8), faiss.IndexHNSWFlat(8, 4), faiss.IndexLSH(8, 8)])
def test_index_of_another_kind(other):
    """An index that measures distance, or is of a kind that is never built, is refused."""
    with pytest.raises(IndexDamaged, match="expected IndexFlatIP"):
        VectorIndex.from_bytes(faiss.serialize_index(other).tobytes())


@given(seeds, st.integers(0, 5))
def test_rows_are_what_was_indexed(seed, count):
    """All rows come back as they were put in, none of an empty index."""
    vectors = random_vectors(seed, count)
    assert np.array_equal(VectorIndex.build(vectors).rows(), vectors)


def test_length_that_is_claimed():
    """Bytes that claim to hold far more vectors than there are bytes are refused before memory is taken for them."""
    content = VectorIndex.build(random_vectors(1, 4)).to_bytes()
    claimed = content.replace((4 * 8).to_bytes(8, "little"), (1 << 36).to_bytes(8, "little"))
    assert claimed != content
    with pytest.raises(IndexDamaged, match="limit"):
        VectorIndex.from_bytes(claimed)


def clustered(count, dimension=24):
    """Give unit vectors around some centres, as texts lie; equally spread ones mislead about recall."""
    random = np.random.default_rng(5)
    centres = random.standard_normal((20, dimension))
    vectors = centres[random.integers(0, 20, count)] + 0.4 * random.standard_normal((count, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_a_large_index_is_approximate():
    """Above the limit a graph is built: nearly all of the nearest rows are found, and equal rows give equal bytes."""
    vectors = clustered(3000)
    index = VectorIndex.build(vectors, exact_up_to=2999)
    assert (index.is_exact, VectorIndex.build(vectors, exact_up_to=3000).is_exact) == (False, True)
    assert index.recall(10, 200) >= 0.95
    assert index.to_bytes() == VectorIndex.build(vectors, exact_up_to=2999).to_bytes()


def test_an_approximate_index_comes_back():
    """A graph read from its bytes finds the same rows, gives them back, and their true cosines."""
    vectors = clustered(1200)
    built = VectorIndex.build(vectors, exact_up_to=100)
    read = VectorIndex.from_bytes(built.to_bytes())
    assert np.array_equal(read.rows(), vectors)
    for row in (0, 600, 1199):
        query = vectors[row][None]
        assert read.nearest(query, 10) == built.nearest(query, 10)
        assert read.nearest(query, 10)[0] == row
        assert read.similarities(query, [row, 3]) == pytest.approx([1, vectors[3] @ vectors[row]], abs=1e-5)


def test_recall_of_a_poor_graph():
    """A graph with hardly a connection is told from a good one; an exact index has all rows."""
    poor = faiss.IndexHNSWFlat(24, 2, faiss.METRIC_INNER_PRODUCT)
    poor.hnsw.efSearch = poor.hnsw.efConstruction = 1
    poor.add(clustered(3000))
    assert VectorIndex(poor).recall(10, 100) < 0.9
    assert VectorIndex.build(clustered(300)).recall(10, 100) == 1
