from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

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
        [sys.executable, SCRIPT, _small_index],
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
    """In no library that is Python a name is looked up or a connection made; `test_nothing_calls_home` sees the others."""
    assert asked.reached == []
