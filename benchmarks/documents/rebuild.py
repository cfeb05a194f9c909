"""Measures how long fifty files take to be read, how long once one of them has changed, and in how much memory.

python -m benchmarks.documents.rebuild DIR
"""

from __future__ import annotations

import re
import resource
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from time import monotonic

from assistant.documents.corpus import Corpus, read_corpus
from assistant.documents.source_document import SourceDocument

_FILES = 50
_SUFFIXES = {".pdf", ".docx", ".html"}


def main(arguments: Sequence[str]) -> None:
    """Print the figures of one folder of real files, repeated until there are fifty."""
    found = sorted(path for path in Path(arguments[0]).rglob("*") if path.suffix in _SUFFIXES)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, path in enumerate(islice(cycle(found), _FILES)):
            shutil.copyfile(path, folder / f"{number:02}-{path.name}")
        before = _resident()
        corpus = _timed("fifty files", folder, {})
        _timed("again, none changed", folder, _known(corpus))
        name = corpus.read[0].name
        _replace(folder / name, found)
        _timed(f"again, one changed ({name})", folder, _known(corpus))
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"memory: this process grew by {_resident() - before:.0f} MB, the largest child had {children:.0f} MB")


def _timed(what: str, folder: Path, known: Mapping[str, SourceDocument]) -> Corpus:
    started = monotonic()
    corpus = read_corpus(folder, known)
    refused = sum(problem.severity == "error" for problem in corpus.problems)
    print(f"{what}: {monotonic() - started:.1f} s ({len(corpus.documents)} read, {refused} refused)")
    return corpus


def _known(corpus: Corpus) -> Mapping[str, SourceDocument]:
    return {
        file.digest: SourceDocument(document, file)
        for document, file in zip(corpus.documents, corpus.read, strict=True)
    }


def _replace(path: Path, found: Sequence[Path]) -> None:
    """Put another file of the same kind in the place of one."""
    other = next(one for one in found if one.suffix == path.suffix and one.read_bytes() != path.read_bytes())
    shutil.copyfile(other, path)


def _resident() -> float:
    """Give the most memory that this process had, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
