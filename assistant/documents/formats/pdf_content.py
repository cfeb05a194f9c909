"""Looks up what the operators of a page name: fonts, forms, images, colour spaces, opacity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.documents.formats.pdf_file import Operation, PdfFile, PdfPage, Resources
from assistant.documents.formats.pdf_fonts import PdfFont
from assistant.documents.formats.pdf_geometry import Matrix

_COMPONENTS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}
_RUNNING = {"/Header", "/Footer"}


@dataclass(frozen=True, slots=True)
class Content:
    """What paints a page, or a form on it, with the resources that it names."""

    file: PdfFile
    page: int
    stream: object
    resources: Resources

    def operations(self) -> Iterator[Operation]:
        """Give the operators in the order they are written."""
        return self.file.operations(self.page, self.stream)

    def font(self, name: object) -> PdfFont | None:
        """Give a font, `None` if there is none of that name."""
        with self.file.parsing(self.page):
            return self.file.font(_entry(self.resources, "/Font", name))

    def is_image(self, name: object) -> bool:
        """Whether an outside object is an image."""
        with self.file.parsing(self.page):
            return _mapping(_entry(self.resources, "/XObject", name)).get("/Subtype") == "/Image"

    def form(self, name: object) -> Form | None:
        """Give an outside object that has operators of its own, `None` if there is none of that name."""
        with self.file.parsing(self.page):
            found = _entry(self.resources, "/XObject", name)
            described = _mapping(found)
            if described.get("/Subtype") != "/Form":
                return None
            own = _mapping(_resolved(described.get("/Resources"))) or self.resources
            return Form(Content(self.file, self.page, found, own), _matrix(_resolved(described.get("/Matrix"))))

    def opacity(self, name: object) -> float | None:
        """Give the opacity, 0 to 1, that a named state sets for what is filled, `None` if it sets none."""
        with self.file.parsing(self.page):
            set_to = _resolved(_mapping(_entry(self.resources, "/ExtGState", name)).get("/ca"))
            return float(set_to) if isinstance(set_to, (int, float)) else None

    def components(self, name: object) -> int:
        """Give how many numbers a colour of a named space has: 1, 3 or 4; 0 where they are no grey, RGB or CMYK."""
        with self.file.parsing(self.page):
            found = _entry(self.resources, "/ColorSpace", name)
            if not isinstance(found, list) or not found:
                return _COMPONENTS.get(str(found or name), 0)
            if found[0] == "/ICCBased":
                return int(str(_mapping(_resolved(found[1])).get("/N", 0)))
            return _COMPONENTS.get(str(found[0]), 0)

    def runs_along(self, tag: object, properties: object) -> bool:
        """Whether marked content calls itself a running header or footer (ISO 32000-2, 14.8.2.2)."""
        if tag != "/Artifact":
            return False
        with self.file.parsing(self.page):
            said = _mapping(properties) or _mapping(_entry(self.resources, "/Properties", properties))
            return said.get("/Type") == "/Pagination" or said.get("/Subtype") in _RUNNING


@dataclass(frozen=True, slots=True)
class Form:
    """Content that is painted through a matrix."""

    content: Content
    matrix: Matrix


def page_content(file: PdfFile, page: PdfPage) -> Content:
    """Give what paints a page."""
    return Content(file, page.number, page.stream, page.resources)


def _resolved(found: object) -> object:
    """Follow a reference to what it refers to."""
    follow = getattr(found, "get_object", None)
    return follow() if follow is not None else found


def _entry(resources: Resources, kind: str, name: object) -> object:
    return _resolved(_mapping(_resolved(resources.get(kind))).get(str(name)))


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, Mapping) else {}


def _matrix(found: object) -> Matrix:
    if not isinstance(found, list) or len(found) != 6:  # noqa: PLR2004  # the six numbers of a matrix
        return Matrix()
    return Matrix(*(float(str(number)) for number in found))
