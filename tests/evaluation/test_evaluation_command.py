from __future__ import annotations

import json
import re

import pytest
from small_library import no_bar, write_corpus

from assistant.evaluation.__main__ import main
from assistant.publishing.build import build_index


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out, printed.err


@pytest.mark.parametrize("command", [[], ["golden"], ["calibrate"], ["benchmark"], ["weights"]])
def test_help(capsys, command):
    """Every command explains itself."""
    with pytest.raises(SystemExit) as exited:
        main([*command, "--help"])
    assert exited.value.code == 0
    assert "usage: python -m assistant.evaluation" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["golden", "calibrate"])
def test_no_index(capsys, folder_model, tmp_path, command):
    """Without an index the command says how to build one."""
    (tmp_path / "questions.jsonl").touch()
    options = ["--index", tmp_path / "no", "--questions", tmp_path / "questions.jsonl"]
    code, out, err = run(capsys, "--model", folder_model, command, *options)
    assert (code, out) == (2, "")
    assert err.startswith("evaluation: there is no index in ")


@pytest.mark.parametrize("command", ["golden", "calibrate"])
def test_missing_questions(capsys, unembedded_index, folder_model, tmp_path, command):
    """A file of questions that is not there is named."""
    options = [command, "--index", unembedded_index, "--questions", tmp_path / "no.jsonl"]
    code, _, err = run(capsys, "--model", folder_model, *options)
    assert code == 2
    assert "no.jsonl can't be read" in err


@pytest.mark.parametrize("command", ["golden", "calibrate"])
def test_bad_questions(capsys, unembedded_index, folder_model, tmp_path, command):
    """A question that can't be used is named with its line."""
    (tmp_path / "questions.jsonl").write_text("{}")
    options = [command, "--index", unembedded_index, "--questions", tmp_path / "questions.jsonl"]
    code, _, err = run(capsys, "--model", folder_model, *options)
    assert code == 2
    assert "questions.jsonl:1: " in err


@pytest.mark.parametrize("command", ["golden", "calibrate", "weights", "benchmark"])
def test_missing_model(capsys, unembedded_index, tmp_path, command):
    """A model that is not there is named."""
    (tmp_path / "questions.jsonl").touch()
    (tmp_path / "queries.jsonl").touch()
    (tmp_path / "qrels.tsv").touch()
    options = ["--index", unembedded_index, "--questions", tmp_path / "questions.jsonl"]
    benchmark = command == "benchmark"
    code, _, err = run(
        capsys, "--model", "./no", command, *([tmp_path, "--out", tmp_path / "out"] if benchmark else options)
    )
    assert code == 2
    assert "no embedding model at ./no" in err


def test_golden_of_nothing(capsys, unembedded_index, folder_model, tmp_path):
    """No questions give an empty report."""
    (tmp_path / "questions.jsonl").touch()
    options = ["golden", "--index", unembedded_index, "--questions", tmp_path / "questions.jsonl"]
    code, out, _ = run(capsys, "--model", folder_model, *options)
    assert code == 0
    assert "answerable questions answered right: nan (nan–nan) of 0" in out


def test_calibrating_on_nothing(capsys, unembedded_index, folder_model, tmp_path):
    """Without questions there is nothing to fit to, which is said in words."""
    (tmp_path / "questions.jsonl").touch()
    options = ["calibrate", "--index", unembedded_index, "--questions", tmp_path / "questions.jsonl"]
    code, _, err = run(capsys, "--model", folder_model, *options)
    assert code == 2
    assert "\nevaluation: " in f"\n{err}"


def test_missing_set(capsys, folder_model, tmp_path):
    """A labelled set that is not there is named."""
    code, _, err = run(capsys, "--model", folder_model, "benchmark", tmp_path / "no", "--out", tmp_path / "out")
    assert code == 2
    assert "qrels.tsv can't be read" in err


