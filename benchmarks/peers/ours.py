"""Tries the assistant, with the conversation before a query and without."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from assistant.assistant import Assistant
from assistant.evaluation import labelled_set
from assistant.publishing.progress import terminal_bar
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.retrieval.vector_index import use_one_thread
from benchmarks.peers.trial import Query, Ranking, main


class Ours:
    """The assistant as `python -m assistant.evaluation benchmark` runs it."""

    def __init__(self) -> None:
        self._embedder = SentenceEmbedder()
        self._embedder.embed(["loads the model"])
        self._reranker = CrossEncoder()
        use_one_thread()

    def index(self, folder: Path) -> None:
        """Index each row as one document: its labels, its passages and each of its sentences."""
        self._assistant: Assistant = labelled_set.index_rows(folder, self._embedder, self._reranker, terminal_bar)

    def search(self, query: Query) -> Ranking:
        """Make the query standalone, which asks the questions before it again, and search."""
        asked = labelled_set.Query(query.id, query.text, query.history, answerable=True, relevant={})
        ((_, retrieval),) = labelled_set.retrieve_all(self._assistant, [asked])
        ranked = labelled_set.rank(self._assistant, asked, retrieval)
        return Ranking(tuple(row for row, _ in ranked.rows), ranked.confidence)


class OursLastTurn(Ours):
    """The assistant, told nothing of the conversation, like its peers."""

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        return super().search(replace(query, history=()))


if __name__ == "__main__":
    main(sys.argv[1:], {"assistant": Ours, "assistant, last turn": OursLastTurn})
