"""Keeps what people think of replies, a line of JSON each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pydantic

from assistant.errors import FeedbackUnwritable

FILE = "feedback.jsonl"
LARGEST = 50_000_000
"""Bytes of the file, so that strangers can't fill the disk: some 20,000 opinions of the longest kind."""

Verdict = Literal["up", "down"]
Reason = Literal["wrong", "incomplete", "outdated", "unclear", "other"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict on a reply of an index version; `partner` is the key of the site it came through.

    `query` and `text` are what the person chose to send: what was searched, and a comment.
    """

    version: str
    verdict: Verdict
    partner: str | None = None
    reason: Reason | None = None
    query: str | None = None
    text: str | None = None


_OPINIONS = pydantic.TypeAdapter(Opinion)


def keep_opinion(folder: Path, opinion: Opinion) -> None:
    """Append an opinion, in one write, to a file that only the account that serves can read.

    Raises `FeedbackUnwritable` if the file is full or the system refuses.
    """
    line = _OPINIONS.dump_json(opinion, exclude_none=True) + b"\n"
    try:
        _append(folder / FILE, line)
    except OSError as error:
        raise FeedbackUnwritable(
            f"feedback can't be kept in {folder}: {error.strerror}; make room, or let ASSISTANT_FEEDBACK name "
            "a folder that can be written"
        ) from error


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        if os.fstat(opened).st_size + len(line) > LARGEST:
            raise FeedbackUnwritable(f"{path} has reached {LARGEST:,} bytes; move it away, and a new one is begun")
        os.write(opened, line)
    finally:
        os.close(opened)
