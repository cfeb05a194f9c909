"""Finds what an editor should mend in a corpus that can be read: gaps, repeats, dead ends and what is out of date."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.documents.corpus import Corpus
from assistant.documents.document import Document, Section
from assistant.documents.editions import editions_in_force, unknown_superseded
from assistant.documents.file_kinds import kind_of
from assistant.documents.golden_questions import GoldenQuestion
from assistant.documents.problem import Problem
from assistant.publishing.reading_level import grade_level
from assistant.retrieval.embedding import Embedder

QUESTIONS = "questions.jsonl"
NEAR_DUPLICATE = 0.95
"""Cosine of two entries' questions from which they may be one."""
_LONGEST_SECTION = 400
_LONGEST_ENTRY = 180
_FEWEST_WORDINGS, _MOST_WORDINGS = 2, 12
_YES_OR_NO = re.compile(r"(?:yes|no)[,.:;—–]", re.IGNORECASE)
_LINK = re.compile(r"(?<!\\)\[([^\]]*)\](?:\(([^)]*)\)|\[([^\]]*)\])")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?")


@dataclass(frozen=True, slots=True)
class Lint:
    """Everything found, in the order of files, and a line of figures for each document.

    `superseded` says of each document that was taken as superseded by which one that was.
    """

    problems: tuple[Problem, ...]
    figures: tuple[str, ...]
    superseded: tuple[str, ...] = ()


def lint_corpus(
    corpus: Corpus, folder: Path, questions: Sequence[GoldenQuestion], embedder: Embedder, today: dt.date
) -> Lint:
    """Check the pages of a corpus and its golden questions.

    Raises `EmbeddingError` if the entries' questions can't be embedded.
    """
    pages = _pages(corpus, folder)
    problems = [
        *corpus.problems,
        *(problem for page in pages for problem in _check_page(page, today)),
        *_without_topic(pages),
        *_unknown_superseded(pages),
        *_near_duplicates(pages, embedder),
        *_check_questions(questions, folder / QUESTIONS, {page.document.id: page.document for page in pages}),
    ]
    return Lint(tuple(problems), tuple(_figures(page) for page in pages), _superseded(corpus.documents))


@dataclass(frozen=True, slots=True)
class _Page:
    """A document with the file it was read from; `text` is what stands in it, empty where that is no text."""

    document: Document
    file: str
    text: str

    def line(self, wanted: str) -> int:
        """Give the first line that has some text, 1 if none has."""
        position = self.text.find(wanted)
        return self.text.count("\n", 0, position) + 1 if position >= 0 else 1

    def warn(self, wanted: str, message: str) -> Problem:
        return Problem("warning", self.file, self.line(wanted), message)


def _pages(corpus: Corpus, folder: Path) -> list[_Page]:
    pairs = zip(corpus.documents, corpus.read, strict=True)
    return [_Page(document, read.name, _text(folder / read.name)) for document, read in pairs]


def _text(path: Path) -> str:
    kind = kind_of(path.name)
    return "" if kind is None or kind.is_isolated else path.read_text(encoding="utf-8-sig")


def _check_page(page: _Page, today: dt.date) -> Iterator[Problem]:
    yield from _check_description(page, today)
    yield from _check_links(page)
    yield from _check_headings(page)
    for section in page.document.sections:
        yield from _check_section(page, section)


def _check_description(page: _Page, today: dt.date) -> Iterator[Problem]:
    document = page.document
    for name, value in (("licence", document.source.licence), ("review_by", document.review_by)):
        if not value:
            yield page.warn("---", f"the description lacks {name}")
    if document.updated and document.updated > today.isoformat():
        yield page.warn("updated:", f"updated is {document.updated}, which is still to come")
    if document.review_by and document.review_by <= today.isoformat():
        yield page.warn(
            "review_by:", f"the page was to be reviewed by {document.review_by}; check it and set a new date"
        )
    if document.source.published and document.updated and document.source.published > document.updated:
        yield page.warn("published:", f"published {document.source.published} is after updated {document.updated}")


def _check_links(page: _Page) -> Iterator[Problem]:
    defined = {name.lower() for name in _DEFINITION.findall(page.text)}
    for match in _LINK.finditer(page.text):
        shown, address, reference = match.groups()
        if reference is not None and (reference or shown).lower() not in defined:
            yield page.warn(
                match.group(), f"the link [{shown}] refers to [{reference or shown}], which is nowhere given"
            )
        elif address is not None and not _ADDRESS.fullmatch(address):
            yield page.warn(match.group(), f"the link [{shown}] has no usable address: {address!r}")