@pytest.mark.model
def test_benchmark(capsys, tmp_path):
    """`benchmark` indexes a labelled set with the real model and writes both files."""
    (tmp_path / "corpus.jsonl").write_text(
        '{"id": "r1", "title": "", "text": "Ovens bake bread."}\n{"id": "r2", "title": "", "text": "Pilots cost money."}\n'
    )
    (tmp_path / "queries.jsonl").write_text(json.dumps({"id": "q1", "text": "expenses of trials"}))
    (tmp_path / "qrels.tsv").write_text("q1\tr2\t1\n")
    code, out, _ = run(capsys, "benchmark", tmp_path, "--out", tmp_path / "out")
    assert code == 0
    assert "Success@1   1.000" in out
    assert (tmp_path / "out" / "run.tsv").read_text().startswith("q1\tr2\t")
    assert (tmp_path / "out" / "confidence.tsv").read_text().startswith("q1\t")


@pytest.mark.model
def test_output_that_can_not_be_written(capsys, tmp_path):
    """An output folder that can't be made is said in words."""
    (tmp_path / "corpus.jsonl").write_text('{"id": "r1", "text": "Ovens bake bread."}')
    (tmp_path / "queries.jsonl").write_text("")
    (tmp_path / "qrels.tsv").write_text("")
    (tmp_path / "out").write_text("in the way")
    code, _, err = run(capsys, "benchmark", tmp_path, "--out", tmp_path / "out")
    assert code == 2
    assert "evaluation: " in err


QUESTION = {
    "id": "q1",
    "kind": "entry",
    "question": "How much does a pilot cost?",
    "expect": [{"document": "faq", "heading": "How much does a pilot cost?"}],
    "phrase": None,
    "split": "calibration",
}
ELSEWHERE = {"document": "faq", "heading": "What is elsewhere?"}


@pytest.fixture(scope="module")
def real_small_index(real_embedder, tmp_path_factory):
    """Give an index of the small library, embedded by the real model."""
    folder = tmp_path_factory.mktemp("real-small")
    build_index(write_corpus(folder / "corpus"), folder / "index", real_embedder, no_bar)
    return folder / "index"


@pytest.mark.model
@pytest.mark.parametrize(
    ("command", "printed"),
    [
        (["golden"], "answerable questions answered right: 0.500 ("),
        (["golden", "--split", "calibration"], "of 2\n"),
        (["weights"], "   1 of 2 first passages right: Fusion("),
        (["calibrate"], "Decision(intercept="),
    ],
)
def test_commands_on_questions(capsys, real_small_index, tmp_path, command, printed):
    """Each command prints its figures for questions about a library."""
    questions = [QUESTION, {**QUESTION, "id": "q2", "expect": [ELSEWHERE]}]
    (tmp_path / "questions.jsonl").write_text("\n".join(json.dumps(question) for question in questions))
    options = ["--index", real_small_index, "--questions", tmp_path / "questions.jsonl"]
    code, out, _ = run(capsys, *command, *options)
    assert code == 0
    assert printed in out


@pytest.mark.model
def test_calibrating_on_further_sets(capsys, real_small_index, tmp_path):
    """Further labelled sets are fitted to as well, and the decision names the questions that it comes from."""
    (tmp_path / "questions.jsonl").write_text(json.dumps(QUESTION))
    (tmp_path / "corpus.jsonl").write_text('{"id": "r1", "text": "Ovens bake bread."}')
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "text": "How tall is Everest?"}')
    (tmp_path / "qrels.tsv").touch()
    command = ["calibrate", "--index", real_small_index, "--questions", tmp_path / "questions.jsonl", tmp_path]
    code, out, _ = run(capsys, *command)
    assert code == 0
    (digest,) = re.findall(r"questions='([0-9a-f]{16})'", out)
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "text": "How high is Everest?"}')
    _, other, _ = run(capsys, *command)
    assert re.findall(r"questions='([0-9a-f]{16})'", other) not in ([], [digest])


@pytest.mark.model
def test_weights_of_nothing(capsys, real_small_index, tmp_path):
    """Where there is no index, no question or a bad one, trying weights says so."""
    (tmp_path / "questions.jsonl").touch()
    options = ["weights", "--questions", tmp_path / "questions.jsonl", "--index"]
    code, out, _ = run(capsys, *options, real_small_index)
    assert code == 0
    assert all(line.startswith("   0 of 0 first passages right: Fusion(") for line in out.splitlines())
    (tmp_path / "questions.jsonl").write_text("{}")
    assert "questions.jsonl:1: " in run(capsys, *options, real_small_index)[2]
    assert "there is no index in " in run(capsys, *options, tmp_path / "no")[2]
