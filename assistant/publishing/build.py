"""Builds an index version from a corpus and publishes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np

from assistant.dialogue.decision import Decision
from assistant.documents.aliases import Alias
from assistant.documents.corpus import Corpus, Problem, fingerprint, list_files, read_corpus
from assistant.documents.document import Document
from assistant.documents.passages import Passage, Splitting, split_document
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.fusion import Fusion
from assistant.retrieval.keyword_index import KeywordIndex
from assistant.retrieval.retriever import embedded_texts, keyword_text
from assistant.retrieval.vector_index import VectorIndex
from assistant.versions.store import Store
from assistant.versions.version import FORMAT, IndexVersion, Manifest

ProgressBar = Callable[[int], AbstractContextManager[Progress]]
"""Given the number of texts, opens a bar that is told how many more are embedded."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, for the person who ran it."""

    version: str
    documents: int
    sections: int
    passages: int
    problems: tuple[Problem, ...]
    seconds: float


def build_index(corpus_folder: Path, index_folder: Path, embedder: Embedder, progress_bar: ProgressBar) -> BuildReport:
    """Read, split, embed and index the corpus, then publish the version.

    A document that can't be read is reported and left out. Raises `CorpusError`, `ModelError` or an
    `OSError` of the index folder; the version that was served before is then still served.
    """
    started = monotonic()
    corpus = read_corpus(corpus_folder)
    version = make_version(corpus.documents, corpus.aliases, corpus.fingerprint, embedder, progress_bar)
    store = Store(index_folder)
    sha256 = store.add(version)
    store.publish(sha256)
    return _report(sha256, corpus, version, monotonic() - started)


def make_version(
    documents: Sequence[Document],
    aliases: Sequence[Alias],
    corpus_fingerprint: str,
    embedder: Embedder,
    progress_bar: ProgressBar,
) -> IndexVersion:
    """Give the index version of documents, not yet written anywhere."""
    splitting = Splitting()
    passages = tuple(p for document in documents for p in split_document(document, splitting))
    vectors = _embed(passages, embedder, progress_bar)
    manifest = Manifest(
        format=FORMAT,
        model=embedder.model,
        dimension=embedder.dimension,
        fingerprint=corpus_fingerprint,
        splitting=splitting,
        fusion=Fusion(),
        decision=Decision(),
        content_date=max((d.updated for d in documents if d.updated), default=None),
        documents=len(documents),
        sections=sum(len(document.sections) for document in documents),
        passages=len(passages),
    )
    expansion = Expansion(aliases)
    keywords = KeywordIndex.build([expansion.of_text(keyword_text(passage)) for passage in passages])
    return IndexVersion("", manifest, tuple(documents), tuple(aliases), passages, VectorIndex.build(vectors), keywords)


def staleness(corpus_folder: Path, index_folder: Path, model: str) -> str | None:
    """Say why the index no longer fits the corpus and the program, or `None` if it does.

    Raises `CorpusError`, `IndexMissing`, `IndexDamaged` or `IndexMismatch`.
    """
    manifest = Store(index_folder).current_manifest()
    reasons = {
        "the corpus has changed": manifest.fingerprint != fingerprint(list_files(corpus_folder)),
        f"it was embedded by {manifest.model}, the model is now {model}": manifest.model != model,
        "passages are split in another way now": manifest.splitting != Splitting(),
        "hits are weighed in another way now": manifest.fusion != Fusion(),
        "answers are decided in another way now": manifest.decision != Decision(),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _embed(passages: Sequence[Passage], embedder: Embedder, progress_bar: ProgressBar) -> Vectors:
    """Embed the texts of all passages, long ones together so that batches are even."""
    texts = [text for passage in passages for text in embedded_texts(passage)]
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    with progress_bar(len(texts)) as progress:
        embedded = embedder.embed([texts[number] for number in order], progress)
    vectors = np.empty_like(embedded)
    vectors[order] = embedded
    return vectors


def _report(sha256: str, corpus: Corpus, version: IndexVersion, seconds: float) -> BuildReport:
    manifest = version.manifest
    return BuildReport(sha256[:12], manifest.documents, manifest.sections, manifest.passages, corpus.problems, seconds)
