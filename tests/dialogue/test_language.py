from __future__ import annotations

from pathlib import Path

import pytest

from assistant.dialogue.language import language_of
from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import read_questions
from assistant.retrieval.spelling import english_words

LABELLED = [
    line.split("\t") for line in (Path(__file__).parent / "languages.tsv").read_text(encoding="utf-8").splitlines()
]
"""Language, half, and a short question in it: `choose` for choosing figures, `report` for telling how good they are."""
LEAST_RIGHT = {"choose": 1.0, "report": 0.95}
SPANISH = {"aprendizaje", "educación", "español"}


def language(question: str) -> str:
    return language_of(question, english_words().__contains__)


@pytest.mark.parametrize(
    "question",
    [
        "What is personalized learning?",
        "seat time",
        "wat is persnalized lerning in skools",
        "ESSA 1204 innovative assessment",
        "Kentucky",
        "naïve café policies",
        "who is José Núñez-Ibáñez",
        "what does “aprendizaje” mean",
        "El Paso",
        "IADA",
        "39",
    ],
)
def test_english(question):
    """English, short or misspelt, with names or a foreign word, counts as English."""
    assert language(question) == "en"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("¿Qué es el aprendizaje personalizado y cuánto cuesta para los estudiantes?", "es"),
        ("¿CUÁNTO CUESTA?", "es"),
        ("que estados tienen programas piloto", "es"),
        ("que es personalized learning", "es"),
        ("什么是个性化学习", "zh"),
        ("ESSA是什么", "zh"),
        ("Was kostet das personalisierte Lernen für die Schulen des Landes?", "other"),
        ("Что такое индивидуальное обучение", "other"),
        ("個別化学習とは何ですか", "other"),
        ("맞춤형 학습이란 무엇인가", "other"),
        ("یادگیری شخصی چیست", "other"),
    ],
)
def test_other_languages(question, expected):
    """A question in another language is known as such; of those with notices, by its name."""
    assert language(question) == expected


@pytest.mark.parametrize("half", ["choose", "report"])
def test_short_questions_of_seven_languages(half):
    """Of 120 short questions in other languages and as many in English hardly one is mistaken, and no English one."""
    of_half = [(expected, question) for expected, name, question in LABELLED if name == half]
    wrong = [(expected, language(q), q) for expected, q in of_half if language(q) != expected]
    assert len(of_half) >= 115
    assert 1 - len(wrong) / len(of_half) >= LEAST_RIGHT[half], wrong


def test_no_golden_question_is_foreign(shipped_corpus):
    """No golden question, misspelt as some are, is taken for another language."""
    golden = read_questions(shipped_corpus / "questions.jsonl")
    texts = [text for question in golden for text in (question.question, *question.history)]
    assert [text for text in texts if language(text) != "en"] == []


def test_only_spanish_wordings_are_foreign(shipped_corpus):
    """Of the library's questions and other wordings only those are foreign that are written in Spanish."""
    documents = read_corpus(shipped_corpus).documents
    texts = [text for document in documents for section in document.sections for text in section.questions]
    foreign = {text for text in texts if language(text) != "en"}
    assert all(SPANISH & set(text.split()) for text in foreign)
