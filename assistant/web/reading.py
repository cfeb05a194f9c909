"""Renders each page of the library as a publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.dialogue import wording
from assistant.dialogue.turn_json import quote_digest
from assistant.documents.document import Document, Section
from assistant.documents.passages import Passage
from assistant.documents.sentences import Span
from assistant.web.blocks import Drawing, draw, page_mark
from assistant.web.cards import based_on_text, url_at_page
from assistant.web.dates import readable_date
from assistant.web.markup import escape, link

_CITE = re.compile(r"(?P<anchor>[a-z0-9-]+)\.(?P<start>\d{1,7})-(?P<end>\d{1,7})(\.(?P<digest>[0-9a-f]{8}))?")
_MARK = "<mark>"
_CHANGED = (
    '<p class="changed" role="note">This page was changed since it was quoted: the quoted words no longer stand in '
    "their place.</p>"
)


@dataclass(frozen=True, slots=True)
class _CitedSpan:
    """A stretch of the section with that anchor; `is_changed` if it no longer holds the words that were quoted."""

    anchor: str
    span: Span
    is_changed: bool


@dataclass(frozen=True, slots=True)
class _OriginalLinks:
    """Where the original of a page can be had: at its publisher, and here; empty where it can't."""

    url: str | None
    here: str

    def html(self) -> str:
        shown = ((self.url, "Read the original"), (self.here, "Download the file"))
        return "".join(f" {link(address, text, 'original')}" for address, text in shown if address)


def render_document(
    document: Document,
    passages: Iterable[Passage],
    cite: str,
    *,
    has_file: bool = False,
    root: str = "",
    newer: Document | None = None,
    older: Sequence[Document] = (),
) -> str:
    """Give a page of the library; `cite` marks a quote if it is valid, `has_file` if the file itself can be had.

    It is `ANCHOR.START-END.DIGEST`, with offsets in that section. If the digest is that of other words, the page
    says that it was changed and marks nothing. Links lead below the path `root`. `newer`
    is the edition in force if that is another, `older` those that this one supersedes.
    """
    anchors = _anchors(document, passages)
    cited = _cited(document, cite)
    marked = {cited.anchor: (cited.span,)} if cited and not cited.is_changed else {}
    pages = _pages(document.sections)
    url = url_at_page(document.source.url, _cited_page(document, cited))
    links = _OriginalLinks(url, f"{root}/library/{document.id}/original" if has_file else "")
    body = "".join(
        _section(previous, section, anchors[section.anchor], marked.get(section.anchor, ()), pages[section.anchor])
        for previous, section in zip((None, *document.sections), document.sections, strict=False)
    )
    first_mark = body.replace(_MARK, '<mark id="cited" tabindex="-1">', 1)
    return (
        f'<div class="inner reading"><main id="main"><header class="opening"><h1>{escape(document.title)}</h1>'
        f"{_editions(newer, older, root)}{_origin(document, links)}{_dates(document)}</header>"
        f"{_CHANGED if cited and cited.is_changed else ''}{first_mark}"
        f'<p class="return"><a href="{root}/">Ask the assistant</a> '
        f'<a href="{root}/library">All pages of the library</a></p>'
        f"</main>{_contents(document.sections)}</div>"
    )


def render_missing(root: str = "") -> str:
    """Give what stands at an address that leads nowhere; links lead below the path `root`."""
    return (
        '<main id="main" class="inner listing"><h1>There is no page at this address</h1>'
        '<p class="lead">It may have been renamed when the library was updated. '
        f'<a href="{root}/library">All pages of the library</a> are listed, '
        f'and <a href="{root}/">the assistant</a> can look for what you need.</p></main>'
    )


def _anchors(document: Document, passages: Iterable[Passage]) -> Mapping[str, dict[int, str]]:
    """Give, for each section, the ids of the passages that begin within it, by their offset."""
    anchors: dict[str, dict[int, str]] = {section.anchor: {} for section in document.sections}
    for passage in passages:
        if passage.document_id == document.id and passage.anchor != passage.section:
            anchors[passage.section][passage.start] = passage.anchor
    return anchors


