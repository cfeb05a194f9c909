"""Reads what a PDF says of itself: title, author, date, address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from assistant.documents.formats.pdf_text import clean
from assistant.documents.reading import Metadata

_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_URL = re.compile(r"https?://[^\s/]+\S*")
_PROGRAM = re.compile(r"^Microsoft (?:Word|PowerPoint|Excel) - ")
_NO_TITLE = re.compile(
    r"(?:untitled.*|.*\.(?:pdf|docx?|xlsx?|pptx?|indd|qxd|rtf|odt)|(?:document|binder|layout)\d*)$", re.IGNORECASE
)


def metadata(said: Mapping[str, str]) -> Metadata:
    """Give title, author, date of making and address; what only names a file or a program is no title."""
    title = _PROGRAM.sub("", clean(said.get("/Title", "")))
    urls = [clean(said.get(key, "")) for key in ("/URL", "/Source", "/Base")]
    return Metadata(
        "" if _NO_TITLE.fullmatch(title) else title,
        clean(said.get("/Author", "")),
        _date(said.get("/CreationDate", "")) or _date(said.get("/ModDate", "")),
        next((url for url in urls if _URL.fullmatch(url)), ""),
    )


def _date(written: str) -> str:
    """Give a date that PDF writes as `D:20250131120000Z`, as far as it is one, else nothing."""
    found = _DATE.match(written.strip())
    parts = [part for part in found.groups() if part] if found else []
    try:
        dt.date(int(parts[0]), *(int(part) for part in [*parts[1:], "1", "1"][:2]))
    except (IndexError, ValueError):
        return ""
    return "-".join(parts)
