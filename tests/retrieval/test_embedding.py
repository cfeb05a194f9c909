from __future__ import annotations

import numpy as np
import pytest
from bag_of_words import BagOfWords

from assistant.errors import EmbeddingError
from assistant.retrieval.embedding import unit_vectors


def test_rows_get_unit_length():
    """Rows keep their direction and get length one, as float32 that FAISS can take."""
    vectors = unit_vectors(np.array([[3.0, 4.0], [0.0, -2.0]]), 2, 2)
    assert vectors.tolist() == [[np.float32(0.6), np.float32(0.8)], [0.0, -1.0]]
    assert vectors.dtype == np.float32
    assert vectors.flags["C_CONTIGUOUS"]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_not_finite(bad):
    """One number that is not finite refuses the whole batch."""
    with pytest.raises(EmbeddingError, match="zero or not finite"):
        unit_vectors(np.array([[1.0, 0.0], [bad, 1.0]]), 2, 2)


def test_zero():
    """A vector without direction is refused: it would be equally near to everything."""
    with pytest.raises(EmbeddingError, match="zero or not finite"):
        unit_vectors(np.zeros((1, 3)), 1, 3)


@pytest.mark.parametrize("shape", [(2, 3), (1, 4), (3,), (1, 3, 1)])
def test_wrong_shape(shape):
    """Another number of vectors or another dimension is refused, and the message names both."""
    with pytest.raises(EmbeddingError, match=r"expected vectors of shape \(1, 3\), the model gave"):
        unit_vectors(np.ones(shape), 1, 3)


def test_no_texts():
    """No texts give no vectors, of the right dimension."""
    assert unit_vectors(np.zeros((0, 3)), 0, 3).shape == (0, 3)


def test_bag_of_words():
    """The embedder of these tests gives unit vectors: equal words are equal, no words a fixed direction."""
    same, again, other, none = BagOfWords().embed(["State pilots", "the pilot of a state", "broadband", "?!"])
    assert np.allclose([same @ same, other @ other, none @ none], 1)
    assert np.allclose(same, again)
    assert same @ other == 0
    assert none[0] == 1
