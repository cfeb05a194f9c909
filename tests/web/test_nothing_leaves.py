from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest
from browser import free_port
from small_library import no_bar, write_corpus

from assistant.publishing.build import build_index

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("watched.py")
QUESTIONS = [
    "What is an innovation zone?",
    "How much does a pilot cost?",
    "What does ESSA allow?",
    "And who accepts it?",
]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a process reached and wrote, and all that it said."""

    reached: list[str]
    written: list[str]
    said: str


def personal_strings(count):
    """Give names with numbers, addresses, telephones and accounts that stand nowhere else."""
    random = Random(8)
    makers = [
        lambda n: f"Zebulon Quackenbush-{n}",
        lambda n: f"quackenbush.{n}@mail.example",
        lambda n: f"+1-555-{n}",
        lambda n: f"SSN 078-05-{n}",
    ]
    return [makers[at % len(makers)](f"{random.randrange(10**9):09}") for at in range(count)]


def environment(folder):
    """Give one in which all that is written to usual places lies below a folder."""
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests", ROOT / "tests" / "web")))
    return {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), "HOME": str(folder), "PYTHONWARNINGS": "ignore"}


@pytest.fixture(scope="module")
def personal():
    return personal_strings(200)


@pytest.fixture(scope="module")
def asked(_small_index, tmp_path_factory, personal) -> Watched:
    """Give what became of 100 questions and 100 opinions, each with a personal string in it."""
    folder = tmp_path_factory.mktemp("watched")
    questions = [
        ("/api/ask", {"question": f"I am {who}. {QUESTIONS[at % 4]}"}) for at, who in enumerate(personal[:100])
    ]
    opinions = [
        ("/api/feedback", {"version": "abc", "verdict": "down", "query": f"Who is {who}?", "text": f"Write to {who}"})
        for who in personal[100:]
    ]
    done = subprocess.run(
        [sys.executable, SCRIPT, "ask", _small_index],
        input=json.dumps(questions + opinions),
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])
    written = {*told["written"], *(str(path) for path in folder.rglob("*") if path.is_file())}
    return Watched(told["reached"], sorted(written), done.stdout + done.stderr)


def test_nothing_personal_is_logged(asked, personal):
    """Of 200 personal strings in questions and comments none is in the log, even of everything at the lowest level."""
    assert asked.said.count("ms") >= 100
    assert [who for who in personal if who in asked.said or who.split()[-1].lower() in asked.said.lower()] == []


def test_nothing_personal_is_on_disk(asked, personal):
    """None of them is in a file that was opened for writing, or in one that lies where files are put."""
    kept = [(path, Path(path).read_bytes().lower()) for path in asked.written if Path(path).is_file()]
    assert [(path, who) for path, content in kept for who in personal if who.lower().encode() in content] == []


def test_nothing_is_reached(asked):
    """From start-up to the last of 100 questions no name is looked up and no connection made."""
    assert asked.reached == []


@pytest.mark.model
def test_nothing_is_reached_by_the_command(real_embedder, tmp_path):
    """Neither does the command with its models, from start-up to the last of 100 questions."""
    build_index(write_corpus(tmp_path / "corpus"), tmp_path / "index", real_embedder, no_bar)
    with served(tmp_path) as (process, port):
        for at in range(100):
            reply = _post(port, {"question": f"{QUESTIONS[at % 4]} {at}"})
            assert reply["version"]
        out, error = process.communicate("", timeout=60)
    assert process.returncode == 0, error[-2000:]
    assert json.loads(out.splitlines()[-1])["reached"] == []


@contextmanager
def served(folder):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, SCRIPT, "serve", folder / "index", str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_PER_MINUTE": "100000"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(process, port)
        yield process, port
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()


def _wait_for(process, port):
    until = monotonic() + 120
    while monotonic() < until:
        assert process.poll() is None, process.stderr.read()[-2000:]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            sleep(0.3)
    raise AssertionError("not served within two minutes")


def _post(port, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/ask",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)
