"""Makes of a version the one that its documents would give had nobody written wordings for them."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from assistant.documents.document import Document, Section
from assistant.publishing.build import make_version
from assistant.publishing.incremental import known_vectors
from assistant.retrieval.embedding import Embedder, Progress
from assistant.versions.version import IndexVersion


def without_wordings(version: IndexVersion, embedder: Embedder) -> IndexVersion:
    """Give the version of the same documents, each found by its headings and text alone: so are staff's own files."""
    documents = [_without_wordings(document) for document in version.documents]
    fingerprint = version.manifest.fingerprint
    known = known_vectors(version)
    return make_version(documents, version.aliases, fingerprint, embedder, _no_bar, known=known)


def _no_bar(_texts: int) -> AbstractContextManager[Progress]:
    return nullcontext(lambda _count: None)


def _without_wordings(document: Document) -> Document:
    return replace(document, sections=tuple(map(_heading_only, document.sections)))


def _heading_only(section: Section) -> Section:
    return replace(section, questions=section.questions[:1] if section.is_entry else ())
