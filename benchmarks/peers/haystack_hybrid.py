"""Tries Haystack's hybrid retrieval, set up as its tutorial does, with rank fusion."""

from __future__ import annotations

import sys
from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from benchmarks.peers.model import model_folder
from benchmarks.peers.trial import RANKED, Query, Ranking, main, read_passages


class HaystackHybrid:
    """BM25 and vectors in memory, joined by reciprocal rank fusion; the best fused score is the confidence."""

    def __init__(self) -> None:
        self._store = InMemoryDocumentStore()
        self._document_embedder = SentenceTransformersDocumentEmbedder(model=model_folder(), progress_bar=False)
        text_embedder = SentenceTransformersTextEmbedder(model=model_folder(), progress_bar=False)
        self._pipeline = Pipeline()
        self._pipeline.add_component("text_embedder", text_embedder)
        self._pipeline.add_component("embedding_retriever", InMemoryEmbeddingRetriever(self._store))
        self._pipeline.add_component("bm25_retriever", InMemoryBM25Retriever(self._store))
        self._pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        self._pipeline.connect("text_embedder", "embedding_retriever")
        self._pipeline.connect("embedding_retriever", "joiner")
        self._pipeline.connect("bm25_retriever", "joiner")
        self._document_embedder.warm_up()
        text_embedder.warm_up()

    def index(self, folder: Path) -> None:
        """Index title and text."""
        indexing = Pipeline()
        indexing.add_component("embedder", self._document_embedder)
        indexing.add_component("writer", DocumentWriter(self._store))
        indexing.connect("embedder", "writer")
        documents = [Document(id=passage.id, content=passage.text) for passage in read_passages(folder)]
        indexing.run({"embedder": {"documents": documents}})

    def search(self, query: Query) -> Ranking:
        """Search for what was said last."""
        asked = {"text_embedder": {"text": query.text}, "bm25_retriever": {"query": query.text}}
        documents = self._pipeline.run(asked)["joiner"]["documents"][:RANKED]
        return Ranking(tuple(document.id for document in documents), documents[0].score if documents else 0.0)


if __name__ == "__main__":
    main(sys.argv[1:], {"Haystack": HaystackHybrid})
