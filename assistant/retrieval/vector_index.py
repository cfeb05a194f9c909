"""The dense half of an index: inner product over unit vectors, exact up to a number of rows, then approximate."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np
import numpy.typing as npt

from assistant.errors import EmbeddingError, IndexDamaged
from assistant.retrieval.embedding import Vectors

EXACT_UP_TO = 50_000
"""Rows that are searched one by one; more make a graph (HNSW, Malkov and Yashunin 2016), which misses a few."""
_NEIGHBOURS = 32
_SEARCHED = 64
_SEED = 20261123


class VectorIndex:
    """Rows of unit vectors; the inner product with a unit query is the cosine similarity."""

    def __init__(self, index: faiss.IndexFlat | faiss.IndexHNSWFlat) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """Index the rows in the order given; with one thread, so that equal rows give an equal graph."""
        use_one_thread()
        dimension = vectors.shape[1]
        index = faiss.IndexFlatIP(dimension) if len(vectors) <= exact_up_to else _graph(dimension)
        index.add(vectors)
        return cls(index)

    @classmethod
    def from_bytes(cls, content: bytes) -> VectorIndex:
        """Read what `to_bytes` gave. Verify the bytes before: FAISS does not.

        No part of it may claim to be longer than the whole: FAISS would take that much memory before it looks.

        Raises `IndexDamaged` for anything but an inner-product index of a kind that `build` makes.
        """
        faiss.set_deserialization_vector_byte_limit(len(content))
        try:
            index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
        except RuntimeError as error:
            raise IndexDamaged(f"the vector index can't be read: {error}") from error
        known = (faiss.IndexFlat, faiss.IndexHNSWFlat)
        if not isinstance(index, known) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise IndexDamaged(
                f"the vector index is a {type(index).__name__}, expected IndexFlatIP or IndexHNSWFlat by inner product"
            )
        return cls(index)

    def to_bytes(self) -> bytes:
        """Give the index as bytes, the same for the same vectors."""
        return bytes(faiss.serialize_index(self._index).tobytes())

    @property
    def is_exact(self) -> bool:
        """Whether every row is looked at for a query."""
        return isinstance(self._index, faiss.IndexFlat)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def rows(self) -> Vectors:
        """Give all rows in their order."""
        vectors: Vectors = self._index.reconstruct_n(0, len(self))
        return vectors

    def row(self, number: int) -> Vectors:
        """Give one row, of shape `(1, dimension)`."""
        vector: Vectors = self._index.reconstruct_n(number, 1)
        return vector

    def nearest(self, query: Vectors, count: int) -> tuple[int, ...]:
        """Give the rows nearest to `query` of shape `(1, dimension)`, best first.

        Raises `EmbeddingError` if the query is not finite or has another dimension.
        """
        if query.shape != (1, self.dimension) or not np.isfinite(query).all():
            raise EmbeddingError(
                f"expected one finite query vector of {self.dimension} numbers, found shape {query.shape}"
            )
        _, rows = self._index.search(query, min(count, len(self)))
        return tuple(int(row) for row in rows[0] if row >= 0)

    def recall(self, count: int, queries: int) -> float:
        """Give the share of the `count` rows truly nearest that are found, over rows drawn as queries."""
        drawn = np.random.default_rng(_SEED).choice(len(self), min(queries, len(self)), replace=False)
        queries_drawn: Vectors = self._index.reconstruct_batch(drawn)
        exact = faiss.IndexFlatIP(self.dimension)
        exact.add(self.rows())
        _, true = exact.search(queries_drawn, count)
        found = [set(self.nearest(query[None], count)) for query in queries_drawn]
        return float(
            np.mean([len(rows & set(map(int, wanted))) / count for rows, wanted in zip(found, true, strict=True)])
        )

    def similarities(self, query: Vectors, rows: Sequence[int]) -> npt.NDArray[np.float32]:
        """Give the cosine of `query` with each of `rows`, in their order."""
        vectors: Vectors = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        similarities: npt.NDArray[np.float32] = vectors @ query[0]
        return similarities


def _graph(dimension: int) -> faiss.IndexHNSWFlat:
    graph = faiss.IndexHNSWFlat(dimension, _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efSearch = _SEARCHED
    return graph


def use_one_thread() -> None:
    """Search with one thread: for single queries two measured 1.6 to 3.7 times slower."""
    faiss.omp_set_num_threads(1)
