"""Turns the hits of a query into an answer, or an abstention with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.decision import Decision, best_confidence, best_hit, confidence, names_all
from assistant.dialogue.demands import denials
from assistant.dialogue.quoting import asks_for_heading, quote_blocks
from assistant.dialogue.reply import Abstention, Answer, Citation, Closest, Reason
from assistant.dialogue.suggesting import is_about_a_gap
from assistant.dialogue.superseding import Editions
from assistant.dialogue.wanted import asks_for_gap, tells_a_gap
from assistant.documents.passages import Passage, links_in
from assistant.retrieval.hits import Hit, Retrieval
from assistant.retrieval.names import names
from assistant.retrieval.terms import terms

_MOST_CITATIONS = 3
_ROOM = 250
"""Words from which no further quote is added to an answer."""
_BEHIND = 0.05
"""A further hit is cited if its confidence is at most this far behind the first one's."""
_BEHIND_GAP = 0.35
"""A hit that states something comes before one that tells a gap if its confidence is at most this far behind."""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SAME = 0.7
"""Share of the terms of what answers in a quote from which another one that has them says the same."""
_LITTLE = 0.15
"""Specificity under which a query says too little: one word that half the library has."""
_NEAR = 0.7
"""Dense score from which a query of few and common words is all the same about what was found: of the calibration
questions that say too little by themselves none that expects nothing reaches it, three that expect something do."""
_FAR = 0.4
"""Dense score under which even the nearest passage is on another subject: of the calibration questions every one
that is out of scope, and one in a hundred of the others."""


def answer_or_abstain(retrieval: Retrieval, editions: Editions, decision: Decision) -> Answer | Closest | Abstention:
    """Quote the hits that answer the query, or those that are near; abstain if none is.

    Nothing is suggested yet.
    """
    sure = editions.in_order(retrieval, _answering(retrieval, decision))
    if sure:
        return Answer(_citations(retrieval.query, sure, editions), "complete", ())
    reason = _reason(retrieval)
    is_near = reason == "not_covered" and best_confidence(decision, retrieval) >= decision.closest
    return Closest(cite_nearest(retrieval, editions, _MOST_CITATIONS), ()) if is_near else Abstention(reason, ())


def cite_nearest(
    retrieval: Retrieval, editions: Editions, count: int, besides: Sequence[Citation] = ()
) -> tuple[Citation, ...]:
    """Cite the nearest hits of `count` sections, none of them cited `besides`, numbered on from those.

    What names each state and bill that was asked about comes first.
    """
    shown = {_section(citation.passage) for citation in besides}
    hits = editions.in_order(retrieval, sorted(retrieval.hits, key=lambda hit: not names_all(retrieval.query, hit)))
    near = list({_section(hit.passage): hit for hit in reversed(hits)}.values())[::-1]
    others = [hit for hit in near if _section(hit.passage) not in shown][:count]
    return tuple(
        replace(_cite(retrieval.query, hit, editions), number=number, role="closest")
        for number, hit in enumerate(others, len(besides) + 1)
    )


def _reason(retrieval: Retrieval) -> Reason:
    """Give why a query that no hit answers is declined."""
    nearest = max((hit.dense for hit in retrieval.hits), default=0.0)
    if retrieval.specificity < _LITTLE and nearest < _NEAR:
        return "too_vague"
    return "out_of_scope" if nearest < _FAR else "not_covered"


def _answering(retrieval: Retrieval, decision: Decision) -> list[Hit]:
    """Give the hits to quote, each section once: what states before what tells a gap, else as ranked."""
    first = best_hit(retrieval)
    if first is None or best_confidence(decision, retrieval) < decision.answer:
        return []
    best = confidence(decision, retrieval, first)
    rated = [(confidence(decision, retrieval, hit), hit) for hit in retrieval.hits]
    further = [hit for value, hit in rated if value >= max(decision.answer, best - _BEHIND) and hit != first]
    near = [_opening(retrieval, hit) for hit in (first, *further)]
    if is_about_a_gap(first) and not asks_for_gap(retrieval.query):
        near += [hit for value, hit in rated if _stands_in(hit, first) and value >= best - _BEHIND_GAP]
        near.sort(key=is_about_a_gap)
    return list({_section(hit.passage): hit for hit in reversed(near)}.values())[::-1]


def _stands_in(hit: Hit, first: Hit) -> bool:
    """Whether a hit states something where the first one, of the same document, only tells a gap."""
    return hit.passage.document_id == first.passage.document_id and not is_about_a_gap(hit)


def _section(passage: Passage) -> tuple[str, str]:
    """Give the document and the section of a passage: anchors are unique within a document only."""
    return passage.document_id, passage.section


def _opening(retrieval: Retrieval, hit: Hit) -> Hit:
    """Give the hit that opens the section of this one, if the query asks for the section as such."""
    if not asks_for_heading(retrieval.query, hit.passage):
        return hit
    same = [other for other in retrieval.hits if _section(other.passage) == _section(hit.passage)]
    return min(same, key=lambda other: other.passage.start)


def _citations(query: str, hits: Sequence[Hit], editions: Editions) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for hit in hits:
        citation = replace(_cite(query, hit, editions), number=len(citations) + 1)
        if not citations or adds(citation, citations):
            citations.append(citation)
        if len(citations) == _MOST_CITATIONS:
            break
    return tuple(citations)


def _cite(query: str, hit: Hit, editions: Editions) -> Citation:
    """Cite the blocks of a hit that answer the query."""
    document, passage = editions.documents[hit.passage.document_id], hit.passage
    section = document.section(passage.section)
    quote = quote_blocks(query, hit, section)
    start, end = passage.start + quote.start, passage.start + quote.end
    return Citation(
        1,
        passage,
        section.source or document.source,
        quote.start,
        quote.end,
        passage.text[quote.start : quote.end],
        section.page_at(start),
        links_in(document, passage, quote.start, quote.end),
        role="gap" if tells_a_gap(quote.best) else "answer",
        highlights=quote.highlights,
        continues=bool(section.text[:start].strip() or section.text[end:].strip()),
        superseded_by=editions.newer(passage),
        supersedes=editions.before(document.id),
    )


def adds(citation: Citation, others: Sequence[Citation]) -> bool:
    """Whether a further quote still fits, and says something the others do not."""
    words = sum(len(other.quote.split()) for other in (*others, citation))
    return words <= _ROOM and not any(_says_the_same(citation, other) for other in others)


def _says_the_same(citation: Citation, other: Citation) -> bool:
    """Whether what answers in a quote stands in another one too: most of its terms, every figure, name and denial.

    Two editions never say the same: what holds no more is told from what still does.
    """
    if citation.superseded_by is not None and citation.superseded_by.document == other.passage.document_id:
        return False
    gist = " ".join(citation.passage.text[span.start : span.end] for span in citation.highlights) or citation.quote
    own, said = set(terms(gist)), set(terms(other.quote))
    return len(own & said) >= _SAME * len(own) and _particulars(gist) <= _particulars(other.quote)


def _particulars(text: str) -> set[str]:
    """Give what sets two texts in the same words apart: figures, states, bills and denials."""
    return {*_FIGURE.findall(text), *names(text), *denials(text)}
