from __future__ import annotations

import pytest
from small_library import document, version_of

from assistant.errors import IndexDamaged, IndexMissing, VersionMissing
from assistant.versions.catalogue import find_version, list_versions, verify
from assistant.versions.store import Store


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "index")
    for text in ("One.", "Two."):
        store.publish(store.add(version_of(document(text))))
    return store


def test_listing(store):
    """Each version is listed with what its manifest says, and one of them is the current one."""
    entries = list_versions(store)
    assert [entry.is_current for entry in entries] == [True, False]
    assert all(entry.manifest.documents == 1 and entry.size > 1000 for entry in entries)


def test_listing_of_a_damaged_manifest(store):
    """A version whose manifest can't be read is listed without it."""
    newest = store.layout.ids()[0]
    (store.layout.version(newest) / "manifest.json").write_text("{}")
    assert [entry.manifest is None for entry in list_versions(store)] == [True, False]


def test_listing_of_nothing(tmp_path):
    """Where there is no index there are no versions."""
    assert list_versions(Store(tmp_path / "no")) == ()


@pytest.mark.parametrize("digits", [4, 12])
def test_finding(store, digits):
    """A version is found by its id or by how it begins."""
    for name in store.layout.ids():
        assert find_version(store, name[:digits])[:12] == name


@pytest.mark.parametrize("name", ["", "zzz", "..", "0" * 13])
def test_finding_nothing(store, name):
    """A name that fits no version, or several, is refused with those that there are."""
    with pytest.raises(VersionMissing, match=f"found '{name}'; there are: {store.layout.ids()[0]}"):
        find_version(store, name)


@pytest.mark.parametrize("file", ["manifest.json", "passages.jsonl"])
def test_finding_a_damaged_version(store, file):
    """A version with an altered file can't be chosen."""
    newest = store.layout.ids()[0]
    path = store.layout.version(newest) / file
    path.write_bytes(path.read_bytes().replace(b"1", b"2"))
    with pytest.raises(IndexDamaged, match=f"{file} was .*altered"):
        find_version(store, newest)


def test_verifying_what_is_intact(store):
    """An intact store has nothing wrong."""
    assert verify(store) == ()


def test_verifying_names_every_damage(store):
    """Every altered, missing and foreign file of every version is named, not just the first."""
    first, second = (store.layout.version(name) for name in store.layout.ids())
    (first / "passages.jsonl").write_bytes(b"")
    (first / "keywords" / "terms.jsonl").unlink()
    (second / "notes.txt").write_text("x")
    found = "\n".join(verify(store))
    assert "passages.jsonl was cut short or altered: expected " in found
    assert "terms.jsonl can't be read (No such file or directory)" in found
    assert f"{second / 'notes.txt'} does not belong to the version" in found


@pytest.mark.parametrize("name", ["CURRENT", "CURRENT.copy"])
@pytest.mark.parametrize("content", [b"", b'{"manifest_sha256": "%s"}' % (b"0" * 64)])
def test_verifying_the_pointers(store, name, content):
    """CURRENT and its copy are checked too: what they say, whether that version is there, that they are equal."""
    (store.layout.folder / name).write_bytes(content)
    assert name in verify(store)[0]


def test_verifying_nothing(tmp_path):
    """Where there is no index there is nothing to verify."""
    with pytest.raises(IndexMissing):
        verify(Store(tmp_path / "no"))
