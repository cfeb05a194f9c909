"""Builds an index version from a corpus and publishes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Literal

from assistant.dialogue.decision import Decision
from assistant.documents.aliases import Alias
from assistant.documents.corpus import KnownDocuments, ReadingBar, no_bar, read_corpus
from assistant.documents.document import Document
from assistant.documents.file_kinds import READING
from assistant.documents.limits import Limits
from assistant.documents.passages import Splitting, split_document
from assistant.documents.problem import Problem
from assistant.documents.source_document import SourceDocument
from assistant.documents.source_files import fingerprint, list_files
from assistant.errors import IndexUnusable, IndexUnwritable
from assistant.publishing.file_table import FileRow, file_rows
from assistant.publishing.incremental import Changes, Known, ProgressBar, changes, embed_passages, known_vectors
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.fusion import Fusion
from assistant.retrieval.keyword_index import KeywordIndex
from assistant.retrieval.retriever import keyword_text
from assistant.retrieval.vector_index import VectorIndex
from assistant.versions.pointer import ID_DIGITS
from assistant.versions.protocol import Reached
from assistant.versions.store import Store
from assistant.versions.version import FORMAT, IndexVersion, Manifest

Gate = Callable[[IndexVersion], object]
"""Given the new version, raises an `AssistantError` to keep it from being served."""

KEEP = 5
"""How many versions stay in the store."""

Outcome = Literal["published", "built", "unchanged"]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, for the person who ran it.

    `outcome` is "built" for a version that is not served yet, "unchanged" if the served one is equal to it; `changes`
    are those against the version that was served before; `removed` are the ids of old versions that were swept;
    `files` are those that were read, `passed_over` the lock files of documents that are open in another program.
    """

    outcome: Outcome
    version: str
    documents: int
    sections: int
    passages: int
    changes: Changes
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    files: tuple[FileRow, ...]
    seconds: float
    passed_over: tuple[str, ...] = ()


def build_index(
    corpus_folder: Path,
    index_folder: Path,
    embedder: Embedder,
    progress_bar: ProgressBar,
    *,
    decide: Callable[[IndexVersion], Decision] = lambda version: version.manifest.decision,
    gate: Gate = lambda _version: None,
    publish: bool = True,
    keep: int = KEEP,
    reached: Reached = lambda _step: None,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    reading_bar: ReadingBar = no_bar,
) -> BuildReport:
    """Read, split, embed and index the corpus; unless only a version to look at is wanted, publish it.

    `decide` gives the decision for a version that the served one's does not hold for.

    A document that can't be read is reported and left out. Raises `CorpusError`, `ModelError`, `IndexBusy`,
    `IndexUnwritable` or what the gate raises; the version that was served before is then still served.
    """
    started = monotonic()
    store = Store(index_folder, reached)
    with store.writing():
        served = _served(store)
        corpus = read_corpus(corpus_folder, _known_documents(served), limits, reading_bar)
        version = make_version(
            corpus.documents, corpus.aliases, corpus.fingerprint, embedder, progress_bar, known=_known(served, embedder)
        )
        decision = decide(version) if served is None or _differs(served, version) else served.manifest.decision
        manifest = replace(version.manifest, decision=decision)
        version = replace(version, manifest=manifest, sources=corpus.read, originals=corpus.originals)
        sha256 = store.add(version)
        outcome = _outcome(sha256, served, publish=publish)
        if outcome == "published":
            gate(store.load(sha256))
        if publish:
            _publish(store, sha256)
        removed = store.sweep(keep) if publish else ()
    return BuildReport(
        outcome,
        sha256[:ID_DIGITS],
        version.manifest.documents,
        version.manifest.sections,
        version.manifest.passages,
        changes(served.passages if served else (), version.passages),
        removed,
        corpus.problems,
        file_rows(corpus, version.passages),
        monotonic() - started,
        corpus.lock_files,
    )


def make_version(
    documents: Sequence[Document],
    aliases: Sequence[Alias],
    corpus_fingerprint: str,
    embedder: Embedder,
    progress_bar: ProgressBar,
    *,
    known: Known = MappingProxyType({}),
) -> IndexVersion:
    """Give the index version of documents, not yet written anywhere; texts whose vectors are known keep them."""
    splitting = Splitting()
    passages = tuple(p for document in documents for p in split_document(document, splitting))
    vectors = embed_passages(passages, embedder, progress_bar, known)
    manifest = Manifest(
        format=FORMAT,
        model=embedder.model,
        dimension=vectors.shape[1],
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
        "files are read in another way now": manifest.reading != READING,
        "passages are split in another way now": manifest.splitting != Splitting(),
        "hits are weighed in another way now": manifest.fusion != Fusion(),
        "answers are decided in another way now": manifest.decision.model != Decision(),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _differs(served: IndexVersion, version: IndexVersion) -> bool:
    """Whether anything would be found or decided in another way than in the served version."""
    old, new = served.manifest, version.manifest
    is_same = (old.model, old.fusion, old.decision.model) == (new.model, new.fusion, new.decision)
    return not is_same or (served.passages, served.aliases) != (version.passages, version.aliases)


def _served(store: Store) -> IndexVersion | None:
    """Give the served version; none if there is none that can be used, which a build is there to mend."""
    with suppress(IndexUnusable):
        return store.load_current()
    return None


def _known_documents(served: IndexVersion | None) -> KnownDocuments:
    """Give the documents of a version by the digests of what they were made of."""
    if served is None:
        return {}
    documents = {document.id: document for document in served.documents}
    return {read.digest: SourceDocument(documents[read.document], read) for read in served.sources}


def _publish(store: Store, sha256: str) -> None:
    """Publish a version; where not even the pointer can be written, leave the disk no fuller than it was."""
    try:
        store.publish(sha256)
    except IndexUnwritable:
        store.discard(sha256)
        raise


def _known(served: IndexVersion | None, embedder: Embedder) -> Known:
    if served is None or served.manifest.model != embedder.model or served.manifest.splitting != Splitting():
        return {}
    return known_vectors(served)


def _outcome(sha256: str, served: IndexVersion | None, *, publish: bool) -> Outcome:
    if served is not None and served.id == sha256[:ID_DIGITS]:
        return "unchanged"
    return "published" if publish else "built"
