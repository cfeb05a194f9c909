from __future__ import annotations

import json
import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_library import document, version_of

from assistant.errors import IndexDamaged, IndexMissing, IndexUnusable, VersionMissing
from assistant.versions.catalogue import previous_version, verify
from assistant.versions.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "index")


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.iterdir())


def test_no_index(store):
    """A folder without a published version says how to make one."""
    with pytest.raises(IndexMissing, match=r"there is no index in .*; run `python build_index.py` to build it"):
        store.load_current()


def test_added_is_not_published(store):
    """A version is served only once it is published."""
    sha256 = store.add(version_of(document("Text.")))
    with pytest.raises(IndexMissing):
        store.load_current()
    store.publish(sha256)
    assert store.load_current().id == sha256[:12]


def test_publishing_switches_and_keeps_the_others(store, tmp_path):
    """Publishing changes which version is served; the one before still lies beside it, and nothing else does."""
    first, second = (store.add(version_of(document(text))) for text in ("One.", "Two."))
    store.publish(first)
    store.publish(second)
    assert store.load_current().passages[0].text == "Two."
    assert names(tmp_path / "index") == ["CURRENT", "CURRENT.copy", "versions"]
    assert names(tmp_path / "index" / "versions") == sorted([first[:12], second[:12]])
    store.publish(first)
    assert store.load_current().passages[0].text == "One."


def test_equal_version_is_replaced(store, tmp_path):
    """Adding an equal version again repairs the one that is there."""
    version = version_of(document("One."))
    sha256 = store.add(version)
    store.publish(sha256)
    (tmp_path / "index" / "versions" / sha256[:12] / "passages.jsonl").write_text("damaged")
    assert store.add(version) == sha256
    assert store.load_current().passages == version.passages


def test_version_that_can_not_be_read_back_is_not_added(store, tmp_path):
    """A version that does not load the way a reader would load it never gets into its place."""
    version = version_of(document("One."))
    with pytest.raises(IndexUnusable):
        store.add(replace(version, manifest=replace(version.manifest, format=99)))
    assert names(tmp_path / "index" / "versions") == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"manifest_sha256": null}',
        b'{"manifest_sha256": ""}',
        b'{"manifest_sha256": "../../../.."}',
        b'{"manifest_sha256": "\\u0000"}',
        b'{"manifest_sha256": "\\ud800"}',
        b'{"manifest_sha256": "000000000000aa"}',
    ],
)
def test_current_that_names_no_version(index_folder, content):
    """A CURRENT that is empty, garbage or names what is not there is damage, said with what to run."""
    (index_folder / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match=r"run `python build_index.py`"):
        Store(index_folder).load_current()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=50) | st.text().map(lambda text: json.dumps({"manifest_sha256": text}).encode()))
def test_any_current_is_refused(index_folder, content):
    """Whatever CURRENT holds, it never makes a reader break or read elsewhere."""
    (index_folder / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged):
        Store(index_folder).current_manifest()


def test_index_that_is_a_file(tmp_path):
    """An index path that is a file is damage and no crash."""
    (tmp_path / "index").write_text("x")
    with pytest.raises(IndexDamaged):
        Store(tmp_path / "index").load_current()


def add(store, *texts, publish=True):
    """Add a version for each text, built one second after the other, and publish each."""
    added = []
    for text in texts:
        added.append(store.add(version_of(document(text))))
        os.utime(store.layout.version(added[-1]), (len(added), len(added)))
        if publish:
            store.publish(added[-1])
    return added


def test_sweeping_keeps_the_latest(store):
    """The latest versions are kept, as many as asked for; the others are gone without a trace."""
    added = add(store, "One.", "Two.", "Three.", "Four.")
    assert store.sweep(3) == (added[0][:12],)
    assert store.layout.ids() == tuple(sha256[:12] for sha256 in reversed(added[1:]))
    assert names(store.layout.folder) == ["CURRENT", "CURRENT.copy", "versions"]


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_sweeping_spares_what_is_needed(store, keep):
    """The served version and the one before it stay, however old they are and however few are kept."""
    added = add(store, "One.", "Two.", "Three.", "Four.")
    store.publish(added[0])
    store.sweep(keep)
    assert {added[0][:12], added[3][:12]} <= set(store.layout.ids())
    assert len(store.layout.ids()) == max(keep, 2)


def test_going_back_step_by_step(store):
    """Going back twice serves the version before the previous one; publishing goes on from there."""
    first, second, third = add(store, "One.", "Two.", "Three.")
    for expected in (second, first):
        store.go_back(previous_version(store))
        assert store.load_current().id == expected[:12]
    with pytest.raises(VersionMissing, match="no version was served before the current one"):
        previous_version(store)
    store.publish(third)
    assert store.published() == (third, first)


def test_publishing_what_is_served_changes_nothing(store):
    """Publishing the served version again leaves CURRENT alone."""
    _, second = add(store, "One.", "Two.")
    before = store.layout.current.stat()
    store.publish(second)
    assert store.layout.current.stat() == before


def test_leftovers_of_a_killed_writer(store):
    """What a killed writer left behind is gone once the next one begins."""
    add(store, "One.")
    leftover = store.layout.folder / ".building-killed" / "version"
    leftover.mkdir(parents=True)
    (leftover / "manifest.json").write_text("{")
    with store.writing():
        assert names(store.layout.folder) == [".lock", "CURRENT", "CURRENT.copy", "versions"]
    assert names(store.layout.folder) == ["CURRENT", "CURRENT.copy", "versions"]


def test_last_good_version_is_the_current_one(store):
    """As long as nothing is damaged the last good version is the current one."""
    add(store, "One.", "Two.")
    last_good = store.load_last_good()
    assert (last_good.version.passages[0].text, last_good.damage) == ("Two.", "")


def test_last_good_version_after_damage(store):
    """A damaged current version gives way to the one served before it, and what is wrong is said."""
    _, second = add(store, "One.", "Two.")
    (store.layout.version(second) / "vectors.faiss").write_bytes(b"")
    last_good = store.load_last_good()
    assert last_good.version.passages[0].text == "One."
    assert "vectors.faiss was cut short or altered" in last_good.damage


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_last_good_version_without_current(store, content):
    """A CURRENT that is gone or damaged is made up for by its copy; what was never published is not served."""
    add(store, "One.", "Two.")
    add(store, "Never published.", publish=False)
    if content is None:
        store.layout.current.unlink()
    else:
        store.layout.current.write_bytes(content)
    last_good = store.load_last_good()
    assert last_good.version.passages[0].text == "Two."
    assert "CURRENT" in last_good.damage or "there is no index" in last_good.damage


def test_no_good_version(store):
    """Where no published version loads, what is wrong with the current one is raised."""
    with pytest.raises(IndexMissing):
        store.load_last_good()
    (sha256,) = add(store, "One.")
    (store.layout.version(sha256) / "manifest.json").unlink()
    with pytest.raises(IndexDamaged, match=r"manifest\.json"):
        store.load_last_good()


def test_publishing_mends_current(store):
    """Publishing over a damaged CURRENT writes it anew and still knows what was served before."""
    first, second = add(store, "One.", "Two.")
    store.layout.current.write_bytes(b"")
    store.publish(second)
    assert store.published() == (second, first)
    assert verify(store) == ()
