"""Measures what staff and readers wait for when the library changes (`python -m benchmarks.publishing`).

The shipped corpus is embedded for real. Larger ones are made: sections of random words, and in place of the model an
embedder that draws each text's vector around one of a thousand centres by the text's own hash, since embedding 100,000
passages takes hours; their build times are those of everything but the model, and say so.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import numpy as np

from assistant.publishing.build import build_index
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.embedding import Embedder, Progress, Vectors
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.serving.following import Follower
from assistant.versions.store import Store

_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
_HEAD = (
    "| passages | rows | embedding | full build | no change | one document | load and verify | swap |\n"
    + "|---" * 8
    + "|"
)
_DIMENSION = 384
_CENTRES = 1000
_SECTIONS = 100


class DrawnVectors:
    """An embedder without a model: a text's vector lies near a centre, both drawn by the text's hash."""

    model = "drawn"
    dimension = _DIMENSION

    def __init__(self) -> None:
        self._centres = np.random.default_rng(1).standard_normal((_CENTRES, _DIMENSION), dtype=np.float32)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Give a unit vector for each text, always the same."""
        vectors = np.stack([self._vector(text) for text in texts])
        if progress:
            progress(len(texts))
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        """Give the same for one."""
        return self.embed([text])

    def _vector(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        drawn = np.random.default_rng(seed).standard_normal(_DIMENSION, dtype=np.float32)
        near: Vectors = self._centres[seed % _CENTRES] + 0.6 * drawn
        return near


def main(arguments: Sequence[str]) -> None:
    """Print a row a library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, nargs="*", default=[10_000, 100_000], help="passages of libraries to make")
    options = parser.parse_args(arguments)
    print(_HEAD, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(_CORPUS, Path(folder) / "corpus")
        print(_row(Path(folder), SentenceEmbedder(), "model"), flush=True)
    for passages in options.made:
        with tempfile.TemporaryDirectory() as folder:
            _make_corpus(Path(folder) / "corpus", passages)
            print(_row(Path(folder), DrawnVectors(), "drawn"), flush=True)


def _row(folder: Path, embedder: Embedder, embedding: str) -> str:
    corpus, index = folder / "corpus", folder / "index"

    def build() -> None:
        build_index(corpus, index, embedder, _no_bar)

    full, unchanged = _seconds(build), _seconds(build)
    _change_one(corpus)
    changed = _seconds(build)
    loading = _seconds(Store(index).load_current)
    version = Store(index).load_current()
    swap = _swap(corpus, index, embedder)
    times = " | ".join(f"{seconds:.1f} s" for seconds in (full, unchanged, changed, loading, swap))
    return f"| {len(version.passages):,} | {len(version.vectors):,} | {embedding} | {times} |"


def _swap(corpus: Path, index: Path, embedder: Embedder) -> float:
    """Give the seconds from the end of publishing until a running process serves the new version."""
    follower, stop = Follower(index, embedder, CrossEncoder()), Event()
    thread = follower.start(stop)
    _change_one(corpus)
    version = build_index(corpus, index, embedder, _no_bar).version
    started = monotonic()
    while follower.serving.current.version.id != version:
        sleep(0.01)
    seconds = monotonic() - started
    stop.set()
    thread.join()
    return seconds


def _make_corpus(folder: Path, passages: int) -> None:
    chance = random.Random(1)
    folder.mkdir()
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 9))) for _ in range(20_000)]
    for document in range(passages // _SECTIONS):
        sections = (f"## {_sentence(chance, words, 4)}\n\n{_sentence(chance, words, 60)}\n" for _ in range(_SECTIONS))
        (folder / f"made-{document:05}.md").write_text("\n".join(sections), encoding="utf-8")


def _sentence(chance: random.Random, words: Sequence[str], length: int) -> str:
    return " ".join(chance.choices(words, k=length)).capitalize() + "."


def _change_one(corpus: Path) -> None:
    page = min(path for path in corpus.glob("*.md") if path.name != "README.md")
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence stands here.\n", encoding="utf-8")


def _seconds(work: Callable[[], object]) -> float:
    started = monotonic()
    work()
    return monotonic() - started


def _no_bar(_texts: int) -> AbstractContextManager[Progress]:
    return nullcontext(lambda _count: None)


if __name__ == "__main__":
    main(sys.argv[1:])
