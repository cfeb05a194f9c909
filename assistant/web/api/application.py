"""Puts the API together: its routes behind admission, limits and bounds, every error told as problem details."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security import APIKeyHeader
from starlette.exceptions import HTTPException

from assistant.dialogue import wording
from assistant.errors import AskingFailed, LineFull, QuestionError
from assistant.serving.serving import Serving
from assistant.web.admission import Admission
from assistant.web.api import problems
from assistant.web.api.asking import asking_routes
from assistant.web.api.documents import document_routes
from assistant.web.api.feedback import feedback_routes
from assistant.web.api.library import library_routes
from assistant.web.api.line import Line
from assistant.web.api.metering import Metering
from assistant.web.api.problems import FaultJson, Problems
from assistant.web.bodies import Bodies
from assistant.web.hosting import Hosting

LARGEST = 16_384
"""Bytes of a body: a question and six earlier ones of ordinary length several times over."""
_RETRY = {"Retry-After": "2"}
_OF_STATUS = {kind.status: kind for kind in problems.KINDS}
_KEY = APIKeyHeader(
    name="X-Site",
    auto_error=False,
    description="The site's key in the partner registry; it counts only together with a registered Origin.",
)


def make_api(serving: Serving, hosting: Hosting, line: Line) -> FastAPI:
    """Give the API as an application of its own, to be mounted at `/api`; its questions join the line."""
    api = FastAPI(
        title=f"{wording.NAME}: API",
        summary=wording.WHAT_IT_IS,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        responses=problems.documented(problems.BAD_REQUEST, problems.NOT_ADMITTED, problems.TOO_MANY),
        dependencies=[Security(_KEY)],
    )
    for router in _routers(serving, hosting, line):
        api.include_router(router)
    told = Problems(hosting.root)
    _tell_problems(api, told)
    api.add_middleware(Bodies, most=LARGEST, refuse=partial(_refuse, told), beside=" ")
    api.add_middleware(Metering, per_minute=hosting.per_minute, told=told)
    api.add_middleware(Admission, hosting=hosting)
    return api


def _routers(serving: Serving, hosting: Hosting, line: Line) -> Sequence[APIRouter]:
    return (
        asking_routes(serving, line, hosting.root),
        library_routes(serving, hosting.root),
        document_routes(serving, hosting.root),
        feedback_routes(hosting.feedback),
    )


def _refuse(told: Problems, body: bytes | None) -> JSONResponse | None:
    return told.response(problems.TOO_LARGE, f"At most {LARGEST:,} bytes are read.") if body is None else None


def _tell_problems(api: FastAPI, told: Problems) -> None:
    """Have every error told as problem details, with no more in it than a stranger may know."""

    @api.exception_handler(HTTPException)
    async def _http(_request: Request, error: HTTPException) -> JSONResponse:
        kind = _OF_STATUS.get(error.status_code, problems.BAD_REQUEST)
        return told.response(kind, kind.title + ".", headers=error.headers)

    @api.exception_handler(RequestValidationError)
    async def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [_fault(fault) for fault in error.errors()]
        return told.response(problems.INVALID, f"{faults[0]['pointer']}: {faults[0]['detail']}", faults)

    @api.exception_handler(QuestionError)
    async def _question(_request: Request, error: QuestionError) -> JSONResponse:
        return told.response(problems.INVALID, str(error))

    @api.exception_handler(LineFull)
    async def _full(_request: Request, error: LineFull) -> JSONResponse:
        return told.response(problems.OVERLOADED, str(error), headers=_RETRY)

    @api.exception_handler(AskingFailed)
    async def _failed(_request: Request, error: AskingFailed) -> JSONResponse:
        return told.response(problems.FAILED, str(error))

    @api.exception_handler(Exception)
    async def _broken(_request: Request, _error: Exception) -> JSONResponse:
        return told.response(problems.FAILED, wording.FAILURE)


def _fault(fault: dict[str, Any]) -> FaultJson:
    where = [str(step)[:100] for step in fault["loc"] if step != "body"]
    return {"pointer": "/" + "/".join(where), "detail": fault["msg"]}
