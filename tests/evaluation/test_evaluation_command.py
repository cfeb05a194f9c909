from __future__ import annotations

import json

import pytest

from assistant.evaluation.__main__ import main


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out, printed.err


@pytest.mark.parametrize("command", [[], ["golden"], ["thresholds"], ["benchmark"], ["weights"]])
def test_help(capsys, command):
    """Every command explains itself."""
    with pytest.raises(SystemExit) as exited:
        main([*command, "--help"])
    assert exited.value.code == 0
    assert "usage: python -m assistant.evaluation" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["golden", "thresholds"])
def test_no_index(capsys, folder_model, tmp_path, command):
    """Without an index the command says how to build one."""
    code, out, err = run(capsys, "--model", folder_model, command, "--index", tmp_path / "no")
    assert (code, out) == (2, "")
    assert err.startswith("evaluation: there is no index in ")


def test_missing_questions(capsys, unembedded_index, folder_model, tmp_path):
    """A file of questions that is not there is named."""
    options = ["golden", "--index", unembedded_index, "--questions", tmp_path / "no.jsonl"]
    code, _, err = run(capsys, "--model", folder_model, *options)
    assert code == 2
    assert "no.jsonl can't be read" in err


def test_missing_set(capsys, folder_model, tmp_path):
    """A labelled set that is not there is named."""
    code, _, err = run(capsys, "--model", folder_model, "benchmark", tmp_path / "no", "--out", tmp_path / "out")
    assert code == 2
    assert "queries.jsonl can't be read" in err


@pytest.mark.model
def test_benchmark(capsys, tmp_path):
    """`benchmark` indexes a labelled set with the real model and writes both files."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"id": "r1", "title": "", "text": "Ovens bake bread."}\n{"id": "r2", "title": "", "text": "Pilots cost money."}\n'
    )
    (tmp_path / "queries.jsonl").write_text(json.dumps({"id": "q1", "text": "expenses of trials"}))
    code, _, _ = run(capsys, "benchmark", tmp_path, "--out", tmp_path / "out")
    assert code == 0
    assert (tmp_path / "out" / "run.tsv").read_text().startswith("q1\tr2\t")
    assert (tmp_path / "out" / "confidence.tsv").read_text().startswith("q1\t")


@pytest.mark.model
def test_output_that_can_not_be_written(capsys, tmp_path):
    """An output folder that can't be made is said in words."""
    (tmp_path / "corpus.jsonl").write_text('{"id": "r1", "text": "Ovens bake bread."}')
    (tmp_path / "queries.jsonl").write_text("")
    (tmp_path / "out").write_text("in the way")
    code, _, err = run(capsys, "benchmark", tmp_path, "--out", tmp_path / "out")
    assert code == 2
    assert "evaluation: " in err
