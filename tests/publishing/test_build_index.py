from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from small_library import document, no_bar, version_of, write_corpus

from assistant.publishing.build import build_index
from assistant.versions.lock import write_lock
from assistant.versions.store import Store
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
    assert f"no corpus at {tmp_path / 'no'}: expected a folder of files" in err
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
    assert all(word in printed for word in ("build", "rollback", "verify", "--corpus", "--index", "Exit codes"))


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
    assert "build_index.py: the index in " in err
    assert "could not be written: " in err


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


@pytest.fixture
def store(tmp_path):
    """Give a store of three published versions."""
    store = Store(tmp_path / "index")
    for text in ("One.", "Two.", "Three."):
        store.publish(store.add(version_of(document(text))))
    return store


def served(store):
    return store.load_current().passages[0].text


def test_rolling_back_and_publishing(capsys, store):
    """`rollback` goes back step by step, to a named version at once; `publish` serves any version; each says which."""
    newest = store.load_current().id
    code, out, err = run(capsys, "rollback", "--index", store.layout.folder)
    assert (code, err, served(store)) == (0, "", "Two.")
    assert out.splitlines()[1].startswith(store.load_current().id)
    assert run(capsys, "rollback", "--index", store.layout.folder)[0] == 0
    assert served(store) == "One."
    assert run(capsys, "publish", newest[:6], "--index", store.layout.folder)[0] == 0
    assert served(store) == "Three."
    assert run(capsys, "rollback", store.layout.ids()[1], "--index", store.layout.folder)[0] == 0
    assert served(store) == "Two."


def test_rolling_back_to_nothing(capsys, unembedded_index):
    """Where nothing was served before, `rollback` says so and changes nothing."""
    code, out, err = run(capsys, "rollback", "--index", unembedded_index)
    assert (code, out) == (2, "")
    assert "no version was served before the current one" in err


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_version_that_is_not_there(capsys, store, command):
    """A version that does not exist is refused with those that do, and what is served stays."""
    code, _, err = run(capsys, command, "nothing", "--index", store.layout.folder)
    assert code == 2
    assert all(name in err for name in store.layout.ids())
    assert served(store) == "Three."


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_damaged_version_is_not_served(capsys, store, command):
    """A version with an altered file is never switched to."""
    oldest = store.layout.ids()[-1]
    (store.layout.version(oldest) / "vectors.faiss").write_bytes(b"")
    code, _, err = run(capsys, command, oldest, "--index", store.layout.folder)
    assert code == 2
    assert "vectors.faiss was cut short or altered" in err
    assert served(store) == "Three."


def test_versions_table(capsys, store):
    """`versions` lists each version with its size and marks the current one, as a table and as JSON."""
    code, out, _ = run(capsys, "versions", "--index", store.layout.folder)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split() == ["version", "built", "content", "documents", "passages", "size", "golden"]
    assert [line.split()[0] for line in lines[1:]] == list(store.layout.ids())
    assert [line.endswith("current") for line in lines] == [False, True, False, False]
    rows = json.loads(run(capsys, "versions", "--index", store.layout.folder, "--json")[1])
    assert [row["id"] for row in rows] == list(store.layout.ids())
    assert [row["current"] for row in rows] == [True, False, False]
    assert {row["documents"] for row in rows} == {1}


def test_versions_table_with_damage(capsys, store):
    """A version whose manifest can't be read is listed as such."""
    (store.layout.version(store.layout.ids()[-1]) / "manifest.json").write_text("")
    _, out, _ = run(capsys, "versions", "--index", store.layout.folder)
    assert "can not be read; see verify" in out.splitlines()[-1]
    rows = json.loads(run(capsys, "versions", "--index", store.layout.folder, "--json")[1])
    assert rows[-1]["documents"] is None


def test_versions_of_nothing(capsys, tmp_path):
    """Where there is no version, `versions` says so and makes no folder."""
    assert run(capsys, "versions", "--index", tmp_path / "no") == (0, "there is no version yet\n", "")
    assert not (tmp_path / "no").exists()


def test_verifying(capsys, store):
    """`verify` exits with 0 while every file is intact, and with 1 once one is not, naming it."""
    assert run(capsys, "verify", "--index", store.layout.folder) == (0, "0 damage(s) in 3 version(s)\n", "")
    (store.layout.version(store.layout.ids()[-1]) / "documents.jsonl").write_text("{}")
    code, out, _ = run(capsys, "verify", "--index", store.layout.folder)
    assert code == 1
    assert "documents.jsonl was cut short or altered" in out.splitlines()[0]
    code, out, _ = run(capsys, "verify", "--index", store.layout.folder, "--json")
    assert (code, len(json.loads(out))) == (1, 1)


