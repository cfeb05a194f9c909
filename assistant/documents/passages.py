"""Splits the sections of a document into passages: the pieces that are embedded, found and quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.documents.document import Block, Document, Link, Section, asks
from assistant.documents.sentences import Span, split_sentences, trimmed

SentenceKind = Literal["sentence", "item", "row"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest piece that is quoted: a sentence, a list item or a table row.

    Offsets are characters of the passage's text (of the section's text while it is being split).
    """

    start: int
    end: int
    kind: SentenceKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a section: `text == section.text[start:end]`, nothing added, nothing left out.

    `anchor` opens it in the reading view, `questions` are what its section answers, `sha256` is that
    of what is embedded (title, heading path, questions, text): equal hashes, equal vectors.
    `page` is the page of the file it begins on, `None` for a format without pages.
    """

    id: str
    document_id: str
    title: str
    heading: tuple[str, ...]
    anchor: str
    section: str
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    questions: tuple[str, ...]
    sha256: str
    page: int | None = None

    @property
    def is_entry(self) -> bool:
        """Whether this is of an FAQ entry: its heading is a question."""
        return asks(self.heading)


@dataclass(frozen=True, slots=True)
class Splitting:
    """How long passages of whole blocks are, in words; an FAQ entry stays whole up to a limit of its own."""

    words: int = 150
    entry_words: int = 250


def split_document(document: Document, splitting: Splitting) -> tuple[Passage, ...]:
    """Give the passages of a document in reading order."""
    return tuple(passage for section in document.sections for passage in _split_section(document, section, splitting))


def links_in(document: Document, passage: Passage, start: int, end: int) -> tuple[Link, ...]:
    """Give the links to web pages in `passage.text[start:end]`, cut to it; offsets are those of the passage's text."""
    section = document.section(passage.section)
    web = (link for link in section.links if link.url.startswith(("https://", "http://")))
    cut = (Link(max(w.start - passage.start, start), min(w.end - passage.start, end), w.url) for w in web)
    return tuple(sorted((link for link in cut if link.start < link.end), key=lambda link: link.start))


def _split_section(document: Document, section: Section, splitting: Splitting) -> Iterator[Passage]:
    limit = splitting.entry_words if section.is_entry else splitting.words
    for number, sentences in enumerate(_grouped(section, limit), 1):
        yield _passage(document, section, number, sentences)


def _passage(document: Document, section: Section, number: int, sentences: list[Sentence]) -> Passage:
    start, end = sentences[0].start, sentences[-1].end
    anchor = section.anchor if number == 1 else f"{section.anchor}--{number}"
    text = section.text[start:end]
    return Passage(
        id=f"{document.id}/{anchor}",
        document_id=document.id,
        title=document.title,
        heading=section.heading,
        anchor=anchor,
        section=section.anchor,
        text=text,
        start=start,
        end=end,
        sentences=tuple(Sentence(s.start - start, s.end - start, s.kind) for s in sentences),
        questions=section.questions,
        sha256=_digest(document.title, *section.heading, *section.questions, text),
        page=section.page_at(start),
    )


def _digest(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


def _grouped(section: Section, limit: int) -> Iterator[list[Sentence]]:
    """Fill passages with blocks up to `limit` words; a list stays with what introduces it.

    An item of a long list that is a paragraph of its own is a passage of its own.
    """
    group: list[Sentence] = []
    for unit in _units(section, limit):
        alone = len(unit) == 1 and unit[0].kind == "item" and _words(section, unit) > limit // 4
        if group and (alone or _words(section, group) + _words(section, unit) > limit):
            yield group
            group = []
        group = group + unit
        if alone:
            yield group
            group = []
    if group:
        yield group


def _units(section: Section, limit: int) -> Iterator[list[Sentence]]:
    """Yield what should stay together: paragraphs, or a list with the paragraph before it."""
    pending: list[list[Sentence]] = []
    for block in section.blocks:
        sentences = list(_sentences(section, block, limit))
        if block.kind in ("list", "table"):
            yield from pending[:-1]
            yield from _list_units(section, pending[-1] if pending else [], sentences, limit)
            pending = []
        else:
            yield from pending
            pending = [sentences] if _words(section, sentences) <= limit else [[s] for s in sentences]
    yield from pending


def _list_units(
    section: Section, paragraph: list[Sentence], items: list[Sentence], limit: int
) -> Iterator[list[Sentence]]:
    """Yield a list whole up to twice the limit, a longer one item by item, the first with its introduction."""
    if _words(section, paragraph + items) <= limit * 2:
        yield paragraph + items
        return
    before, introduction = paragraph[:-1], paragraph[-1:]
    if before:
        yield before
    if _words(section, introduction + items) <= limit * 2:
        yield introduction + items
    elif _words(section, items) > limit // 4 * len(items):
        yield from ([s] for s in introduction + items)
    else:
        yield introduction + items[:1]
        yield from ([s] for s in items[1:])


def _sentences(section: Section, block: Block, limit: int) -> Iterator[Sentence]:
    """Yield the sentences of a block, none longer than `limit` words."""
    for span, kind in _spans(section.text[block.start : block.end], block):
        start, end = block.start + span.start, block.start + span.end
        yield from _shortened(section.text, Sentence(start, end, kind), limit)


def _spans(text: str, block: Block) -> Iterator[tuple[Span, SentenceKind]]:
    match block.kind:
        case "list":
            yield from ((span, "item") for span in _items(text))
        case "table":
            yield from ((span, "row") for span in _lines(text))
        case _:
            yield from ((span, "sentence") for span in split_sentences(text))


def _items(text: str) -> Iterator[Span]:
    """Yield the top-level items of a list; what is indented belongs to the item above."""
    starts = [span.start for span in _lines(text) if span.start == 0 or text[span.start - 1] == "\n"]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield trimmed(text, start, end)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield trimmed(text, start, start + len(line))
        start += len(line) + 1


def _shortened(text: str, sentence: Sentence, limit: int) -> Iterator[Sentence]:
    """Yield the sentence, or, where it is longer than a passage may be, pieces of it."""
    start = sentence.start
    words = 0
    for position in range(sentence.start, sentence.end):
        if text[position].isspace() and not text[position - 1].isspace():
            words += 1
            if words % limit == 0 and (piece := trimmed(text, start, position)).end > piece.start:
                yield Sentence(piece.start, piece.end, sentence.kind)
                start = position
    last = trimmed(text, start, sentence.end)
    if last.end > last.start:
        yield Sentence(last.start, last.end, sentence.kind)


def _words(section: Section, sentences: list[Sentence]) -> int:
    return sum(len(section.text[s.start : s.end].split()) for s in sentences)
