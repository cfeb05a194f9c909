"""Renders what is quoted and its source: which library page, what that page is based on, and the quote in place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.dialogue import wording
from assistant.dialogue.reply import Citation
from assistant.dialogue.turn_json import newer_url, passage_url
from assistant.documents.document import Document, Section, Source
from assistant.documents.sentences import Span, split_sentences
from assistant.web.blocks import Drawing, draw
from assistant.web.dates import readable_date
from assistant.web.markup import escape, link

_DEEP = 60
"""Words before what answers, beyond which a reader looks for it: half of those that an answer has room for."""
_ITEM = re.compile(r"(- |\d+\. )")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with the document and the section that it quotes, and the address that opens it.

    `newer` is the address of the edition in force, empty where the quote is of that.
    """

    citation: Citation
    document: Document
    section: Section
    url: str
    newer: str = ""


def cited(citation: Citation, document: Document, root: str = "") -> Cited:
    """Find the section that a citation quotes; `root` is the path that the site lies below."""
    section = document.section(citation.passage.section)
    newer = root + newer_url(citation.superseded_by) if citation.superseded_by else ""
    return Cited(citation, document, section, root + passage_url(citation), newer)


def render_quote(source: Cited) -> str:
    """Give the quoted words as the blocks they are, what of them answers marked."""
    return draw(Drawing(source.section, _quoted(source.citation), _highlights(source.citation)))


def render_gist(source: Cited) -> str:
    """Give what of a quote answers, to be read before the quote; empty where it stands near the quote's beginning."""
    citation = source.citation
    before = citation.quote[: citation.highlights[0].start - citation.start] if citation.highlights else ""
    if len(before.split()) <= _DEEP:
        return ""
    words = "".join(draw(Drawing(source.section, span)) for span in _highlights(citation))
    return f'<div class="gist"><p class="whence">From the quote below:</p>{words}</div>'


def render_rest(source: Cited) -> str:
    """Say that a section says more than is quoted of it, with the way to that; empty where it does not."""
    if not source.citation.continues:
        return ""
    return f'<p class="rest">The section says more. {link(source.url, "Read the whole section", "whole")}</p>'


def render_standing(source: Cited) -> str:
    """Say whether an edition was superseded, with the way to the one in force; nothing where there is only one."""
    said = wording.standing(source.citation)
    shown = link(source.newer, said, "newer") if source.newer else escape(said)
    return f'<p class="standing">{shown}</p>' if said else ""


def render_passage(source: Cited, reply: str) -> str:
    """Give a passage that is near to a question; its id begins with that of the reply."""
    return f'<div class="passage" id="{reply}-source-{_number(source)}"><h4>{_place(source)}</h4>{_near(source)}</div>'


def render_folded(source: Cited, reply: str) -> str:
    """Give the same, folded below its place and the first sentence of its quote."""
    summary = f'{_place(source)} <span class="first">{escape(_first_sentence(source.citation))}</span>'
    return (
        f'<details class="passage" id="{reply}-source-{_number(source)}"><summary>{summary}</summary>'
        f"{_near(source)}</details>"
    )


def _place(source: Cited) -> str:
    path = " › ".join((source.document.title, *source.section.heading))
    number = f'<span class="number"><span class="unseen">Passage </span>{_number(source)}</span>'
    return f'<span class="place">{number} {escape(path)}</span>'


def _first_sentence(citation: Citation) -> str:
    """Give the first sentence of a quote, without the mark of an item and what parts the cells of a row."""
    first = split_sentences(citation.quote)[0]
    return _ITEM.sub("", citation.quote[first.start : first.end]).replace(" | ", ", ")


def _near(source: Cited) -> str:
    return (
        f'{render_standing(source)}{render_gist(source)}<blockquote class="quote">{render_quote(source)}</blockquote>'
        f"{render_rest(source)}"
        f"{_provenance(source)}{_links(source)}"
    )


def render_card(source: Cited, answer: str) -> str:
    """Give the card of a citation; its id begins with that of the answer."""
    number = _number(source)
    return (
        f'<li class="card" id="{answer}-source-{number}" tabindex="-1">'
        f"<h4>{_back(answer, number)} {escape(source.document.title)}</h4>"
        f'<p class="path">{escape(" › ".join(source.section.heading))}</p>{_provenance(source)}'
        f'<details><summary>Quote in its passage</summary><div class="context">{_in_context(source)}</div></details>'
        f"{_links(source)}</li>"
    )


def _number(source: Cited) -> int:
    return source.citation.number


def _provenance(source: Cited) -> str:
    said = provenance(source.document, source.citation.source, source.citation.page)
    return f'<p class="provenance">{escape(said)}</p>'


def _links(source: Cited) -> str:
    original = url_at_page(source.citation.source.url, source.citation.page)
    links = link(source.url, "Open in the library", "open")
    links += link(original, "Original source", "original") if original else ""
    return f'<p class="links">{links}</p>'


def _back(answer: str, number: int) -> str:
    return f'<a class="back" href="#{answer}-quote-{number}"><span class="unseen">Back to quote </span>{number}</a>'


def provenance(document: Document, source: Source, page: int | None = None) -> str:
    """Say whose words these are: the library's, after the source that a page is based on, or those of the source."""
    based_on = based_on_text(source)
    if document.is_original:
        whose = f"In the words of {based_on}" if based_on else "In the words of its source"
        parts = (whose, "" if page is None else f"page {page}")
    else:
        parts = ("Library page", based_on and f"based on {based_on}")
    updated = f"updated {readable_date(document.updated)}" if document.updated else ""
    return " · ".join(part for part in (*parts, updated) if part)


def url_at_page(url: str | None, page: int | None) -> str | None:
    """Give the address of an original, opened at the page where it is a PDF."""
    is_pdf = url is not None and "#" not in url and urlsplit(url).path.lower().endswith(".pdf")
    return f"{url}#page={page}" if is_pdf and page is not None else url


def based_on_text(source: Source) -> str:
    """Name the publisher and date of a source; empty where it is the library itself."""
    if source.kind == "library":
        return ""
    published = readable_date(source.published) if source.published else ""
    return ", ".join(part for part in (source.publisher or source.title, published) if part)


def reference_text(source: Cited) -> str:
    """Give a citation as a line in a list of references, without its address."""
    said = provenance(source.document, source.citation.source, source.citation.page)
    path = " › ".join((source.document.title, *source.section.heading))
    parts = (path, said, wording.standing(source.citation))
    return f"[{source.citation.number}] {' '.join(_ended(part) for part in parts if part)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _in_context(source: Cited) -> str:
    passage = source.citation.passage
    return draw(Drawing(source.section, Span(passage.start, passage.end), (_quoted(source.citation),)))


def _quoted(citation: Citation) -> Span:
    return Span(citation.passage.start + citation.start, citation.passage.start + citation.end)


def _highlights(citation: Citation) -> tuple[Span, ...]:
    """Give what of a quote answers, with offsets of the section's text."""
    start = citation.passage.start
    return tuple(Span(start + light.start, start + light.end) for light in citation.highlights)