def test_another_process_is_writing(capsys, store, corpus_folder, folder_model):
    """While another process writes, every command that would write exits with 3 and says who it is."""
    options = ["--index", store.layout.folder]
    with write_lock(store.layout.lock):
        for command in (["--corpus", corpus_folder, "--model", folder_model], ["rollback"], ["publish", "0"]):
            code, _, err = run(capsys, *command, *options)
            assert code == 3
            assert f"is being written by process {os.getpid()} on " in err


def test_build_without_a_change(capsys, corpus_folder, unembedded_index, folder_model):
    """A build that finds nothing changed says so without loading the model, in words and as JSON."""
    options = ["--corpus", corpus_folder, "--index", unembedded_index, "--model", folder_model]
    code, out, _ = run(capsys, *options)
    assert code == 0
    assert "passages: 0 added, 0 changed, 0 removed, 8 kept\nnothing has changed: version " in out
    report = json.loads(run(capsys, "build", *options, "--json")[1])
    assert (report["outcome"], report["changes"]["kept"], report["removed"]) == ("unchanged", 8, [])


def test_build_that_is_not_published(capsys, corpus_folder, unembedded_index, folder_model):
    """`--no-publish` leaves what is served and says how it is called what was built."""
    (corpus_folder / "faq.md").unlink()
    before = Store(unembedded_index).load_current().id
    options = ["--corpus", corpus_folder, "--index", unembedded_index, "--model", folder_model]
    code, out, _ = run(capsys, *options, "--no-publish")
    assert code == 0
    assert ", which is not served yet: 2 documents" in out
    assert Store(unembedded_index).load_current().id == before


@pytest.mark.parametrize("command", ["build", "check", "versions", "publish", "rollback", "verify"])
def test_help_of_each_command(capsys, command):
    """`COMMAND --help` names its own options and the exit codes."""
    with pytest.raises(SystemExit) as exited:
        main([command, "--help"])
    assert exited.value.code == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "--index" in printed
    assert "3 not done because another process is writing" in printed
    assert ("--corpus" in printed) == (command in ("build", "check"))


def test_option_of_another_command(capsys):
    """An option that a command does not have is refused."""
    with pytest.raises(SystemExit) as exited:
        main(["versions", "--quick"])
    assert exited.value.code == 2
    assert "unrecognized arguments: --quick" in capsys.readouterr().err


def test_preview(capsys, corpus_folder):
    """`preview` shows what would be read of a file: its title, source, headings, questions, blocks and warnings."""
    code, out, err = run(capsys, "preview", corpus_folder / "faq.md")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "faq.md: Markdown, 4 section(s), 60 words"
    assert "title:     Frequent questions" in lines
    assert "source:    This library · 2026-03" in lines
    assert lines.count("entry: the answer to this question is quoted whole") == 3
    assert "also asked: innovation zone meaning" in lines
    assert any(line.startswith("[list] - to the legislature") for line in lines)
    assert lines[-1] == "0 warning(s)"
    code, out, _ = run(capsys, "preview", corpus_folder / "notes.txt")
    assert code == 0
    assert "warning: notes.txt:1: no description" in out


def test_preview_as_json(capsys, corpus_folder):
    """`preview --json` gives the document and the file as a script reads them."""
    code, out, _ = run(capsys, "preview", corpus_folder / "states.md", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["document"]["title"] == "States and districts"
    assert found["file"]["name"] == "states.md"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"<html>", "a.pdf:1: this is a web page, not PDF as its name says"),
        ("a.md", b"\xff", "a.md:1: byte 0 is not UTF-8"),
        ("a.odt", b"x", "a.odt:1: its name says no kind of file that the library has"),
        ("", b"", "no file at "),
    ],
)
def test_preview_of_what_can_not_be_read(capsys, tmp_path, name, content, words):
    """`preview` of a file that is refused says why, and exits with 2."""
    if name:
        (tmp_path / name).write_bytes(content)
    code, out, err = run(capsys, "preview", tmp_path / (name or "nothing.md"))
    assert (code, out) == (2, "")
    assert words in err


def test_preview_of_a_file_in_a_folder(capsys, monkeypatch, tmp_path):
    """The address is that which the file has in the corpus, its folder included; elsewhere it is that of its name."""
    monkeypatch.setenv("ASSISTANT_CORPUS", str(tmp_path / "corpus"))
    write_corpus(tmp_path, {"corpus/laws/act.txt": "Act\n\nText.", "act.txt": "Act\n\nText."})
    assert "/library/laws-act\n" in run(capsys, "preview", tmp_path / "corpus" / "laws" / "act.txt")[1]
    assert "/library/act\n" in run(capsys, "preview", tmp_path / "act.txt")[1]
