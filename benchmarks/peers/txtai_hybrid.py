"""Tries txtai's hybrid search, set up as its documentation does."""

from __future__ import annotations

import sys
from pathlib import Path

from txtai import Embeddings

from benchmarks.peers.model import model_folder
from benchmarks.peers.trial import RANKED, Query, Ranking, main, read_passages


class TxtaiHybrid:
    """Vectors and BM25 in equal parts over stored content; the best score is the confidence."""

    def __init__(self) -> None:
        self._embeddings = Embeddings(path=model_folder(), hybrid=True, content=True)

    def index(self, folder: Path) -> None:
        """Index title and text."""
        self._embeddings.index((passage.id, passage.text, None) for passage in read_passages(folder))

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        rows = self._embeddings.search(query.text, RANKED)
        return Ranking(tuple(row["id"] for row in rows), rows[0]["score"] if rows else 0.0)


if __name__ == "__main__":
    main(sys.argv[1:], {"txtai": TxtaiHybrid})
