from __future__ import annotations

import json

import pytest
from bag_of_words import BagOfWords
from small_library import no_bar

from assistant.errors import EvaluationError
from assistant.evaluation.labelled_set import index_rows, rank, read_queries, resolve_all, write_run
from assistant.evaluation.weights import LabelledQueries, read_relevant, try_weights

ROWS = [
    {"id": "r1", "title": "Waivers", "text": "Kentucky grants waivers from attendance laws."},
    {"id": "r2", "title": "What do pilots cost?", "text": "A pilot costs forty dollars a student."},
    {"id": "r3", "title": "", "text": "Ovens bake bread."},
    {"id": "r4", "title": "Blank", "text": "  "},
]
QUERIES = [
    {"id": "q1", "text": "Which waivers does Kentucky grant?"},
    {"id": "q2", "text": "What do pilots cost?"},
    {
        "id": "q3",
        "text": "Who pays for them?",
        "history": [{"role": "user", "text": "What do pilots cost?"}, {"role": "assistant", "text": "x"}],
    },
    {"id": "q4", "text": "How tall is Everest?"},
]


@pytest.fixture
def folder(tmp_path):
    def lines(rows):
        return "".join(json.dumps(row) + "\n" for row in rows)

    (tmp_path / "corpus.jsonl").write_text(lines(ROWS))
    (tmp_path / "queries.jsonl").write_text(lines(QUERIES))
    (tmp_path / "qrels.tsv").write_text("q1\tr1\t1\nq2\tr2\t1\nq3\tr2\t1\n")
    return tmp_path


def run(folder):
    assistant = index_rows(folder, BagOfWords(), no_bar)
    write_run(folder / "out", [rank(assistant, query) for query in resolve_all(assistant, read_queries(folder))])
    files = (folder / "out" / name for name in ("run.tsv", "confidence.tsv"))
    return [[line.split("\t") for line in file.read_text().splitlines()] for file in files]


def test_run_and_confidence(folder):
    """A run writes, for each query, its rows best first with their scores, and one confidence."""
    ranking, confidence = run(folder)
    first = {query: row for query, row, _ in reversed(ranking)}
    assert (first["q1"], first["q2"], first["q3"]) == ("r1", "r2", "r2")
    assert "r4" not in {row for _, row, _ in ranking}
    for query in ("q1", "q2", "q3", "q4"):
        scores = [float(score) for name, _, score in ranking if name == query]
        assert scores == sorted(scores, reverse=True)
    values = {query: float(value) for query, value in confidence}
    assert list(values) == ["q1", "q2", "q3", "q4"]
    assert values["q1"] > values["q4"]


def test_same_set_same_run(folder):
    """Running a set twice writes the same bytes."""
    assert run(folder) == run(folder)


def test_history_holds_what_the_user_said(folder):
    """Of a conversation only the user's part is asked again."""
    assert read_queries(folder)[2].history == ("What do pilots cost?",)


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("corpus.jsonl", "no json", r"corpus\.jsonl:1: not JSON"),
        ("corpus.jsonl", "[" * 100_000, r"corpus\.jsonl:1: not JSON"),
        ("corpus.jsonl", "[]", r"corpus\.jsonl:1: a row has an id and a text"),
        ("corpus.jsonl", '{"id": "a"}', r"corpus\.jsonl:1: a row has an id and a text"),
        ("corpus.jsonl", '{"id": "a", "text": " "}', r"corpus\.jsonl has no row with text"),
        ("corpus.jsonl", "", r"corpus\.jsonl has no row with text"),
        ("queries.jsonl", "{", r"queries\.jsonl:1: not JSON"),
        ("queries.jsonl", '{"id": "a", "text": "b", "history": "c"}', "query a: history is a list of turns"),
        ("queries.jsonl", '{"id": "a", "text": "b", "history": ["c"]}', "query a: history is a list of turns"),
        (
            "queries.jsonl",
            '{"id": "a", "text": "b", "history": [{"role": "user"}]}',
            "query a: history is a list of turns",
        ),
        ("qrels.tsv", "q1 r1 1", r"qrels\.tsv:1: expected query, row and grade, found 'q1 r1 1'"),
    ],
)
def test_bad_rows(folder, name, line, message):
    """A row that can't be used is an error that names the file and line, or the query."""
    (folder / name).write_text(line)
    with pytest.raises(EvaluationError, match=message):
        read_all(folder)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
@pytest.mark.parametrize("content", [None, b"\xff"])
def test_unreadable_files(folder, name, content):
    """A file that is missing or not UTF-8 is named."""
    (folder / name).unlink()
    if content:
        (folder / name).write_bytes(content)
    with pytest.raises(EvaluationError, match=f"{name} can't be read"):
        read_all(folder)


def read_all(folder):
    read_queries(folder)
    read_relevant(folder)
    index_rows(folder, BagOfWords(), no_bar)


def test_weights(folder):
    """Each setting is tried once, with the share of queries whose first row is relevant and the AUROC."""
    assistant = index_rows(folder, BagOfWords(), no_bar)
    queries = tuple(resolve_all(assistant, read_queries(folder)))
    trials = list(try_weights(assistant, LabelledQueries(queries, read_relevant(folder)), BagOfWords()))
    assert len({(trial.fusion, trial.decision) for trial in trials}) > 40
    assert all(0 <= trial.first_relevant <= 1 and 0 <= trial.auroc <= 1 for trial in trials)
    assert max(trial.first_relevant for trial in trials) == max(trial.auroc for trial in trials) == 1
