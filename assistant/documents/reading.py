"""What a file says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.documents.document import Section


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself, empty where it says nothing; `date` is ISO 8601 as far as it is known."""

    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something an editor should know of a file that could be read.

    `line` is the line, page or row it stands on, counted from 1; the message says which of these.
    """

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The sections of a file in reading order; `pages` is their number, `None` for a format without pages."""

    sections: tuple[Section, ...]
    metadata: Metadata = Metadata()
    pages: int | None = None
    remarks: tuple[Remark, ...] = ()
