from __future__ import annotations

import random

import pytest
from children import build
from small_library import FILES, write_corpus

from assistant.errors import IndexUnusable
from assistant.versions.catalogue import verify
from assistant.versions.store import Store


@pytest.fixture
def store(corpus_folder, tmp_path):
    """Give a store of two published versions of which nearly every file differs."""
    build(corpus_folder, tmp_path / "index")
    write_corpus(
        corpus_folder,
        {
            "faq.md": FILES["faq.md"].replace("40 dollars", "50 euros"),
            "aliases.csv": "people write,the library says\nEUR,euro\n",
        },
    )
    build(corpus_folder, tmp_path / "index")
    return Store(tmp_path / "index")


def answers(version):
    """Give all that a reply is made from."""
    return version.documents, version.passages, version.aliases, version.vectors.to_bytes()


def deleted(_content, _other, _chance):
    return None


def zeroed(content, _other, chance):
    start = chance.randrange(len(content))
    length = min(chance.choice((1, 16, 512)), len(content) - start)
    return content[:start] + bytes(length) + content[start + length :]


def cut_short(content, _other, chance):
    return content[: chance.randrange(len(content))]


def flipped(content, _other, chance):
    damaged = bytearray(content)
    damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def swapped(_content, other, _chance):
    return other


def file_pairs(store):
    """Yield each file of the served version with the like one of the other, CURRENT with one that names the other."""
    served, other = (store.layout.version(sha256) for sha256 in store.published())
    for path in sorted(path for path in served.rglob("*") if path.is_file()):
        yield path, other / path.relative_to(served)
    yield store.layout.current, store.layout.current
    yield store.layout.copy, store.layout.copy


def damage(path, content):
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)


@pytest.mark.parametrize("faults", [40, pytest.param(600, marks=pytest.mark.faults)])
@pytest.mark.parametrize("fault", [deleted, zeroed, cut_short, flipped, swapped], ids=lambda fault: fault.__name__)
def test_single_fault(store, fault, faults):
    """Any one fault in any one file is detected, never gives another answer, and the last good version is served."""
    chance = random.Random(faults)
    good, before = (answers(store.load(sha256)) for sha256 in store.published())
    pairs = list(file_pairs(store))
    made = 0
    back = 0
    for number in range(faults):
        path, like = pairs[number % len(pairs)]
        content = path.read_bytes()
        damaged = fault(content, like.read_bytes(), chance)
        if damaged == content:
            continue
        damage(path, damaged)
        found = verify(store)
        try:
            assert answers(store.load_current()) == good
            assert path in (store.layout.current, store.layout.copy)
        except IndexUnusable:
            last_good = store.load_last_good()
            assert last_good.damage
            assert answers(last_good.version) in (good, before)
            back += 1
        path.write_bytes(content)
        assert found, (path, damaged)
        made += 1
    assert verify(store) == ()
    print(
        f"R2 {fault.__name__}: {made} faults, all detected, 0 wrong answers, {back} times back on the last good version"
    )
