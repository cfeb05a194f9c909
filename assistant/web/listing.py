"""Renders the list of the library's pages: by topic, in the order of the alphabet, and only what is looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.documents.document import Document, Section, slug
from assistant.web.cards import based_on_text
from assistant.web.dates import readable_date
from assistant.web.markup import escape

_NO_TOPIC = "Other pages"
_ONE_LIST = "All pages"
_WORD = re.compile(r"[^\W_]+")
_MOST_SECTIONS = 5_000
"""Whose headings are sent along to be searched: 611 of them are 13 kB of a gzipped page, so these are 110 kB."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A page of the library in the list; `sections` are those by whose headings it was found."""

    document: Document
    is_found: bool
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic with its pages; `anchor` is unique in the list."""

    name: str
    anchor: str
    entries: tuple[_Entry, ...]

    @property
    def found(self) -> int:
        """How many of its pages are shown."""
        return sum(entry.is_found for entry in self.entries)


def render_library(
    documents: Iterable[Document], find: str = "", root: str = "", *, superseded: Collection[str] = ()
) -> str:
    """Give the list of all pages of the library, which lies below `root`; those that lack a word of `find` are hidden.

    The documents whose ids are `superseded` are marked so.

    `listing.js` shows and hides the same pages by the same rules while somebody types.
    """
    documents = tuple(documents)
    with_headings = sum(len(document.sections) for document in documents) <= _MOST_SECTIONS
    topics = _topics(documents, _words(find), with_headings=with_headings)
    lists = "".join(_list(topic, root, superseded, with_headings=with_headings) for topic in topics)
    return (
        '<main id="main" class="inner listing"><header><h1>The library</h1>'
        '<p class="lead">Every page the assistant quotes. Pages that are based on a source are in the library’s own '
        f"words, the others in those of whom they name.</p>{_form(find, root)}"
        f"{_status(topics, root, is_filtered=bool(_words(find)), with_headings=with_headings)}</header>"
        f'{_contents(topics)}<div class="topics">{lists}</div></main>'
    )


def whose(document: Document) -> str:
    """Say, in the list of pages, whose words a page has."""
    based_on = based_on_text(document.source)
    if document.is_original:
        return based_on or "The words of its source"
    if not based_on:
        return "The library’s own page" if document.source.kind == "library" else "Source not named"
    return f"Based on {based_on}"


def _topics(documents: Sequence[Document], wanted: Sequence[str], *, with_headings: bool) -> list[_Topic]:
    """Group the pages by topic, however its letters are written; those without one come last."""
    named = any(document.topic for document in documents)
    topics: list[_Topic] = []
    for _, group in groupby(sorted(documents, key=_place), key=lambda one: _place(one)[:2]):
        pages = tuple(group)
        name = pages[0].topic or (_NO_TOPIC if named else _ONE_LIST)
        entries = tuple(_entry(page, name, wanted, with_headings=with_headings) for page in pages)
        topics.append(_Topic(name, _anchor(name, topics), entries))
    return topics


def _place(document: Document) -> tuple[bool, str, str, str]:
    """Give what the list is ordered by; its first two tell topics apart."""
    return (not document.topic, _plain(document.topic), _plain(document.title), document.id)


def _anchor(name: str, topics: Sequence[_Topic]) -> str:
    """Give the anchor of a topic, with a number only where another has the same: links are to lead there for long."""
    anchor = f"topic-{slug(name)}"
    return f"{anchor}-{len(topics) + 1}" if any(topic.anchor == anchor for topic in topics) else anchor


def _entry(document: Document, topic: str, wanted: Sequence[str], *, with_headings: bool) -> _Entry:
    """Look for the words in what the list says of a page, else in that together with each heading of the page."""
    said = f"{topic} {document.title} {whose(document)}"
    if _has(said, wanted):
        return _Entry(document, is_found=True)
    sections = document.sections if with_headings else ()
    found = tuple(one for one in sections if one.heading and _has(f"{said} {one.heading[-1]}", wanted))
    return _Entry(document, bool(found), found)


def _has(text: str, wanted: Sequence[str]) -> bool:
    """Whether each of the words begins a word of the text."""
    plain = f" {_plain(text)}" if wanted else ""
    return all(f" {word}" in plain for word in wanted)


def _plain(text: str) -> str:
    """Give the words of a text in small letters without accents, a space between two."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if unicodedata.category(letter)[0] != "M")
    return " ".join(_WORD.findall("".join(letters).lower()))


