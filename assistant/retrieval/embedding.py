"""What an embedder is, and which of its vectors can be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.errors import EmbeddingError

Vectors = npt.NDArray[np.float32]
"""Float32 `(n, dimension)`, rows of unit length."""

Progress = Callable[[int], object]
"""Told how many more texts are embedded."""


class Embedder(Protocol):
    """Makes unit vectors of texts; near in meaning is near in angle."""

    @property
    def model(self) -> str:
        """Name and digest of the model: vectors of equal names can be compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return `(len(texts), dimension)` unit vectors, each the same to the byte whatever texts stand beside its own.

        Raises `EmbeddingError` if the model gives vectors that can't be used.
        """

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of one text, `(1, dimension)`, as soon as can be; its last digits may differ.

        Raises `EmbeddingError` if the model gives a vector that can't be used.
        """


def unit_vectors(raw: npt.NDArray[np.floating], count: int, dimension: int) -> Vectors:
    """Scale rows to unit length.

    Raises `EmbeddingError` for another shape than `(count, dimension)`, for NaN, infinity or zero.
    """
    if raw.shape != (count, dimension):
        raise EmbeddingError(f"expected vectors of shape {(count, dimension)}, the model gave {raw.shape}")
    lengths = np.linalg.norm(raw, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not (lengths > 0).all():
        raise EmbeddingError("the model gave a vector that is zero or not finite; the text can't be searched")
    return np.ascontiguousarray(raw / lengths, dtype=np.float32)
