"""Collects the readable text of sections and keeps the offsets of blocks and links true."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.documents.document import Block, BlockKind, Link, Section, slug


@dataclass(slots=True)
class _Draft:
    """A section while it is being read."""

    heading: tuple[str, ...]
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


class SectionWriter:
    """Takes headings and blocks in reading order, gives the sections."""

    def __init__(self) -> None:
        self._drafts = [_Draft(())]
        self._path: list[tuple[int, str]] = []

    def open_section(self, level: int, heading: str) -> None:
        """Begin the section under a heading of that level (1 is the highest)."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, heading))
        draft = _Draft(tuple(text for _, text in self._path))
        if heading.endswith("?"):
            draft.questions.append(heading)
        self._drafts.append(draft)

    @property
    def at_start(self) -> bool:
        """Whether the section being written has no text yet."""
        return not self._drafts[-1].text

    def add_wordings(self, wordings: list[str]) -> None:
        """Note what people ask that this section answers."""
        self._drafts[-1].questions.extend(wordings)

    def add_block(self, kind: BlockKind, text: str, links: tuple[Link, ...] = ()) -> None:
        """Append a block; the offsets of `links` count from the start of `text`."""
        if not text.strip():
            return
        draft = self._drafts[-1]
        draft.text += "\n\n" if draft.text else ""
        start = len(draft.text)
        draft.text += text
        draft.blocks.append(Block(kind, start, start + len(text)))
        draft.links.extend(Link(start + link.start, start + link.end, link.url) for link in links)

    def sections(self) -> tuple[Section, ...]:
        """Give the sections that have text, each with an anchor of its own."""
        taken: dict[str, int] = {}
        return tuple(_finish(draft, taken) for draft in self._drafts if draft.text)


def _finish(draft: _Draft, taken: dict[str, int]) -> Section:
    return Section(
        draft.heading,
        _unique(slug(draft.heading[-1]) if draft.heading else "introduction", taken),
        draft.text,
        tuple(draft.blocks),
        tuple(draft.links),
        tuple(dict.fromkeys(draft.questions)),
    )


def _unique(anchor: str, taken: dict[str, int]) -> str:
    taken[anchor] = taken.get(anchor, 0) + 1
    if taken[anchor] == 1:
        return anchor
    return _unique(f"{anchor}-{taken[anchor]}", taken)
