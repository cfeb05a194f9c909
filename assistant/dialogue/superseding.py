"""Puts the edition in force before the one that it supersedes, unless a question asks for the older one by its year."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.dialogue.reply import NewerEdition
from assistant.documents.document import Document
from assistant.documents.editions import editions_in_force, years_of
from assistant.documents.passages import Passage
from assistant.retrieval.hits import Hit, Retrieval

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Editions:
    """The documents and passages of a version, and which document supersedes which."""

    def __init__(self, documents: Sequence[Document], passages: Sequence[Passage]) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._in_force = editions_in_force(documents)
        known = {*self._in_force, *self._in_force.values()}
        self._openings = {_place(passage): passage for passage in reversed(passages) if passage.document_id in known}

    @property
    def superseded(self) -> Collection[str]:
        """The ids of the documents that another one supersedes."""
        return self._in_force.keys()

    def in_order(self, retrieval: Retrieval, hits: Sequence[Hit]) -> list[Hit]:
        """Give the hits of a retrieval with those of the edition in force before those of an older one.

        The same section of the other edition is added where it was found too, that of the edition in force in any
        case. A question that names the year of an older edition gets that one alone.
        """
        sections: dict[tuple[str, str], Hit] = {}
        for hit in (other for one in hits for other in self._family(retrieval, one, hits)):
            sections.setdefault((hit.passage.document_id, hit.passage.section), hit)
        return list(sections.values())

    def newer(self, passage: Passage) -> NewerEdition | None:
        """Give the edition in force in place of that of a passage, `None` if the passage is of that itself."""
        in_force = self.in_force(passage.document_id)
        if in_force is None:
            return None
        same = self._openings.get((in_force.id, passage.heading[-1:]))
        return NewerEdition(in_force.id, in_force.title, same.anchor if same else "")

    def in_force(self, document_id: str) -> Document | None:
        """Give the document that supersedes this one, the last of several in turn; `None` if none does."""
        last = self._in_force.get(document_id)
        return self.documents[last] if last else None

    def older(self, document_id: str) -> tuple[Document, ...]:
        """Give the documents that this one supersedes, the latest first."""
        found = [self.documents[old] for old, new in self._in_force.items() if new == document_id]
        return tuple(sorted(found, key=lambda one: (max(years_of(one), default=""), one.id), reverse=True))

    def before(self, document_id: str) -> str:
        """Give the title of the latest edition that a document supersedes, nothing if it supersedes none."""
        return next((document.title for document in self.older(document_id)), "")

    def _family(self, retrieval: Retrieval, hit: Hit, hits: Sequence[Hit]) -> Iterator[Hit]:
        """Yield what stands in the place of a hit: the editions of its section, that in force first."""
        own = hit.passage.document_id
        in_force = self.in_force(own) or self.documents[own]
        older = self.older(in_force.id)
        asked = [old for old in older if _asks_for(retrieval.query, old, in_force)]
        if asked and (named := [same for old in asked if (same := self._same(retrieval, hit, old.id))]):
            yield from named
            return
        if own != in_force.id and (newer := self._same(retrieval, hit, in_force.id) or _of(in_force.id, hits)):
            yield newer
        yield hit
        behind = (o for o in retrieval.hits if any(o.passage.document_id == old.id for old in older))
        yield from (other for other in behind if _place(other.passage)[1] == _place(hit.passage)[1])

    def _same(self, retrieval: Retrieval, hit: Hit, document_id: str) -> Hit | None:
        """Give the hit for the same section of another edition; made of this one where a search did not find it."""
        wanted = (document_id, _place(hit.passage)[1])
        for other in (hit, *retrieval.hits):
            if _place(other.passage) == wanted:
                return other
        passage = self._openings.get(wanted)
        return _made(hit, passage) if passage else None


def _place(passage: Passage) -> tuple[str, tuple[str, ...]]:
    """Give the document of a passage and the heading by which its section is known in another edition."""
    return passage.document_id, passage.heading[-1:]


def _of(document_id: str, hits: Sequence[Hit]) -> Hit | None:
    return next((hit for hit in hits if hit.passage.document_id == document_id), None)


def _made(hit: Hit, passage: Passage) -> Hit:
    """Give a hit like another one for a passage whose likeness to the query was not measured."""
    nothing = (0.0,) * len(passage.sentences)
    unasked = (0.0,) * len(passage.questions)
    return replace(hit, passage=passage, sentence_similarities=nothing, question_similarities=unasked)


def _asks_for(query: str, old: Document, in_force: Document) -> bool:
    """Whether a query names a year of an older edition and none of the one in force."""
    asked = set(_YEAR.findall(query))
    return not asked.isdisjoint(years_of(old)) and asked.isdisjoint(years_of(in_force))
