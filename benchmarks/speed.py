"""Measures what a person waits for: building, starting, asking; and the memory each takes (`make benchmark`)."""

from __future__ import annotations

import re
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep

from assistant.assistant import Assistant
from assistant.documents.golden_questions import read_questions
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 120


class ReadsNothing:
    """A reranker that leaves every order as it is: what is left of a question's time is all but the readings."""

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:  # noqa: ARG002
        """Give the same for every text."""
        return (0.0,) * len(texts)


def main() -> None:
    """Print one line a figure."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        print(f"build: {_build(index):.1f} s, peak {_peak_of_children():.0f} MB")
        ready, memory = _start(index)
        print(f"app.py until /readyz answers: {ready:.1f} s, then {memory:.0f} MB resident")
        embedder = SentenceEmbedder()
        questions = [question.question for question in read_questions(_ROOT / "corpus" / "questions.jsonl")]
        assistant = Assistant.open(index, embedder, CrossEncoder())
        _print_times("one question", questions, assistant.ask)
        unread = Assistant.open(index, embedder, ReadsNothing())
        _print_times("one without the reranker's readings", questions, unread.ask)
        _print_times("its bare embedding", questions, embedder.embed_query)


def _build(index: Path) -> float:
    started = monotonic()
    subprocess.run(
        [sys.executable, "build_index.py", "--index", str(index)], cwd=_ROOT, check=True, capture_output=True
    )
    return monotonic() - started


def _peak_of_children() -> float:
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return kilobytes / (1024 if sys.platform == "linux" else 1024 * 1024)


def _start(index: Path) -> tuple[float, float]:
    port = _free_port()
    started = monotonic()
    server = subprocess.Popen(
        [sys.executable, "app.py", "--index", str(index), "--port", str(port)],
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _is_ready(port) and server.poll() is None and monotonic() - started < _PATIENCE:
            sleep(0.05)
        return monotonic() - started, _resident(server.pid)
    finally:
        server.terminate()
        server.wait()


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as response:
            return bool(response.status == HTTPStatus.OK)
    except OSError:
        return False


def _resident(pid: int) -> float:
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True).stdout
    return int(re.sub(r"\D", "", shown)) / 1024


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _print_times(name: str, questions: Sequence[str], ask: Callable[[str], object]) -> None:
    ask(questions[0])
    milliseconds = sorted(_milliseconds(ask, question) for question in questions)
    p95 = milliseconds[int(len(milliseconds) * 0.95)]
    print(f"{name}, {len(questions)} times: p50 {statistics.median(milliseconds):.1f} ms, p95 {p95:.1f} ms")


def _milliseconds(ask: Callable[[str], object], question: str) -> float:
    started = monotonic()
    ask(question)
    return (monotonic() - started) * 1000


if __name__ == "__main__":
    main()
