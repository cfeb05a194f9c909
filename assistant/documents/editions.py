"""Tells which documents take the place of which: as descriptions say, else by titles that differ in the edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import groupby

from assistant.documents.document import Document, slug

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DATE = rf"(?:(?:{_MONTH} )?(?:\d{{1,2}},? )?{_YEAR}(?:[-–/]\d{{2,4}})*)"
_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|new|revised|updated)"
)
_WORD = r"(?:edition|version|revision|revised|updated)"
_SET_OFF_UPDATE = rf"[,(:–—-]\s*{_DATE} update\b"
_EDITION = re.compile(
    rf"{_SET_OFF_UPDATE}|(?:\b{_DATE} )?(?:\b{_ORDINAL} )*\b{_WORD}\b"
    rf"(?:[ ,:(]*(?:of|in|from)?[ (]*(?:{_DATE}|\d+(?:\.\d+)*))?",
    re.IGNORECASE,
)
"""What in a title names its edition, with the date or number beside it: a year elsewhere is part of the title."""


def editions_in_force(documents: Sequence[Document]) -> Mapping[str, str]:
    """Give, for the id of each superseded document, the id of the one that holds today; none for those in a circle.

    What a description says goes before what titles tell.
    """
    newer = {**_by_titles(documents), **_as_described(documents)}
    followed = ((old, _last(old, newer)) for old in newer)
    return {old: last for old, last in followed if last is not None}


def unknown_superseded(documents: Sequence[Document]) -> Iterator[tuple[Document, str]]:
    """Yield each document with what is wrong with a name in its `supersedes`, and what would be right."""
    for document in documents:
        for name in document.source.supersedes:
            if not _named(name, document, documents):
                yield document, _expected(name, document, documents)


def years_of(document: Document) -> frozenset[str]:
    """Give the years that an edition is known by: those of its title and of its publication."""
    return frozenset(re.findall(rf"\b{_YEAR}\b", document.title)) | {(document.source.published or "")[:4]} - {""}


def _as_described(documents: Sequence[Document]) -> dict[str, str]:
    """Give the direct successors that descriptions name, of several the one published last."""
    dated = sorted(documents, key=lambda one: (one.source.published or "", one.id))
    return {
        old.id: document.id
        for document in dated
        for name in document.source.supersedes
        for old in _named(name, document, documents)
    }


def _named(name: str, document: Document, documents: Sequence[Document]) -> list[Document]:
    """Give the other documents that a name means: an id or a file name before a title."""
    others = [other for other in documents if other.id != document.id]
    stem = re.sub(r"\.\w{2,5}$", "", name)
    ids = {name, slug(name), slug(stem)}
    return [other for other in others if other.id in ids] or [
        other for other in others if other.title.casefold() == name.casefold()
    ]


def _expected(name: str, document: Document, documents: Sequence[Document]) -> str:
    others = [other.id for other in documents if other.id != document.id]
    near = get_close_matches(slug(name), others, 1, 0) or ["none"]
    return (
        f"supersedes names {name!r}, which is no other document; expected the id, the file name or the title of one, "
        f"such as {near[0]!r}"
    )


def _by_titles(documents: Sequence[Document]) -> dict[str, str]:
    """Give the successors that titles tell: one publisher, one title but for the edition, and a later date."""
    found: dict[str, str] = {}
    told = [document for document in documents if _work(document) and _date(document)]
    for _, group in groupby(sorted(told, key=_work), key=_work):
        *older, last = sorted(group, key=_date)
        found |= {old.id: last.id for old in older if not _date(last).startswith(_date(old))}
    return found


def _work(document: Document) -> tuple[str, ...]:
    """Give the publisher and the words of a title without its edition; nothing where no edition is named."""
    title = _EDITION.sub(" ", document.title)
    words = tuple(re.findall(r"[^\W_]+", title.casefold()))
    publisher = " ".join(document.source.publisher.casefold().split())
    return (publisher, *words) if publisher and words and title != document.title else ()


def _date(document: Document) -> str:
    """Give the year of the edition that a title names, else the date of publication."""
    editions = " ".join(match.group() for match in _EDITION.finditer(document.title))
    return max(re.findall(_YEAR, editions), default=document.source.published or "")


def _last(old: str, newer: Mapping[str, str]) -> str | None:
    """Follow the successors of a document to the last one, `None` if they go round in a circle."""
    seen = {old}
    while (following := newer.get(old)) is not None:
        if following in seen:
            return None
        seen.add(following)
        old = following
    return old
