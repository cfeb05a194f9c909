"""Reads Markdown and plain text files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.documents.description import Description
from assistant.documents.front_matter import FrontMatter, parse_front_matter
from assistant.documents.isolation import read_isolated
from assistant.documents.limits import Limits
from assistant.documents.markdown import parse_markdown
from assistant.documents.plain_text import parse_plain_text
from assistant.documents.reading import Metadata, Reading
from assistant.errors import DocumentError, FileTooLarge, FileWithoutText

_LARGEST = 5_000_000
_LONGEST_TITLE = 200
_LONGEST_HERE = 50_000
"""Characters up to which a page is read in this process: whatever it holds, that takes a second or two."""
_LONGEST_HERE_WITH_TAGS = 5_000
"""The same for a page with HTML: tags that never close take the square of their number, 12 seconds for 49,000."""
_TAG = re.compile(r"<[A-Za-z!/?]")


@dataclass(frozen=True, slots=True)
class TextPage:
    """What a text file says, and the description on top of it, if it has one."""

    reading: Reading
    description: Description | None


def read_page(path: Path, name: str, limits: Limits) -> TextPage:
    """Read a Markdown or plain text file, a long one in a process of its own.

    Raises `DocumentError`.
    """
    front = parse_front_matter(name, read_text(path, name))
    is_long = len(front.body) > (_LONGEST_HERE_WITH_TAGS if _TAG.search(front.body) else _LONGEST_HERE)
    reading = read_isolated(path, name, limits) if is_long else _read_body(name, front)
    return TextPage(reading, front.description)


def parse_page(name: str, content: bytes) -> Reading:
    """Give what a Markdown or plain text file says; its first line is its title.

    Raises `DocumentError`.
    """
    return _read_body(name, parse_front_matter(name, _decoded(name, content)))


def _read_body(name: str, front: FrontMatter) -> Reading:
    parse = parse_markdown if PurePosixPath(name).suffix.lower() == ".md" else parse_plain_text
    sections = parse(front.body)
    if not sections:
        raise FileWithoutText(name, front.body_line, "there is no text below the description")
    return Reading(sections, Metadata(title=_first_line(front.body)))


def read_text(path: Path, name: str) -> str:
    """Read a text file in UTF-8, with line ends as on Unix.

    Raises `DocumentError` for other encodings, NUL characters and too many bytes.
    """
    return _decoded(name, path.read_bytes())


def _decoded(name: str, raw: bytes) -> str:
    if len(raw) > _LARGEST:
        raise FileTooLarge(name, 1, f"{len(raw):,} bytes are too many; split the file ({_LARGEST:,} at most)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            name, line, f"byte {error.start} is not UTF-8; save the file again with the encoding UTF-8"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DocumentError(name, line, "a NUL character: this is no text file; save it as plain text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_line(body: str) -> str:
    first = next((line.strip("# ") for line in body.split("\n") if line.strip()), "")
    return first if len(first) <= _LONGEST_TITLE else ""
