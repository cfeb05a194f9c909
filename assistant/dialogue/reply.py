"""What the assistant says back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.dialogue.language import Language
from assistant.documents.document import Link, Source
from assistant.documents.passages import Passage
from assistant.documents.sentences import Span

Reason = Literal["not_covered", "out_of_scope", "too_vague", "not_understood", "other_language", "advice"]
"""Why a question is declined: the library is on the subject, but no answer was found; another subject; too little said
to search by; no words at all; not in English; advice in a case of one's own, which no library gives."""
Completeness = Literal["complete", "partial"]
Role = Literal["answer", "closest", "gap"]
"""What a quote is for: it answers; it is near, and nobody is sure that it answers; it says what the library lacks."""
PartState = Literal["closest", "nothing"]
"""What was found for a part of a question that has no sure answer: a passage that is near, or none."""


@dataclass(frozen=True, slots=True)
class NewerEdition:
    """The document that holds today in place of the one that is quoted; `anchor` is that of the same section in it.

    `anchor` is empty if it has no section under that heading.
    """

    document: str
    title: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote: `quote == passage.text[start:end]`, checked whenever one is made.

    `page` is the one it begins on, `None` for a format without pages. `links` are the source's own to web pages, in
    order, with offsets of the passage's text. `highlights` are what of the quote answers, in order and with offsets of
    the passage's text; none where all of it does. `continues` if its section says more before or behind the quote.
    `superseded_by` is the edition in force where that is another; `supersedes` is the title of the edition before it
    where this is the one in force, else empty.
    """

    number: int
    passage: Passage
    source: Source
    start: int
    end: int
    quote: str
    page: int | None = None
    links: tuple[Link, ...] = ()
    role: Role = "answer"
    highlights: tuple[Span, ...] = ()
    continues: bool = False
    superseded_by: NewerEdition | None = None
    supersedes: str = ""

    def __post_init__(self) -> None:
        if not self.quote or self.quote != self.passage.text[self.start : self.end]:
            raise ValueError(f"the quote is not at {self.start}–{self.end} of passage {self.passage.id}")
        if not all(self.start <= light.start < light.end <= self.end for light in self.highlights):
            raise ValueError(f"a highlight lies outside of {self.start}–{self.end} of passage {self.passage.id}")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A part of a question to which no sure answer was found, in the asker's words."""

    text: str
    state: PartState


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotes, each with its citation, in the order they are read; `suggestions` may be asked next.

    `unanswered` are the parts of the question to which no sure answer was found, `not_covered` their words: the answer
    is partial if there are any. `more` are passages of other sections, for whom the quotes do not help: first those
    closest to the unanswered parts, then those nearest to the question; no part of the answer, numbered on from it.
    """

    citations: tuple[Citation, ...]
    completeness: Completeness
    suggestions: tuple[str, ...]
    not_covered: tuple[str, ...] = ()
    more: tuple[Citation, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()

    def __post_init__(self) -> None:
        _check_numbers((*self.citations, *self.more))
        if not self.citations:
            raise ValueError("an answer has one citation or more")
        if (self.completeness == "partial") != bool(self.not_covered):
            raise ValueError("an answer is partial if and only if it names parts that are not covered")
        if self.unanswered and self.not_covered != tuple(part.text for part in self.unanswered):
            raise ValueError("the parts that are not covered are the unanswered ones")


@dataclass(frozen=True, slots=True)
class Closest:
    """The passages nearest to a question, the nearest first, of which none is sure to answer it: this is no answer.

    `nearest` are questions that the library does answer.
    """

    citations: tuple[Citation, ...]
    nearest: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_numbers(self.citations)
        if not self.citations or any(citation.role != "closest" for citation in self.citations):
            raise ValueError("the closest passages are one or more, each cited as such")


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


Reply = Answer | Closest | Clarification | Abstention | Courtesy


def _check_numbers(citations: Sequence[Citation]) -> None:
    if [citation.number for citation in citations] != list(range(1, len(citations) + 1)):
        raise ValueError("citations are numbered from 1")
