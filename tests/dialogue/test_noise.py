from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.dialogue.noise import without_noise
from assistant.dialogue.question import parse_question
from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import read_questions

CASES = [line.split("\t") for line in (Path(__file__).parent / "noise.tsv").read_text(encoding="utf-8").splitlines()]
"""Kind, what was pasted (`\\n` is a line break), and the question in it."""


@pytest.mark.parametrize(("kind", "typed", "question"), CASES)
def test_what_stands_around_a_question_is_taken_off(kind, typed, question):
    """Of a mail, a page, code, orders or a question said over and over, the bare question is left."""
    assert without_noise(parse_question(typed.replace("\\n", "\n"))) == question, kind


@pytest.mark.parametrize("question", [question for _, _, question in CASES if question])
def test_a_bare_question_is_left_alone(question):
    """What was taken out of noise has none."""
    assert without_noise(question) == question


def test_no_golden_question_is_touched(shipped_corpus):
    """Every golden question and what was asked before it comes through as it is."""
    golden = read_questions(shipped_corpus / "questions.jsonl")
    texts = [text for question in golden for text in (question.question, *question.history)]
    assert len(texts) > 500
    assert [text for text in texts if without_noise(text) != text] == []


def test_hardly_a_question_of_the_library_is_touched(shipped_corpus):
    """Of the headings that ask and other wordings only those change that ask for a form, or tell who asks."""
    documents = read_corpus(shipped_corpus).documents
    texts = [text for document in documents for section in document.sections for text in section.questions]
    touched = [text for text in texts if without_noise(text) != text]
    assert len(texts) > 4000
    assert len(touched) <= 10
    assert all(" in " in text or text.startswith(("hello", "I'm a new ")) for text in touched)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("I'm a new board member and I was wondering what seat time is", "what seat time is"),
        ("So I was just wondering, how are pilots paid for?", "how are pilots paid for?"),
        ("Hey, do you happen to know which states have pilots?", "which states have pilots?"),
        ("I am a mother of three, what does ESSA say about testing?", "what does ESSA say about testing?"),
        ("I am a teacher in Ohio, can a school waive seat time?", None),
        ("I am a parent of a child with an IEP, do schools keep seat time?", None),
        ("I'm drafting a bill, must a school keep seat time?", None),
        ("I was wondering how it works", None),
        ("I don't understand what seat time is", None),
    ],
)
def test_who_asks_and_that_they_wonder(typed, question):
    """Who is asking goes, and that they wonder; what may be part of the question stays."""
    assert without_noise(typed) == (question or typed)


@given(st.text(max_size=200))
def test_any_text_is_survived(typed):
    """Whatever is typed, noise is taken off without an error, and a second time nothing more goes."""
    once = without_noise(" ".join(typed.split()))
    assert once == once.strip()


@given(phrases)
def test_words_in_a_row_stay(phrase):
    """Plain words, whatever they are, stay as they are unless they are said twice."""
    words = phrase.split()
    if len(set(words)) == len(words):
        assert without_noise(" ".join(words)) == " ".join(words)
