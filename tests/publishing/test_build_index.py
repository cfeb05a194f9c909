from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from small_library import no_bar, write_corpus

from assistant.publishing.build import build_index
from build_index import main

ROOT = Path(__file__).parent.parent.parent


def run(capsys, *arguments):
    """Run the command in this process: exit code, standard output, standard error."""
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out, printed.err


def test_check_of_a_current_index(capsys, corpus_folder, unembedded_index, folder_model):
    """`check --quick` of a current index says so and exits with 0."""
    code, out, err = run(
        capsys, "check", "--corpus", corpus_folder, "--index", unembedded_index, "--model", folder_model, "--quick"
    )
    assert (code, out, err) == (0, "the index is current\n", "")


def test_check_of_a_stale_index(capsys, corpus_folder, unembedded_index, folder_model):
    """`check --quick` of a stale index says why and what to run, and exits with 1."""
    (corpus_folder / "faq.md").unlink()
    code, out, err = run(
        capsys, "check", "--corpus", corpus_folder, "--index", unembedded_index, "--model", folder_model, "--quick"
    )
    assert (code, err) == (1, "")
    assert out == "the index is not current: the corpus has changed; run `python build_index.py`\n"


def test_check_without_an_index(capsys, corpus_folder, folder_model, tmp_path):
    """`check` where there is no index exits with 2 and says how to build one."""
    code, out, err = run(
        capsys, "check", "--corpus", corpus_folder, "--index", tmp_path / "no", "--model", folder_model
    )
    assert (code, out) == (2, "")
    assert err.startswith("build_index.py: there is no index in ")


@pytest.mark.parametrize("command", ["build", "check"])
def test_missing_corpus(capsys, command, unembedded_index, folder_model, tmp_path):
    """A corpus that is not there is named, and nothing is built."""
    before = (unembedded_index / "CURRENT").read_text()
    options = ["--corpus", tmp_path / "no", "--index", unembedded_index, "--model", folder_model]
    code, out, err = run(capsys, command, *options)
    assert (code, out) == (2, "")
    assert f"no corpus at {tmp_path / 'no'}: expected a folder of .md and .txt files" in err
    assert (unembedded_index / "CURRENT").read_text() == before


def test_unreadable_corpus(capsys, folder_model, tmp_path):
    """Where no document can be read, each problem is listed with its file and line."""
    corpus_folder = write_corpus(tmp_path / "corpus", {"a.md": b"ok\n\xff", "b.md": "---\ntitle: T"})
    code, _, err = run(capsys, "--corpus", corpus_folder, "--index", tmp_path / "index", "--model", folder_model)
    assert code == 2
    assert "error: a.md:2: " in err
    assert "error: b.md:1: " in err
    assert not (tmp_path / "index").exists()


@pytest.mark.model
def test_model_that_can_not_be_loaded(capsys, corpus_folder, folder_model, tmp_path):
    """A model folder that holds no model is said in words."""
    code, _, err = run(capsys, "--corpus", corpus_folder, "--index", tmp_path / "index", "--model", folder_model)
    assert code == 2
    assert "no embedding model could be loaded from" in err


def test_missing_model(capsys, corpus_folder, tmp_path):
    """A model path that is not there is said in words."""
    code, _, err = run(capsys, "--corpus", corpus_folder, "--index", tmp_path / "index", "--model", tmp_path / "no")
    assert code == 2
    assert f"no embedding model at {tmp_path / 'no'}" in err


def test_bad_setting(capsys, monkeypatch):
    """A setting in the environment that can't be used is named before anything is done."""
    monkeypatch.setenv("ASSISTANT_PORT", "http")
    code, _, err = run(capsys, "check")
    assert code == 2
    assert "the port must be a whole number from 1 to 65535, found 'http'" in err


def test_help(capsys):
    """`--help` names the commands, options and exit codes."""
    with pytest.raises(SystemExit) as exited:
        main(["--help"])
    assert exited.value.code == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("build", "check", "--corpus", "--index", "--model", "Exit codes"))


def test_unknown_command(capsys):
    """A command that does not exist is refused with the ones that do."""
    with pytest.raises(SystemExit) as exited:
        main(["rebuild"])
    assert exited.value.code == 2
    assert "invalid choice: 'rebuild'" in capsys.readouterr().err


@pytest.mark.model
def test_building_for_real(tmp_path):
    """The command builds and publishes with the real model, reports problems, and goes on without a broken file."""
    corpus_folder = write_corpus(tmp_path / "corpus")
    write_corpus(corpus_folder, {"broken.md": b"one\n\xff"})
    command = [sys.executable, "build_index.py", "--corpus", corpus_folder, "--index", tmp_path / "index"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error: broken.md:2: byte 4 is not UTF-8" in done.stdout
    assert "warning: notes.txt:1: no description" in done.stdout
    assert "went on without 1 file(s)" in done.stdout
    assert "3 documents, 8 sections, 8 passages, 1 warning(s), 1 left out" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.model
def test_index_folder_that_can_not_be_written(capsys, tmp_path):
    """An index folder that can't be made is said in words."""
    corpus_folder = write_corpus(tmp_path / "corpus", {"a.txt": "One sentence."})
    (tmp_path / "index").write_text("in the way")
    code, _, err = run(capsys, "--corpus", corpus_folder, "--index", tmp_path / "index")
    assert code == 2
    assert "build_index.py: the index could not be written: " in err


def test_index_of_another_model(capsys, corpus_folder, folder_model, tmp_path):
    """`check` says when the index was embedded by another model than the one that is set."""
    build_index(corpus_folder, tmp_path / "index", BagOfWords(), no_bar)
    code, out, _ = run(
        capsys, "check", "--corpus", corpus_folder, "--index", tmp_path / "index", "--model", folder_model, "--quick"
    )
    assert code == 1
    assert "it was embedded by bag-of-words, the model is now folder-model@" in out


@pytest.mark.model
def test_check_lists_what_to_mend(capsys, corpus_folder, tmp_path):
    """`check` prints figures of each page and what to mend, and exits with 1 if there is anything."""
    code, _, _ = run(capsys, "build", "--corpus", corpus_folder, "--index", tmp_path / "index")
    assert code == 0
    code, out, _err = run(capsys, "check", "--corpus", corpus_folder, "--index", tmp_path / "index")
    assert code == 1
    assert "the index is current" in out
    assert "warning: faq.md:1: the description lacks licence" in out
    assert any(line.startswith("faq.md ") for line in out.splitlines())
