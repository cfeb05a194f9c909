from __future__ import annotations

import pickle
import random
import shutil

import pytest
from children import build, exit_code, start
from power_loss import Recorder, leave
from small_library import write_corpus

from assistant.errors import IndexUnusable
from assistant.versions.store import Store

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def write(corpus_folder, number):
    write_corpus(corpus_folder, {"notes.txt": f"Broadband\n\nEdition {number} of this page."})


@pytest.fixture
def before(corpus_folder, tmp_path):
    """Give a store as it was before the build whose power is lost: three versions, so that one is to be swept."""
    for number in range(3):
        write(corpus_folder, number)
        build(corpus_folder, tmp_path / "index")
    write(corpus_folder, 3)
    return shutil.copytree(tmp_path / "index", tmp_path / "before")


@pytest.fixture
def events(before, corpus_folder, tmp_path):  # noqa: ARG001  # it comes first
    """Give all that a build has the system do."""

    def recorded():
        recorder = Recorder(tmp_path / "index")
        build(corpus_folder, tmp_path / "index")
        (tmp_path / "events").write_bytes(pickle.dumps(recorder.events))
        return 0

    assert exit_code(start(recorded)) == 0
    return pickle.loads((tmp_path / "events").read_bytes())


@pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.faults)])
def test_power_loss(before, events, tmp_path, times):
    """Wherever power is lost, what was not synced may be gone or garbage: the store loads, the old or new version."""
    chance = random.Random(7)
    old, new = Store(before).load_current().id, Store(tmp_path / "index").load_current().id
    served = []
    for count in range(len(events) + 1):
        for _ in range(times):
            leave(before, events[:count], tmp_path / "left", chance)
            served.append(Store(tmp_path / "left").load_current().id)
            assert served[-1] in (old, new), events[:count]
    assert served[0] == old
    assert served[-1] == new
    print(f"R4: {len(events)} events, {len(served)} states, 0 unloadable, new version in {served.count(new)}")


def test_build_after_a_power_loss(before, events, corpus_folder, tmp_path):
    """The build after a power loss makes whatever was lost, and takes away what was left."""
    chance = random.Random(8)
    new = Store(tmp_path / "index").load_current().id
    for count in range(0, len(events) + 1, 8):
        leave(before, events[:count], tmp_path / "left", chance)
        build(corpus_folder, tmp_path / "left")
        assert Store(tmp_path / "left").load_current().id == new
        assert sorted(path.name for path in (tmp_path / "left").iterdir()) == ["CURRENT", "CURRENT.copy", "versions"]


def test_the_model_knows_what_a_power_loss_does(before, events, tmp_path):
    """Had nothing been synced, power losses would leave stores that do not load: the simulation can tell."""
    chance = random.Random(9)
    unsynced = [event for event in events if not event.kind.endswith("synced")]
    unloadable = 0
    for _ in range(20):
        leave(before, unsynced, tmp_path / "left", chance)
        try:
            Store(tmp_path / "left").load_current()
        except IndexUnusable:
            unloadable += 1
    assert unloadable > 0