def _words(find: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(find).split()))


def _form(find: str, root: str) -> str:
    return (
        f'<form class="finding" role="search" action="{root}/library"><label for="find">Find a page</label>'
        f'<input id="find" name="find" type="search" value="{escape(find)}" autocomplete="off" spellcheck="false">'
        "<button>Find</button></form>"
    )


def _status(topics: Sequence[_Topic], root: str, *, is_filtered: bool, with_headings: bool) -> str:
    total = sum(len(topic.entries) for topic in topics)
    found = sum(topic.found for topic in topics)
    count = f"{found} of {_pages(total)}" if is_filtered else _pages(total)
    searched = "title, subject, publisher or headings" if with_headings else "title, subject or publisher"
    return (
        f'<p class="state"><span id="found" role="status"><span id="count">{count}</span>'
        f'<span id="none"{_hidden(found == 0)}>: none has all of these words in its {searched}. '
        f'<a href="{root}/">The assistant</a> looks within their text.</span></span>'
        f' <a id="all" href="{root}/library"{_hidden(is_filtered)}>Show all pages</a></p>'
    )


def _contents(topics: Sequence[_Topic]) -> str:
    """Give the list of topics; none where all pages are in one."""
    if len(topics) < 2:  # noqa: PLR2004
        return ""
    items = "".join(
        f'<li{_hidden(topic.found > 0)}><a href="#{topic.anchor}">{escape(topic.name)}</a> {_count(topic)}</li>'
        for topic in topics
    )
    shown = _hidden(any(topic.found for topic in topics))
    return (
        f'<nav class="contents" aria-labelledby="contents"{shown}><h2 id="contents">Subjects</h2><ul>{items}</ul></nav>'
    )


def _list(topic: _Topic, root: str, superseded: Collection[str], *, with_headings: bool) -> str:
    items = "".join(_item(entry, root, superseded, with_headings=with_headings) for entry in topic.entries)
    return (
        f'<section id="{topic.anchor}"{_hidden(topic.found > 0)}><h2><span class="topic">{escape(topic.name)}</span> '
        f'{_count(topic)}</h2><ul class="entries">{items}</ul></section>'
    )


def _item(entry: _Entry, root: str, superseded: Collection[str], *, with_headings: bool) -> str:
    document = entry.document
    gone = ' · <span class="standing">superseded</span>' if document.id in superseded else ""
    address = f"{root}/library/{escape(document.id)}"
    updated = f" · updated {readable_date(document.updated)}" if document.updated else ""
    sections = _sections(entry, address) if with_headings else ""
    return (
        f'<li{_hidden(entry.is_found)}><a class="title" href="{address}">{escape(document.title)}</a>'
        f'<p class="provenance"><span class="whose">{escape(whose(document))}</span>{updated}{gone}</p>{sections}</li>'
    )


def _sections(entry: _Entry, address: str) -> str:
    items = "".join(
        f'<li{_hidden(section in entry.sections)}><a href="{address}#{escape(section.anchor)}">'
        f"{escape(section.heading[-1])}</a></li>"
        for section in entry.document.sections
        if section.heading
    )
    return f'<ul class="sections"{_hidden(bool(entry.sections))}>{items}</ul>' if items else ""


def _count(topic: _Topic) -> str:
    return f'<span class="count">{_pages(topic.found)}</span>'


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"


def _hidden(is_shown: bool) -> str:  # noqa: FBT001  # one thing is asked
    return "" if is_shown else " hidden"
