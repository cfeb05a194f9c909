from __future__ import annotations

import logging
import time
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import DECISION, FAQ, FILES, no_bar, with_decision, write_corpus

from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Answer
from assistant.documents.corpus import read_corpus
from assistant.errors import IndexDamaged, IndexMismatch, IndexMissing
from assistant.publishing.build import make_version
from assistant.serving.following import Follower
from assistant.versions.store import Store
from assistant.versions.version import IndexVersion
from assistant.web.chat import answer

QUESTIONS = (
    "What is an innovation zone?",
    "How much does a pilot cost?",
    "Kentucky waivers",
    "Stages of reform",
    "hello",
)
PRICES = ("40", "55", "70")


class Library:
    """An index folder with three versions of the small library that differ in a price; the first is published."""

    def __init__(self, folder: Path) -> None:
        self.index = folder / "index"
        self.store = Store(self.index)
        self.sha256s: list[str] = []
        for price in PRICES:
            files = {**FILES, "faq.md": FAQ.replace("about 40", f"about {price}")}
            self.sha256s.append(self.store.add(_version(write_corpus(folder / price, files))))
        self.publish(0)

    def publish(self, number: int) -> str:
        self.store.publish(self.sha256s[number])
        return self.sha256s[number][:12]

    def damage(self, number: int) -> None:
        path = self.index / "versions" / self.sha256s[number][:12] / "passages.jsonl"
        path.write_bytes(path.read_bytes()[:-9])

    def mend(self, number: int) -> None:
        self.store.add(_version(self.index.parent / PRICES[number]))


def _version(folder: Path) -> IndexVersion:
    corpus = read_corpus(folder)
    version = make_version(corpus.documents, corpus.aliases, corpus.fingerprint, BagOfWords(), no_bar)
    return with_decision(version, DECISION)


