"""Reads the partner registry: which sites may embed the widget, and how it looks there."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pydantic

from assistant.errors import PartnersError
from assistant.web.origins import parse_origin

Language = Literal["en", "es"]
_Line = Annotated[str, pydantic.Field(min_length=1, max_length=300)]
_Origin = Annotated[str, pydantic.AfterValidator(parse_origin)]
_TABLE = re.compile(r"\s*\[\[\s*partner\s*\]\]")
_TOML_LINE = re.compile(r"\(at line (\d+),")


@pydantic.with_config(extra="forbid")
@dataclass(frozen=True, slots=True)
class Partner:
    """A site that may embed the widget; one that is `disabled` may not, as if it were not there.

    `key` stands in the site's public snippet and is no secret: it counts only together with one of `origins`.
    `per_minute` bounds the requests of all its visitors together, `None` leaves them to the service's default.
    """

    name: _Line
    key: Annotated[str, pydantic.Field(pattern=r"^[A-Za-z0-9_-]{6,64}$")]
    origins: Annotated[tuple[_Origin, ...], pydantic.Field(min_length=1, max_length=50)]
    accent: Annotated[str, pydantic.Field(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None
    greeting: _Line | None = None
    starters: Annotated[tuple[_Line, ...], pydantic.Field(max_length=6)] = ()
    language: Language = "en"
    per_minute: Annotated[int, pydantic.Field(strict=True, ge=1, le=1_000_000)] | None = None
    disabled: Annotated[bool, pydantic.Field(strict=True)] = False


@dataclass(frozen=True, slots=True)
class Partners:
    """All partners, found by what a request carries; disabled ones are never found."""

    listed: tuple[Partner, ...] = ()

    def with_key(self, key: str) -> Partner | None:
        """Give the partner with that key, `None` if there is none or it is disabled."""
        return next((partner for partner in self.listed if partner.key == key and not partner.disabled), None)

    def has_origin(self, origin: str) -> bool:
        """Whether some partner has that origin."""
        return any(origin in partner.origins and not partner.disabled for partner in self.listed)


def parse_partners(text: str, file: str) -> Partners:
    """Give the partners of a registry; `file` is what errors call it.

    Raises `PartnersError` that names the line.
    """
    partners = tuple(_partner(fields, number, text, file) for number, fields in enumerate(_tables(text, file)))
    keys = [partner.key for partner in partners]
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise PartnersError(file, _line(text, number, "key"), f"key: {key!r} is that of another partner too")
    return Partners(partners)


def _tables(text: str, file: str) -> list[Any]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise PartnersError(file, line, f"no TOML: {error}") from error
    tables = document.pop("partner", [])
    if document or not isinstance(tables, list):
        found_name = next(iter(document), "partner")
        raise PartnersError(file, 1, f"expected only tables headed [[partner]], found {found_name!r}")
    return tables


def _partner(fields: object, number: int, text: str, file: str) -> Partner:
    try:
        return pydantic.TypeAdapter(Partner).validate_json(json.dumps(fields, default=str))
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        line = _line(text, number, str(first["loc"][0]) if first["loc"] else "")
        raise PartnersError(file, line, f"{where}: {first['msg'].removeprefix('Value error, ')}") from error


def _line(text: str, number: int, key: str) -> int:
    """Give the line of a key in the table of that number, or where the table begins; both count from 1 for people."""
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if _TABLE.match(line)]
    if number >= len(starts):
        return 1
    end = starts[number + 1] if number + 1 < len(starts) else len(lines)
    named = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    return 1 + next((place for place in range(starts[number], end) if named.match(lines[place])), starts[number])
