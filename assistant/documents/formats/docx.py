"""Reads a Word file (.docx) into sections."""

from __future__ import annotations

from assistant.documents.formats.docx_body import BodyReader
from assistant.documents.formats.docx_notes import Notes, ReadNote
from assistant.documents.formats.docx_numbering import ListMarks
from assistant.documents.formats.docx_package import Part as FilePart
from assistant.documents.formats.docx_package import WordPackage
from assistant.documents.formats.docx_runs import RunReader
from assistant.documents.formats.docx_styles import Styles
from assistant.documents.formats.docx_unstyled import with_headings
from assistant.documents.formats.element import Element
from assistant.documents.formats.part_writing import write_parts
from assistant.documents.formats.parts import Heading, Part
from assistant.documents.reading import Metadata, Reading
from assistant.documents.section_writer import SectionWriter
from assistant.errors import FileWithoutText

_NOTES = ("footnotes", "endnotes")


def read_docx(name: str, content: bytes) -> Reading:
    """Give what a Word file says once its tracked changes are accepted, without comments, headers and footers.

    Raises `FileEncrypted`, `FileDamaged`, `FileTooLarge`, `FileUnsafe`, `FileWithoutText`.
    """
    package = WordPackage(name, content)
    document = package.document()
    body = _body_reader(name, package, document)
    parts = with_headings(body.read(document.root, on_ground=_has_dark_paper(document.root)))
    writer = SectionWriter()
    write_parts(writer, parts)
    sections = writer.sections()
    if not sections:
        raise FileWithoutText(name, 1, "holds no text: it is blank, or its pages are pictures; save it with its text")
    return Reading(sections, _metadata(package, parts), remarks=tuple(body.remarks))


def _body_reader(name: str, package: WordPackage, document: FilePart) -> BodyReader:
    styles = Styles(_root(package, "styles"))
    marks = ListMarks(_root(package, "numbering"), styles)
    kept = {kind: part for kind in _NOTES if (part := package.part(kind)) is not None}
    notes = Notes(
        {kind: part.root for kind, part in kept.items()},
        {kind: _note_reader(name, part, styles, marks) for kind, part in kept.items()},
    )
    return BodyReader(name, RunReader(document, styles), styles, marks, notes)


def _note_reader(name: str, part: FilePart, styles: Styles, marks: ListMarks) -> ReadNote:
    return BodyReader(name, RunReader(part, styles), styles, marks, Notes({}, {})).read


def _root(package: WordPackage, kind: str) -> Element | None:
    part = package.part(kind)
    return part.root if part else None


def _has_dark_paper(root: Element) -> bool:
    background = root.child("w:background")
    return background is not None and background.get("w:color").upper() not in ("", "AUTO", "FFFFFF")


def _metadata(package: WordPackage, parts: tuple[Part, ...]) -> Metadata:
    """Take the title from the text where a paragraph is set as one: what the properties say is often a template's."""
    part = package.properties()
    shown = next((part.text for part in parts if isinstance(part, Heading) and part.level == 1), "")
    if part is None:
        return Metadata(title=shown)
    said = {child.tag: " ".join("".join(child.texts()).split()) for child in part.root.elements}
    date = said.get("dcterms:modified") or said.get("dcterms:created") or ""
    return Metadata(shown or said.get("dc:title", ""), said.get("dc:creator", ""), date[:10])
