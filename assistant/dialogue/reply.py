"""What the assistant says back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.documents.document import Source
from assistant.documents.passages import Passage

Reason = Literal["not_covered", "other_language"]
Completeness = Literal["complete", "partial"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `quote == passage.text[start:end]`, checked whenever one is made."""

    number: int
    passage: Passage
    source: Source
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not self.quote or self.quote != self.passage.text[self.start : self.end]:
            raise ValueError(f"the quote is not at {self.start}–{self.end} of passage {self.passage.id}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, each with its citation, in the order they are read; `suggestions` may be asked next."""

    citations: tuple[Citation, ...]
    completeness: Completeness
    suggestions: tuple[str, ...]

    def __post_init__(self) -> None:
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("an answer has one citation or more, numbered from 1")


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question back, which of these is meant."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Declining to answer, for a reason, with the nearest questions that the library does answer."""

    reason: Reason
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A fixed reply to what is no question about the library."""

    text: str
    suggestions: tuple[str, ...]


Reply = Answer | Clarification | Abstention | Courtesy
