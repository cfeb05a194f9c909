"""Shows on the terminal how far reading and embedding are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tqdm import tqdm

from assistant.documents.corpus import Told
from assistant.retrieval.embedding import Progress


@contextmanager
def terminal_bar(texts: int) -> Iterator[Progress]:
    """Open a bar over that many texts on standard error."""
    with tqdm(total=texts, desc="embedding", unit=" texts") as bar:
        yield bar.update


@contextmanager
def reading_bar(files: int) -> Iterator[Told]:
    """Open a bar over that many files on standard error, which names the file that was done last."""
    with tqdm(total=files, desc="reading", unit=" files") as bar:

        def told(name: str) -> None:
            bar.set_postfix_str(name, refresh=False)
            bar.update()

        yield told
