"""Takes what people think of a reply; nothing of it is kept but one line in the log, without words of theirs."""

from __future__ import annotations

import logging
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from assistant.dialogue.question import LONGEST
from assistant.web.api.problems import INVALID, TOO_LARGE, documented

_log = logging.getLogger(__name__)


class Feedback(BaseModel):
    """A verdict on a reply; `query` and `text` only if the person chose to send them."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")]
    verdict: Literal["up", "down"]
    reason: Literal["wrong", "incomplete", "outdated", "unclear", "other"] | None = None
    query: Annotated[str, Field(max_length=LONGEST)] | None = None
    text: Annotated[str, Field(max_length=LONGEST)] | None = None


class KeptJson(TypedDict):
    """Which fields of the feedback were kept."""

    kept: list[str]


def feedback_routes() -> APIRouter:
    """Give the route that takes feedback."""
    router = APIRouter()

    @router.post("/feedback", summary="Say whether a reply helped", responses=documented(TOO_LARGE, INVALID))
    async def feedback(body: Feedback) -> KeptJson:
        """Log the version, the verdict and the reason; `query` and `text` are not kept."""
        _log.info("feedback %s %s on version %s", body.verdict, body.reason or "-", body.version or "-")
        return {"kept": ["version", "verdict", "reason"]}

    return router
