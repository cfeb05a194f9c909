"""Reads a folder of documents whose manifest says what must come out, and says of each format how much did.

    python -m benchmarks.documents.expected DIR

A line of DIR/manifest.jsonl has `path`, `must_contain` and `expect`: `text` (every phrase is in what is read),
`encrypted`, `no_text` (refused or remarked upon) or `any` (no crash). Phrases are compared word by word, without case
or marks.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from assistant.documents.reading import Reading
from assistant.errors import DocumentError, FileEncrypted, FileWithoutText
from benchmarks.documents.readers import read_file, text

_NO_TEXT = re.compile(r"no text|hardly any text", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class Expected(BaseModel):
    """A line of the manifest."""

    path: str
    expect: Literal["text", "encrypted", "no_text", "any"]
    must_contain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: what is wrong is blank if it was read as expected, `None` if there is no reader."""

    path: str
    wrong: str | None


def main(arguments: Sequence[str]) -> None:
    """Print a table by format, then each failure."""
    folder = Path(arguments[0])
    by_format: dict[str, list[Outcome]] = defaultdict(list)
    for expected in read_manifest(folder):
        by_format[Path(expected.path).suffix].append(outcome(folder, expected))
    print(f"{'format':<8}{'files':>7}{'as expected':>13}{'no reader':>11}")
    for suffix, outcomes in sorted(by_format.items()):
        unread = sum(o.wrong is None for o in outcomes)
        print(f"{suffix:<8}{len(outcomes):>7}{sum(o.wrong == '' for o in outcomes):>13}{unread:>11}")
    for failed in (o for outcomes in by_format.values() for o in outcomes if o.wrong):
        print(f"{failed.path}: {failed.wrong}")


def read_manifest(folder: Path) -> list[Expected]:
    """Read what is expected of the files of a folder."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [Expected.model_validate(json.loads(line)) for line in lines if line.strip()]


def outcome(folder: Path, expected: Expected) -> Outcome:
    """Read a file and say what became of it."""
    try:
        reading = read_file(folder / expected.path)
    except DocumentError as error:
        return Outcome(expected.path, _wrong_refusal(expected, error))
    return Outcome(expected.path, None if reading is None else _wrong_reading(expected, reading))


def _wrong_refusal(expected: Expected, error: DocumentError) -> str:
    wanted = {"encrypted": FileEncrypted, "no_text": FileWithoutText, "any": DocumentError}.get(expected.expect)
    return "" if wanted is not None and isinstance(error, wanted) else f"refused: {error.message}"


def _wrong_reading(expected: Expected, reading: Reading) -> str:
    if expected.expect == "encrypted":
        return "read, though encrypted"
    if expected.expect == "no_text":
        told = any(_NO_TEXT.search(remark.message) for remark in reading.remarks)
        return "" if told else "read, and no remark says that there is no text"
    read = _words(text(reading))
    lost = [phrase for phrase in expected.must_contain if _words(phrase) not in read]
    return f"lacks {', '.join(map(repr, lost))}" if lost else ""


def _words(phrase: str) -> str:
    return f" {' '.join(_WORD.findall(phrase.casefold()))} "


if __name__ == "__main__":
    main(sys.argv[1:])
