"""The record of what the gate said of each version, a line of JSON a verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pydantic

from assistant.versions.disk import unwritable

RECORD = "verdicts.jsonl"


@dataclass(frozen=True, slots=True)
class VerdictRecord:
    """What was said of the version with that id: `right` of the `asked` golden questions were answered right.

    `reasons` are the sentences that spoke against it; `forced` is why it was published nevertheless, empty if it
    was not.
    """

    version: str
    when: dt.datetime
    asked: int
    right: int
    reasons: tuple[str, ...] = ()
    forced: str = ""

    @property
    def refused(self) -> bool:
        """Whether the gate kept it from being published."""
        return bool(self.reasons) and not self.forced


_RECORDS = pydantic.TypeAdapter(VerdictRecord)


def record_verdict(index_folder: Path, verdict: VerdictRecord) -> None:
    """Append a verdict to the record.

    Raises `IndexUnwritable` if the system refuses to write.
    """
    with unwritable(index_folder), (index_folder / RECORD).open("ab") as record:
        record.write(_RECORDS.dump_json(verdict) + b"\n")


def latest_verdicts(index_folder: Path) -> Mapping[str, VerdictRecord]:
    """Give the latest verdict on each version by its id; a line that a crash cut short is passed over."""
    return {verdict.version: verdict for verdict in _read(index_folder / RECORD)}


def _read(path: Path) -> Iterator[VerdictRecord]:
    for line in path.read_bytes().splitlines() if path.exists() else ():
        with suppress(pydantic.ValidationError):
            yield _RECORDS.validate_json(line)
