from __future__ import annotations

import os
import signal
from time import monotonic, sleep

import pytest

from assistant.errors import IndexBusy, IndexUnwritable
from assistant.versions.lock import write_lock


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".lock"


def holder_of(path):
    """Have another process hold the lock; give its number once it does."""
    process = os.fork()
    if not process:
        with write_lock(path):
            sleep(60)
        os._exit(0)
    until = monotonic() + 10
    while not (path.exists() and path.read_bytes()):
        assert monotonic() < until
        sleep(0.001)
    return process


def end(process):
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def test_lock_is_held_and_leaves_nothing(path):
    """The lock's file is there while it is held, and can be taken again and again."""
    for _ in range(3):
        with write_lock(path):
            assert path.exists()
        assert not path.exists()


def test_second_holder_is_refused_within_a_second(path):
    """Whoever comes second is told at once which process holds the lock, where and since when."""
    process = holder_of(path)
    started = monotonic()
    try:
        with (
            pytest.raises(IndexBusy, match=rf"written by process {process} on .+ since \d\d\d\d-") as refused,
            write_lock(path),
        ):
            pass
    finally:
        end(process)
    assert monotonic() - started < 1
    assert "wait until it is done" in str(refused.value)


def test_same_process_is_refused_too(path):
    """Two threads of one process exclude each other as two processes do."""
    with write_lock(path), pytest.raises(IndexBusy, match=str(os.getpid())), write_lock(path):
        pass


def test_dead_holder_is_no_obstacle(path):
    """The lock of a killed process can be taken at once, though its file is still there."""
    end(holder_of(path))
    assert path.exists()
    with write_lock(path):
        assert str(os.getpid()) in path.read_text()
    assert not path.exists()


def test_lock_that_can_not_be_made(path):
    """A folder where no file can be made is an error of ours."""
    with pytest.raises(IndexUnwritable, match="could not be written: "), write_lock(path / "no folder" / ".lock"):
        pass
