"""Shows on the terminal how far embedding is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from assistant.retrieval.embedding import Progress


@contextmanager
def terminal_bar(texts: int) -> Iterator[Progress]:
    """Open a bar over that many texts on standard error."""
    with tqdm(total=texts, desc="embedding", unit=" texts") as bar:
        yield bar.update
