"""Finds the text in fields that a description does not have: some site generators keep whole answers there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_FEWEST_WORDS = 8
"""Fewer are a setting of the site, or a label."""
_HEADINGS = ("title", "question", "heading", "name")


def markdown_of_fields(fields: Mapping[str, object]) -> str:
    """Give the texts in YAML values, each under the title beside it; what is repeated comes once."""
    return "\n\n".join(_texts(fields, "", set()))


def _texts(value: object, heading: str, seen: set[int]) -> Iterator[str]:
    if isinstance(value, str):
        if len(value.split()) >= _FEWEST_WORDS:
            yield f"### {heading}\n\n{value}" if heading else value
    elif id(value) not in seen:
        seen.add(id(value))
        yield from _texts_within(value, seen)


def _texts_within(value: object, seen: set[int]) -> Iterator[str]:
    match value:
        case Mapping():
            title = next((text for name in _HEADINGS if isinstance(text := value.get(name), str)), "")
            heading = " ".join(title.split())
            for name, inner in value.items():
                if name not in _HEADINGS:
                    yield from _texts(inner, heading, seen)
        case Sequence():
            for inner in value:
                yield from _texts(inner, "", seen)
