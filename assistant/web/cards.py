"""Renders the card of a source: which library page is quoted, what that page is based on, and the quote in place."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.dialogue.reply import Citation
from assistant.dialogue.turn_json import passage_url
from assistant.documents.document import Document, Section, Source
from assistant.documents.sentences import Span
from assistant.web.blocks import Drawing, draw
from assistant.web.dates import readable_date
from assistant.web.markup import escape, link


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with the document and the section that it quotes, and the address that opens it."""

    citation: Citation
    document: Document
    section: Section
    url: str


def cited(citation: Citation, document: Document, root: str = "") -> Cited:
    """Find the section that a citation quotes; `root` is the path that the site lies below."""
    section = document.section(citation.passage.section)
    return Cited(citation, document, section, root + passage_url(citation))


def render_quote(source: Cited) -> str:
    """Give the quoted words as the blocks they are."""
    return draw(Drawing(source.section, _quoted(source.citation)))


def render_card(source: Cited, answer: str) -> str:
    """Give the card of a citation; its id begins with that of the answer."""
    number = source.citation.number
    document = source.document
    original = url_at_page(source.citation.source.url, source.citation.page)
    links = link(source.url, "Open in the library", "open")
    links += link(original, "Original source", "original") if original else ""
    return (
        f'<li class="card" id="{answer}-source-{number}" tabindex="-1">'
        f"<h4>{_back(answer, number)} {escape(document.title)}</h4>"
        f'<p class="path">{escape(" › ".join(source.section.heading))}</p>'
        f'<p class="provenance">{escape(provenance(document, source.citation.source, source.citation.page))}</p>'
        f'<details><summary>Quote in its passage</summary><div class="context">{_in_context(source)}</div></details>'
        f'<p class="links">{links}</p></li>'
    )


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
    return f"[{source.citation.number}] {_ended(path)} {_ended(said)}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _in_context(source: Cited) -> str:
    passage = source.citation.passage
    return draw(Drawing(source.section, Span(passage.start, passage.end), _quoted(source.citation)))


def _quoted(citation: Citation) -> Span:
    return Span(citation.passage.start + citation.start, citation.passage.start + citation.end)
