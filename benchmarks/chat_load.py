"""Measures what the chat page bears: sessions that ask at once, through Gradio as the page does.

python -m benchmarks.chat_load [--index DIR]
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic

from assistant.documents.golden_questions import read_questions
from benchmarks.load import ROOT, served

_SESSIONS = (1, 10, 50)
_EACH = 4
_PATIENCE = 120
_HEAD = "| sessions | asked | replied/s | told to come again | p50 ms | p95 ms | MB |\n" + "|---" * 7 + "|"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a session got for a question: whether a reply stood on the page in the end, and the seconds until then."""

    replied: bool
    seconds: float


def main(arguments: Sequence[str]) -> None:
    """Print a row for each number of sessions."""
    parser = argparse.ArgumentParser(prog="benchmarks/chat_load.py", description=__doc__)
    parser.add_argument("--index", type=Path, default=ROOT / "index", metavar="DIR", help="the index to serve")
    options = parser.parse_args(arguments)
    questions = iter([question.question for question in read_questions(ROOT / "corpus" / "questions.jsonl")])
    with served(options.index) as service:
        _ask(service.port, "warm", next(questions))
        print(_HEAD)
        for sessions in _SESSIONS:
            asked = [[next(questions) for _ in range(_EACH)] for _ in range(sessions)]
            started = monotonic()
            with ThreadPoolExecutor(sessions) as pool:
                outcomes = list(chain.from_iterable(pool.map(partial(_session, service.port), asked)))
            _print(sessions, outcomes, monotonic() - started, service.megabytes())


def _session(port: int, questions: Sequence[str]) -> list[Outcome]:
    """Ask one question after another, without a pause."""
    return [_ask(port, f"{id(questions)}-{number}", question) for number, question in enumerate(questions)]


def _ask(port: int, session: str, question: str) -> Outcome:
    started = monotonic()
    event = {"data": [question, []], "fn_index": 0, "session_hash": session}
    told = _request(port, json.dumps(event))
    return Outcome(
        "reply answer" in told or "reply abstention" in told or "reply clarification" in told, monotonic() - started
    )


def _request(port: int, body: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    headers = {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
    connection.request("POST", "/gradio_api/run/predict", body, headers)
    told = connection.getresponse().read().decode()
    connection.close()
    return told


def _print(sessions: int, outcomes: Sequence[Outcome], seconds: float, megabytes: float) -> None:
    times = sorted(one.seconds for one in outcomes if one.replied)
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(
        f"| {sessions} | {len(outcomes)} | {len(times) / seconds:.1f} | {len(outcomes) - len(times)} "
        f"| {p50 * 1000:.0f} | {p95 * 1000:.0f} | {megabytes:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
