"""Combines what was found for a whole question and for each of its parts into one reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.dialogue.answering import adds
from assistant.dialogue.parts import Part, Split
from assistant.dialogue.reply import Abstention, Answer, Citation, Closest, Unanswered
from assistant.dialogue.wanted import gives
from assistant.retrieval.terms import indexed_terms, terms


def combine(
    split: Split, whole: Answer | Closest | Abstention, found: Sequence[Answer | Closest | Abstention]
) -> Answer | Closest | Abstention:
    """Give the reply to a question from that to the whole and those to its parts, in their order.

    One passage that answers every part is preferred, but of places each is quoted, as near where no more is found:
    a passage that names them all may be about something else. What answers the whole is kept before the parts where one
    of them is not covered, so that splitting takes no answer away.
    """
    by_whole = [isinstance(whole, Answer) and _answers(part, whole) for part in split.parts]
    if all(by_whole) and split.kind != "places":
        return whole
    outcomes = [_answer_to(part, reply) for part, reply in zip(split.parts, found, strict=True)]
    answers = [answer for answer in outcomes if answer is not None]
    missing = [
        (part, reply)
        for part, reply, answer, within in zip(split.parts, found, outcomes, by_whole, strict=True)
        if answer is None and not within
    ]
    if not answers or (split.kind == "sides" and missing):
        keeps_whole = split.kind == "questions" or (isinstance(whole, Answer) and split.kind != "places")
        return whole if keeps_whole else _closest_sides(found) or whole
    if None in outcomes and isinstance(whole, Answer):
        answers.insert(0, whole)
    return _partly(_merged(answers), missing)


def _partly(citations: tuple[Citation, ...], missing: Sequence[tuple[Part, Answer | Closest | Abstention]]) -> Answer:
    """Give an answer that tells which parts it does not answer, with the closest passage of each of them."""
    more: list[Citation] = []
    unanswered = []
    for part, reply in missing:
        near = reply.citations[:1] if isinstance(reply, Answer | Closest) else ()
        more += [citation for citation in near if not any(_repeats(citation, other) for other in (*citations, *more))]
        unanswered.append(Unanswered(part.text, "closest" if near else "nothing"))
    numbered = tuple(replace(c, number=n, role="closest") for n, c in enumerate(more, len(citations) + 1))
    texts = tuple(part.text for part in unanswered)
    return Answer(citations, "partial" if missing else "complete", (), texts, numbered, tuple(unanswered))


def _closest_sides(found: Sequence[Answer | Closest | Abstention]) -> Closest | None:
    """Give the nearest passage of each side that is compared, `None` if there is none for one of them."""
    if any(isinstance(reply, Abstention) for reply in found):
        return None
    closest = [replace(r.citations[0], role="closest") for r in found if isinstance(r, Answer | Closest)]
    different = [c for n, c in enumerate(closest) if not any(_repeats(c, other) for other in closest[:n])]
    return Closest(tuple(replace(citation, number=number) for number, citation in enumerate(different, 1)), ())


def _answer_to(part: Part, reply: Answer | Closest | Abstention) -> Answer | None:
    """Give the reply if it answers what the part asks itself, not just what was added to make it standalone."""
    if not isinstance(reply, Answer):
        return None
    own = set(terms(part.text))
    shared = own.intersection(_quoted_terms(reply))
    has_own = 2 * len(shared) >= len(own) if own else gives(part.text, reply.citations[0].quote)
    return reply if has_own or not part.leans else None


def _answers(part: Part, whole: Answer) -> bool:
    """Whether the first quote for a whole question has all that one part asks itself."""
    own = set(terms(part.text))
    return own.issubset(_quoted_terms(whole)) if own else gives(part.text, whole.citations[0].quote)


def _quoted_terms(answer: Answer) -> set[str]:
    return set(indexed_terms(answer.citations[0].quote))


def _merged(answers: Sequence[Answer]) -> tuple[Citation, ...]:
    """Give the first quote of each answer, then what else still fits; nothing twice, numbered from 1."""
    citations: list[Citation] = []
    for first in (answer.citations[0] for answer in answers):
        if not any(_repeats(first, other) for other in citations):
            citations.append(first)
    for further in (citation for answer in answers for citation in answer.citations[1:]):
        if adds(further, citations) and not any(_repeats(further, other) for other in citations):
            citations.append(further)
    return tuple(replace(citation, number=number) for number, citation in enumerate(citations, 1))


def _repeats(citation: Citation, other: Citation) -> bool:
    """Whether two citations quote the same words, or overlap in one passage."""
    overlap = citation.start < other.end and other.start < citation.end
    return citation.quote == other.quote or (citation.passage.id == other.passage.id and overlap)
