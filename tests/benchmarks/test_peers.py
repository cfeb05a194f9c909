from __future__ import annotations

import json

import pytest

from assistant.documents.golden_questions import GoldenQuestion, Place
from benchmarks.peers.figures import table_row
from benchmarks.peers.golden_set import write_set
from benchmarks.peers.trial import Found, Passage, Ranking, Trial, main, read_passages, read_queries, read_trial

ROWS = [
    {"id": "r1", "title": "Waivers", "text": "Kentucky grants waivers."},
    {"id": "r2", "title": None, "text": "Ovens bake bread."},
    {"id": "r3", "title": "Blank", "text": " "},
]
SAID = [{"role": "user", "text": "Which waivers?"}, {"role": "assistant", "text": "These."}]
QUERIES = [
    {"id": "q1", "text": "Who grants them?", "history": SAID, "answerable": True},
    {"id": "q2", "text": "How tall is Everest?", "answerable": False},
]


@pytest.fixture
def folder(tmp_path):
    for name, rows in (("corpus", ROWS), ("queries", QUERIES)):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


class Echo:
    """A system that gives the set's first passage for everything, surer the longer the query."""

    def index(self, folder):
        self.first = read_passages(folder)[0].id
        self.asked = []

    def search(self, query):
        self.asked.append(query.id)
        return Ranking((self.first,), float(len(query.text)))


def test_reads_a_set(folder):
    """Title and text are one text, a row without text is no passage, and of the history the person's words are kept."""
    assert read_passages(folder) == (
        Passage("r1", "Waivers\nKentucky grants waivers."),
        Passage("r2", "Ovens bake bread."),
    )
    first, second = read_queries(folder)
    assert (first.history, first.answerable) == (("Which waivers?",), True)
    assert (second.history, second.answerable) == ((), False)


def test_a_trial_keeps_every_query(folder):
    """What is written is what was found, query by query, with what it cost; the first query warms the system up."""
    echo = Echo()
    main(["echo", str(folder), str(folder / "out.json")], {"echo": lambda: echo})
    trial = read_trial(folder / "out.json")
    assert [(found.query, found.passages, found.confidence) for found in trial.found] == [
        ("q1", ("r1",), 16.0),
        ("q2", ("r1",), 20.0),
    ]
    assert echo.asked == ["q1", "q1", "q2"]
    assert all(found.milliseconds > 0 for found in trial.found)
    assert trial.peak_megabytes > 1


def test_row_of_the_table(folder):
    """A trial becomes one row: the ranking by place, the confidence over all queries, then what it cost."""
    (folder / "qrels.tsv").write_text("q1\tr1\t1\n")
    found = (Found("q1", ("r2", "r1"), 0.9, 2.0), Found("q2", ("r2",), 0.1, 4.0))
    row = table_row(folder, "echo", Trial(1.5, 80.2, found))
    assert row == f"| {folder.name} | echo | .631 | .000 | 1.000 | 1.000 | 1.000 | 3.0 | 4.0 | 1.5 | 80 |"


def test_golden_questions_as_a_set(assistant, tmp_path):
    """Every passage is a row under its headings, and what a question expects is what is relevant to it."""
    zone = Place("faq", "What is an innovation zone?")
    questions = [
        GoldenQuestion("g1", "entry", "What is a zone?", (zone,), None, "calibration", ("Hello?",)),
        GoldenQuestion("g2", "near_miss", "Who bakes?", (), None, "calibration"),
    ]
    passages = assistant.version.passages
    write_set(tmp_path, passages, questions)
    assert len(read_passages(tmp_path)) == len(passages)
    first, second = read_queries(tmp_path)
    assert (first.text, first.history, first.answerable) == ("What is a zone?", ("Hello?",), True)
    assert not second.answerable
    relevant = [line.split("\t") for line in (tmp_path / "qrels.tsv").read_text().splitlines()]
    assert {query for query, _, _ in relevant} == {"g1"}
    expected = [p for p in passages if p.document_id == "faq" and p.heading == (zone.heading,)]
    assert [row for _, row, _ in relevant] == [p.id for p in expected]
    (text,) = (row.text for row in read_passages(tmp_path) if row.id == expected[0].id)
    assert text.startswith("Frequent questions: What is an innovation zone?\nAn innovation zone is")
