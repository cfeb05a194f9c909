"""Reads the golden questions that are kept with the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pydantic

from assistant.documents.passages import Passage
from assistant.errors import EvaluationError

Kind = Literal["entry", "paraphrase", "keyword", "follow_up", "ambiguous", "near_miss", "out_of_scope", "false_premise"]
Split = Literal["calibration", "held_out"]


@dataclass(frozen=True, slots=True)
class Place:
    """A section that answers: its document's id and its own heading (empty for the introduction)."""

    document: str
    heading: str


def place_of(passage: Passage) -> Place:
    """Give the section that a passage is part of."""
    return Place(passage.document_id, passage.heading[-1] if passage.heading else "")


@pydantic.with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """A question, what was asked before it, and every section that would answer it (none: decline or ask back).

    `may_decline` if these sections only say that the library lacks what is asked: quoting one is right,
    and so is declining. `must` if no version is published that fails it.
    """

    id: str
    kind: Kind
    question: str
    expect: tuple[Place, ...]
    phrase: str | None
    split: Split
    history: tuple[str, ...] = ()
    may_decline: bool = False
    must: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the library has the answer, so that declining is a mistake."""
        return bool(self.expect) and not self.may_decline


def read_questions(path: Path, split: Split | None = None) -> tuple[GoldenQuestion, ...]:
    """Read golden questions, all or those of one split.

    Raises `EvaluationError` that names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} can't be read: {error}") from error
    questions = [_parse(f"{path}:{number}", line) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(question for question in questions if split in (None, question.split))


def _parse(place: str, line: str) -> GoldenQuestion:
    try:
        return pydantic.TypeAdapter(GoldenQuestion).validate_json(line)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise EvaluationError(f"{place}: {where}: {first['msg']}; the format is in corpus/README.md") from error
