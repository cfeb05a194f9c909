"""Makes of a version the one that its documents would give had nobody written wordings for them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import numpy as np

from assistant.documents.document import Document, Section
from assistant.publishing.build import make_version
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.retriever import embedded_texts
from assistant.versions.version import IndexVersion


class KnownVectors:
    """An embedder that takes the vectors of texts from a version that has them."""

    def __init__(self, version: IndexVersion, embedder: Embedder) -> None:
        self._embedder = embedder
        texts = [text for passage in version.passages for text in embedded_texts(passage)]
        self._known = dict(zip(texts, version.vectors.rows(), strict=True))
        self.model, self.dimension = embedder.model, embedder.dimension

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed texts as the embedder does."""
        new = [text for text in texts if text not in self._known]
        if new:
            self._known.update(zip(new, self._embedder.embed(new, progress), strict=True))
        return np.stack([self._known[text] for text in texts])


def without_wordings(version: IndexVersion, embedder: Embedder) -> IndexVersion:
    """Give the version of the same documents, each found by its headings and text alone: so are staff's own files."""
    documents = [_without_wordings(document) for document in version.documents]
    fingerprint = version.manifest.fingerprint
    known = KnownVectors(version, embedder)
    return make_version(documents, version.aliases, fingerprint, known, lambda _texts: nullcontext(lambda _count: None))


def _without_wordings(document: Document) -> Document:
    return replace(document, sections=tuple(map(_heading_only, document.sections)))


def _heading_only(section: Section) -> Section:
    return replace(section, questions=section.questions[:1] if section.is_entry else ())
