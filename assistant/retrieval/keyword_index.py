"""The lexical half of an index: BM25 over the terms of passages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from assistant.retrieval.terms import indexed_terms, terms

_TERMS_FILE = "terms.jsonl"
_MUCH = 3


@dataclass(frozen=True, slots=True)
class Coverage:
    """The share of a query's terms that a passage has, rare ones weighing more, and the rarity of the rarest it lacks.

    Both 0 to 1. A term that no passage has weighs most: a query about it is hardly covered.
    """

    share: float
    missing: float


class KeywordIndex:
    """BM25 scores of passages, and how much of a query they cover."""

    def __init__(self, scores: bm25s.BM25, passage_terms: Sequence[frozenset[str]]) -> None:
        self._scores = scores
        self._terms = tuple(passage_terms)
        self._frequency = Counter(term for passage in self._terms for term in passage)

    @classmethod
    def build(cls, texts: Sequence[str]) -> KeywordIndex:
        """Index texts in the order given (BM25 after Lucene, k1 1.2, b 0.75)."""
        tokens = [list(indexed_terms(text)) for text in texts]
        scores = bm25s.BM25(k1=1.2, b=0.75)
        scores.index(_numbered(tokens if any(tokens) else [[""]]), show_progress=False)  # it can't save an empty one
        return cls(scores, [frozenset(passage) for passage in tokens])

    def save(self, folder: Path) -> None:
        """Write the index as files below `folder`."""
        folder.mkdir()
        self._scores.save(folder, show_progress=False)
        lines = (json.dumps(sorted(passage), ensure_ascii=False) + "\n" for passage in self._terms)
        (folder / _TERMS_FILE).write_text("".join(lines), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> KeywordIndex:
        """Read what `save` wrote. Verify the files before."""
        scores = bm25s.BM25.load(folder, load_corpus=False, allow_pickle=False)
        lines = (folder / _TERMS_FILE).read_text(encoding="utf-8").splitlines()
        return cls(scores, [frozenset(json.loads(line)) for line in lines])

    def __len__(self) -> int:
        return len(self._terms)

    def score(self, query: str) -> npt.NDArray[np.float32]:
        """Give the BM25 score of every passage, 0 where no term is shared."""
        known = [term for term in terms(query) if term in self._frequency]
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._scores.get_scores(known)
        return scores

    def coverage(self, query: str, passages: Sequence[int]) -> tuple[Coverage, ...]:
        """Give how much of the query's terms each passage has; nothing of a query without terms."""
        weights = {term: self._rarity(term) for term in terms(query)}
        return tuple(_coverage(weights, self._terms[passage]) for passage in passages)

    def specificity(self, query: str) -> float:
        """Give how much a query says, 0 to 1: the rarity of its terms together, as three that no passage has."""
        return min(1.0, sum(self._rarity(term) for term in set(terms(query))) / _MUCH)

    def _rarity(self, term: str) -> float:
        """Give how rare a term is in the library: 1 if no passage has it, near 0 if all have it."""
        frequency = self._frequency[term]
        return log(1 + (len(self) - frequency + 0.5) / (frequency + 0.5)) / log(2 + 2 * len(self))


def _numbered(tokens: Sequence[Sequence[str]]) -> tuple[list[list[int]], dict[str, int]]:
    """Give tokens as numbers, and the numbers in alphabetical order.

    Left to itself bm25s numbers them in the order of a set, another in each process.
    """
    vocabulary = {token: number for number, token in enumerate(sorted({token for text in tokens for token in text}))}
    return [[vocabulary[token] for token in text] for text in tokens], vocabulary


def _coverage(weights: dict[str, float], passage: frozenset[str]) -> Coverage:
    total = sum(weights.values())
    covered = sum(weight for term, weight in weights.items() if term in passage)
    missing = max((weight for term, weight in weights.items() if term not in passage), default=0.0)
    return Coverage(covered / total if total else 0.0, missing)
