"""Tells what went wrong as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NotRequired

from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from typing_extensions import TypedDict

MEDIA_TYPE = "application/problem+json"
_REFERENCE = "/api/docs"
"""The page that explains each type of problem, and that `type` points into."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of problem: its name in `type`, its HTTP status, and what it is called."""

    name: str
    status: int
    title: str


BAD_REQUEST = Kind("bad-request", 400, "The request can't be read")
NOT_ADMITTED = Kind("not-admitted", 403, "This origin may not use the API")
NOT_FOUND = Kind("not-found", 404, "There is nothing at this address")
WRONG_METHOD = Kind("wrong-method", 405, "This address is not asked with that method")
TOO_LARGE = Kind("too-large", 413, "The request is too large")
INVALID = Kind("invalid", 422, "The request has a value that can't be used")
TOO_MANY = Kind("too-many-requests", 429, "Too many requests within a minute")
FAILED = Kind("failed", 500, "Something went wrong on our side")
OVERLOADED = Kind("overloaded", 503, "Too many questions at once")
KINDS = (BAD_REQUEST, NOT_ADMITTED, NOT_FOUND, WRONG_METHOD, TOO_LARGE, INVALID, TOO_MANY, FAILED, OVERLOADED)
_Status = Literal[400, 403, 404, 405, 413, 422, 429, 500, 503]


class FaultJson(TypedDict):
    """One value that can't be used: where it stands in the body (JSON Pointer) or query, and why."""

    pointer: str
    detail: str


class ProblemJson(TypedDict):
    """What went wrong; `type` opens its explanation, `errors` names values that can't be used."""

    type: str
    title: str
    status: _Status
    detail: str
    errors: NotRequired[list[FaultJson]]


@dataclass(frozen=True, slots=True)
class Problems:
    """Tells of problems on a site that lies below the path `root`."""

    root: str

    def json(self, kind: Kind, detail: str, errors: Sequence[FaultJson] = ()) -> dict[str, Any]:
        """Give a problem as JSON values."""
        explained = f"{self.root}{_REFERENCE}#{kind.name}"
        body = {"type": explained, "title": kind.title, "status": kind.status, "detail": detail}
        return {**body, "errors": list(errors)} if errors else body

    def response(
        self, kind: Kind, detail: str, errors: Sequence[FaultJson] = (), headers: Mapping[str, str] | None = None
    ) -> JSONResponse:
        """Give the response that tells of a problem."""
        return JSONResponse(self.json(kind, detail, errors), kind.status, headers, MEDIA_TYPE)


def documented(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """Describe the responses for these problems in the way that OpenAPI does."""
    schema = TypeAdapter(ProblemJson).json_schema()
    schema["properties"]["errors"]["items"] = schema.pop("$defs")[
        "FaultJson"
    ]  # `$defs` is not found from within OpenAPI
    content = {MEDIA_TYPE: {"schema": schema}}
    return {kind.status: {"description": kind.title, "content": content} for kind in kinds}
