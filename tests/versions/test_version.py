from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from bag_of_words import BagOfWords, SharedWords
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.versions.store import Store

FILES = [
    "aliases.jsonl",
    "documents.jsonl",
    "keywords/data.csc.index.npy",
    "keywords/indices.csc.index.npy",
    "keywords/indptr.csc.index.npy",
    "keywords/params.index.json",
    "keywords/terms.jsonl",
    "keywords/vocab.index.json",
    "manifest.json",
    "passages.jsonl",
    "sources.jsonl",
    "vectors.faiss",
]


def version_folder(index_folder):
    (folder,) = (index_folder / "versions").iterdir()
    return folder


def opens(index_folder):
    return Assistant.open(index_folder, BagOfWords(), SharedWords())


def rewrite_manifest(index_folder, change):
    """Change the manifest as another program would have written it, and publish that."""
    folder = version_folder(index_folder)
    fields = json.loads((folder / "manifest.json").read_text())
    change(fields)
    content = json.dumps(fields).encode()
    (folder / "manifest.json").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    folder.rename(folder.with_name(sha256[:12]))
    (index_folder / "CURRENT").write_text(json.dumps({"version": sha256[:12], "manifest_sha256": sha256}))


def test_a_version_from_before_topics_still_loads(index_folder):
    """Documents that were written before they had a topic are read as having none."""
    documents = version_folder(index_folder) / "documents.jsonl"
    written = documents.read_text()
    assert written.count(',"topic":""') == 3
    documents.write_text(written.replace(',"topic":""', ""))

    def describe(fields):
        (file,) = (file for file in fields["files"] if file["name"] == "documents.jsonl")
        file["size"] = documents.stat().st_size
        file["sha256"] = hashlib.sha256(documents.read_bytes()).hexdigest()

    rewrite_manifest(index_folder, describe)
    assert [document.topic for document in opens(index_folder).documents.values()] == ["", "", ""]


def test_files_of_a_version(index_folder):
    """A version is these files, and its manifest tells the size and SHA-256 of each other one."""
    folder = version_folder(index_folder)
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert found == FILES
    manifest = json.loads((folder / "manifest.json").read_text())
    assert [file["name"] for file in manifest["files"]] == [name for name in FILES if name != "manifest.json"]
    for file in manifest["files"]:
        content = (folder / file["name"]).read_bytes()
        assert (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def test_manifest_describes_the_version(index_folder, assistant):
    """The manifest names model, corpus and counts, and its SHA-256 begins with the version's id."""
    content = (version_folder(index_folder) / "manifest.json").read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(assistant.version.id)
    manifest = json.loads(content)
    assert (manifest["format"], manifest["model"], manifest["dimension"]) == (5, "bag-of-words", 256)
    assert (manifest["documents"], manifest["sections"], manifest["passages"]) == (3, 8, 8)
    assert manifest["content_date"] == "2026-03-31"


def test_loaded_version_is_the_one_that_was_built(index_folder, assistant):
    """Documents, passages and replies survive being written and read."""
    again = opens(index_folder)
    assert again.version.documents == assistant.version.documents
    assert again.version.passages == assistant.version.passages
    assert again.version.vectors.to_bytes() == assistant.version.vectors.to_bytes()
    assert again.ask("How much does a pilot cost?") == assistant.ask("How much does a pilot cost?")


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte(index_folder, name):
    """One changed byte in any file is an error that names the file, never another answer."""
    path = version_folder(index_folder) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=name):
        opens(index_folder)


@pytest.mark.parametrize("name", FILES)
def test_file_cut_short(index_folder, name):
    """A file that was cut short is an error that names it and says what to run."""
    path = version_folder(index_folder) / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=rf"{name} was .*altered.*; run `python build_index.py`"):
        opens(index_folder)


@pytest.mark.parametrize("name", FILES)
def test_missing_file(index_folder, name):
    """A file that is gone is an error that names it and says what to run."""
    (version_folder(index_folder) / name).unlink()
    with pytest.raises(IndexDamaged, match=rf"{name} can't be read .*; run `python build_index.py`"):
        opens(index_folder)


def test_swapped_files(index_folder):
    """Files that changed places are noticed although each is intact."""
    folder = version_folder(index_folder)
    first, second = folder / "documents.jsonl", folder / "passages.jsonl"
    first.rename(folder / "aside")
    second.rename(first)
    (folder / "aside").rename(second)
    with pytest.raises(IndexDamaged, match="altered"):
        opens(index_folder)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.integers(0), st.binary(min_size=1, max_size=4), st.booleans())
def test_any_damage_is_noticed(index_folder, name, place, replacement, inserted):
    """Wherever bytes are replaced or put in, the version does not load."""
    path = version_folder(index_folder) / name
    content = path.read_bytes()
    place %= len(content)
    damaged = content[:place] + replacement + content[place + len(replacement) * (not inserted) :]
    path.write_bytes(damaged)
    try:
        if damaged == content:
            opens(index_folder)
        else:
            with pytest.raises(IndexDamaged):
                opens(index_folder)
    finally:
        path.write_bytes(content)


def test_missing_version(index_folder):
    """A version folder that was deleted is an error and no empty library."""
    shutil.rmtree(index_folder / "versions")
    with pytest.raises(IndexDamaged, match="can't be read"):
        opens(index_folder)


@pytest.mark.parametrize("other", [0, 3, "3", None])
def test_other_format(index_folder, other):
    """A version of another format is named as such, with what to do."""
    rewrite_manifest(index_folder, lambda fields: fields.update(format=other))
    with pytest.raises(
        IndexMismatch, match=rf"has format {other}, this program reads format 5; run `python build_index"
    ):
        opens(index_folder)


@pytest.mark.parametrize("field", ["format", "model", "decision", "files"])
def test_manifest_without_a_field(index_folder, field):
    """A manifest that lacks a field is damaged, not filled in."""
    rewrite_manifest(index_folder, lambda fields: fields.pop(field))
    with pytest.raises(IndexDamaged):
        opens(index_folder)


def test_manifest_that_lists_no_file(index_folder):
    """A version whose manifest leaves a file out does not load."""
    rewrite_manifest(index_folder, lambda fields: fields.update(files=fields["files"][1:]))
    with pytest.raises(IndexDamaged, match=r"aliases\.jsonl"):
        opens(index_folder)


def test_other_model(index_folder):
    """Questions embedded by another model than the library are refused, both models named."""
    with pytest.raises(
        IndexMismatch, match=r"embedded by bag-of-words, questions would be by other-model; run `python"
    ):
        Assistant.open(index_folder, BagOfWords("other-model"), SharedWords())


def test_thresholds_are_read_from_the_manifest(index_folder):
    """What the index was built to decide by is what the assistant decides by."""
    rewrite_manifest(index_folder, lambda fields: fields["decision"].update(answer=99.0))
    assert Store(index_folder).current_manifest().decision.answer == 99
    assert type(opens(index_folder).ask("How much does a pilot cost?").reply).__name__ == "Closest"
