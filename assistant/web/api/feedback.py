"""Takes what people think of a reply, and tells them what of it is kept."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from assistant.dialogue.question import LONGEST
from assistant.errors import FeedbackUnwritable
from assistant.web.admission import caller_of
from assistant.web.api.problems import INVALID, TOO_LARGE, documented
from assistant.web.opinions import Opinion, Reason, Verdict, keep_opinion

_log = logging.getLogger(__name__)
_Kept = Literal["version", "verdict", "partner", "reason", "query", "text"]
_LOGGED: tuple[_Kept, ...] = ("version", "verdict", "reason")
_WRITTEN: tuple[_Kept, ...] = (*_LOGGED, "partner", "query", "text")


class Feedback(BaseModel):
    """A verdict on a reply; `query` (what was searched) and `text` (a comment) only if a person chose to send them."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")]
    verdict: Verdict
    reason: Reason | None = None
    query: Annotated[str, Field(max_length=LONGEST)] | None = None
    text: Annotated[str, Field(max_length=LONGEST)] | None = None


class KeptJson(TypedDict):
    """Which fields of the feedback were kept."""

    kept: list[_Kept]


def feedback_routes(folder: Path | None) -> APIRouter:
    """Give the route that takes feedback; without a folder no words are kept."""
    router = APIRouter()

    @router.post("/feedback", summary="Say whether a reply helped", responses=documented(TOO_LARGE, INVALID))
    def feedback(body: Feedback, request: Request) -> KeptJson:
        """Keep an opinion, and tell in `kept` which of its fields were.

        Version, verdict and reason are logged. `query` and `text` are kept only where the operator has chosen a
        folder for feedback, and then together with the site's key, as `partner`.
        """
        _log.info("feedback %s %s on version %s", body.verdict, body.reason or "-", body.version or "-")
        partner = caller_of(request.scope).partner
        opinion = Opinion(**body.model_dump(), partner=partner.key if partner else None)
        return {"kept": list(_keep(folder, opinion))}

    return router


def _keep(folder: Path | None, opinion: Opinion) -> tuple[_Kept, ...]:
    """Give which fields are kept; should writing fail, those that stand in the log."""
    if folder is None:
        return _given(opinion, _LOGGED)
    try:
        keep_opinion(folder, opinion)
    except FeedbackUnwritable as error:
        _log.error("%s", error)
        return _given(opinion, _LOGGED)
    return _given(opinion, _WRITTEN)


def _given(opinion: Opinion, names: tuple[_Kept, ...]) -> tuple[_Kept, ...]:
    return tuple(name for name in names if getattr(opinion, name) is not None)
