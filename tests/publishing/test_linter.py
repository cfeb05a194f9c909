from __future__ import annotations

import datetime as dt
import json

import pytest
from bag_of_words import BagOfWords

from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import read_questions
from assistant.publishing.linter import QUESTIONS, lint_corpus
from assistant.publishing.reading_level import grade_level

TODAY = dt.date(2026, 11, 23)
HEAD = """---
title: "Seat time"
source:
  kind: library
  publisher: This library
  published: "2026-11-01"
  licence: CC BY 4.0
updated: 2026-11-20
review_by: 2027-05-23
---
"""
BODY = """Seat time counts hours. See [the guide](https://example.org/guide).

## What is seat time?

Also asked:

- seat time meaning
- define seat time

Seat time is the hours that a student spends in class for credit.
"""
QUESTION = {
    "id": "q1",
    "kind": "entry",
    "question": "what is seat time",
    "expect": [{"document": "seat-time", "heading": "What is seat time?"}],
    "phrase": "hours that a student spends",
    "split": "calibration",
}


@pytest.fixture
def lint(tmp_path):
    """Give what the linter says of one page, its golden questions and further pages."""

    def run(page=HEAD + BODY, question=QUESTION, **further):
        (tmp_path / "seat-time.md").write_text(page, encoding="utf-8")
        for name, text in further.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        (tmp_path / QUESTIONS).write_text("\n" + json.dumps(question) + "\n", encoding="utf-8")
        questions = read_questions(tmp_path / QUESTIONS)
        return lint_corpus(read_corpus(tmp_path), tmp_path, questions, BagOfWords(), TODAY)

    return run


def test_a_clean_page_has_no_problem(lint):
    """A complete page gives figures and no problem."""
    found = lint()
    assert found.problems == ()
    assert len(found.figures) == 1
    assert found.figures[0].startswith("seat-time.md")


@pytest.mark.parametrize(
    ("before", "after", "line", "message"),
    [
        ("  licence: CC BY 4.0\n", "", 1, "lacks licence"),
        ("review_by: 2027-05-23\n", "", 1, "lacks review_by"),
        ("  publisher: This library\n", "", 1, "lacks source: publisher"),
        ("updated: 2026-11-20", "updated: 2026-11-24", 8, "still to come"),
        ("review_by: 2027-05-23", "review_by: 2026-11-23", 9, "was to be reviewed by 2026-11-23"),
        ('published: "2026-11-01"', 'published: "2026-11-21"', 6, "is after updated"),
        ("https://example.org/guide", "htp:/example", 11, "no usable address"),
        ("https://example.org/guide", "", 11, "no usable address"),
        ("(https://example.org/guide)", "[guide]", 11, "nowhere given"),
        ("## What", "## Hours\n\nSome.\n\n## Hours\n\nMore.\n\n## What", 13, "stands 2 times"),
        ("- define seat time\n", "", 13, "has 1 other wordings"),
        ("Seat time is the hours", "word " * 181 + "hours", 13, "is quoted whole"),
        ("Seat time is the hours", "Yes, it is the hours", 13, "begins with 'Yes'"),
        ("Seat time counts hours.", "word " * 401, 2, "split it"),
        ("What is seat time?", "What is sitting time?", 2, "there is no heading"),
        ("a student spends", "a pupil spends", 2, "no expected section has the phrase"),
    ],
)
def test_each_rule(lint, before, after, line, message):
    """Each rule names what is wrong and the line it stands on."""
    assert before in HEAD + BODY
    problems = [
        problem for problem in lint((HEAD + BODY).replace(before, after, 1)).problems if message in problem.message
    ]
    assert len(problems) >= 1
    assert problems[0].line == line


def test_nearly_the_same_entry_twice_is_reported_with_the_similarity(lint):
    """Two entries that ask the same are named, with both files and their similarity."""
    further = (
        (HEAD + BODY).replace("Seat time counts", "Hours count").replace("What is seat time?", "What is the seat time?")
    )
    (problem,) = lint(zoning=further).problems
    assert problem.file == "zoning.md"
    assert "seat-time.md (similarity 1.00)" in problem.message


def test_a_document_that_golden_questions_expect_and_that_is_gone(lint):
    """A golden question that points at a page that is no more is reported by its id and line."""
    gone = {**QUESTION, "expect": [{"document": "gone", "heading": "What is seat time?"}], "phrase": None}
    (problem,) = lint(question=gone).problems
    assert (problem.file, problem.line) == (QUESTIONS, 2)
    assert problem.message == "q1: there is no heading 'What is seat time?' in 'gone'"


def test_grade_level():
    """Longer words and sentences take more years of school; no words take none."""
    easy = "The cat sat. The dog ran."
    hard = "Implementation of individualized instructional methodologies necessitates considerable institutional flexibility."
    assert grade_level("") == 0
    assert grade_level(easy) < 3
    assert grade_level(hard) > 12


def test_pages_without_a_topic_are_named_where_others_have_one(lint):
    """A page that stands apart from all others in the list is named; a library without topics lacks none."""
    other = HEAD.replace('"Seat time"', "Waivers\ntopic: Law") + "Waivers free schools from rules.\n"
    assert not any("topic" in str(problem) for problem in lint().problems)
    told = [str(problem) for problem in lint(waivers=other).problems if "topic" in problem.message]
    assert told == ["warning: seat-time.md:1: the description lacks topic: the page is listed after all others"]


def test_what_is_taken_as_superseded(lint):
    """What a page supersedes is told apart from problems; a name that no page has is one, on its line."""
    page = HEAD.replace("  licence", "  supersedes: [hours, hour]\n  licence") + BODY
    found = lint(page, hours=HEAD.replace("Seat time", "Hours") + "Hours are counted.\n")
    assert found.superseded == ("'Hours' (hours) is taken as superseded by 'Seat time' (seat-time)",)
    (problem,) = (one for one in found.problems if "supersedes" in str(one))
    assert problem.line == HEAD.split("  licence", maxsplit=1)[0].count("\n") + 1
    assert "'hour', which is no other document" in str(problem)
    assert "'hours'" in str(problem)
