"""The JSON form of a turn: the same from the command line and over HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Literal, NotRequired, assert_never

from typing_extensions import TypedDict

from assistant.dialogue import wording
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import (
    Abstention,
    Answer,
    Citation,
    Clarification,
    Closest,
    Completeness,
    Courtesy,
    NewerEdition,
    PartState,
    Reply,
    Role,
)
from assistant.documents.document import Link

Kind = Literal["answer", "closest", "clarification", "abstention", "courtesy"]


class PartJson(TypedDict):
    """A piece of an answer and the number of its citation."""

    text: str
    citation: int


class LinkJson(TypedDict):
    """A link to a web page that the source has at `start` to `end` of the passage's text."""

    start: int
    end: int
    url: str


class HighlightJson(TypedDict):
    """What of a quote answers: `start` to `end` of the passage's text."""

    start: int
    end: int


class UnansweredJson(TypedDict):
    """A part of a question without a sure answer: a passage near to it is in `more` (`closest`), or `nothing` was."""

    text: str
    state: PartState


class NewerEditionJson(TypedDict):
    """The document in force in place of an older edition; `url` opens it at the same section where it has that."""

    document: str
    title: str
    url: str


class CitationJson(TypedDict):
    """A citation: `quote` stands at `start` to `end` of the passage's text; `url` opens it.

    `page` is that of the source it begins on, null for a source without pages. `links` and `highlights` stand in the
    quote, in order. `role` tells a quote that answers (`answer`) from one that is near (`closest`) and from one that
    says what the library lacks (`gap`). `continues` if its section says more before or behind the quote.
    `superseded_by` is the edition in force, null where the quote is of that itself.
    """

    number: int
    document: str
    title: str
    heading: list[str]
    publisher: str
    published: str | None
    url: str
    source_url: str | None
    page: int | None
    passage: str
    start: int
    end: int
    quote: str
    links: NotRequired[list[LinkJson]]
    role: NotRequired[Role]
    highlights: NotRequired[list[HighlightJson]]
    continues: NotRequired[bool]
    superseded_by: NotRequired[NewerEditionJson | None]


class ReplyJson(TypedDict):
    """A reply; what its kind has no use for is empty or null.

    A reply of the kind `closest` is no answer: its citations are near to the question, the nearest first. `more` are
    passages of other sections: those closest to the parts of `unanswered`, then those nearest after the citations.
    `language` (BCP 47) is that of `text`, and another than `en` only where a question was in it; all questions that are
    offered are in English.
    """

    kind: Kind
    completeness: Completeness | None
    not_covered: NotRequired[list[str]]
    unanswered: NotRequired[list[UnansweredJson]]
    reason: str | None
    language: NotRequired[str]
    text: str
    parts: list[PartJson]
    citations: list[CitationJson]
    more: NotRequired[list[CitationJson]]
    options: list[str]
    nearest: list[str]
    suggestions: list[str]


class TurnJson(TypedDict):
    """A question, the query that was searched for it, the version it was answered from, and the reply."""

    question: str
    query: str
    version: str
    content_date: str | None
    reply: ReplyJson


def turn_to_json(turn: Turn, root: str = "") -> TurnJson:
    """Give a turn as JSON values; `root` is the path that the site lies below."""
    return {
        "question": turn.question,
        "query": turn.query,
        "version": turn.version,
        "content_date": turn.content_date,
        "reply": _reply(turn.reply, root),
    }


def reply_text(reply: Reply) -> str:
    """Give a reply as plain text, quotes followed by the number of their citation."""
    match reply:
        case Answer(citations=citations, not_covered=parts):
            quotes = [f"{citation.quote} [{citation.number}]" for citation in citations]
            return "\n\n".join([*quotes, *(not_covered_text(part) for part in parts)])
        case Closest(citations=citations):
            return f"{wording.CLOSEST}\n\n{citations[0].quote} [{citations[0].number}]"
        case Clarification():
            return wording.CLARIFICATION
        case Abstention(reason="other_language", language=language) if language in wording.NOTICES:
            return wording.NOTICES[language]
        case Abstention(reason=reason):
            return wording.ABSTENTIONS[reason]
        case Courtesy(text=text):
            return text
        case _:
            assert_never(reply)


