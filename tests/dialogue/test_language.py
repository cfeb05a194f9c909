from __future__ import annotations

import pytest

from assistant.dialogue.language import is_english


@pytest.mark.parametrize(
    "question",
    [
        "What is personalized learning?",
        "seat time",
        "wat is persnalized lerning in skools",
        "ESSA 1204 innovative assessment",
        "Kentucky",
        "naïve café policies",
        "39",
    ],
)
def test_english(question):
    """English, short or misspelt, counts as English."""
    assert is_english(question)


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué es el aprendizaje personalizado y cuánto cuesta para los estudiantes?",
        "Was kostet das personalisierte Lernen für die Schulen des Landes?",
        "什么是个性化学习",
        "Что такое индивидуальное обучение",
    ],
)
def test_other_languages(question):
    """A whole question in another language is known as such, and one in another script even if short."""
    assert not is_english(question)
