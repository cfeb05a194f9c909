"""Tries the embedding model alone."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from benchmarks.peers.model import model_folder
from benchmarks.peers.ranking import Scores, best
from benchmarks.peers.trial import Query, Ranking, main, read_passages


class DenseAlone:
    """Cosines of whole passages; the best one is the confidence."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(model_folder(), device="cpu")

    def index(self, folder: Path) -> None:
        """Embed title and text."""
        passages = read_passages(folder)
        self._ids = [passage.id for passage in passages]
        self._vectors = self._model.encode([passage.text for passage in passages], normalize_embeddings=True)

    def scores(self, text: str) -> Scores:
        """Give the cosine of each passage."""
        return np.asarray(self._vectors @ self._model.encode(text, normalize_embeddings=True), dtype=np.float32)

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        cosines = self.scores(query.text)
        return Ranking(best(self._ids, cosines), float(cosines.max()))


if __name__ == "__main__":
    main(sys.argv[1:], {"dense": DenseAlone})