def text_language(reply: Reply) -> str:
    """Give the language (BCP 47) of what the assistant says itself in a reply."""
    return reply.language if isinstance(reply, Abstention) and reply.language in wording.NOTICES else "en"


def not_covered_text(part: str) -> str:
    """Say of a part of a question that no answer to it was found."""
    return f"{wording.NOT_COVERED} “{part}”"


def passage_url(citation: Citation) -> str:
    """Give the address of the reading view below the root path, open at the passage with the quote marked.

    The address holds a digest of the quote, so that no other words are marked once the page was changed.
    """
    passage = citation.passage
    start = passage.start + citation.start
    end = passage.start + citation.end
    cite = f"{passage.section}.{start}-{end}.{quote_digest(citation.quote)}"
    return f"/library/{passage.document_id}?cite={cite}#{passage.anchor}"


def newer_url(newer: NewerEdition) -> str:
    """Give the address of the edition in force below the root path, open at the same section if it has that."""
    return f"/library/{newer.document}" + f"#{newer.anchor}" * bool(newer.anchor)


def links_to_json(links: Iterable[Link]) -> list[LinkJson]:
    """Give links as JSON values."""
    return [{"start": link.start, "end": link.end, "url": link.url} for link in links]


def quote_digest(quote: str) -> str:
    """Give what tells a quote from other words in an address."""
    return sha256(quote.encode()).hexdigest()[:8]


def _reply(reply: Reply, root: str) -> ReplyJson:
    empty: ReplyJson = {
        "kind": "courtesy",
        "completeness": None,
        "not_covered": [],
        "unanswered": [],
        "reason": None,
        "language": text_language(reply),
        "text": reply_text(reply),
        "parts": [],
        "citations": [],
        "more": [],
        "options": [],
        "nearest": [],
        "suggestions": [],
    }
    match reply:
        case Answer(citations=citations):
            return {
                **empty,
                "not_covered": list(reply.not_covered),
                "unanswered": [{"text": part.text, "state": part.state} for part in reply.unanswered],
                "kind": "answer",
                "completeness": reply.completeness,
                "parts": _parts(citations),
                "citations": [_citation(citation, root) for citation in citations],
                "more": [_citation(citation, root) for citation in reply.more],
                "suggestions": list(reply.suggestions),
            }
        case Closest(citations=citations, nearest=nearest):
            cited = [_citation(citation, root) for citation in citations]
            return {
                **empty,
                "kind": "closest",
                "parts": _parts(citations),
                "citations": cited,
                "nearest": list(nearest),
            }
        case Clarification(options=options):
            return {**empty, "kind": "clarification", "options": list(options)}
        case Abstention(reason=reason, nearest=nearest):
            return {**empty, "kind": "abstention", "reason": reason, "nearest": list(nearest)}
        case Courtesy(suggestions=suggestions):
            return {**empty, "suggestions": list(suggestions)}
        case _:
            assert_never(reply)


def _parts(citations: Iterable[Citation]) -> list[PartJson]:
    return [{"text": citation.quote, "citation": citation.number} for citation in citations]


def _citation(citation: Citation, root: str) -> CitationJson:
    passage, source = citation.passage, citation.source
    return {
        "number": citation.number,
        "document": passage.document_id,
        "title": passage.title,
        "heading": list(passage.heading),
        "publisher": source.publisher,
        "published": source.published,
        "url": root + passage_url(citation),
        "source_url": source.url,
        "page": citation.page,
        "passage": passage.id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "links": links_to_json(citation.links),
        "role": citation.role,
        "highlights": [{"start": light.start, "end": light.end} for light in citation.highlights],
        "continues": citation.continues,
        "superseded_by": _newer(citation.superseded_by, root),
    }


def _newer(newer: NewerEdition | None, root: str) -> NewerEditionJson | None:
    if newer is None:
        return None
    return {"document": newer.document, "title": newer.title, "url": root + newer_url(newer)}
