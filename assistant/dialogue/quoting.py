"""Chooses the words of a passage that answer: a whole entry, a whole list, or the sentences that fit."""

from __future__ import annotations

import re

from assistant.dialogue.wanted import gives, tells_a_gap, wanted_by
from assistant.documents.passages import Passage, Sentence
from assistant.documents.sentences import Span
from assistant.retrieval.hits import Hit
from assistant.retrieval.terms import indexed_terms, terms

ROOM = 120
"""Words an answer may have, unless a list needs more."""
_OVERLAP = 0.25
"""Weight of the shared terms of query and sentence against their cosine."""
_WANTED = 0.1
"""What a sentence gains by having the date, number, name or reason that is asked for."""
_GAP = 0.1
"""What a sentence loses by telling what its page lacks."""
_NEAR = 0.12
"""A neighbour this near to the best sentence is quoted with it."""
_MATCH = 0.6
"""Cosine from which a question is the one that an FAQ entry answers."""
_SHORTEST = 30
"""Words up to which a neighbour is quoted however far from the query it is."""
_LONGEST = 80
"""Words beyond which no neighbour is added, whatever the room."""
_ASKS_FOR_LIST = re.compile(
    r"\b(list|name|what are|which are|what (\w+ ){1,4}(are|does|do|have|should)|which \w+s|examples?|kinds?|types?|"
    r"steps?|how many|reasons|ways|how (can|do|should|could))\b",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(
    r"(it|its|this|these|those|that|they|their|such|instead|however|also|but|and|so|then|he|she|both|the same)\b",
    re.IGNORECASE,
)


def quoted_span(query: str, hit: Hit, room: int = ROOM) -> Span:
    """Give the part of a hit's passage that answers the query, always whole sentences.

    An FAQ entry whose question is meant is quoted whole unless it is long prose, a list with the
    sentence that introduces it; a query for no more than the heading says gets the sentence the
    passage opens with; else it is the best sentence with the neighbours that are nearly as good, and
    with the one before it if it leans on that. Beyond `room` words no sentence is added.
    """
    passage = hit.passage
    if passage.is_entry and hit.label_similarity >= _MATCH:
        return _span(passage, 0, _last_of_entry(passage, room))
    scores = _sentence_scores(query, hit)
    best = 0 if asks_for_heading(query, passage) else max(range(len(scores)), key=lambda number: scores[number])
    if (whole := _list_around(query, passage, scores, best)) is not None:
        return _span(passage, *whole)
    return _span(passage, *_with_neighbours(passage, scores, best, min(room, _LONGEST)))


def asks_for_heading(query: str, passage: Passage) -> bool:
    """Whether a query names a section by most of its heading and asks nothing more specific about it."""
    wanted = set(terms(query))
    heading = set(terms(passage.heading[-1])) if passage.heading else set()
    named = 2 * len(wanted & heading) >= len(heading) > 0
    particular = wanted_by(query) in {"date", "number"}
    return named and not particular and wanted.issubset(terms(" ".join((passage.title, *passage.heading))))


def _last_of_entry(passage: Passage, room: int) -> int:
    """Give the number of the last sentence to quote of an entry: prose stops before it grows too long."""
    last = len(passage.sentences) - 1
    if any(sentence.kind != "sentence" for sentence in passage.sentences):
        return last
    while last > 0 and _words(passage, 0, last) > room:
        last -= 1
    return last


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


def _list_around(query: str, passage: Passage, scores: tuple[float, ...], best: int) -> tuple[int, int] | None:
    """Give first and last number of the list to quote whole, its introduction included, if there is one."""
    sentences = passage.sentences
    introduces = sentences[best].kind == "sentence" and _text(passage, sentences[best]).endswith(":")
    member = best + 1 if introduces else best
    if member >= len(sentences) or sentences[member].kind == "sentence":
        return None
    first, last = _run(sentences, member)
    near = sum(score > scores[best] - _NEAR for score in scores[first : last + 1])
    if not introduces and not (_ASKS_FOR_LIST.search(query) and near * 2 > last - first + 1):
        return None
    has_introduction = first > 0 and _text(passage, sentences[first - 1]).endswith(":")
    return (first - 1 if has_introduction else first), last


def _run(sentences: tuple[Sentence, ...], member: int) -> tuple[int, int]:
    """Give first and last number of the list or table that a sentence is part of."""
    first = last = member
    while first > 0 and sentences[first - 1].kind == sentences[member].kind:
        first -= 1
    while last + 1 < len(sentences) and sentences[last + 1].kind == sentences[member].kind:
        last += 1
    return first, last


def _with_neighbours(passage: Passage, scores: tuple[float, ...], best: int, room: int) -> tuple[int, int]:
    first = last = best
    while first > 0 and _leans_back(passage, first) and _words(passage, first - 1, last) <= room:
        first -= 1
    while _same_kind(passage, best, last + 1) and _words(passage, first, last + 1) <= room:
        if not _joins(passage, scores, best, last + 1) and _words(passage, first, last) >= _SHORTEST:
            break
        last += 1
    while _same_kind(passage, best, first - 1) and _words(passage, first - 1, last) <= room:
        if not _joins(passage, scores, best, first - 1) and _words(passage, first, last) >= _SHORTEST:
            break
        first -= 1
    return _with_whole_lists(passage, first, last)


def _with_whole_lists(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Widen a part that ends with an introduction, or begins with an item before other text, to the whole list."""
    sentences = passage.sentences
    if _text(passage, sentences[last]).endswith(":") and last + 1 < len(sentences):
        last = _run(sentences, last + 1)[1] if sentences[last + 1].kind != "sentence" else last
    if sentences[first].kind not in ("sentence", sentences[last].kind):
        first = _run(sentences, first)[0]
        first -= first > 0 and _text(passage, sentences[first - 1]).endswith(":")
    return first, last


def _same_kind(passage: Passage, best: int, neighbour: int) -> bool:
    return 0 <= neighbour < len(passage.sentences) and passage.sentences[neighbour].kind == passage.sentences[best].kind


def _joins(passage: Passage, scores: tuple[float, ...], best: int, neighbour: int) -> bool:
    return _same_kind(passage, best, neighbour) and scores[neighbour] >= scores[best] - _NEAR


def _leans_back(passage: Passage, number: int) -> bool:
    return _LEANS_BACK.match(_text(passage, passage.sentences[number])) is not None


def _words(passage: Passage, first: int, last: int) -> int:
    span = _span(passage, first, last)
    return len(passage.text[span.start : span.end].split())


def _span(passage: Passage, first: int, last: int) -> Span:
    return Span(passage.sentences[first].start, passage.sentences[last].end)


def _text(passage: Passage, sentence: Sentence) -> str:
    return passage.text[sentence.start : sentence.end]
