from __future__ import annotations

import time
from threading import Event, Thread

import pytest

from assistant.errors import CorpusError
from assistant.publishing.watching import watch

PAUSE = 0.2


class Watching:
    """A watch in a thread of its own, and what it did; `during` is called within each rebuild."""

    def __init__(self, folder, during=lambda: None) -> None:
        self.rebuilds = 0
        self.told: list[str] = []
        self.stop = Event()
        self._during = during
        self.thread = Thread(target=watch, args=(folder, self._rebuild, self.stop, self.told.append, PAUSE))
        self.thread.start()
        time.sleep(PAUSE / 2)

    def _rebuild(self) -> None:
        self.rebuilds += 1
        self._during()

    def wait_for(self, rebuilds: int) -> None:
        deadline = time.monotonic() + 5
        while self.rebuilds < rebuilds:
            assert time.monotonic() < deadline
            time.sleep(0.01)


@pytest.fixture
def watching(corpus_folder):
    """Give what begins to watch the small library; all is stopped afterwards."""
    begun: list[Watching] = []

    def begin(during=lambda: None) -> Watching:
        begun.append(Watching(corpus_folder, during))
        return begun[-1]

    yield begin
    for one in begun:
        one.stop.set()
        one.thread.join(5)
        assert not one.thread.is_alive()


def test_nothing_is_rebuilt_while_nothing_changes(watching):
    """A corpus that is left alone is not rebuilt."""
    begun = watching()
    time.sleep(PAUSE * 5)
    assert begun.rebuilds == 0


@pytest.mark.parametrize("name", ["faq.md", "aliases.csv", "new.txt"])
def test_a_change_is_rebuilt_once(watching, corpus_folder, name):
    """A file that is changed or added leads to one rebuild."""
    begun = watching()
    with (corpus_folder / name).open("a") as file:
        file.write("\nmore,words\n")
    begun.wait_for(1)
    time.sleep(PAUSE * 4)
    assert begun.rebuilds == 1


def test_lock_files_are_no_change(watching, corpus_folder):
    """A document that is opened and closed elsewhere leads to no rebuild, one that is saved meanwhile to one."""
    begun = watching()
    (corpus_folder / "~$faq.md").write_bytes(b"\x03Ada")
    (corpus_folder / "faq.md.tmp").write_bytes(b"#")
    time.sleep(PAUSE * 4)
    assert begun.rebuilds == 0
    (corpus_folder / "faq.md").write_text("Frequent questions\n\nNew words.\n")
    begun.wait_for(1)
    (corpus_folder / "~$faq.md").unlink()
    time.sleep(PAUSE * 4)
    assert begun.rebuilds == 1


def test_it_waits_until_nobody_writes(watching, corpus_folder):
    """While files keep changing there is no rebuild; once they rest there is one for all of them."""
    begun = watching()
    for number in range(12):
        (corpus_folder / f"page-{number}.txt").write_text(f"Page {number}\n\nWords.\n")
        time.sleep(PAUSE / 4)
        assert begun.rebuilds == 0
    begun.wait_for(1)
    time.sleep(PAUSE * 4)
    assert begun.rebuilds == 1


def test_a_change_that_is_taken_back_is_none(watching, corpus_folder):
    """What is as it was before once it rests needs no rebuild."""
    begun = watching()
    page = corpus_folder / "page.txt"
    for number in range(12):
        page.write_text(f"Page {number}\n\nWords.\n")
        time.sleep(PAUSE / 4)
    page.unlink()
    time.sleep(PAUSE * 4)
    assert begun.rebuilds == 0


def test_errors_are_told_and_watching_goes_on(watching, corpus_folder):
    """A rebuild that fails is told, and the next change is rebuilt all the same."""

    def fail() -> None:
        raise CorpusError("faq.md can't be read")

    begun = watching(fail)
    for number in (1, 2):
        (corpus_folder / "new.txt").write_text(f"New\n\nPage {number}.\n")
        begun.wait_for(number)
    time.sleep(PAUSE / 2)
    assert begun.told == ["not published: faq.md can't be read"] * 2


def test_a_change_during_a_rebuild_is_not_lost(watching, corpus_folder):
    """What changes while the library is rebuilt is in the next one."""
    begun = watching(lambda: (corpus_folder / "late.txt").write_text("Late\n\nPage.\n"))
    (corpus_folder / "new.txt").write_text("New\n\nPage.\n")
    begun.wait_for(2)


def test_a_folder_that_is_gone_for_a_while(watching, corpus_folder, tmp_path):
    """A corpus that is moved away is a change like any other, and so is its return with new pages."""
    begun = watching()
    corpus_folder.rename(tmp_path / "away")
    begun.wait_for(1)
    (tmp_path / "away" / "new.txt").write_text("New\n\nPage.\n")
    (tmp_path / "away").rename(corpus_folder)
    begun.wait_for(2)
