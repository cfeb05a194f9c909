"""Reads the rows of an Excel workbook of questions and answers."""

from __future__ import annotations

import io
from zipfile import ZipFile

from assistant.documents.formats.entries import read_entries
from assistant.documents.formats.xlsx_cells import Workbook, read_workbook
from assistant.documents.formats.xlsx_layout import read_layout
from assistant.documents.formats.xlsx_package import check_package
from assistant.documents.formats.xlsx_rows import lay_out
from assistant.documents.reading import Reading, Remark

_MACROS = "vbaProject.bin"


def read_xlsx(name: str, content: bytes) -> Reading:
    """Read each row with a question and an answer on a visible sheet as an entry; `line` is the row.

    Raises `FileEncrypted`, `FileMisnamed`, `FileUnsafe`, `FileDamaged`, `FileTooLarge`, `FileWithoutText`, and
    `DocumentError` if no columns are named Question and Answer.
    """
    check_package(name, content)
    workbook = read_workbook(name, content)
    with ZipFile(io.BytesIO(content)) as package:
        shown = [
            lay_out(sheet, read_layout(name, package, sheet.part)) for sheet in workbook.sheets if not sheet.is_hidden
        ]
        left_out = _left_out(workbook, package)
    remarks = (*left_out, *(remark for sheet in shown for remark in sheet.remarks))
    return read_entries(name, tuple(sheet.table for sheet in shown), remarks, workbook.metadata)


def _left_out(workbook: Workbook, package: ZipFile) -> tuple[Remark, ...]:
    hidden = [sheet.title for sheet in workbook.sheets if sheet.is_hidden]
    has_macros = any(part.endswith(_MACROS) for part in package.namelist())
    return (
        *(Remark(1, f"sheet {title!r} is hidden and was left out") for title in hidden),
        *((Remark(1, "its macros were not run"),) if has_macros else ()),
    )
