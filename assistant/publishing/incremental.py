"""Embeds passages, those whose texts the served version has already excepted.

A passage's texts are embedded by themselves, never in one batch with those of another: a model's last digits depend on
what is in the batch, and an incremental build must give the same bytes as a full one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np

from assistant.documents.passages import Passage
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.retriever import embedded_texts
from assistant.versions.version import IndexVersion

ProgressBar = Callable[[int], AbstractContextManager[Progress]]
"""Given the number of texts, opens a bar that is told how many more are embedded."""

Known = Mapping[tuple[str, ...], Vectors]
"""The vectors of a passage's texts, by these texts."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How many passages are new, have another text than before, are gone, and are as they were; by their ids."""

    added: int
    changed: int
    removed: int
    kept: int


def changes(before: Sequence[Passage], after: Sequence[Passage]) -> Changes:
    """Compare the passages of two versions."""
    old, new = ({passage.id: passage.sha256 for passage in passages} for passages in (before, after))
    kept = sum(old.get(name) == sha256 for name, sha256 in new.items())
    return Changes(len(new.keys() - old), len(new.keys() & old) - kept, len(old.keys() - new), kept)


def known_vectors(version: IndexVersion) -> Known:
    """Give the vectors of a version by the texts they are of; none if its rows are not what is embedded today."""
    texts = [embedded_texts(passage) for passage in version.passages]
    ends = np.cumsum([len(passage) for passage in texts])
    if not texts or ends[-1] != len(version.vectors):
        return {}
    return dict(zip(texts, np.split(version.vectors.rows(), ends[:-1]), strict=True))


def embed_passages(passages: Sequence[Passage], embedder: Embedder, progress_bar: ProgressBar, known: Known) -> Vectors:
    """Give the rows of passages in their order; the embedder is not asked where all are known."""
    texts = [embedded_texts(passage) for passage in passages]
    new = [passage for passage in dict.fromkeys(texts) if passage not in known]
    vectors = dict(known)
    if new:
        with progress_bar(sum(map(len, new))) as progress:
            vectors.update((passage, _embed(passage, embedder, progress)) for passage in new)
    return np.concatenate([vectors[passage] for passage in texts])


def _embed(texts: Sequence[str], embedder: Embedder, progress: Progress) -> Vectors:
    vectors = np.empty((len(texts), embedder.dimension), dtype=np.float32)
    for batch in _even_batches(texts):
        vectors[batch] = embedder.embed([texts[number] for number in batch], progress)
    return vectors


def _even_batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the numbers of texts, short ones first, cut where one is over twice as long as the first of its batch."""
    batch: list[int] = []
    for number in sorted(range(len(texts)), key=lambda number: len(texts[number])):
        if batch and len(texts[number]) > 2 * len(texts[batch[0]]):
            yield batch
            batch = []
        batch.append(number)
    yield batch