def _cited(document: Document, cite: str) -> _CitedSpan | None:
    """Find what is cited; `None` for what cites no text of a page."""
    found = _CITE.fullmatch(cite)
    if found is None:
        return None
    span = Span(int(found["start"]), int(found["end"]))
    text = next((section.text for section in document.sections if section.anchor == found["anchor"]), "")
    fits = span.start < span.end <= len(text)
    if found["digest"]:
        same = fits and quote_digest(text[span.start : span.end]) == found["digest"]
        return _CitedSpan(found["anchor"], span, is_changed=not same)
    return _CitedSpan(found["anchor"], span, is_changed=False) if fits else None


def _pages(sections: Iterable[Section]) -> Mapping[str, dict[int, int]]:
    """Give, for each section, the pages that begin in it, by their offset; each page once, where it begins first."""
    seen: set[int] = set()
    pages: dict[str, dict[int, int]] = {}
    for section in sections:
        pages[section.anchor] = {start.start: start.page for start in section.pages if start.page not in seen}
        seen.update(start.page for start in section.pages)
    return pages


def _cited_page(document: Document, cited: _CitedSpan | None) -> int | None:
    return document.section(cited.anchor).page_at(cited.span.start) if cited and not cited.is_changed else None


def _section(
    previous: Section | None,
    section: Section,
    anchors: Mapping[int, str],
    marked: tuple[Span, ...],
    pages: Mapping[int, int],
) -> str:
    inside = {offset: page for offset, page in pages.items() if offset}
    text = draw(Drawing(section, Span(0, len(section.text)), marked, anchors, inside))
    turned = f'<p class="turned">{page_mark(pages[0])}</p>' if 0 in pages else ""
    wordings = section.wordings
    also = f'<details class="wordings"><summary>Also asked as</summary>{_list(wordings)}</details>' if wordings else ""
    start = "" if section.heading else f'<a id="{escape(section.anchor)}"></a>'
    return f"{turned}{start}{_headings(previous, section)}{text}{also}"


def _headings(previous: Section | None, section: Section) -> str:
    """Give the heading of a section, after the headings above it that the section before did not have."""
    before = previous.heading if previous else ()
    above = section.heading[:-1]
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, before, strict=False)))
    return "".join(
        _heading(depth, text, section.anchor if depth == len(section.heading) else None)
        for depth, text in enumerate(section.heading, 1)
        if depth > shared
    )


def _heading(depth: int, text: str, anchor: str | None) -> str:
    level = min(depth + 1, 6)
    name = f' id="{escape(anchor)}"' if anchor else ""
    return f"<h{level}{name}>{escape(text)}</h{level}>"


def _contents(sections: Sequence[Section]) -> str:
    items = "".join(
        f'<li class="depth-{len(s.heading)}"><a href="#{escape(s.anchor)}">{escape(s.heading[-1])}</a></li>'
        for s in sections
        if s.heading
    )
    return f'<nav class="contents" aria-labelledby="contents"><h2 id="contents">On this page</h2><ol>{items}</ol></nav>'


def _editions(newer: Document | None, older: Iterable[Document], root: str) -> str:
    """Say which edition is in force, with links to the others; nothing where there is only one."""
    said = [(wording.SUPERSEDED, newer)] if newer else [(wording.IN_FORCE, old) for old in older]
    links = (link(f"{root}/library/{one.id}", words.format(title=one.title), "edition") for words, one in said)
    return "".join(f'<p class="standing" role="note">{shown}</p>' for shown in links)


def _origin(document: Document, links: _OriginalLinks) -> str:
    source = document.source
    based_on = based_on_text(source)
    title = f"<cite>{escape(source.title)}</cite>, " if source.title and source.title != based_on else ""
    if document.is_original:
        words = f"The text of {title}{escape(based_on)}" if based_on else "The text of its source"
        return f'<p class="origin">{words}, as this library reads it.{links.html()}</p>'
    if not based_on:
        words = (
            "Written by this library, in its own words."
            if source.kind == "library"
            else "Who wrote this page is not said."
        )
        return f'<p class="origin">{words}{links.html()}</p>'
    return f'<p class="origin">In this library’s own words, based on {title}{escape(based_on)}.{links.html()}</p>'


def _dates(document: Document) -> str:
    source = document.source
    dates = {
        "Original published": source.published if source.kind != "library" else None,
        "Original retrieved": source.retrieved,
        "Page updated": document.updated,
        "To be checked again by": document.review_by,
    }
    shown = "".join(
        f"<div><dt>{name}</dt><dd>{escape(readable_date(date))}</dd></div>" for name, date in dates.items() if date
    )
    return f'<dl class="dates">{shown}</dl>' if shown else ""


def _list(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"
