"""Measures what a running service bears: its capacity, and what it does below and far above it.

Every question is asked once only, for replies are remembered. Clients come when they are due, whether or not the
ones before them were answered, and share the machine with the service.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import count, cycle
from pathlib import Path
from time import monotonic, sleep

from assistant.documents.golden_questions import read_questions

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 120
_WARMING = 20
_TENTHS = 10
_CLOSED = 4
"""Clients that ask without a pause while the capacity is measured: enough to keep every thread busy."""
_SHARE, _TIMES = 0.7, 5
_AT_ONCE = 0.2
"""Seconds within which a refusal counts as prompt."""
_REFUSED = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: an HTTP status, 0 for a broken connection, and the seconds until it was there."""

    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """A stretch of questions, and how long it took from the first to the last reply."""

    outcomes: tuple[Outcome, ...]
    seconds: float

    def answered(self) -> list[float]:
        """Give the seconds of those that were answered, the quickest first."""
        return sorted(one.seconds for one in self.outcomes if one.status == HTTPStatus.OK)

    def refused(self) -> list[float]:
        """Give the seconds of those that were told to come again."""
        return [one.seconds for one in self.outcomes if one.status in _REFUSED]

    def rate(self) -> float:
        """Give the questions answered in a second."""
        return len(self.answered()) / self.seconds


def main(arguments: Sequence[str]) -> None:
    """Print one table."""
    options = _parse(arguments)
    questions = [question.question for question in read_questions(ROOT / "corpus" / "questions.jsonl")]
    with served(options.index) as service:
        if options.soak:
            _soak(_asker(service.port, cycle(questions)), options.soak, service)
            return
        ask = _asker(service.port, _distinct(questions))
        asyncio.run(_closed(ask, _WARMING))
        print("| load | offered/s | answered/s | p50 ms | p95 ms | errors | refused | of these in 200 ms | MB |")
        print("|---|---|---|---|---|---|---|---|---|")
        full = asyncio.run(_closed(ask, options.questions))
        capacity = full.rate()
        _print("capacity", "–", full, service)
        for name, times in ((f"{_SHARE} of capacity", _SHARE), (f"{_TIMES} times capacity", _TIMES)):
            load = asyncio.run(_open(ask, capacity * times, int(options.questions * max(1, times))))
            _print(name, f"{capacity * times:.1f}", load, service)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/load.py", description="Measure what a running service bears.")
    parser.add_argument("--index", type=Path, default=ROOT / "index", metavar="DIR", help="the index to serve")
    parser.add_argument("--questions", type=int, default=400, metavar="N", help="questions (default: %(default)s)")
    parser.add_argument(
        "--soak", type=int, metavar="N", help="only ask N questions, again and again the same, for memory"
    )
    return parser.parse_args(arguments)


def _soak(ask: Callable[[], asyncio.Task[Outcome]], questions: int, service: Service) -> None:
    """Ask a great many questions, most of which are remembered, and print the memory after each tenth."""
    print("| questions | answered | MB |\n|---|---|---|")
    for tenth in range(1, _TENTHS + 1):
        load = asyncio.run(_closed(ask, questions // _TENTHS))
        print(
            f"| {tenth * questions // _TENTHS:,} | {len(load.answered()):,} | {service.megabytes():.0f} |", flush=True
        )


def _distinct(questions: Sequence[str]) -> Iterator[str]:
    """Give the questions again and again, each time with another number behind them."""
    for turn in count():
        yield from (f"{question} {turn}" if turn else question for question in questions)


@dataclass(frozen=True, slots=True)
class Service:
    """A running service, by its port and its process."""

    port: int
    process: int

    def megabytes(self) -> float:
        """Give the memory that it has now."""
        command = ["ps", "-o", "rss=", "-p", str(self.process)]
        shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return int(re.sub(r"\D", "", shown)) / 1024


@contextmanager
def served(index: Path) -> Iterator[Service]:
    """Serve an index by a process of its own, with no limit for one client: the line is what is tried."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "app.py", "--index", str(index), "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "ASSISTANT_PER_MINUTE": "1000000"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Service(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the service listens; it does so once all is loaded."""
    started = monotonic()
    while monotonic() - started < _PATIENCE and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            sleep(0.1)
        else:
            return
    raise SystemExit("the service did not start: run `python app.py` with the same index to see why")


def _asker(port: int, asked: Iterator[str]) -> Callable[[], asyncio.Task[Outcome]]:
    return lambda: asyncio.ensure_future(_ask(port, next(asked)))


async def _ask(port: int, question: str) -> Outcome:
    """Ask over a connection of its own."""
    body = json.dumps({"question": question}).encode()
    head = (
        f"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    started = monotonic()
    try:
        reading, writing = await asyncio.open_connection("127.0.0.1", port)
        writing.write(head.encode() + body)
        answer = await reading.read()
        writing.close()
    except OSError:
        answer = b""
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0
    return Outcome(status, monotonic() - started)


async def _closed(ask: Callable[[], asyncio.Task[Outcome]], questions: int) -> Load:
    """Have a few clients ask one question after another."""

    async def client() -> list[Outcome]:
        return [await ask() for _ in range(questions // _CLOSED)]

    started = monotonic()
    outcomes = await asyncio.gather(*(client() for _ in range(_CLOSED)))
    return Load(tuple(one for some in outcomes for one in some), monotonic() - started)


async def _open(ask: Callable[[], asyncio.Task[Outcome]], per_second: float, questions: int) -> Load:
    """Have clients come at even intervals, each with one question."""
    started = monotonic()
    coming = []
    for number in range(questions):
        await asyncio.sleep(max(0.0, started + number / per_second - monotonic()))
        coming.append(ask())
    outcomes = await asyncio.gather(*coming)
    return Load(tuple(outcomes), monotonic() - started)


def _print(name: str, offered: str, load: Load, service: Service) -> None:
    answered, refused = load.answered(), load.refused()
    errors = len(load.outcomes) - len(answered) - len(refused)
    p50, p95 = statistics.median(answered), answered[int(len(answered) * 0.95)]
    prompt = sum(seconds <= _AT_ONCE for seconds in refused) / len(refused) if refused else 1.0
    print(
        f"| {name} | {offered} | {load.rate():.1f} | {p50 * 1000:.0f} | {p95 * 1000:.0f} | {errors} | {len(refused)} "
        f"| {prompt:.1%} | {service.megabytes():.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
