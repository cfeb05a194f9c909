"""Splits a page into the description at its top and its text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.documents.description import Description, parse_description
from assistant.errors import DocumentError

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The description of a page, `None` if it has none; its text begins on `body_line`, counted from 1.

    `body` begins with the text that stands in fields which a description does not have.
    """

    description: Description | None
    body: str
    body_line: int = 1


def parse_front_matter(file: str, text: str) -> FrontMatter:
    """Split a page into its description and its text.

    Raises `DocumentError` for a description that is not closed or can't be used.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return FrontMatter(None, text)
    closing = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if closing is None:
        raise DocumentError(file, 1, "the description begins with --- but is never closed; add a line of --- below it")
    head = "\n".join(lines[1:closing])
    description = parse_description(file, head, 2)
    body = "\n".join(lines[closing + 1 :])
    return FrontMatter(description, f"{description.text}\n\n{body}" if description.text else body, closing + 2)
