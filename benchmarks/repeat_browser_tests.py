"""Runs the browser tests again and again while something else uses the cores, and tells which failed how often.

python -m benchmarks.repeat_browser_tests [--times 10] [--load 2] [TEST ...]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from benchmarks.load import ROOT

_BUSY = "while True: pass"
_FAILED = ("FAILED ", "ERROR ")


def main(arguments: Sequence[str]) -> int:
    """Print a row for each run; give 0 if no test failed in any of them, else 1."""
    parser = argparse.ArgumentParser(prog="benchmarks/repeat_browser_tests.py", description=__doc__)
    parser.add_argument("--times", type=int, default=10, metavar="N", help="how often (default: %(default)s)")
    parser.add_argument("--load", type=int, default=2, metavar="N", help="cores kept busy (default: %(default)s)")
    parser.add_argument("tests", nargs="*", default=["tests"], metavar="TEST", help="files or tests (default: all)")
    options = parser.parse_args(arguments)
    failed: Counter[str] = Counter()
    print("| run | seconds | outcome |\n|---|---|---|")
    with _busy(options.load):
        for number in range(1, options.times + 1):
            started = monotonic()
            outcome, names = _run(options.tests)
            failed.update(names)
            print(f"| {number} | {monotonic() - started:.0f} | {outcome} |", flush=True)
    for name, times in failed.most_common():
        print(f"{name}: failed {times} times of {options.times}")
    return 1 if failed else 0


@contextmanager
def _busy(cores: int) -> Iterator[None]:
    """Keep that many cores busy until the block ends."""
    processes = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(cores)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _run(tests: Sequence[str]) -> tuple[str, list[str]]:
    """Run the tests once, in an order of its own; give the last line of the report and the names of what failed."""
    command = [sys.executable, "-m", "pytest", "-m", "browser", "--tb=no", "-rfE", *tests]
    lines = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.splitlines()
    names = [line.split()[1] for line in lines if line.startswith(_FAILED)]
    outcome = lines[-1] if lines else "no report"
    return outcome, names or ([] if " passed" in outcome else [outcome])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