def _check_headings(page: _Page) -> Iterator[Problem]:
    headings = Counter(section.heading[-1] for section in page.document.sections if section.heading)
    for heading, count in headings.items():
        if count > 1:
            yield page.warn(heading, f"the heading {heading!r} stands {count} times; citations can't tell them apart")


def _check_section(page: _Page, section: Section) -> Iterator[Problem]:
    heading = section.heading[-1] if section.heading else page.document.title
    words = len(section.text.split())
    if not section.is_entry:
        if words > _LONGEST_SECTION:
            yield page.warn(
                heading, f"the section {heading!r} has {words} words; split it ({_LONGEST_SECTION} at most)"
            )
        return
    if words > _LONGEST_ENTRY:
        yield page.warn(
            heading, f"the answer to {heading!r} has {words} words; it is quoted whole ({_LONGEST_ENTRY} at most)"
        )
    if opening := _YES_OR_NO.match(section.text):
        yield page.warn(
            heading,
            f"the answer to {heading!r} begins with {opening.group()[:-1]!r}; it is quoted under other questions too, "
            "so begin with the fact",
        )
    wordings = len(section.wordings)
    if not _FEWEST_WORDINGS <= wordings <= _MOST_WORDINGS:
        yield page.warn(
            heading, f"{heading!r} has {wordings} other wordings; give it {_FEWEST_WORDINGS} to {_MOST_WORDINGS}"
        )


def _without_topic(pages: Sequence[_Page]) -> Iterator[Problem]:
    """Name the pages that have no topic where others have one."""
    if any(page.document.topic for page in pages):
        yield from (
            page.warn("---", "the description lacks topic: the page is listed after all others")
            for page in pages
            if not page.document.topic
        )


def _unknown_superseded(pages: Sequence[_Page]) -> Iterator[Problem]:
    """Name what `supersedes` names and the corpus does not have."""
    by_id = {page.document.id: page for page in pages}
    for document, message in unknown_superseded([page.document for page in pages]):
        yield by_id[document.id].warn("supersedes:", message)


def _superseded(documents: Sequence[Document]) -> tuple[str, ...]:
    titles = {document.id: document.title for document in documents}
    return tuple(
        f"{titles[old]!r} ({old}) is taken as superseded by {titles[new]!r} ({new})"
        for old, new in sorted(editions_in_force(documents).items())
    )


def _near_duplicates(pages: Sequence[_Page], embedder: Embedder) -> Iterator[Problem]:
    entries = [(page, s.questions[0]) for page in pages for s in page.document.sections if s.is_entry]
    if not entries:
        return
    vectors = embedder.embed([question for _, question in entries])
    similarities = vectors @ vectors.T
    for number, (page, question) in enumerate(entries):
        for other in range(number):
            if similarities[number, other] >= NEAR_DUPLICATE:
                earlier, same = entries[other]
                yield page.warn(
                    question,
                    f"{question!r} is nearly {same!r} in {earlier.file} (similarity {similarities[number, other]:.2f})",
                )


def _check_questions(
    questions: Sequence[GoldenQuestion], path: Path, documents: dict[str, Document]
) -> Iterator[Problem]:
    lines = path.read_text(encoding="utf-8").split("\n") if questions else []
    for question in questions:
        number = next((n for n, line in enumerate(lines, 1) if f'"{question.id}"' in line), 1)
        for message in _question_problems(question, documents):
            yield Problem("warning", path.name, number, f"{question.id}: {message}")


def _question_problems(question: GoldenQuestion, documents: dict[str, Document]) -> Iterator[str]:
    texts = []
    for place in question.expect:
        sections = documents[place.document].sections if place.document in documents else ()
        found = [s.text for s in sections if (s.heading[-1] if s.heading else "") == place.heading]
        texts += found
        if not found:
            yield f"there is no heading {place.heading!r} in {place.document!r}"
    if question.phrase and not any(question.phrase in " ".join(text.split()) for text in texts):
        yield f"no expected section has the phrase {question.phrase!r}"


def _figures(page: _Page) -> str:
    text = "\n\n".join(section.text for section in page.document.sections)
    entries = sum(section.is_entry for section in page.document.sections)
    sections = len(page.document.sections)
    return f"{page.file:<52}{len(text.split()):>7}{sections:>10}{entries:>9}{grade_level(text):>8.1f}"
