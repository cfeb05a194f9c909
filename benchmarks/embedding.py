"""Time embedding alone and beside a busy process, with threads that sleep while they wait and with such that do not.

python -m benchmarks.embedding [--texts N]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from assistant.retrieval.sentence_embedder import SentenceEmbedder

_WORDS = (
    "Which rules on seat time may a district of innovation waive for its students, and who has to approve that?".split()
)
_SPIN = "while True: pass"


def main() -> None:
    """Print a table: seconds for the texts, a row for each way to wait."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--texts", type=int, default=500, help="texts of 1 to 20 words that are embedded")
    parser.add_argument("--once", action="store_true", help="embed them in this process and print the seconds")
    options = parser.parse_args()
    if options.once:
        print(_seconds(options.texts))
        return
    print("threads that wait   alone   beside a busy process")
    for policy in ("passive", "active"):
        alone = _measured(policy, options.texts)
        with _busy():
            beside = _measured(policy, options.texts)
        print(f"{policy:<17} {alone:>7.1f} {beside:>23.1f}", flush=True)


def _measured(policy: str, texts: int) -> float:
    command = [sys.executable, "-m", "benchmarks.embedding", "--once", "--texts", str(texts)]
    environment = {**os.environ, "OMP_WAIT_POLICY": policy}
    return float(subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout)


@contextmanager
def _busy() -> Iterator[None]:
    with subprocess.Popen([sys.executable, "-c", _SPIN]) as process:
        try:
            yield
        finally:
            process.kill()


def _seconds(count: int) -> float:
    embedder = SentenceEmbedder()
    embedder.embed(_WORDS[:1])
    texts = [f"{number} {' '.join(_WORDS[: 1 + number % len(_WORDS)])}" for number in range(count)]
    started = monotonic()
    embedder.embed(texts)
    return monotonic() - started


if __name__ == "__main__":
    main()
