"""Tries one system on one labelled set and keeps what it found and what that cost."""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

RANKED = 10
"""How many passages a system gives for a query."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A row of `corpus.jsonl`: its id, and the title with the text, which is what is indexed."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A row of `queries.jsonl`: what the person said last, and before."""

    id: str
    text: str
    history: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages' ids, best first, and how sure the system is that the first answers."""

    passages: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Found:
    """The ranking for a query and how long the system took for it."""

    query: str
    passages: tuple[str, ...]
    confidence: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What a system found for each query; `index_seconds` leaves out the loading of the model."""

    index_seconds: float
    peak_megabytes: float
    found: tuple[Found, ...]


class System(Protocol):
    """Something that ranks passages; its model is loaded when it is made."""

    def index(self, folder: Path) -> None:
        """Index the passages of a labelled set."""

    def search(self, query: Query) -> Ranking:
        """Give up to `RANKED` passages."""


def main(arguments: Sequence[str], systems: Mapping[str, Callable[[], System]]) -> None:
    """Try the named system on a set and write the trial as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("system", choices=systems)
    parser.add_argument("set", type=Path, metavar="SET")
    parser.add_argument("out", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    options.out.write_text(json.dumps(asdict(run(systems[options.system](), options.set))), encoding="utf-8")


def run(system: System, folder: Path) -> Trial:
    """Index the set, then ask its queries one by one; the first is asked once before, so that none starts cold."""
    queries = read_queries(folder)
    started = perf_counter()
    system.index(folder)
    index_seconds = perf_counter() - started
    system.search(queries[0])
    found = tuple(_ask(system, query) for query in queries)
    return Trial(index_seconds, _peak_megabytes(), found)


def read_trial(path: Path) -> Trial:
    """Read a trial that `main` wrote."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    found = (Found(**{**row, "passages": tuple(row["passages"])}) for row in fields["found"])
    return Trial(fields["index_seconds"], fields["peak_megabytes"], tuple(found))


def read_passages(folder: Path) -> tuple[Passage, ...]:
    """Read `corpus.jsonl`; a row without text is no passage."""
    rows = _rows(folder / "corpus.jsonl")
    return tuple(
        Passage(row["id"], f"{row.get('title') or ''}\n{row['text']}".strip()) for row in rows if row["text"].strip()
    )


def read_queries(folder: Path) -> tuple[Query, ...]:
    """Read `queries.jsonl`; of the history only what the person said."""
    return tuple(_query(row) for row in _rows(folder / "queries.jsonl"))


def _query(row: dict[str, Any]) -> Query:
    history = tuple(turn["text"] for turn in row.get("history") or () if turn["role"] == "user")
    return Query(row["id"], row["text"], history, row["answerable"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())


def _ask(system: System, query: Query) -> Found:
    started = perf_counter()
    ranking = system.search(query)
    milliseconds = (perf_counter() - started) * 1000
    return Found(query.id, ranking.passages, ranking.confidence, milliseconds)


def _peak_megabytes() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kilobytes / (1024 if sys.platform == "linux" else 1024 * 1024)
