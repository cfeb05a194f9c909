"""Every command on machines that allow little: it works, or says in a sentence what it needs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from machines import KINDS, machine, read_only, run, skip_without_namespaces, without_powers
from small_library import no_bar, write_corpus

from assistant.publishing.build import build_index
from assistant.small_machine import need_little

PAGE = "<html><title>Buses</title><body><h1>Buses</h1><p>Rural districts run buses for pilots.</p></body></html>"


@pytest.fixture(scope="session")
def namespaces():
    skip_without_namespaces()


@pytest.fixture(scope="session")
def _library(real_embedder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    write_corpus(folder / "corpus")
    (folder / "corpus" / "buses.html").write_text(PAGE)
    build_index(folder / "corpus", folder / "index", real_embedder, no_bar)
    return folder


@pytest.fixture
def library(_library, tmp_path) -> Path:
    """Give a folder with a corpus and its index."""
    return Path(shutil.copytree(_library, tmp_path / "library"))


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """Give what a command that could not do its work said: the one line of it, and its exit code is 2."""
    said = [line for line in done.stderr.splitlines() if "onnxruntime" not in line]
    assert done.returncode == 2, done.stderr
    assert len(said) == 1, done.stderr
    return said[0]


def test_threads_wait_without_keeping_a_core_busy():
    """Who has told torch's threads how to wait is not overruled; else they sleep."""
    environment, told = {}, {"OMP_WAIT_POLICY": "active"}
    need_little(environment)
    need_little(told)
    assert environment["OMP_WAIT_POLICY"] == "passive"
    assert told["OMP_WAIT_POLICY"] == "active"


@pytest.mark.model
@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("kind", KINDS)
def test_asking(kind, library, tmp_path):
    """A question is answered where nothing can be written."""
    before, environment = machine(kind, tmp_path)
    asked = ("-m", "assistant", "ask", "What is an innovation zone?", "--index", library / "index")
    done = run(before, *asked, environment=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("An innovation zone is a group of districts")
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr


@pytest.mark.model
@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("versions",), "current"),
        (("verify",), "0 damage(s) in 1 version(s)"),
        (("check", "--quick", "--corpus", "corpus"), "the index is current"),
        (("preview", "corpus/buses.html"), "Rural districts run buses for pilots."),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_reading_commands(library, arguments, said):
    """What only reads works where nothing can be written, the reading of a file in a process of its own included."""
    placed = [library / one if one.startswith("corpus") else one for one in arguments]
    index = [] if arguments[0] == "preview" else ["--index", library / "index"]
    done = run(read_only(), "build_index.py", *placed, *index)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.model
@pytest.mark.usefixtures("namespaces")
@pytest.mark.parametrize("arguments", [("build",), ("rollback",), ("publish", "a")], ids=lambda one: one[0])
def test_writing_commands(library, arguments):
    """What writes the index says in a sentence that it can't, why, and what it needs."""
    corpus = ["--corpus", library / "corpus"] if arguments[0] == "build" else []
    said = sentence(run(read_only(), "build_index.py", *arguments, *corpus, "--index", library / "index"))
    assert f"the index in {library / 'index'} could not be written: Read-only file system; that takes a folder" in said


@pytest.mark.model
@pytest.mark.usefixtures("namespaces")
def test_building_needs_the_index_folder_only(library):
    """An index is built where its own folder is the only place that can be written."""
    shutil.rmtree(library / "index")
    (library / "index").mkdir()
    places = ("--corpus", library / "corpus", "--index", library / "index")
    done = run(read_only(writable=library / "index"), "build_index.py", *places)
    assert done.returncode == 0, done.stderr
    assert "published version" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("-m", "assistant", "ask", "Why?"),
        ("app.py",),
        *(("build_index.py", name) for name in ("build", "check", "versions", "verify", "rollback")),
        pytest.param(("build_index.py", "diff"), marks=pytest.mark.model),
    ],
    ids=lambda one: one[-1],
)
def test_an_index_of_somebody_else(unembedded_index, folder_model, arguments):
    """An index that this account may not even look into is said to be so, in a sentence, and is never called empty."""
    unembedded_index.chmod(0)
    places = ["--index", unembedded_index]
    model = [] if arguments[-1] in ("versions", "verify", "rollback", "diff") else ["--model", folder_model]
    try:
        said = sentence(run(without_powers(), *arguments, *places, *model))
    finally:
        unembedded_index.chmod(0o755)
    assert str(unembedded_index) in said
    assert "Permission denied" in said
    assert "this" in said


@pytest.mark.parametrize("arguments", [("build",), ("check", "--quick"), ("preview", "faq.md")], ids=lambda one: one[0])
def test_a_corpus_of_somebody_else(corpus_folder, unembedded_index, folder_model, arguments):
    """A corpus that this account may not read is said to be so, in a sentence."""
    corpus_folder.chmod(0)
    placed = [corpus_folder / one if one == "faq.md" else one for one in arguments]
    places = ["--index", unembedded_index, "--corpus", corpus_folder, "--model", folder_model]
    try:
        done = run(without_powers(), "build_index.py", *placed, *([] if arguments[0] == "preview" else places))
    finally:
        corpus_folder.chmod(0o755)
    said = sentence(done)
    assert str(corpus_folder) in said
    assert "account that runs this" in said
