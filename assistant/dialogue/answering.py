"""Turns the hits of a query into an answer, or an abstention with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.dialogue.decision import Decision, confidence
from assistant.dialogue.language import is_english
from assistant.dialogue.quoting import asks_for_heading, quoted_span
from assistant.dialogue.reply import Abstention, Answer, Citation, Reason
from assistant.documents.document import Document
from assistant.documents.passages import Passage
from assistant.retrieval.hits import Hit, Retrieval
from assistant.retrieval.terms import terms

_MOST_CITATIONS = 3
_BEHIND = 0.08
"""A further hit is cited if its confidence is at most this far behind the first one's."""
_WORDS = 120
"""An answer takes no further quote beyond this length."""
_SAME = 0.7
"""Share of terms from which two quotes say the same."""
_QUESTIONS = 3


def answer_or_abstain(
    retrieval: Retrieval, documents: Mapping[str, Document], decision: Decision
) -> Answer | Abstention:
    """Quote the hits that answer the query; abstain if the surest is under the threshold."""
    sure = _answering(retrieval, decision)
    if not sure:
        reason: Reason = "not_covered" if is_english(retrieval.query) else "other_language"
        return Abstention(reason, nearest_questions(retrieval.hits))
    citations = _citations(retrieval.query, sure, documents)
    cited = {_section(citation.passage) for citation in citations}
    others = [hit for hit in retrieval.hits if _section(hit.passage) not in cited]
    return Answer(citations, "complete", nearest_questions(others))


def nearest_questions(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Give questions that the library answers, the nearest to the query first."""
    entries = [hit for hit in hits if hit.passage.is_entry]
    entries.sort(key=lambda hit: -hit.label_similarity)
    return tuple(dict.fromkeys(hit.passage.questions[0] for hit in entries))[:_QUESTIONS]


def _answering(retrieval: Retrieval, decision: Decision) -> list[Hit]:
    """Give the hits to quote, the best-ranked sure one first, each section once."""
    sure = [(confidence(decision, retrieval, hit), hit) for hit in retrieval.hits]
    sure = [(value, hit) for value, hit in sure if value >= decision.answer]
    best = sure[0][0] if sure else 0.0
    near = [_opening(retrieval, hit) for value, hit in sure if value >= best - _BEHIND]
    return list({_section(hit.passage): hit for hit in reversed(near)}.values())[::-1]


def _section(passage: Passage) -> tuple[str, str]:
    """Give the document and the section of a passage: anchors are unique within a document only."""
    return passage.document_id, passage.section


def _opening(retrieval: Retrieval, hit: Hit) -> Hit:
    """Give the hit that opens the section of this one, if the query asks for the section as such."""
    if not asks_for_heading(retrieval.query, hit.passage):
        return hit
    same = [other for other in retrieval.hits if _section(other.passage) == _section(hit.passage)]
    return min(same, key=lambda other: other.passage.start)


def _citations(query: str, hits: Sequence[Hit], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    citations: list[Citation] = []
    for hit in hits:
        span = quoted_span(query, hit)
        quote = hit.passage.text[span.start : span.end]
        if citations and not _adds(quote, citations):
            continue
        source = documents[hit.passage.document_id].source
        citations.append(Citation(len(citations) + 1, hit.passage, source, span.start, span.end, quote))
        if len(citations) == _MOST_CITATIONS:
            break
    return tuple(citations)


def _adds(quote: str, citations: Sequence[Citation]) -> bool:
    """Whether a further quote still fits, and says something the others do not."""
    words = sum(len(citation.quote.split()) for citation in citations) + len(quote.split())
    return words <= _WORDS and all(_shared(quote, citation.quote) < _SAME for citation in citations)


def _shared(first: str, second: str) -> float:
    one, other = set(terms(first)), set(terms(second))
    return len(one & other) / max(1, min(len(one), len(other)))
