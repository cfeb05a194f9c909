"""Chooses the blocks of a passage that are quoted, and what of them answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.dialogue.wanted import gives, tells_a_gap, wanted_by
from assistant.documents.document import Section
from assistant.documents.passages import Passage, Sentence
from assistant.documents.sentences import Span
from assistant.retrieval.hits import Hit
from assistant.retrieval.terms import indexed_terms, terms

_WHOLE = 150
"""Words up to which a passage is quoted whole; an entry always is."""
_OVERLAP = 0.25
"""Weight of the shared terms of query and sentence against their cosine."""
_WANTED = 0.1
"""What a sentence gains by having the date, number, name or reason that is asked for."""
_GAP = 0.1
"""What a sentence loses by telling what its page lacks."""
_NEAR = 0.05
"""A neighbour this near to the best sentence answers with it."""
_IN_LIST = 0.12
"""An item this near to the best one is meant with it."""
_MOST = 0.7
"""Share of a quote from which what answers is all of it, and nothing is highlighted."""
_ASKS_FOR_LIST = re.compile(
    r"\b(list|name|what are|which are|what (\w+ ){1,4}(are|does|do|have|should)|which \w+s|examples?|kinds?|types?|"
    r"steps?|how many|reasons|ways|how (can|do|should|could))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quote:
    """`passage.text[start:end]`, whole blocks of it; `highlights`, of the same text, are what answers.

    Nothing is highlighted where that is nearly all. `best` is the sentence that answers best.
    """

    start: int
    end: int
    highlights: tuple[Span, ...]
    best: str


def quote_blocks(query: str, hit: Hit, section: Section) -> Quote:
    """Quote what of a hit answers the query: a short passage and an entry whole, of others the blocks that answer.

    A list comes with what introduces it and with all its items, a table with all its rows.
    """
    passage = hit.passage
    scores = _sentence_scores(query, hit)
    first, last, best = _answering(query, passage, scores)
    light = Span(passage.sentences[first].start, passage.sentences[last].end)
    is_whole = passage.is_entry or len(passage.text.split()) <= _WHOLE
    shown = Span(0, len(passage.text)) if is_whole else _blocks_around(passage, section, light)
    is_most = _words(passage, light) >= _MOST * _words(passage, shown)
    return Quote(shown.start, shown.end, () if is_most else (light,), _text(passage, passage.sentences[best]))


def asks_for_heading(query: str, passage: Passage) -> bool:
    """Whether a query names a section by most of its heading and asks nothing more specific about it."""
    wanted = set(terms(query))
    heading = set(terms(passage.heading[-1])) if passage.heading else set()
    named = 2 * len(wanted & heading) >= len(heading) > 0
    particular = wanted_by(query) in {"date", "number"}
    return named and not particular and wanted.issubset(terms(" ".join((passage.title, *passage.heading))))


def _sentence_scores(query: str, hit: Hit) -> tuple[float, ...]:
    """Give how well each sentence answers: cosine, shared terms, and whether it has what is asked for."""
    asked = set(terms(query))
    return tuple(
        similarity + _sentence_bonus(query, asked, _text(hit.passage, sentence))
        for similarity, sentence in zip(hit.sentence_similarities, hit.passage.sentences, strict=True)
    )


def _sentence_bonus(query: str, asked: set[str], text: str) -> float:
    shared = len(asked.intersection(indexed_terms(text))) / max(1, len(asked))
    return _OVERLAP * shared + _WANTED * gives(query, text) - _GAP * tells_a_gap(text)


def _answering(query: str, passage: Passage, scores: tuple[float, ...]) -> tuple[int, int, int]:
    """Give the numbers of the first and last sentence that answer, and of the best one."""
    sentences = passage.sentences
    best = 0 if asks_for_heading(query, passage) else max(range(len(scores)), key=lambda number: scores[number])
    member = best + 1 if _introduces(passage, best) and best + 1 < len(sentences) else best
    if sentences[member].kind != "sentence":
        first, last = _run(sentences, member)
        near = sum(score > scores[best] - _IN_LIST for score in scores[first : last + 1])
        if member > best or (_ASKS_FOR_LIST.search(query) and near * 2 > last - first + 1):
            return (first - 1 if first > 0 and _introduces(passage, first - 1) else first), last, best
        return best, best, best
    first = last = best
    while first > 0 and sentences[first - 1].kind == "sentence" and scores[first - 1] >= scores[best] - _NEAR:
        first -= 1
    while (
        last + 1 < len(scores) and sentences[last + 1].kind == "sentence" and scores[last + 1] >= scores[best] - _NEAR
    ):
        last += 1
    return first, last, best


def _introduces(passage: Passage, number: int) -> bool:
    return passage.sentences[number].kind == "sentence" and _text(passage, passage.sentences[number]).endswith(":")


def _run(sentences: tuple[Sentence, ...], member: int) -> tuple[int, int]:
    """Give first and last number of the list or table that a sentence is part of."""
    first = last = member
    while first > 0 and sentences[first - 1].kind == sentences[member].kind:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].kind == sentences[member].kind:
        last += 1
    return first, last


def _blocks_around(passage: Passage, section: Section, light: Span) -> Span:
    """Give the stretch of whole blocks, as far as the passage has them, that what answers stands in."""
    around = [span for span in _joined(passage, section) if span.start < light.end and light.start < span.end]
    return Span(around[0].start, around[-1].end)


def _joined(passage: Passage, section: Section) -> Iterator[Span]:
    """Yield the blocks of a passage, a list or table together with the paragraph that introduces it."""
    cut = (
        (max(b.start - passage.start, 0), min(b.end - passage.start, len(passage.text)), b.kind) for b in section.blocks
    )
    blocks = [(Span(start, end), kind) for start, end, kind in cut if start < end]
    joins = [
        kind in ("list", "table") and passage.text[before.start : before.end].rstrip().endswith(":")
        for (before, _), (_, kind) in pairwise(blocks)
    ]
    start = blocks[0][0].start
    for (span, _), is_joined in zip(blocks, [*joins, False], strict=True):
        if not is_joined:
            yield Span(start, span.end)
            start = next((other.start for other, _ in blocks if other.start >= span.end), span.end)


def _words(passage: Passage, span: Span) -> int:
    return len(passage.text[span.start : span.end].split())


def _text(passage: Passage, sentence: Sentence) -> str:
    return passage.text[sentence.start : sentence.end]
