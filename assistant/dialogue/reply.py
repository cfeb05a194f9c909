"""What the assistant says back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.dialogue.language import Language
from assistant.documents.document import Link, Source
from assistant.documents.passages import Passage

Reason = Literal["not_covered", "out_of_scope", "too_vague", "not_understood", "other_language", "advice"]
"""Why a question is declined: the library is on the subject, but no answer was found; another subject; too little said
to search by; no words at all; not in English; advice in a case of one's own, which no library gives."""
Completeness = Literal["complete", "partial"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `quote == passage.text[start:end]`, checked whenever one is made.

    `page` is the one it begins on, `None` for a format without pages. `links` are the source's own to web pages, in
    order, with offsets of the passage's text.
    """

    number: int
    passage: Passage
    source: Source
    start: int
    end: int
    quote: str
    page: int | None = None
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        if not self.quote or self.quote != self.passage.text[self.start : self.end]:
            raise ValueError(f"the quote is not at {self.start}–{self.end} of passage {self.passage.id}")


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, each with its citation, in the order they are read; `suggestions` may be asked next.

    `not_covered` are the parts of the question to which no answer was found, in the asker's words:
    the answer is partial if there are any.
    """

    citations: tuple[Citation, ...]
    completeness: Completeness
    suggestions: tuple[str, ...]
    not_covered: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if [citation.number for citation in self.citations] != list(range(1, len(self.citations) + 1)):
            raise ValueError("an answer has one citation or more, numbered from 1")
        if (self.completeness == "partial") != bool(self.not_covered):
            raise ValueError("an answer is partial if and only if it names parts that are not covered")


@dataclass(frozen=True, slots=True)
class Clarification:
    """A question back, which of these is meant."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """Declining to answer, for a reason, with the nearest questions that the library does answer.

    `language` is that of the question, where that is why.
    """

    reason: Reason
    nearest: tuple[str, ...]
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A fixed reply to what is no question about the library."""

    text: str
    suggestions: tuple[str, ...]


Reply = Answer | Clarification | Abstention | Courtesy
