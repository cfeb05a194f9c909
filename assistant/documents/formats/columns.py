"""Finds the columns of a table of questions and answers by their names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from assistant.documents.formats.table import Row, Table

EXPECTED = "a column named Question, one named Answer"
_Role = Literal["question", "answer", "wordings", "publisher", "title", "url", "date"]
_NAMES: dict[_Role, str] = {
    "question": "question, questions, q, faq, faq question, pregunta, preguntas",
    "answer": "answer, answers, a, faq answer, response, reply, respuesta, respuestas",
    "wordings": "other wordings, other wording, wordings, wording, also asked, also asked as, alternative wordings, "
    "alternative wording, alternative questions, alternative question, other questions, other question, "
    "similar questions, variants, variant, synonyms, otras formulaciones, otras preguntas, variantes, sinonimos",
    "publisher": "source, publisher, source name, organisation, organization, fuente, editor, organizacion",
    "title": "source title, document, document title, titulo de la fuente, documento",
    "url": "url, link, source url, source link, web address, web page, website, enlace, direccion web, pagina web",
    "date": "date, published, date published, publication date, updated, last updated, date updated, fecha, "
    "fecha de publicacion, actualizado",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split(", ")}
_HEADER_WITHIN = 20
"""So many rows are looked at for the names of the columns: titles and notes may stand above them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a table, columns counted from 0; `row` is the row of their names.

    `ignored` are the names of the columns that are not read.
    """

    row: Row
    question: int
    answer: int
    wordings: tuple[int, ...]
    publisher: int | None
    title: int | None
    url: int | None
    date: int | None
    ignored: tuple[str, ...]


def find_columns(table: Table) -> Columns | None:
    """Find the first row that names a question and an answer; `None` if the table is no such table."""
    for row in _first_rows(table):
        roles = [_role(cell.text) for cell in row.cells]
        if "question" in roles and "answer" in roles:
            return _columns(row, roles)
    return None


def names_found(table: Table) -> tuple[str, ...]:
    """Give what may have been meant as names of columns: the cells of the first row with several, or else with any."""
    rows = [tuple(_shown(cell.text) for cell in row.cells if cell.text.strip()) for row in _first_rows(table)]
    return next((names for names in rows if len(names) > 1), rows[0] if rows else ())


def _first_rows(table: Table) -> list[Row]:
    return [row for row in table.rows[: 10 * _HEADER_WITHIN] if not row.is_blank][:_HEADER_WITHIN]


def _role(name: str) -> _Role | None:
    """Tell what a column holds by its name: case, accents, numbers, punctuation and what stands in brackets apart."""
    plain = unicodedata.normalize("NFKD", name[:100]).encode("ascii", "ignore").decode().lower()
    return _ROLES.get(" ".join(re.findall(r"[a-z]+", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", plain))))


def _columns(row: Row, roles: list[_Role | None]) -> Columns:
    question = roles.index("question")
    wordings = [column for column, role in enumerate(roles) if role in ("wordings", "question") and column != question]
    single: tuple[_Role, ...] = ("answer", "publisher", "title", "url", "date")
    read = {question, *wordings, *(roles.index(role) for role in single if role in roles)}
    ignored = (_shown(cell.text) for column, cell in enumerate(row.cells) if column not in read and cell.text.strip())
    return Columns(
        row,
        question,
        roles.index("answer"),
        tuple(wordings),
        _first(roles, "publisher"),
        _first(roles, "title"),
        _first(roles, "url"),
        _first(roles, "date"),
        tuple(ignored),
    )


def _first(roles: list[_Role | None], role: _Role) -> int | None:
    return roles.index(role) if role in roles else None


def _shown(name: str) -> str:
    """Give the name of a column as a message may tell it."""
    return " ".join(name[:60].split())
