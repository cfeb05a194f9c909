"""Reads how a sheet of a workbook is laid out: what is hidden, merged or linked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from assistant.errors import FileDamaged, FileMisnamed, FileUnsafe

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT_SHEET = "{http://purl.oclc.org/ooxml/spreadsheetml/main}worksheet"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRUE = {"1", "true", "on"}
_DOWNWARDS = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*")


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell, written like `B7`, that reaches down to `last_row`."""

    cell: str
    last_row: int


@dataclass(frozen=True, slots=True)
class HiddenColumns:
    """Columns from the first to the last, counted from 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class CellLink:
    """The web address that a cell, written like `B7`, links to."""

    cell: str
    url: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What is hidden, merged or linked on a sheet."""

    hidden_rows: frozenset[int]
    hidden_columns: tuple[HiddenColumns, ...]
    merges: tuple[Merge, ...]
    links: tuple[CellLink, ...]

    def hides_column(self, column: int) -> bool:
        """Whether a column, counted from 1, is hidden."""
        return any(hidden.first <= column <= hidden.last for hidden in self.hidden_columns)


def read_layout(name: str, package: ZipFile, part: str) -> Layout:
    """Read the layout of the sheet in that part of the package.

    Raises `FileUnsafe` for entities, `FileDamaged` for what is no XML, `FileMisnamed` for the strict dialect.
    """
    try:
        found = _found(name, package, part)
        addresses = _addresses(package, part)
    except DefusedXmlException as error:
        raise FileUnsafe(name, 1, "its XML declares entities, as no spreadsheet does; do not use this file") from error
    except (ParseError, ValueError, LookupError) as error:
        raise FileDamaged(
            name, 1, f"its XML can't be read ({error}); open it in a spreadsheet program and save it again as .xlsx"
        ) from error
    links = (CellLink(link.cell, addresses.get(link.url, "")) for link in found.links)
    return Layout(
        frozenset(found.hidden_rows),
        tuple(found.hidden_columns),
        tuple(found.merges),
        tuple(link for link in links if link.url),
    )


@dataclass(slots=True)
class _Found:
    """What was met of a layout so far; the links still point to the names of relations."""

    row: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[HiddenColumns] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    links: list[CellLink] = field(default_factory=list)

    def take(self, element: Element) -> None:
        """Take an element of the sheet into account; a row without a number follows the one before."""
        match element.tag.removeprefix(_MAIN):
            case "row":
                self.row = int(element.get("r") or self.row + 1)
                if element.get("hidden") in _TRUE:
                    self.hidden_rows.append(self.row)
            case "col" if element.get("hidden") in _TRUE:
                self.hidden_columns.append(HiddenColumns(int(element.get("min", 0)), int(element.get("max", 0))))
            case "mergeCell" if merge := _DOWNWARDS.fullmatch(element.get("ref", "")):
                self.merges.append(Merge(merge[1] + merge[2], int(merge[3])))
            case "hyperlink":
                cell = element.get("ref", "").partition(":")[0]
                self.links.append(CellLink(cell, element.get(_RELATION, "")))


def _found(name: str, package: ZipFile, part: str) -> _Found:
    """Read through a sheet, letting go of each element."""
    found = _Found()
    with package.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag == _STRICT_SHEET:
                raise FileMisnamed(
                    name, 1, "this is a 'Strict Open XML' workbook; save it as an 'Excel Workbook (.xlsx)'"
                )
            found.take(element)
            element.clear()
    return found


def _addresses(package: ZipFile, part: str) -> dict[str, str]:
    """Give the web addresses that a sheet points to, by the names of its relations."""
    folder, _, file = part.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in package.namelist():
        return {}
    with package.open(relations) as stream:
        targets = {element.get("Id", ""): element.get("Target", "") for _, element in iterparse(stream)}
    return {name: target for name, target in targets.items() if _WEB_ADDRESS.fullmatch(target)}
