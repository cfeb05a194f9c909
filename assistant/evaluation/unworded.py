"""Makes of a version the one that its documents would give had nobody written wordings for them."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

from assistant.documents.document import Document, Section
from assistant.publishing.build import make_version
from assistant.publishing.incremental import known_vectors
from assistant.retrieval.embedding import Embedder
from assistant.versions.version import IndexVersion


def without_wordings(version: IndexVersion, embedder: Embedder) -> IndexVersion:
    """Give the version of the same documents, each found by its headings and text alone: so are staff's own files."""
    documents = [_without_wordings(document) for document in version.documents]
    return make_version(
        documents,
        version.aliases,
        version.manifest.fingerprint,
        embedder,
        lambda _texts: nullcontext(lambda _count: None),
        known=known_vectors(version),
    )


def _without_wordings(document: Document) -> Document:
    return replace(document, sections=tuple(map(_heading_only, document.sections)))


def _heading_only(section: Section) -> Section:
    return replace(section, questions=section.questions[:1] if section.is_entry else ())
