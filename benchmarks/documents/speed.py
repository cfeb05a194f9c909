"""Measures how fast PDF files are read, and in how much memory, each in a process of its own.

python -m benchmarks.documents.speed DIR
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from assistant.documents.formats.pdf import read_pdf
from assistant.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Measured:
    """What reading a file took: seconds of processor time, and the most memory the process had, in MB."""

    name: str
    pages: int
    seconds: float
    megabytes: float


def main(arguments: Sequence[str]) -> None:
    """Print a line a file, then all of them together; a file that is refused has no pages."""
    paths = sorted(Path(arguments[0]).rglob("*.pdf"))
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as processes:
        measured = list(processes.map(measure, paths))
    print(f"{'file':<52}{'pages':>6}{'seconds':>9}{'pages/s':>9}{'MB':>7}")
    for one in measured:
        print(_row(one))
    pages, seconds = sum(m.pages for m in measured), sum(m.seconds for m in measured if m.pages)
    print(_row(Measured("all", pages, seconds, max(m.megabytes for m in measured))))


def measure(path: Path) -> Measured:
    """Read a file; pypdf and this reader are loaded before the clock starts."""
    content = path.read_bytes()
    start = time.process_time()
    try:
        pages = read_pdf(path.name, content).pages or 0
    except DocumentError:
        pages = 0
    seconds = time.process_time() - start
    return Measured(path.name, pages, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _row(one: Measured) -> str:
    rate = f"{one.pages / one.seconds:.0f}" if one.pages else "-"
    return f"{one.name[:50]:<52}{one.pages:>6}{one.seconds:>9.2f}{rate:>9}{one.megabytes:>7.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
