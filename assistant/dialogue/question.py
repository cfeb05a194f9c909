"""Takes what a person typed and gives a question that can be searched."""

from __future__ import annotations

import unicodedata

from assistant.errors import QuestionError

LONGEST = 1000
"""Characters a question may have."""


def parse_question(typed: str) -> str:
    """Give the question with control characters and doubled white space taken out.

    Raises `QuestionError` if nothing is left, it is too long, or it has no letter or digit.
    """
    text = unicodedata.normalize("NFC", typed.encode("utf-8", "replace").decode())
    text = " ".join("".join(c if _is_visible(c) else " " for c in text).split())
    if not text:
        raise QuestionError("The question is empty. Please type a question about personalized-learning policy.")
    if len(text) > LONGEST:
        raise QuestionError(
            f"The question has {len(text):,} characters; at most {LONGEST:,} can be searched. "
            "Please ask one question in a sentence or two."
        )
    if not any(c.isalnum() for c in text):
        raise QuestionError("There are no words in the question. Please ask it in words.")
    return text


def _is_visible(character: str) -> bool:
    """Whether a character is text: not a control, format, private or unassigned one."""
    return not unicodedata.category(character).startswith("C")
