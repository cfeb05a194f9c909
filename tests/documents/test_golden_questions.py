from __future__ import annotations

import json

import pytest

from assistant.documents.golden_questions import GoldenQuestion, Place, read_questions
from assistant.errors import EvaluationError

GOOD = {
    "id": "q1",
    "kind": "entry",
    "question": "What is a zone?",
    "expect": [{"document": "faq", "heading": "What is an innovation zone?"}],
    "phrase": "frees from some rules",
    "split": "calibration",
}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "questions.jsonl"


def write(path, *questions):
    path.write_text("\n".join(json.dumps(question, ensure_ascii=False) for question in questions), encoding="utf-8")


def test_questions_are_read(path):
    """Every field is read, blank lines are skipped, and history may be left out."""
    write(path, GOOD, {**GOOD, "id": "q2", "expect": [], "phrase": None, "history": ["hello"], "split": "held_out"})
    path.write_text(path.read_text().replace("\n", "\n\n") + "\n")
    place = Place("faq", "What is an innovation zone?")
    assert read_questions(path) == (
        GoldenQuestion("q1", "entry", "What is a zone?", (place,), "frees from some rules", "calibration"),
        GoldenQuestion("q2", "entry", "What is a zone?", (), None, "held_out", ("hello",)),
    )


@pytest.mark.parametrize(
    ("fields", "may_decline", "answerable"),
    [
        ({}, False, True),
        ({"may_decline": False}, False, True),
        ({"may_decline": True}, True, False),
        ({"expect": []}, False, False),
        ({"expect": [], "may_decline": True}, True, False),
    ],
)
def test_what_may_be_declined(path, fields, may_decline, answerable):
    """A question is answerable if a section answers it, and does not only say that the library lacks it."""
    write(path, {**GOOD, **fields})
    (question,) = read_questions(path)
    assert (question.may_decline, question.answerable) == (may_decline, answerable)


def test_one_split(path):
    """The questions of one split can be read alone."""
    write(path, GOOD, {**GOOD, "id": "q2", "split": "held_out"})
    assert [question.id for question in read_questions(path, "held_out")] == ["q2"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no json", "Invalid JSON"),
        ("[]", "an object"),
        (json.dumps({**GOOD, "kind": "odd"}), "kind: Input should be 'entry'"),
        (json.dumps({**GOOD, "split": "test"}), "split: Input should be"),
        (json.dumps({name: value for name, value in GOOD.items() if name != "phrase"}), "phrase: "),
        (json.dumps({**GOOD, "expect": [{"document": "faq"}]}), r"expect\.0\.heading: "),
        (json.dumps({**GOOD, "expect": "faq"}), "expect: "),
        (json.dumps({**GOOD, "may_decline": "often"}), "may_decline: Input should be a valid boolean"),
        (json.dumps({**GOOD, "may_declin": True}), "may_declin: Unexpected keyword argument"),
        (json.dumps({**GOOD, "question": 5}), "question: Input should be a valid string"),
    ],
)
def test_bad_lines(path, line, message):
    """A line that can't be used is named with its number, its field and where the format is described."""
    path.write_text(json.dumps(GOOD) + "\n" + line)
    with pytest.raises(
        EvaluationError, match=rf"questions\.jsonl:2: .*{message}.*; the format is in corpus/README\.md"
    ):
        read_questions(path)


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_unreadable_file(path, content):
    """A file that is missing or not UTF-8 is named."""
    if content:
        path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"questions\.jsonl can't be read"):
        read_questions(path)


def test_odd_line_separators(path):
    """A question may hold a line separator as it comes out of a word processor."""
    write(path, {**GOOD, "question": "What\u2028is a zone?"})
    assert len(read_questions(path)) == 1
