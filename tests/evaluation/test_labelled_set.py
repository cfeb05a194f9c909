from __future__ import annotations

import json

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import no_bar

from assistant.errors import EvaluationError
from assistant.evaluation.labelled_set import index_rows, rank, read_queries, retrieve_all, write_run

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


def index(folder):
    return index_rows(folder, BagOfWords(), SharedWords(), no_bar)


def run(folder):
    assistant = index(folder)
    found = retrieve_all(assistant, read_queries(folder))
    write_run(folder / "out", [rank(assistant, query, retrieval) for query, retrieval in found])
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
        ("qrels.tsv", "q1 r1 1", r"qrels\.tsv:1: expected query, row and grade .*, found 'q1 r1 1'"),
        ("qrels.tsv", "q1\tr1\t1\nq1\tr2\tgood", r"qrels\.tsv:2: expected query, row and grade"),
        ("qrels.tsv", "q1\tr1\t1\tmore", r"qrels\.tsv:1: expected query, row and grade"),
        ("qrels.tsv", "q1\tr1\tnan", r"qrels\.tsv:1: expected query, row and grade"),
        ("qrels.tsv", "q1\tr1\t1\n\n\nq1", r"qrels\.tsv:4: expected query, row and grade"),
        ("queries.jsonl", '{"id": "a", "text": "b"}\n\n{', r"queries\.jsonl:3: not JSON"),
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
    index(folder)


def write(folder, name, *rows):
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_grades(folder):
    """Grades may be written with a decimal point; a query has the grade of each row that was judged."""
    (folder / "qrels.tsv").write_text("q1\tr1\t2.0\nq1\tr2\t1\nq2\tr2\t1.0\n")
    first, second, *rest = read_queries(folder)
    assert (first.relevant, second.relevant) == ({"r1": 2, "r2": 1}, {"r2": 1})
    assert [query.relevant for query in rest] == [{}, {}]


def test_what_is_answerable(folder):
    """A query is answerable if it says so, else if a row answers it; a row that was found irrelevant does not."""
    rows = [{"id": name, "text": "zones"} for name in ("q1", "q2", "q4")]
    write(folder, "queries.jsonl", *rows, {**rows[0], "answerable": False}, {**rows[1], "answerable": True})
    (folder / "qrels.tsv").write_text("q1\tr1\t1\nq4\tr1\t0\n")
    assert [query.answerable for query in read_queries(folder)] == [True, False, False, False, True]


def test_histories_that_begin_alike_are_asked_once(folder, caplog):
    """The turns before a query are asked once, however many queries follow them."""
    said = [{"role": "user", "text": text} for text in ("What do pilots cost?", "Which waivers does Kentucky grant?")]
    query = {"id": "q", "text": "Who pays for them?"}
    write(folder, "queries.jsonl", *[{**query, "history": said[:turns]} for turns in (1, 2, 2, 1, 0)])
    assistant = index(folder)
    with caplog.at_level("INFO", logger="assistant"):
        found = list(retrieve_all(assistant, read_queries(folder)))
    assert len([record for record in caplog.records if record.name.startswith("assistant")]) == 2
    assert [retrieval.query for _, retrieval in found] == [
        assistant.interpret(q.text, assistant.converse(q.history)).query for q, _ in found
    ]


def test_earlier_turns_that_can_not_be_searched_are_left_out(folder):
    """An earlier question without words does not stop the run."""
    said = [{"role": "user", "text": text} for text in ("", "What do pilots cost?", "?!")]
    write(folder, "queries.jsonl", {"id": "q", "text": "Who pays for them?", "history": said})
    assistant = index(folder)
    ((_, retrieval),) = retrieve_all(assistant, read_queries(folder))
    assert "pilots" in retrieval.query


def test_queries_are_spelt_right_first(folder):
    """A misspelt query is searched as the page would search it."""
    write(folder, "queries.jsonl", {"id": "q", "text": "atendance laws"})
    ((_, retrieval),) = retrieve_all(index(folder), read_queries(folder))
    assert retrieval.query == "attendance laws"


def test_each_row_is_ranked_once(folder):
    """A row of several passages counts by its best one, and at most ten rows are ranked."""
    long_row = " ".join(f"Zone number{n} frees districts." for n in range(100))
    write(folder, "corpus.jsonl", *({"id": f"r{n}", "text": long_row} for n in range(12)))
    write(folder, "queries.jsonl", {"id": "q", "text": "zones"})
    assistant = index(folder)
    ((query, retrieval),) = retrieve_all(assistant, read_queries(folder))
    names = [name for name, _ in rank(assistant, query, retrieval).rows]
    assert len(retrieval.hits) > 12
    assert len(set(names)) == len(names) == 10
