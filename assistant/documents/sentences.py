"""Finds the sentences of a text, with their offsets."""

from __future__ import annotations

from dataclasses import dataclass

import sentencex


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]`, in characters."""

    start: int
    end: int


def split_sentences(text: str) -> tuple[Span, ...]:
    """Give the sentences of a text in order, white space around them left out.

    A line break ends a sentence too: readers keep one only where the source means it.
    """
    spans = []
    line_start = 0
    for line in text.split("\n"):
        for boundary in sentencex.get_sentence_boundaries("en", line):
            start, end = line_start + boundary["start_index"], line_start + boundary["end_index"]
            spans.append(trimmed(text, start, end))
        line_start += len(line) + 1
    return tuple(span for span in spans if span.start < span.end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Give the span without the white space at its ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
