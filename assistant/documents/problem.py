"""What an editor should know of the corpus, with the file and line it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should know; an `error` means that the file was left out."""

    severity: Literal["error", "warning"]
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.file}:{self.line}: {self.message}"


def problem_of(error: DocumentError) -> Problem:
    """Give the problem that a refused file is."""
    return Problem("error", error.file, error.line, error.message)
