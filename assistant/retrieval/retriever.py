"""Finds passages: dense and keyword rankings over question, passage and sentence fields, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.documents.passages import Passage, Sentence
from assistant.documents.sentences import split_sentences
from assistant.errors import IndexMismatch
from assistant.retrieval.embedding import Embedder, Vectors
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.fusion import Fusion, dense_score, fuse
from assistant.retrieval.hits import LEAST_RELEVANCE, Hit, Retrieval
from assistant.retrieval.keyword_index import Coverage, KeywordIndex
from assistant.retrieval.names import is_bill, names
from assistant.retrieval.reranking import Reranker, rerank, to_read
from assistant.retrieval.vector_index import VectorIndex

_ROWS = 200
_CANDIDATES = 30
_HITS = 10
_UNNAMED = 0.25
"""How far a passage that lacks a state or bill which was asked about stands behind those that have it: it is not
quoted, and would keep them from being read. From .15 to .4 it makes no difference to the golden questions
(`docs/decisions/0025-closest-blocks-calibration.md`)."""
_IN_PASSING = 0.15
"""The same where it names a bill that was asked about, but not in its title or heading: it is about more than that."""
_READ_EACH = 5
"""Hits of each of several queries that are read."""
_FOLLOW_UP_RELEVANCE = 0.05
"""Weight of the reader's log-odds where hits of several queries are ordered together: their scores are less alike than
those of one query (`docs/decisions/0024-follow-ups.md`)."""


def embedded_texts(passage: Passage) -> tuple[str, ...]:
    """Give what is embedded of a passage: its labels, then itself with its headings, then its sentences.

    The rows of a vector index are these, passage after passage.
    """
    context = ". ".join((passage.title, *passage.heading))
    sentences = (piece for sentence in passage.sentences for piece in _pieces(passage, sentence))
    return (*_labels(passage), f"{context}\n{passage.text}", *sentences)


def _labels(passage: Passage) -> tuple[str, ...]:
    """Give what a passage is found by: the questions it answers and, where that is none of them, its heading."""
    heading = (". ".join(passage.heading),) if passage.heading and not passage.is_entry else ()
    return (*passage.questions, *heading)


def _pieces(passage: Passage, sentence: Sentence) -> tuple[str, ...]:
    """Give a sentence, and for a list item of several sentences each of them too."""
    text = passage.text[sentence.start : sentence.end]
    inner = tuple(text[span.start : span.end] for span in split_sentences(text))
    return (text, *inner) if len(inner) > 1 else (text,)


def _first_pieces(passage: Passage) -> npt.NDArray[np.int64]:
    """Give, for each sentence, the first of its rows among those of its passage."""
    pieces = [len(_pieces(passage, sentence)) for sentence in passage.sentences]
    first_pieces: npt.NDArray[np.int64] = len(_labels(passage)) + np.cumsum([1, *pieces[:-1]])
    return first_pieces


def keyword_text(passage: Passage) -> str:
    """Give the text whose terms are indexed: headings and questions with the passage itself."""
    return "\n".join((passage.title, *passage.heading, *passage.questions, passage.text))


class Retriever:
    """Passages with the two halves of their index, the other names of things, and the models for queries."""

    def __init__(
        self,
        passages: tuple[Passage, ...],
        vectors: VectorIndex,
        keywords: KeywordIndex,
        *,
        expansion: Expansion,
        embedder: Embedder,
        reranker: Reranker,
        fusion: Fusion,
    ) -> None:
        self.passages = passages
        self._vectors = vectors
        self._keywords = keywords
        self._expansion = expansion
        self._embedder = embedder
        self._reranker = reranker
        self._fusion = fusion
        self._of_follow_ups = replace(fusion, relevance=_FOLLOW_UP_RELEVANCE, text_relevance=_FOLLOW_UP_RELEVANCE)
        self._first_rows = np.cumsum([0, *(len(embedded_texts(passage)) for passage in passages)])
        if self._first_rows[-1] != len(vectors):
            raise IndexMismatch(
                f"the index has {len(vectors)} vectors, its passages need {self._first_rows[-1]}; "
                "run `python build_index.py` to build the index again"
            )
        self._rows = [range(int(a), int(b)) for a, b in pairwise(self._first_rows)]
        self._question_rows = {
            question: rows.start + number
            for passage, rows in zip(passages, self._rows, strict=True)
            for number, question in enumerate(passage.questions)
        }
        self._sentence_rows = [_first_pieces(passage) for passage in passages]

    def retrieve(self, query: str, count: int = _HITS, taken_out: str | None = None) -> Retrieval:
        """Find the `count` passages nearest to a query, as if none had `taken_out` among its labels.

        Raises `EmbeddingError` if the query can't be embedded.
        """
        found = self._fused(query, count, taken_out)
        read = to_read(found.hits)
        ranked = rerank(self._reranker, self._expansion.of_query(query), found.hits, self._fusion, read)
        return replace(found, hits=ranked)

    def retrieve_any(self, queries: Sequence[str], asked: str, count: int = _HITS) -> Retrieval:
        """Find the `count` passages nearest to any of several queries, ordered by how well each answers `asked`.

        They are ordered by the query that each is nearest to, and given as the first query that found the first of them
        did, which is that of the retrieval.
        Raises `EmbeddingError` if a query can't be embedded.
        """
        if len(queries) == 1 and asked == queries[0]:
            return self.retrieve(asked, count)
        found = [self._fused(query, count) for query in queries]
        hits = sorted((hit for each in found for hit in each.hits), key=lambda hit: (hit.score, hit.passage.id))
        nearest = {hit.passage.id: hit for hit in hits}
        read = dict.fromkeys(hit.passage.id for each in found for hit in each.hits[:_READ_EACH])
        others = [hit.passage.id for hit in reversed(nearest.values()) if hit.passage.id not in read]
        candidates = [nearest[passage] for passage in (*read, *others)]
        expanded = self._expansion.of_query(asked)
        ranked = rerank(self._reranker, expanded, candidates, self._of_follow_ups, len(read))[:count]
        lead = next((each for each in found if ranked and _hit_of(each, ranked[0])), found[0])
        as_lead = (_hit_of(lead, hit) or hit for hit in ranked)
        hits_of_lead = (
            replace(own, relevance=hit.relevance, score=hit.score) for own, hit in zip(as_lead, ranked, strict=True)
        )
        return replace(lead, hits=tuple(hits_of_lead))

    def _fused(self, query: str, count: int, taken_out: str | None = None) -> Retrieval:
        """Give the `count` passages nearest to a query, not read yet."""
        expanded = self._expansion.of_query(query)
        vector = self._embedder.embed_query(expanded)
        keyword = self._keywords.score(expanded)
        candidates = self._candidates(vector, keyword)
        hits = self._hits(expanded, vector, keyword, candidates, taken_out)
        specificity = self._keywords.specificity(expanded)
        asked = names(query)
        placed = (replace(hit, score=hit.score - _unnamed(hit, asked)) for hit in hits)
        fused = sorted(placed, key=lambda hit: (-hit.score, hit.passage.id))[:count]
        return Retrieval(query, tuple(fused), _background([hit.dense for hit in hits]), specificity)

    def likeness(self, first: str, second: str) -> float:
        """Give the cosine of two of the library's questions, each as it stands there; 0 of another text."""
        if first not in self._question_rows or second not in self._question_rows:
            return 0.0
        vector = self._vectors.row(self._question_rows[first])
        return float(self._vectors.similarities(vector, [self._question_rows[second]])[0])

    def _candidates(self, vector: Vectors, keyword: npt.NDArray[np.float32]) -> list[int]:
        """Give the passages worth scoring: near by any field, or by their terms."""
        rows = self._vectors.nearest(vector, _ROWS)
        dense = dict.fromkeys(int(p) for p in np.searchsorted(self._first_rows, rows, side="right") - 1)
        lexical = np.argsort(-keyword, kind="stable")[:_CANDIDATES]
        return list(dict.fromkeys([*list(dense)[:_CANDIDATES], *(int(p) for p in lexical if keyword[p] > 0)]))

    def _hits(  # a query in all its forms
        self,
        query: str,
        vector: Vectors,
        keyword: npt.NDArray[np.float32],
        candidates: Sequence[int],
        taken_out: str | None,
    ) -> list[Hit]:
        if not candidates:
            return []
        best = float(keyword.max()) or 1.0
        bounds = np.cumsum([0, *(self._rows[number].stop - self._rows[number].start for number in candidates)])
        rows = [row for number in candidates for row in self._rows[number]]
        similarities = np.split(self._vectors.similarities(vector, rows), bounds[1:-1])
        coverages = self._keywords.coverage(query, candidates)
        return [
            self._hit(number, similarity, coverage, float(keyword[number]) / best, taken_out)
            for number, similarity, coverage in zip(candidates, similarities, coverages, strict=True)
        ]

    def _hit(  # a passage and all that was found of it
        self,
        number: int,
        similarities: npt.NDArray[np.float32],
        coverage: Coverage,
        keyword: float,
        taken_out: str | None,
    ) -> Hit:
        """Make a hit of the similarities of a passage's rows."""
        passage = self.passages[number]
        labels = _labels(passage)
        whole = float(similarities[len(labels)])
        label = max(
            (float(value) for value, text in zip(similarities, labels, strict=False) if text != taken_out),
            default=whole,
        )
        sentences = tuple(np.maximum.reduceat(similarities, self._sentence_rows[number]).tolist())
        dense = dense_score(self._fusion, label, whole, sentences, asked=bool(passage.questions))
        score = fuse(self._fusion, dense, keyword, asked=bool(passage.questions))
        questions = tuple(similarities[: len(passage.questions)].tolist())
        return Hit(passage, label, whole, sentences, questions, dense, coverage, LEAST_RELEVANCE, score)


def _hit_of(found: Retrieval, hit: Hit) -> Hit | None:
    """Give the hit of another query on the same passage, if it has one."""
    return next((other for other in found.hits if other.passage.id == hit.passage.id), None)


def _unnamed(hit: Hit, asked: frozenset[str]) -> float:
    """Give how far behind a hit stands for the states and bills that were asked about and that it is not about."""
    if not asked:
        return 0.0
    named = names(keyword_text(hit.passage))
    headed = names("\n".join((hit.passage.title, *hit.passage.heading)))
    in_passing = [name for name in (asked & named) - headed if is_bill(name)]
    return _UNNAMED * len(asked - named) + _IN_PASSING * len(in_passing)


def _background(dense: Sequence[float]) -> float:
    """Give the mean of the fifth to tenth best, of all but the best in a library of fewer passages."""
    best_first = sorted(dense, reverse=True)
    rest = best_first[4:10] or best_first[1:] or best_first
    return sum(rest) / len(rest) if rest else 0.0
