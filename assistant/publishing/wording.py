"""What the commands of content staff print about builds and versions, as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pydantic

from assistant.publishing.build import BuildReport
from assistant.publishing.file_table import render_rows
from assistant.versions.catalogue import Entry
from assistant.versions.verdicts import VerdictRecord

_MEGABYTE = 1_000_000
_HEADER = f"{'version':<14}{'built':<18}{'content':<12}{'documents':>9}{'passages':>10}{'size':>10}  golden"
_DONE = {
    "published": "published version {}",
    "built": "built version {}, which is not served yet",
    "unchanged": "nothing has changed: version {} is served already",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version as scripts read it; counts are `None` where the manifest can't be read.

    `right` of the `asked` golden questions were answered right; `None` for a version that never came to the gate,
    which is `refused` if something spoke against it and it was not forced.
    """

    id: str
    built: dt.datetime
    content_date: str | None
    documents: int | None
    passages: int | None
    size: int
    asked: int | None
    right: int | None
    refused: bool
    current: bool


def render_report(report: BuildReport) -> str:
    """Say what a build met and what it made, the most important last."""
    errors = [problem for problem in report.problems if problem.severity == "error"]
    warnings = [problem for problem in report.problems if problem.severity == "warning"]
    lines = [render_rows(report.files), *map(str, (*errors, *warnings))]
    if errors:
        lines.append(f"went on without {len(errors)} file(s) that can't be read; correct them and build again")
    change = report.changes
    lines.append(
        f"passages: {change.added} added, {change.changed} changed, {change.removed} removed, {change.kept} kept"
    )
    if report.passed_over:
        lines.append(
            f"passed over {len(report.passed_over)} lock file(s): {', '.join(report.passed_over)}; "
            "the open documents themselves were read as they were last saved"
        )
    if report.removed:
        lines.append(f"removed {len(report.removed)} old version(s): {', '.join(report.removed)}")
    lines.append(
        f"{_DONE[report.outcome].format(report.version)}: {report.documents} documents, {report.sections} sections, "
        f"{report.passages} passages, {len(warnings)} warning(s), {len(errors)} left out, {report.seconds:.1f} seconds"
    )
    return "\n".join(lines)


def render_versions(entries: Sequence[Entry]) -> str:
    """Give a table of versions, the one that was built last first."""
    return "\n".join((_HEADER, *map(_line, entries))) if entries else "there is no version yet"


def render_json(value: BuildReport | Sequence[VersionRow] | Sequence[str]) -> str:
    """Give a report, a table or a list of damages as JSON."""
    return json.dumps(pydantic.TypeAdapter(type(value)).dump_python(value, mode="json"), indent=2, ensure_ascii=False)


def version_row(entry: Entry) -> VersionRow:
    """Give what scripts read of a version."""
    manifest, verdict = entry.manifest, entry.verdict
    return VersionRow(
        id=entry.id,
        built=entry.built,
        content_date=manifest.content_date if manifest else None,
        documents=manifest.documents if manifest else None,
        passages=manifest.passages if manifest else None,
        size=entry.size,
        asked=verdict.asked if verdict else None,
        right=verdict.right if verdict else None,
        refused=verdict.refused if verdict else False,
        current=entry.is_current,
    )


def _line(entry: Entry) -> str:
    start = f"{entry.id:<14}{entry.built.astimezone():%Y-%m-%d %H:%M}  "
    size = f"{entry.size / _MEGABYTE:>7.1f} MB"
    mark = f"  {_golden(entry.verdict):<20}{'current' if entry.is_current else ''}".rstrip()
    manifest = entry.manifest
    if manifest is None:
        return f"{start}{'can not be read; see verify':<31}{size}{mark}"
    return f"{start}{manifest.content_date or '':<12}{manifest.documents:>9}{manifest.passages:>10}{size}{mark}"


def _golden(verdict: VerdictRecord | None) -> str:
    if verdict is None:
        return ""
    return f"{verdict.right} of {verdict.asked}{' refused' if verdict.refused else ''}"
