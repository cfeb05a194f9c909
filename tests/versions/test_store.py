from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_library import document, version_of

from assistant.errors import IndexDamaged, IndexMissing, IndexUnusable
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
    assert names(tmp_path / "index") == ["CURRENT", "versions"]
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
    assert names(tmp_path / "index") == []


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
