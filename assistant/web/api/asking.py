"""Answers questions over HTTP, as JSON or as a stream of events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel, ConfigDict, Field

from assistant.assistant import Assistant
from assistant.dialogue.conversation import LONGEST as MOST_TURNS
from assistant.dialogue.question import LONGEST, parse_question
from assistant.dialogue.turn_json import TurnJson, turn_to_json
from assistant.errors import AskingFailed
from assistant.serving.serving import Serving
from assistant.web.api.line import Line
from assistant.web.api.problems import FAILED, INVALID, OVERLOADED, TOO_LARGE, Problems, documented
from assistant.web.asking import Asked, ask

_EVENTS = "text/event-stream"
_Typed = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class EarlierTurn(BaseModel):
    """An earlier turn, of which only the question counts: the reply is made again."""

    question: _Typed


class Question(BaseModel):
    """A question and what was asked before it, the oldest first; the service keeps nothing of it."""

    model_config = ConfigDict(extra="forbid")

    question: _Typed
    conversation: Annotated[list[_Typed | EarlierTurn], Field(max_length=MOST_TURNS)] = []
    as_typed: bool = False
    """Search the very words: nothing is taken off or corrected, and nothing is taken from the conversation."""


def asking_routes(serving: Serving, line: Line, root: str) -> APIRouter:
    """Give the route that answers questions with addresses below the path `root`."""
    router = APIRouter()

    @router.post(
        "/ask",
        summary="Ask a question",
        response_model=TurnJson,
        responses={
            200: {"description": "The turn", "content": {_EVENTS: {"schema": {"type": "string"}}}},
            **documented(TOO_LARGE, INVALID, FAILED, OVERLOADED),
        },
    )
    async def ask_question(body: Question, accept: Annotated[str, Header()] = "") -> Response:
        """Answer with quotes and citations, give the closest passages as such, ask back, or decline with a reason.

        With `Accept: text/event-stream` the event `status` comes at once and `reply`, with the same JSON,
        when it is found; should we break meanwhile, `problem` comes in its place.
        """
        done = line.join(partial(_reply, serving.current, _asked(body), root))
        if _EVENTS in accept:
            return StreamingResponse(_events(done, root), media_type=_EVENTS)
        return JSONResponse(await done)

    return router


def _asked(body: Question) -> Asked:
    """Give the question with all texts checked, so that what can't be searched is told before it waits."""
    earlier = (turn if isinstance(turn, str) else turn.question for turn in body.conversation)
    return Asked(parse_question(body.question), tuple(map(parse_question, earlier)), body.as_typed)


def _reply(assistant: Assistant, asked: Asked, root: str) -> TurnJson:
    return ask(assistant, asked, partial(turn_to_json, root=root))


async def _events(done: asyncio.Future[TurnJson], root: str) -> AsyncIterator[bytes]:
    yield _event("status", {"status": "searching"})
    try:
        yield _event("reply", await done)
    except AskingFailed as error:
        yield _event("problem", Problems(root).json(FAILED, str(error)))


def _event(name: str, value: Any) -> bytes:
    return format_sse_event(data_str=json.dumps(value, ensure_ascii=False), event=name)
