"""Reads what a page says of itself: title, author, date and address."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping

from assistant.documents.formats.element import Element
from assistant.documents.formats.linked_text import web_address
from assistant.documents.reading import Metadata

_LONGEST_JSON = 300_000
_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("author", "citation_author", "dc.creator", "dcterms.creator", "article:author", "parsely-author")
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.date",
    "article:modified_time",
    "dcterms.modified",
    "last-modified",
)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")


def read_metadata(root: Element, heading: str) -> Metadata:
    """Give the metadata of a page; where the title is its first `heading` with the site's name, the name goes."""
    said = dict(_meta(root))
    linked = _linked_data(root)
    title = _first(said, _TITLES) or linked.get("headline", "") or _text(root, "title")
    author = _first(said, _AUTHORS) or linked.get("author", "")
    date = _first_date([*(said.get(name, "") for name in _DATES), linked.get("datePublished", ""), *_times(root)])
    url = _canonical(root) or said.get("og:url", "") or linked.get("url", "")
    return Metadata(
        heading if heading and _is_beside(heading, title) else title,
        "" if author.startswith(("http:", "https:")) else author,
        date,
        web_address(url),
    )


def _is_beside(heading: str, title: str) -> bool:
    return title.startswith(heading) or title.endswith(heading)


def _meta(root: Element) -> Iterator[tuple[str, str]]:
    """Yield what the page's head says, and what its text is marked up with (`itemprop`); the first of a name counts."""
    found = list(root.descendants("meta"))
    for meta in reversed(found):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop")
        if name and meta.get("content").strip():
            yield name.lower(), _one_line(meta.get("content"))


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _text(root: Element, tag: str) -> str:
    found = next(root.descendants(tag), None)
    return _one_line("".join(found.texts())) if found else ""


def _canonical(root: Element) -> str:
    return next((link.get("href") for link in root.descendants("link") if "canonical" in link.get("rel").lower()), "")


def _times(root: Element) -> Iterator[str]:
    """Yield the dates that are marked up in the text, those of publication first."""
    times = list(root.descendants("time"))
    marked = [time for time in times if "published" in time.get("itemprop").lower() or "pubdate" in time.attributes]
    return (time.get("datetime") or "".join(time.texts()) for time in [*marked, *times[:1]])


def _first_date(written: list[str]) -> str:
    return next((date for date in map(_iso, written) if date), "")


def _iso(written: str) -> str:
    """Give the date that a text begins with in ISO 8601, as far as it is known."""
    found = _DATE.match(written.strip())
    if found is None:
        return ""
    parts = [part.zfill(2) for part in found.groups() if part]
    try:
        dt.date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        return ""
    return "-".join(parts)


def _linked_data(root: Element) -> dict[str, str]:
    """Give the texts of the first piece of JSON-LD that has a headline or a date."""
    for script in root.descendants("script"):
        written = "".join(script.texts())
        if "ld+json" not in script.get("type").lower() or len(written) > _LONGEST_JSON:
            continue
        try:
            value = json.loads(written)
        except (ValueError, RecursionError):  # pages often have broken JSON: it says nothing then
            continue
        for described in _described(value):
            if "headline" in described or "datePublished" in described:
                return {key: _one_line(_name(text)) for key, text in described.items()}
    return {}


def _described(value: object) -> Iterator[dict[str, object]]:
    pieces = value if isinstance(value, list) else [value]
    for piece in pieces:
        if isinstance(piece, dict):
            yield piece
            graph = piece.get("@graph")
            yield from (inner for inner in (graph if isinstance(graph, list) else []) if isinstance(inner, dict))


def _name(value: object) -> str:
    """Give the text of a value: its own, or the name of the person or organisation that it describes."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain_name, value)))
    return _plain_name(value)


def _plain_name(value: object) -> str:
    named = value.get("name") if isinstance(value, dict) else value
    return named if isinstance(named, str) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
