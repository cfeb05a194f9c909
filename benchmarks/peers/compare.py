"""Tries every system on labelled sets, each in a process of its own, and prints one table (`make peers`)."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.telemetry import OFFLINE, OPT_OUTS
from benchmarks.peers.figures import HEAD, table_row
from benchmarks.peers.trial import Trial, read_queries, read_trial

_ROOT = Path(__file__).resolve().parent.parent.parent
_ENVIRONMENT = os.environ | {
    "OMP_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    **{one.variable: one.value for one in (*OPT_OUTS, OFFLINE)},
}


@dataclass(frozen=True, slots=True)
class Contestant:
    """A system by its name, and the module that tries it."""

    name: str
    module: str
    conversations_only: bool = False


_CONTESTANTS = (
    Contestant("assistant", "ours"),
    Contestant("assistant, last turn", "ours", conversations_only=True),
    Contestant("BM25", "keyword_alone"),
    Contestant("dense", "dense_alone"),
    Contestant("weighted", "weighted"),
    Contestant("txtai", "txtai_hybrid"),
    Contestant("Haystack", "haystack_hybrid"),
)


def main(arguments: Sequence[str]) -> None:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(prog="make peers", description=__doc__)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET", help="corpus.jsonl, queries.jsonl, qrels.tsv")
    parser.add_argument("--peers", required=True, metavar="PYTHON", help="interpreter of the peers' environment")
    options = parser.parse_args(arguments)
    print(HEAD, flush=True)
    for folder in options.sets:
        for contestant in _contestants(folder):
            python = sys.executable if contestant.module == "ours" else options.peers
            trial = _try(python, contestant, folder.resolve())
            print(table_row(folder, contestant.name, trial), flush=True)


def _contestants(folder: Path) -> Iterator[Contestant]:
    conversations = any(query.history for query in read_queries(folder))
    yield from (one for one in _CONTESTANTS if conversations or not one.conversations_only)


def _try(python: str, contestant: Contestant, folder: Path) -> Trial:
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "trial.json"
        command = [python, "-m", f"benchmarks.peers.{contestant.module}", contestant.name, str(folder), str(out)]
        done = subprocess.run(command, cwd=_ROOT, env=_ENVIRONMENT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{contestant.name} failed on {folder}:\n{done.stderr}")
        return read_trial(out)


if __name__ == "__main__":
    main(sys.argv[1:])