@pytest.fixture
def shelf(tmp_path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def follower(shelf) -> Follower:
    return Follower(shelf.index, BagOfWords(), SharedWords())


def price(follower) -> str:
    turn = follower.serving.current.ask("How much does a pilot cost?")
    return turn.reply.citations[0].quote.split()[4]


def test_a_new_version_is_served_once_it_is_published(shelf, follower, caplog):
    """The next look after publishing swaps to the new version, with a line in the log; without news nothing is loaded."""
    before = follower.serving.current
    follower.step()
    assert follower.serving.current is before
    published = shelf.publish(1)
    with caplog.at_level(logging.INFO):
        follower.step()
    assert (follower.serving.current.version.id, price(follower)) == (published, "55")
    assert f"serving version {published} after {before.version.id}" in caplog.text


def test_it_is_noticed_within_two_seconds(shelf, follower):
    """Left to itself a running process serves a published version within two seconds, and stops when told to."""
    stop = Event()
    thread = follower.start(stop)
    published = shelf.publish(2)
    deadline = time.monotonic() + 2
    while follower.serving.current.version.id != published:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop.set()
    thread.join(2)
    assert not thread.is_alive()


def test_the_same_version_again_is_not_loaded_again(shelf, follower):
    """Publishing what is served already keeps the assistant that replies."""
    before = follower.serving.current
    shelf.publish(0)
    follower.step()
    assert follower.serving.current is before


def test_the_models_are_loaded_once(shelf):
    """Every version answers with the embedder and the reranker of the start."""
    embedder, reranker = BagOfWords(), SharedWords()
    follower = Follower(shelf.index, embedder, reranker)
    shelf.publish(1)
    follower.step()
    assert follower._embedder is embedder
    assert follower.serving.current._retriever._embedder is embedder


def test_a_damaged_version_is_not_swapped_to(shelf, follower, caplog):
    """A version that can't be loaded is told once and not served; the state is cleared when a good one is published."""
    served = follower.serving.current
    shelf.damage(1)
    shelf.publish(1)
    with caplog.at_level(logging.ERROR):
        for _ in range(50):
            follower.step()
    assert follower.serving.current is served
    assert "passages.jsonl was cut short or altered" in follower.serving.served.degraded
    assert str(shelf.index.parent) not in follower.serving.served.degraded
    assert [record.message.split(":")[0] for record in caplog.records] == [f"still serving version {served.version.id}"]
    shelf.publish(2)
    follower.step()
    assert (price(follower), follower.serving.served.degraded) == ("70", "")


def test_a_version_mended_in_its_place_is_served(shelf, follower):
    """A damaged version that is repaired without being published again is served after a while."""
    shelf.damage(1)
    shelf.publish(1)
    follower.step()
    shelf.mend(1)
    for _ in range(40):
        follower.step()
    assert (price(follower), follower.serving.served.degraded) == ("55", "")


def test_going_back_to_what_is_served_clears_the_state(shelf, follower):
    """When a version that can't be used is taken back, all is well again and nothing was loaded."""
    served = follower.serving.current
    shelf.damage(1)
    shelf.publish(1)
    follower.step()
    shelf.publish(0)
    follower.step()
    assert (follower.serving.current, follower.serving.served.degraded) == (served, "")


@pytest.mark.parametrize("harm", ["{", "", '{"manifest_sha256": "../../etc/passwd"}', None])
def test_a_damaged_pointer_changes_nothing(shelf, follower, harm):
    """Whatever becomes of CURRENT, what is served stays, with the reason; a good one is followed again."""
    current = shelf.index / "CURRENT"
    current.unlink()
    if harm is not None:
        current.write_text(harm)
    follower.step()
    assert price(follower) == "40"
    assert follower.serving.served.degraded
    shelf.publish(1)
    follower.step()
    assert (price(follower), follower.serving.served.degraded) == ("55", "")


def test_a_version_of_another_model_is_refused(shelf, follower, caplog):
    """A version that another model embedded is not served, and the log names both models."""
    version = _version(shelf.index.parent / "40")
    other = replace(version, manifest=replace(version.manifest, model="other-model"))
    shelf.store.publish(shelf.store.add(other))
    with caplog.at_level(logging.ERROR):
        follower.step()
    assert "was embedded by other-model, questions would be by bag-of-words" in caplog.text
    assert "other-model" in follower.serving.served.degraded
    assert price(follower) == "40"


def test_a_damaged_current_version_at_the_start(shelf, caplog):
    """At the start the last good version is served in place of a damaged one, and the log and the state say so."""
    shelf.publish(2)
    shelf.damage(2)
    with caplog.at_level(logging.ERROR):
        follower = Follower(shelf.index, BagOfWords(), SharedWords())
    assert price(follower) in ("40", "55")
    assert "passages.jsonl was cut short or altered" in follower.serving.served.degraded
    assert f"serving version {follower.serving.current.version.id}, the last good one" in caplog.text


def test_nothing_to_serve_at_the_start(shelf, tmp_path):
    """Without a version that can be used there is no start, and what is wrong with the published one is told."""
    with pytest.raises(IndexMissing):
        Follower(tmp_path / "none", BagOfWords(), SharedWords())
    with pytest.raises(IndexMismatch):
        Follower(shelf.index, BagOfWords("other-model"), SharedWords())
    for number in range(3):
        shelf.damage(number)
    with pytest.raises(IndexDamaged):
        Follower(shelf.index, BagOfWords(), SharedWords())


@pytest.mark.parametrize(
    ("swaps", "questions"), [(5, 500), pytest.param(50, 10_000, marks=pytest.mark.faults)], ids=["short", "long"]
)
def test_swaps_under_questions(shelf, follower, swaps, questions):
    """While versions change under those who ask, nobody gets an error and no reply mixes versions."""
    seen = Seen()
    texts = {sha256[:12]: _texts(shelf, sha256) for sha256 in shelf.sha256s}
    askers = [Thread(target=_ask, args=(follower, seed, seen)) for seed in range(4)]
    for thread in askers:
        thread.start()
    for _, number in zip(range(swaps), cycle([1, 2, 0]), strict=False):
        seen.wait_for(questions // swaps)
        published = shelf.publish(number)
        follower.step()
        assert follower.serving.current.version.id == published
    seen.wait_for(questions // swaps)
    seen.enough.set()
    for thread in askers:
        thread.join()
    assert seen.errors == []
    assert len(seen.turns) > questions
    assert {turn.version for turn in seen.turns} == set(texts)
    assert [turn for turn in seen.turns if not _fits(turn, texts[turn.version])] == []
    assert len({turn.reply for turn in seen.turns if "pilot" in turn.question}) == len(PRICES)
    assert [page for page in seen.pages if "reply failure" in page or not _names_its_version(page, shelf)] == []


class Seen:
    """What those who asked got to see."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.pages: list[str] = []
        self.errors: list[BaseException] = []
        self.enough = Event()

    def wait_for(self, more: int) -> None:
        """Wait for that many replies more, or for an error."""
        wanted = len(self.turns) + more
        while len(self.turns) < wanted and not self.errors:
            time.sleep(0.001)


def _ask(follower, seed, seen) -> None:
    random = Random(seed)
    try:
        while not seen.enough.is_set():
            assistant = follower.serving.current
            history = assistant.converse(random.sample(QUESTIONS, random.randrange(3)))
            seen.turns.append(assistant.ask(random.choice(QUESTIONS), history))
            if len(seen.turns) % 5 == 0:
                seen.pages.append(answer(follower.serving.current, QUESTIONS[1], [], alone=False).html)
    except BaseException as error:  # noqa: BLE001  # whatever happens in a thread is told by the test
        seen.errors.append(error)


def _texts(shelf, sha256) -> dict[str, str]:
    version = _version(shelf.index.parent / PRICES[shelf.sha256s.index(sha256)])
    return {passage.id: passage.text for passage in version.passages}


def _fits(turn: Turn, texts: dict[str, str]) -> bool:
    """Whether each citation of a turn resolves in the version that the turn names."""
    citations = turn.reply.citations if isinstance(turn.reply, Answer) else ()
    return all(texts[c.passage.id][c.start : c.end] == c.quote for c in citations)


def _names_its_version(page: str, shelf) -> bool:
    """Whether the price on a rendered reply is that of the version in its foot."""
    prices = dict(zip((sha256[:12] for sha256 in shelf.sha256s), PRICES, strict=True))
    found = [price for version, price in prices.items() if f"Library version {version}" in page]
    others = [price for price in PRICES if f"about {price} dollars" in page]
    return found == others and len(found) == 1
