"""Tries a weighted sum of cosine and BM25."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers.dense_alone import DenseAlone
from benchmarks.peers.keyword_alone import KeywordAlone
from benchmarks.peers.ranking import best, scaled
from benchmarks.peers.trial import Query, Ranking, main, read_passages

_DENSE = 0.8


class Weighted:
    """Each kind of score scaled from its lowest to its highest; the best cosine is the confidence."""

    def __init__(self) -> None:
        self._dense, self._keyword = DenseAlone(), KeywordAlone()

    def index(self, folder: Path) -> None:
        """Index title and text both ways."""
        self._ids = [passage.id for passage in read_passages(folder)]
        self._dense.index(folder)
        self._keyword.index(folder)

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        cosines = self._dense.scores(query.text)
        scores = _DENSE * scaled(cosines) + (1 - _DENSE) * scaled(self._keyword.scores(query.text))
        return Ranking(best(self._ids, scores), float(cosines.max()))


if __name__ == "__main__":
    main(sys.argv[1:], {"weighted": Weighted})
