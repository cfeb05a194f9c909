from __future__ import annotations

import re
from itertools import pairwise
from time import monotonic, sleep

import pytest
from children import OCCURRENCES, build, exit_code, killed_build, start
from small_library import write_corpus

from assistant.errors import IndexBusy
from assistant.versions.catalogue import verify
from assistant.versions.protocol import STEPS
from assistant.versions.store import Store

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def write(corpus_folder, number):
    write_corpus(corpus_folder, {"notes.txt": f"Broadband\n\nEdition {number} of this page."})


def edition(version):
    """Read from the text of a version which edition of the page it was built from."""
    (number,) = (int(n) for p in version.passages for n in re.findall(r"Edition (\d+) of this page", p.text))
    return number


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.faults)])
@pytest.mark.parametrize("step", STEPS)
def test_kill(corpus_folder, tmp_path, step, kills):
    """Wherever a build is killed, the store loads, serves the old or the new version, and the next build cleans up."""
    index = tmp_path / "index"
    for number in range(3):
        write(corpus_folder, number)
        build(corpus_folder, index)
    served = [2]
    for number in range(3, kills + 3):
        write(corpus_folder, number)
        assert killed_build(corpus_folder, index, step, 1 + number % OCCURRENCES.get(step, 1))
        served.append(edition(Store(index).load_current()))
        assert served[-1] in (served[-2], number)
    write(corpus_folder, 0)
    build(corpus_folder, index)
    assert edition(Store(index).load_current()) == 0
    assert verify(Store(index)) == ()
    assert sorted(path.name for path in index.iterdir()) == ["CURRENT", "CURRENT.copy", "versions"]
    new = sum(a != b for a, b in pairwise(served))
    print(f"R1 {step}: {kills} kills, 0 unloadable, {new} times the new version, {kills - new} times the old one")


@pytest.mark.parametrize("races", [3, pytest.param(100, marks=pytest.mark.faults)])
def test_race(corpus_folder, tmp_path, races):
    """Of two builds at once one publishes; the other stops within a second and names the first."""
    index, note = tmp_path / "index", tmp_path / "note"
    slowest = 0.0

    def racer():
        started = monotonic()
        try:
            build(corpus_folder, index, lambda step: step == "files written" and wait_for(note))
        except IndexBusy as error:
            (tmp_path / "writing").write_text(f"{monotonic() - started} {error}")
            (tmp_path / "writing").rename(note)
            return 3
        return 0

    for number in range(races):
        write(corpus_folder, number)
        children = [start(racer), start(racer)]
        codes = [exit_code(child) for child in children]
        assert sorted(codes) == [0, 3]
        seconds, message = note.read_text().split(" ", 1)
        assert f"is being written by process {children[codes.index(0)]} on " in message
        slowest = max(slowest, float(seconds))
        assert edition(Store(index).load_current()) == number
        note.unlink()
    assert slowest < 1
    print(f"R7: {races} races, one published in each, the other stopped after at most {slowest:.3f} s")


def wait_for(path):
    until = monotonic() + 20
    while not path.exists() and monotonic() < until:
        sleep(0.002)


def test_steps_are_those_that_a_build_makes(corpus_folder, tmp_path):
    """The steps that are named are the steps that a build comes by, each as often as the tests take for granted."""
    for number in range(4):
        write(corpus_folder, number)
        made = []
        build(corpus_folder, tmp_path / "index", made.append)
    assert tuple(dict.fromkeys(made)) == STEPS
    assert all(made.count(step) >= OCCURRENCES.get(step, 1) for step in STEPS)
