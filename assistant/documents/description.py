"""Reads what an editor says of a document, as YAML: its title, source and dates."""

from __future__ import annotations

import datetime as dt
import re
import reprlib
from dataclasses import dataclass
from typing import get_args

import yaml

from assistant.documents.document import Source, SourceKind
from assistant.documents.foreign_fields import markdown_of_fields
from assistant.errors import DocumentError

_FIELDS = {"title", "topic", "source", "updated", "review_by", "starters", "publish", "supersedes"}
_SOURCE_FIELDS = {"kind", "publisher", "title", "url", "published", "retrieved", "licence", "supersedes"}
_LONGEST_TOPIC = 60
"""Characters that a heading on a phone can have; whoever means something else by `topic` writes more, or a list."""
_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ANSWERS = {"true": True, "yes": True, "false": False, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Description:
    """What an editor says of a document; `publish` if readers may have the file itself.

    `unknown` are the names of fields that a description does not have, `text` is what stands in them, as Markdown.
    """

    title: str | None
    source: Source
    updated: str | None = None
    review_by: str | None = None
    starters: tuple[str, ...] = ()
    publish: bool = False
    unknown: tuple[str, ...] = ()
    text: str = ""
    topic: str = ""


def parse_description(file: str, text: str, first_line: int = 1) -> Description:
    """Read a description that begins on that line of a file.

    Raises `DocumentError` for one that is not YAML, or has a field that can't be used.
    """
    return _Fields(file, text, first_line).read()


def is_date(written: str) -> bool:
    """Whether this is a date of the calendar like `2019`, `2019-08` or `2019-08-15`."""
    return _DATE.fullmatch(written) is not None and _exists(written)


def is_web_address(written: str) -> bool:
    """Whether this can be the address of a web page."""
    return re.fullmatch(r"https?://[^\s/]\S*", written) is not None


class _Fields:
    """The YAML of a description, read field by field with the line each error stands on."""

    def __init__(self, file: str, head: str, first_line: int) -> None:
        self._file = file
        self._head = head
        self._first_line = first_line

    def read(self) -> Description:
        self._refuse_half_characters()
        fields = self._mapping(self._load(), "the description")
        source = self._mapping(fields.get("source") or {}, "source")
        foreign = {name: value for name, value in fields.items() if name not in _FIELDS or not _is_ours(name, value)}
        return Description(
            self._text(fields, "title"),
            self._source(source, (*_names(fields), *_names(source))),
            self._date(fields, "updated"),
            self._date(fields, "review_by"),
            self._list(fields, "starters"),
            self._answer(fields, "publish"),
            (*foreign, *(f"source: {name}" for name in source if name not in _SOURCE_FIELDS)),
            markdown_of_fields(foreign),
            "" if "topic" in foreign else self._text(fields, "topic") or "",
        )

    def _source(self, source: dict[str, object], supersedes: tuple[str, ...]) -> Source:
        return Source(
            kind=self._kind(source),
            publisher=self._text(source, "publisher") or "",
            title=self._text(source, "title") or "",
            url=self._url(source),
            published=self._date(source, "published"),
            retrieved=self._date(source, "retrieved"),
            licence=self._text(source, "licence"),
            supersedes=supersedes,
        )

    def _load(self) -> object:
        """Read the YAML, every value as the text that was written: a title like `No` stays one."""
        try:
            return yaml.load(self._head, Loader=yaml.BaseLoader)  # noqa: S506  # makes text, lists and mappings only
        except (yaml.YAMLError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + self._first_line if mark else 1
            problem = getattr(error, "problem", None) or "not valid YAML"
            raise DocumentError(
                self._file, line, f"the description can't be read: {problem}; put text with a colon in quotes"
            ) from error

    def _refuse_half_characters(self) -> None:
        for number, line in enumerate(self._head.split("\n"), self._first_line):
            if half := _HALF.search(line):
                raise DocumentError(
                    self._file, number, f"{half.group()} is half a character; write the character itself"
                )

    def _mapping(self, value: object, name: str) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self._error(name, f"{name} must be lines of 'name: value', found {reprlib.repr(value)}")
        return {str(key): item for key, item in value.items()}

    def _text(self, fields: dict[str, object], name: str) -> str | None:
        value = fields.get(name, "")
        if not isinstance(value, str):
            raise self._error(name, f"{name} must be a line of text, found {reprlib.repr(value)}")
        return " ".join(value.split()) or None

    def _list(self, fields: dict[str, object], name: str) -> tuple[str, ...]:
        value = fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._error(name, f"{name} must be a list of lines that begin with -, found {reprlib.repr(value)}")
        return tuple(value)

    def _answer(self, fields: dict[str, object], name: str) -> bool:
        written = self._text(fields, name) or ""
        if written.lower() not in _ANSWERS:
            raise self._error(name, f"{name} must be true or false, found {written!r}")
        return _ANSWERS[written.lower()]

    def _date(self, fields: dict[str, object], name: str) -> str | None:
        written = self._text(fields, name)
        if written is None:
            return None
        if not is_date(written):
            raise self._error(name, f"{name} must be a date like 2026-03-31, 2026-03 or 2026, found {written!r}")
        return written

    def _url(self, source: dict[str, object]) -> str | None:
        url = self._text(source, "url")
        if url is not None and not is_web_address(url):
            raise self._error("url", f"url must begin with https:// or http://, found {url!r}")
        return url

    def _kind(self, source: dict[str, object]) -> SourceKind:
        kind = source.get("kind", "unknown")
        for known in get_args(SourceKind):
            if kind == known:
                return known  # type: ignore[no-any-return]  # get_args is untyped
        raise self._error("kind", f"kind must be one of {', '.join(get_args(SourceKind))}, found {reprlib.repr(kind)}")

    def _error(self, name: str, message: str) -> DocumentError:
        for number, line in enumerate(self._head.split("\n"), self._first_line):
            if re.match(rf"\s*['\"]?{re.escape(name)}['\"]?\s*:", line):
                return DocumentError(self._file, number, message)
        return DocumentError(self._file, 1, message)


def _is_ours(name: str, value: object) -> bool:
    """Whether a field means what we mean by it: site generators have a `topic` too, some of them a list of several."""
    return name != "topic" or (isinstance(value, str) and len(value) <= _LONGEST_TOPIC)


def _exists(written: str) -> bool:
    try:
        dt.date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _names(fields: dict[str, object]) -> tuple[str, ...]:
    """Give the documents that `supersedes` names, one or a list; what is neither names nothing, and loses no page."""
    value = fields.get("supersedes") or []
    names = value if isinstance(value, list) else [value]
    return tuple(" ".join(name.split()) for name in names if isinstance(name, str) and name.strip())
