"""Reads a corpus as a build does and prints what became of it as JSON: python read_hostile.py FOLDER."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from assistant.documents.corpus import read_corpus
from assistant.documents.source_files import file_name, sources


class Clock:
    """Notes when each file is done."""

    def __init__(self):
        self.begun = time.monotonic()
        self.done = {}

    @contextmanager
    def bar(self, _files):
        yield lambda name: self.done.setdefault(name, time.monotonic() - self.begun)

    def seconds(self, folder):
        """Give how long each file took: they are begun in order, each by the worker that is done with another."""
        begun = [0.0] * (os.cpu_count() or 1) + sorted(self.done.values())
        names = [file_name(path, folder) for path in sources(folder)]
        return {name: self.done[name] - start for name, start in zip(names, begun, strict=False)}


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder):
    harmless = folder.parent / "harmless"
    read_corpus(harmless)
    before = peak_memory()
    clock = Clock()
    corpus = read_corpus(folder, bar=clock.bar)
    told = {
        "megabytes": peak_memory() - before,
        "seconds": clock.seconds(folder),
        "documents": [one.name for one in corpus.read],
        "problems": [asdict(problem) for problem in corpus.problems],
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
