"""Collects the readable text of sections and keeps the offsets of blocks and links true."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.document import Block, BlockKind, Link, PageStart, Section, Source, slug

_BETWEEN = "\n\n"


@dataclass(slots=True)
class _Draft:
    """A section while it is being read."""

    heading: tuple[str, ...]
    texts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    pages: list[PageStart] = field(default_factory=list)
    source: Source | None = None


class SectionWriter:
    """Takes headings and blocks in reading order, gives the sections."""

    def __init__(self) -> None:
        self._drafts = [_Draft(())]
        self._path: list[tuple[int, str]] = []
        self._page: int | None = None

    def open_page(self, page: int) -> None:
        """Say that what is added from now on stands on that page of the file, counted from 1."""
        self._page = page

    def open_section(self, level: int, heading: str, source: Source | None = None) -> None:
        """Begin the section under a heading of that level (1 is the highest), with a source of its own if given."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, heading))
        draft = _Draft(tuple(text for _, text in self._path), source=source)
        if heading.endswith("?"):
            draft.questions.append(heading)
        self._drafts.append(draft)

    @property
    def at_start(self) -> bool:
        """Whether the section being written has no text yet."""
        return not self._drafts[-1].length

    def add_wordings(self, wordings: list[str]) -> None:
        """Note what people ask that this section answers."""
        self._drafts[-1].questions.extend(wordings)

    def add_block(
        self, kind: BlockKind, text: str, links: tuple[Link, ...] = (), turns: tuple[PageStart, ...] = ()
    ) -> None:
        """Append a block; `links`, and the pages that begin inside of it (`turns`), count from its start."""
        if not text.strip():
            return
        draft = self._drafts[-1]
        start = draft.length + len(_BETWEEN) if draft.texts else 0
        draft.texts.append(text)
        draft.length = start + len(text)
        draft.blocks.append(Block(kind, start, draft.length))
        draft.links.extend(Link(start + link.start, start + link.end, link.url) for link in links)
        if self._page is not None:
            _note_page(draft, PageStart(start, self._page))
        for turn in turns:
            _note_page(draft, PageStart(start + turn.start, turn.page))
            self._page = turn.page

    def sections(self) -> tuple[Section, ...]:
        """Give the sections that have text, each with an anchor of its own."""
        taken: dict[str, int] = {}
        return tuple(_finish(draft, taken) for draft in self._drafts if draft.texts)


def _note_page(draft: _Draft, begun: PageStart) -> None:
    if not draft.pages or draft.pages[-1].page != begun.page:
        draft.pages.append(begun)


def _finish(draft: _Draft, taken: dict[str, int]) -> Section:
    return Section(
        draft.heading,
        _unique(slug(draft.heading[-1]) if draft.heading else "introduction", taken),
        _BETWEEN.join(draft.texts),
        tuple(draft.blocks),
        tuple(draft.links),
        tuple(dict.fromkeys(draft.questions)),
        tuple(draft.pages),
        draft.source,
    )


def _unique(anchor: str, taken: dict[str, int]) -> str:
    taken[anchor] = taken.get(anchor, 0) + 1
    if taken[anchor] == 1:
        return anchor
    return _unique(f"{anchor}-{taken[anchor]}", taken)
