from __future__ import annotations

import json
from math import isclose, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.golden_questions import GoldenQuestion, Place
from benchmarks.peers.declining import Judged, answered_safely, auroc
from benchmarks.peers.golden_set import write_set
from benchmarks.peers.trial import Passage, Ranking, main, read_passages, read_queries, read_trial

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
CONFIDENCES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])
JUDGED = st.lists(st.builds(Judged, CONFIDENCES, st.booleans(), st.booleans()), max_size=40)


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


def judged(*, sure=(), unsure=(), found=True):
    right = [Judged(confidence, answerable=True, found=found) for confidence in sure]
    return right + [Judged(confidence, answerable=False, found=False) for confidence in unsure]


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


@given(JUDGED)
def test_auroc_is_the_share_of_pairs(rows):
    """AUROC is the share of pairs in which the answerable query is surer, a tie counting half."""
    sure, unsure = ([r.confidence for r in rows if r.answerable is wanted] for wanted in (True, False))
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in sure for b in unsure]
    value = auroc(rows)
    assert isclose(value, sum(pairs) / len(pairs)) if pairs else isnan(value)


def test_answered_safely_at_the_lowest_safe_threshold():
    """The threshold is the lowest that lets one of twenty unanswerable queries through; what was not found is not counted."""
    unsure = [i / 20 for i in range(20)]
    assert answered_safely(judged(sure=[0.94, 0.95, 0.9, 0.99], unsure=unsure)) == 0.75
    assert answered_safely(judged(sure=[0.95, 0.99], unsure=unsure, found=False)) == 0
    assert answered_safely(judged(sure=[0.1, 0.2], unsure=[0.0, 0.05])) == 1
    assert answered_safely(judged(sure=[1.0, 1.0], unsure=[1.0, 0.0])) == 0
    assert isnan(answered_safely(judged(sure=[1.0])))


@given(JUDGED)
def test_answered_safely_keeps_to_its_share(rows):
    """No threshold that keeps to the 5 % answers more."""
    unsure = [row.confidence for row in rows if not row.answerable]
    sure = [row for row in rows if row.answerable]
    if not sure or not unsure:
        return
    safe = [t for t in {r.confidence for r in rows} if sum(u >= t for u in unsure) <= 0.05 * len(unsure)]
    shares = [sum(row.found and row.confidence >= threshold for row in sure) / len(sure) for threshold in safe]
    assert answered_safely(rows) == max(shares, default=0)


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
