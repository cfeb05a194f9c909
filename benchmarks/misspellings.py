"""Measures what misspellings cost: about one word in six is replaced by a human misspelling of it.

    python -m benchmarks.misspellings MISSPELLINGS.tsv SET [SET ...]

A line of the file is a word, a misspelling of it, and where that comes from, with tabs between them.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation
from assistant.evaluation.labelled_set import Query, index_rows, rank, read_queries
from assistant.publishing.progress import terminal_bar
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

_WORD = re.compile(r"[A-Za-z]{4,}")
_SHARE = 1 / 6
_SEED = 20261123
_FIRST = 5

Spellings = dict[str, list[str]]


def main(arguments: Sequence[str]) -> None:
    """Print a line a set: how often a relevant row is among the first five."""
    spellings = _read(Path(arguments[0]))
    embedder, reranker = SentenceEmbedder(), CrossEncoder()
    print(f"{'set':<14}{'queries':>8}{'clean':>8}{'misspelt':>10}{'uncorrected':>13}")
    for folder in map(Path, arguments[1:]):
        assistant = index_rows(folder, embedder, reranker, terminal_bar)
        queries = [query for query in read_queries(folder) if query.relevant]
        draw = random.Random(_SEED)
        misspelt = [misspell(query.text, spellings, draw) for query in queries]
        clean = _found(assistant, queries, [_corrected(assistant, query.text) for query in queries])
        corrected = _found(assistant, queries, [_corrected(assistant, text) for text in misspelt])
        uncorrected = _found(assistant, queries, misspelt)
        print(f"{folder.name:<14}{len(queries):>8}{clean:>8.3f}{corrected:>10.3f}{uncorrected:>13.3f}")


def misspell(text: str, spellings: Spellings, draw: random.Random) -> str:
    """Give the text with about one in six of its words misspelt, of those that have a known misspelling."""
    words = _WORD.findall(text)
    known = [word for word in words if word.lower() in spellings]
    chosen = set(draw.sample(known, min(len(known), max(1, round(len(text.split()) * _SHARE)))))
    return _WORD.sub(_replacing(chosen, spellings, draw), text)


def _replacing(chosen: set[str], spellings: Spellings, draw: random.Random) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        word = match.group()
        return draw.choice(spellings[word.lower()]) if word in chosen else word

    return replace


def _corrected(assistant: Assistant, text: str) -> str:
    return assistant.interpret(text, Conversation()).query


def _found(assistant: Assistant, queries: Sequence[Query], texts: Sequence[str]) -> float:
    found = 0
    for query, text in tqdm(zip(queries, texts, strict=True), total=len(queries), desc="asking"):
        rows = rank(assistant, query, assistant.search(text, 60)).rows[:_FIRST]
        found += any(row in query.relevant for row, _ in rows)
    return found / len(queries)


def _read(path: Path) -> Spellings:
    spellings: Spellings = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, misspelling, _ = line.split("\t")
        if word.isalpha() and misspelling.isalpha() and len(word) >= 4:  # noqa: PLR2004  # as in _WORD
            spellings.setdefault(word.lower(), []).append(misspelling)
    return spellings


if __name__ == "__main__":
    main(sys.argv[1:])
