from __future__ import annotations

import re
from dataclasses import replace

import faiss
import pytest
from bag_of_words import BagOfWords, SharedWords
from golden_library import QUESTIONS, SWAPPED, golden, library, without
from hypothesis import given
from hypothesis import strategies as st
from small_library import FAQ, FILES, no_bar

from assistant.assistant import Assistant
from assistant.evaluation.gate import Limits, judge
from assistant.evaluation.gate_text import verdict_text
from assistant.evaluation.rounds import ask_round, choose_for_gate
from assistant.retrieval.vector_index import VectorIndex


@pytest.fixture(scope="module")
def current(tmp_path_factory):
    return library(tmp_path_factory.mktemp("current") / "library")


@pytest.fixture
def changed(tmp_path):
    """Give what makes an assistant on files of the small library."""
    return lambda files: library(tmp_path / "new", files)


def judged(current, new, questions=QUESTIONS, **options):
    return judge(current, new, questions, no_bar, **options)


def failing(verdict):
    return [failure.question.id for failure in verdict.failures]


def test_the_same_library_passes(current):
    """A version that answers as before is not refused, and all figures are the same."""
    verdict = judged(current, current)
    assert verdict.passed
    assert verdict.before == verdict.after
    assert (verdict.after.asked, verdict.after.right) == (6, 6)
    assert verdict_text(verdict).startswith("The new version may be published.\n")


def test_a_deleted_document_is_refused(current, changed):
    """Without a document that questions are about, the report names the questions, what was expected and what was found."""
    verdict = judged(current, changed(without("states.md")))
    assert failing(verdict) == ["waivers"]
    assert not verdict.passed
    text = verdict_text(verdict)
    assert "5 are answered right, 6 before: a fall of 16.7 percentage points, where 2 are allowed" in text
    assert (
        "waivers: Kentucky waivers\n    expected: states › Kentucky waivers, with the words “from attendance laws”"
        in text
    )
    assert "found:    no answer: " in text
    assert "\n    not in the library any more: states › Kentucky waivers\n" in text
    assert "now: states › Kentucky waivers: “Kentucky grants waivers" in text


def test_swapped_answers_are_refused(current, changed):
    """Where the answers of two entries change places, both questions fail, though the entries are still found."""
    verdict = judged(current, changed({**FILES, "faq.md": SWAPPED}))
    assert {"cost", "essa"} <= set(failing(verdict))
    assert not verdict.passed
    assert "the expected words do not stand in the expected section any more" in verdict_text(verdict)


def test_another_section_that_answers_is_enough(current, changed):
    """Where a question expects one of two sections and one is deleted with the expected words, the other will do."""
    either = replace(QUESTIONS[1], expect=(*QUESTIONS[1].expect, QUESTIONS[3].expect[0]), phrase="from attendance laws")
    verdict = judged(current, changed(without("states.md")), [either], limits=Limits(shrink=1))
    assert verdict.passed
    (asked,) = verdict.round.asked
    assert asked.gone == QUESTIONS[3].expect


def test_half_the_documents_gone_is_refused(current, changed):
    """A library that shrinks is refused without any golden question, and the verdict says that none was asked."""
    verdict = judged(current, changed(without("states.md", "notes.txt")), ())
    assert any(reason.startswith("The library shrinks from 3 to 1 documents, by 67 %;") for reason in verdict.reasons)
    assert any(" passages, by " in reason for reason in verdict.reasons)
    assert verdict.notes == ("There are no golden questions to ask, so only the size of the library was compared.",)


def test_a_question_that_must_be_answered(current, changed):
    """One failing question refuses the version if it must be answered, whatever else is allowed."""
    lenient = Limits(fall=1, shrink=1)
    new = changed({**FILES, "faq.md": FAQ.replace("about 40 dollars", "some money")})
    assert judged(current, new, limits=lenient).passed
    must = [replace(question, must=question.id == "cost", split="held_out") for question in QUESTIONS]
    verdict = judged(current, new, must, limits=lenient)
    assert verdict.reasons == ("A question that must be answered is not: “How much does a pilot cost?” (cost).",)
    assert "\nMUST cost: How much does a pilot cost?\n" in verdict_text(verdict)


def test_the_first_version(current, changed):
    """With nothing to compare with, only questions that must be answered can refuse a version, and the verdict says so."""
    assert judged(None, current).passed
    new = changed(without("states.md"))
    verdict = judged(None, new)
    assert verdict.passed
    assert verdict.before is None
    assert verdict.notes == ("No version is published yet, so there is nothing to compare with.",)
    assert not judged(None, new, [replace(question, must=True) for question in QUESTIONS]).passed


def test_a_question_neither_answers(current):
    """What failed before is no reason; it is counted below."""
    never = golden("never", "What is quantum chromodynamics?", QUESTIONS[0].expect[0])
    verdict = judged(current, current, [*QUESTIONS, never])
    assert verdict.passed
    assert failing(verdict) == ["never"]
    assert verdict_text(verdict).endswith("\n1 more are not answered right by either version.")


def test_which_questions_decide(current):
    """The held-out half is not asked, but for what must be answered."""
    questions = [golden("a", "a"), golden("b", "b", split="held_out"), golden("c", "c", split="held_out", must=True)]
    assert [question.id for question in choose_for_gate(questions)] == ["a", "c"]
    assert judged(current, current, questions).after.asked == 2


def test_a_known_round_is_not_asked_again(current, changed):
    """The current version is asked again only if it or the questions are others than in the round that is known."""
    rounds = []

    def counted(questions):
        rounds.append(questions)
        return no_bar(questions)

    known = ask_round(current, QUESTIONS, no_bar)
    first = judge(current, current, QUESTIONS, counted, known=known)
    assert rounds == [6]
    assert first == judge(current, current, QUESTIONS, no_bar)
    judge(current, current, QUESTIONS[:5], counted, known=known)
    assert rounds == [6, 5, 5]
    other = changed(without("notes.txt"))
    judge(other, current, QUESTIONS, counted, known=known)
    assert rounds == [6, 5, 5, 6, 6]


@given(limit=st.floats(0, 1), other=st.floats(0, 1))
def test_a_stricter_limit_never_passes_more(verdicts, limit, other):
    """What passes under a limit passes under every laxer one."""
    strict, lax = sorted((limit, other))
    assert not verdicts(strict).passed or verdicts(lax).passed


@pytest.fixture(scope="module")
def verdicts(current, tmp_path_factory):
    """Give what judges a smaller library under a limit; what it answers is asked once."""
    new = library(tmp_path_factory.mktemp("smaller") / "library", without("states.md"))
    known = ask_round(current, QUESTIONS, no_bar)
    return lambda limit: judge(current, new, QUESTIONS, no_bar, limits=Limits(limit, limit), known=known)


def test_an_index_that_finds_too_little_is_refused(current):
    """A version whose approximate vector index misses too many of the nearest texts may not be published."""
    rows = current.version.vectors.rows()
    poor = faiss.IndexHNSWFlat(rows.shape[1], 2, faiss.METRIC_INNER_PRODUCT)
    poor.hnsw.efSearch = poor.hnsw.efConstruction = 1
    poor.add(rows)
    version = replace(current.version, vectors=VectorIndex(poor))
    reasons = " ".join(judged(current, Assistant(version, BagOfWords(), SharedWords())).reasons)
    assert re.search(r"The vector index finds [\d.]+ % of the 10 nearest texts, at least 95 % are expected", reasons)
