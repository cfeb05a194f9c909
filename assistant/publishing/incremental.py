"""Embeds passages, those of their texts excepted whose vectors the served version has already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np

from assistant.documents.passages import Passage
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.retriever import embedded_texts
from assistant.versions.version import IndexVersion

ProgressBar = Callable[[int], AbstractContextManager[Progress]]
"""Given the number of texts, opens a bar that is told how many more are embedded."""

Known = Mapping[str, Vectors]
"""Vectors by the texts they are of."""


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
    texts = [text for passage in version.passages for text in embedded_texts(passage)]
    if len(texts) != len(version.vectors):
        return {}
    return dict(zip(texts, version.vectors.rows(), strict=True))


def embed_passages(passages: Sequence[Passage], embedder: Embedder, progress_bar: ProgressBar, known: Known) -> Vectors:
    """Give the rows of passages in their order; the embedder is not asked where all are known."""
    texts = [text for passage in passages for text in embedded_texts(passage)]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    vectors = dict(known)
    if new:
        with progress_bar(len(new)) as progress:
            vectors.update(zip(new, embedder.embed(new, progress), strict=True))
    return np.stack([vectors[text] for text in texts])
