"""Tries BM25 alone, set up as bm25s' documentation does."""

from __future__ import annotations

import sys
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from benchmarks.peers.ranking import Scores, best
from benchmarks.peers.trial import Query, Ranking, main, read_passages


class KeywordAlone:
    """BM25 over stems; the best score is the confidence."""

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english")

    def index(self, folder: Path) -> None:
        """Index title and text."""
        passages = read_passages(folder)
        self._ids = [passage.id for passage in passages]
        self._bm25 = bm25s.BM25()
        self._bm25.index(self._terms([passage.text for passage in passages]), show_progress=False)

    def scores(self, text: str) -> Scores:
        """Give the BM25 score of each passage."""
        (terms,) = self._terms([text])
        found = self._bm25.get_scores(terms) if terms else np.zeros(len(self._ids))
        return np.asarray(found, dtype=np.float32)

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        scores = self.scores(query.text)
        return Ranking(best(self._ids, scores), float(scores.max()))

    def _terms(self, texts: list[str]) -> list[list[str]]:
        terms: list[list[str]] = bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, return_ids=False, show_progress=False
        )
        return terms


if __name__ == "__main__":
    main(sys.argv[1:], {"BM25": KeywordAlone})
