"""Finds the headings of a Word file whose author set them by hand, in bold or capitals, instead of by style."""

from __future__ import annotations

import itertools

from assistant.documents.formats.part_writing import QUESTION_LEVEL
from assistant.documents.formats.parts import Heading, Paragraph, Part

_LEVEL = QUESTION_LEVEL - 1
_LONGEST = 80
_NO_END_OF_HEADING = (".", ",", ";", ":", "!")
_FEWEST_LETTERS = 4


def with_headings(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Make short bold or capital paragraphs headings, if no part is a heading by style.

    Of several in a row only the last one heads what follows; the ones before stay paragraphs.
    """
    if any(isinstance(part, Heading) and part.level < QUESTION_LEVEL for part in parts):
        return parts
    return tuple(
        Heading(_LEVEL, part.text.text)
        if isinstance(part, Paragraph) and _heads(part) and following is not None and not _heads(following)
        else part
        for part, following in itertools.zip_longest(parts, parts[1:])
        if part is not None
    )


def _heads(part: Part) -> bool:
    if not isinstance(part, Paragraph) or len(part.text.text) > _LONGEST:
        return False
    letters = sum(character.isalpha() for character in part.text.text)
    emphatic = part.bold or part.text.text.isupper()
    return emphatic and letters >= _FEWEST_LETTERS and not part.text.text.endswith(_NO_END_OF_HEADING)
