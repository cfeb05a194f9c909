"""Keeps the footnotes and endnotes of a Word file until their section ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.documents.formats.docx_runs import NoteMark
from assistant.documents.formats.element import Element
from assistant.documents.formats.linked_text import LinkedText, join
from assistant.documents.formats.parts import Paragraph, Part
from assistant.documents.formats.table_text import flat

ReadNote = Callable[[Element], tuple[Part, ...]]


class Notes:
    """The notes of a file by kind and id, numbered as they are met."""

    def __init__(self, roots: dict[str, Element], read: dict[str, ReadNote]) -> None:
        """Take for each kind (`footnotes`, `endnotes`) its part and what reads a note in it."""
        self._read = read
        self._notes = {
            NoteMark(kind, note.get("w:id")): note
            for kind, root in roots.items()
            for note in root.elements
            if note.get("w:type") in ("", "normal")
        }
        self._count = 0
        self._pending: list[Paragraph] = []

    def add(self, marks: Iterable[NoteMark]) -> None:
        """Read the notes of some marks: they belong to the section that is being read."""
        for mark in marks:
            if mark not in self._notes:
                continue
            text = flat(self._read[mark.kind](self._notes[mark]))
            self._count += 1
            if text.text:
                self._pending.append(Paragraph(join([LinkedText(f"Note {self._count}: "), text])))

    def take(self) -> tuple[Paragraph, ...]:
        """Give the notes of the section that ends."""
        taken = tuple(self._pending)
        self._pending = []
        return taken
