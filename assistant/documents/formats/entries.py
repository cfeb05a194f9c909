"""Turns the rows of tables of questions and answers into entries."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from assistant.documents.document import Link
from assistant.documents.formats.columns import EXPECTED, Columns, find_columns, names_found
from assistant.documents.formats.row_source import read_source
from assistant.documents.formats.table import Row, Table
from assistant.documents.plain_text import begins_item, parse_plain_text
from assistant.documents.reading import Metadata, Reading, Remark
from assistant.documents.section_writer import SectionWriter
from assistant.errors import DocumentError, FileWithoutText

_MOST_REMARKS = 100
_MOST_NAMES = 8
_LACKS = "no columns named Question and Answer"
_NO_METADATA = Metadata()
_WORDINGS = re.compile(r"[;|\n]")


def read_entries(
    name: str, tables: tuple[Table, ...], remarks: tuple[Remark, ...] = (), metadata: Metadata = _NO_METADATA
) -> Reading:
    """Give an entry for each row that has a question and an answer, and remarks on the others.

    Raises `DocumentError` if no table has columns for them, `FileWithoutText` if no row has both.
    """
    if not any(find_columns(table) for table in tables):
        raise _no_columns(name, tables)
    writer = _EntryWriter(list(remarks))
    for table in tables:
        writer.add_table(table)
    sections = writer.sections.sections()
    if not sections:
        raise FileWithoutText(name, 1, "no row below the names of the columns has both a question and an answer")
    return Reading(sections, metadata, None, writer.bounded_remarks())


def _no_columns(name: str, tables: tuple[Table, ...]) -> DocumentError:
    named = [table for table in tables if names_found(table)]
    if not named:
        return FileWithoutText(name, 1, "the table is empty")
    found = "; ".join(_found(table) + (f" on sheet {table.sheet!r}" if table.sheet else "") for table in named[:3])
    return DocumentError(name, 1, f"expected {EXPECTED}, {found}; name the columns in the first row")


def _found(table: Table) -> str:
    names = [repr(name) for name in names_found(table)]
    return f"found {', '.join(names[:_MOST_NAMES])}{' …' if len(names) > _MOST_NAMES else ''}"


class _EntryWriter:
    """Takes tables in reading order; keeps the sections, the remarks and the questions that were met."""

    def __init__(self, remarks: list[Remark]) -> None:
        self.sections = SectionWriter()
        self._remarks = remarks
        self._asked: dict[str, str] = {}

    def remark(self, line: int, table: Table, message: str) -> None:
        """Note what an editor should know of a row or a sheet."""
        self._remarks.append(Remark(line, f"sheet {table.sheet!r}: {message}" if table.sheet else message))

    def bounded_remarks(self) -> tuple[Remark, ...]:
        """Give the remarks, of very many only the first."""
        more = len(self._remarks) - _MOST_REMARKS
        if more <= 0:
            return tuple(self._remarks)
        kept = self._remarks[:_MOST_REMARKS]
        return (*kept, Remark(kept[-1].line, f"and {more:,} more remarks like these"))

    def add_table(self, table: Table) -> None:
        """Add the entries of the rows below the names of the columns, if it has such columns."""
        columns = find_columns(table)
        if columns is None:
            if names_found(table):
                self._remarks.append(Remark(1, f"sheet {table.sheet!r} has {_LACKS} and was left out: {_found(table)}"))
            return
        if columns.ignored:
            self.remark(columns.row.number, table, f"columns that are not read: {', '.join(columns.ignored)}")
        for row in table.rows:
            if row.number > columns.row.number and not row.is_blank:
                self._add_row(table, row, columns)

    def _add_row(self, table: Table, row: Row, columns: Columns) -> None:
        question = _line(row.cell(columns.question).text)
        answer = row.cell(columns.answer).text
        if not question or not answer.strip():
            missing = "answer" if question else "question"
            self.remark(row.number, table, f"row {row.number} has no {missing} and was left out")
            return
        self._note_question(table, row, question)
        wordings = [_line(wording) for column in columns.wordings for wording in _split(row.cell(column).text)]
        named = read_source(row, columns)
        for problem in named.problems:
            self.remark(row.number, table, f"row {row.number}: {problem}")
        self.sections.open_section(1, question, named.source)
        self.sections.add_wordings([question, *(wording for wording in wordings if wording)])
        _add_answer(self.sections, answer, row.cell(columns.answer).url)

    def _note_question(self, table: Table, row: Row, question: str) -> None:
        where = f"row {row.number}" + (f" of sheet {table.sheet!r}" if table.sheet else "")
        plain = " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", question).casefold())) or question
        before = self._asked.setdefault(plain, where)
        if before != where:
            self.remark(row.number, table, f"row {row.number} asks what {before} asks; make one row of both")


def _add_answer(writer: SectionWriter, answer: str, url: str) -> None:
    """Add the paragraphs and lists of an answer; where its cell links to is a link of the first."""
    for section in parse_plain_text(_with_blank_lines(answer)):
        for block in section.blocks:
            text = section.text[block.start : block.end]
            links = (Link(0, len(text), url),) if url and writer.at_start else ()
            writer.add_block(block.kind, text, links)


def _with_blank_lines(answer: str) -> str:
    """Part paragraphs by blank lines: a line break in a cell begins one, unless the line goes on below."""
    lines = [line.strip() for line in answer.split("\n")]
    return "".join(f"{line}\n" if _goes_on(following) else f"{line}\n\n" for line, following in pairwise([*lines, ""]))


def _goes_on(line: str) -> bool:
    return begins_item(line) or line[:1].islower()


def _split(wordings: str) -> list[str]:
    return [re.sub(r"^\s*[-*•–]\s+", "", wording) for wording in _WORDINGS.split(wordings)]


def _line(text: str) -> str:
    return " ".join(text.split())
