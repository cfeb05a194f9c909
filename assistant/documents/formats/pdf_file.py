"""Opens PDF files with pypdf."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ContentStream, Destination, DictionaryObject
from pypdf.generic._font import Font  # the only decoder of fonts it has; its version is kept narrow for it

from assistant.documents.formats.pdf_fonts import FontFacts, PdfFont
from assistant.documents.formats.pdf_geometry import Box, Matrix
from assistant.errors import FileDamaged, FileEncrypted, FileTooLarge, FileWithoutText

Resources = Mapping[str, object]

_MOST_PAGES = 2_000
_LONGEST_STREAM = 20_000_000
_MOST_OPERANDS = 1_000_000
_MOST_OUTLINE = 10_000
_TAIL = 2_048
_NO_TURN = 360
_BROKEN = (
    PyPdfError, DependencyError, ArithmeticError, AssertionError, AttributeError, EOFError, LookupError,
    NotImplementedError, RecursionError, TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip  # what pypdf raises on damaged files


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator of a content stream after its operands: numbers, names (`/F1`), bytes, lists, dictionaries."""

    operator: str
    operands: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A line of the file's table of contents; `level` counts from 1, `page` is `None` where it leads nowhere."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its number from 1, the box that is shown, the matrix that turns it upright, what paints it."""

    number: int
    box: Box
    matrix: Matrix
    stream: object
    resources: Resources


class PdfFile:
    """An open file; what its methods can't read they refuse with `FileDamaged` or `FileTooLarge` and the page."""

    def __init__(self, name: str, reader: PdfReader) -> None:
        self.name = name
        self._reader = reader
        self._fonts: dict[int, PdfFont] = {}

    def count(self) -> int:
        """Give the number of pages."""
        with self.parsing(1):
            count = len(self._reader.pages)
        if count == 0:
            raise FileDamaged(self.name, 1, "this PDF has no pages; save it again from where it was made")
        if count > _MOST_PAGES:
            raise FileTooLarge(self.name, 1, f"{count:,} pages are too many; split the file ({_MOST_PAGES:,} at most)")
        return count

    def pages(self) -> Iterator[PdfPage]:
        """Give the pages in order."""
        for number in range(1, self.count() + 1):
            with self.parsing(number):
                page = _page(number, self._reader.pages[number - 1])
            yield page

    def operations(self, page: int, stream: object) -> Iterator[Operation]:
        """Give the operators of a content stream of that page in the order they are written."""
        with self.parsing(page):
            parsed = ContentStream(stream, self._reader, "bytes").operations
        for operands, operator in parsed:
            written = operands if isinstance(operands, list) else ()
            yield Operation(operator.decode("latin-1"), tuple(written))

    def font(self, resource: object) -> PdfFont | None:
        """Give a font of a page's resources, made once for a file; `None` for what is no font."""
        if not isinstance(resource, DictionaryObject):
            return None
        known = self._fonts.get(id(resource))
        return known or self._fonts.setdefault(id(resource), PdfFont(_facts(resource)))

    def said(self) -> Mapping[str, str]:
        """Give what the file says of itself, by the names that PDF has for it, and its `/Base` address."""
        with self.parsing(1):
            root = self._reader.root_object
            links = root.get("/URI")
            address = links.get_object() if links is not None else {}
            base = address if isinstance(address, Mapping) else {}
            return {str(key): str(value) for key, value in {**base, **(self._reader.metadata or {})}.items()}

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Give the lines of the table of contents that is shown beside the pages."""
        with self.parsing(1):
            return tuple(self._entries(self._reader.outline, 1))

    def _entries(self, outline: Sequence[object], level: int) -> Iterator[OutlineEntry]:
        for entry in outline:
            if isinstance(entry, list):
                yield from self._entries(entry, level + 1)
            elif isinstance(entry, Destination):
                index = self._reader.get_destination_page_number(entry)
                page = index + 1 if index is not None and index >= 0 else None
                yield OutlineEntry(" ".join(str(entry.title or "").split()), level, page)

    @contextmanager
    def parsing(self, page: int) -> Iterator[None]:
        """Turn what pypdf raises within into an error that names the page."""
        with _parsing(self.name, page):
            yield


@contextmanager
def open_pdf(name: str, content: bytes) -> Iterator[PdfFile]:
    """Open a file; one with an owner's password, but none for reading, is readable.

    Raises `FileWithoutText` for an empty file, `FileDamaged` for one that is no PDF or was cut short, `FileEncrypted`
    for one that needs a password. Within, streams that unpack to more than 20 MB or a million operands are refused.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise FileWithoutText(name, 1, "the file is empty; save or download it again")
    if b"%%EOF" not in content[-_TAIL:]:
        raise FileDamaged(name, 1, "this is no whole PDF: its end is missing; save or download it again")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it notes is told as an error or in the report
    with apply_configuration(
        zlib_maximum_output_length=_LONGEST_STREAM,
        lzw_maximum_output_length=_LONGEST_STREAM,
        run_length_maximum_output_length=_LONGEST_STREAM,
        array_based_stream_maximum_output_length=_LONGEST_STREAM,
        stream_parsing_work_maximum_count=_MOST_OPERANDS,
        outline_maximum_entries=_MOST_OUTLINE,
    ):
        yield _opened(name, content)


def _opened(name: str, content: bytes) -> PdfFile:
    with _parsing(name, 1):
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError
    return PdfFile(name, reader)


@contextmanager
def _parsing(name: str, page: int) -> Iterator[None]:
    try:
        yield
    except FileNotDecryptedError as error:
        raise FileEncrypted(name, 1, "a password is needed to read this PDF; save a copy without one") from error
    except LimitReachedError as error:
        raise FileTooLarge(name, page, f"page {page} unpacks to too much; save the file again") from error
    except _BROKEN as error:
        raise FileDamaged(
            name, page, f"page {page} of this PDF can't be read; save it again from where it was made"
        ) from error


def _page(number: int, page: PageObject) -> PdfPage:
    shown = page.cropbox
    box = Box(*(float(edge) for edge in (shown.left, shown.bottom, shown.right, shown.top)))
    resources = page.get("/Resources")
    found = resources.get_object() if resources is not None else {}
    matrix = _upright(box, page.rotation % _NO_TURN)
    return PdfPage(
        number,
        matrix.box(box.left, box.bottom, box.width, box.height),
        matrix,
        page.get("/Contents"),
        found if isinstance(found, Mapping) else {},
    )


def _facts(resource: DictionaryObject) -> FontFacts:
    font = Font.from_font_resource(resource)
    described = font.font_descriptor
    return FontFacts(
        font.name,
        described.weight,
        described.flags,
        abs(described.bbox[3] - described.bbox[1]),
        resource.get("/FontMatrix") if font.sub_type == "Type3" else None,
        font.encoding,
        font.character_map,
        font.character_widths,
        not font.character_map and str(resource.get("/Encoding", "")).startswith("/Identity"),
    )


def _upright(box: Box, turn: int) -> Matrix:
    """Give the matrix that shows a page turned by 90, 180 or 270 degrees clockwise, its lower left corner at 0, 0."""
    corner = Matrix(e=-box.left, f=-box.bottom)
    if turn == 90:  # noqa: PLR2004  # degrees
        return corner.then(Matrix(0, -1, 1, 0, 0, box.width))
    if turn == 180:  # noqa: PLR2004
        return corner.then(Matrix(-1, 0, 0, -1, box.width, box.height))
    if turn == 270:  # noqa: PLR2004
        return corner.then(Matrix(0, 1, -1, 0, box.height, 0))
    return corner
