"""Builds the chat with Gradio: a chatbot wired by hand, because `ChatInterface` puts questions in unescaped."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.dialogue.question import LONGEST
from assistant.errors import LineFull
from assistant.serving.serving import Serving
from assistant.web.api.line import Line
from assistant.web.chat import answer, turn_away
from assistant.web.history import Message, question_message
from assistant.web.rendering import STARTERS_PLACE, render_waiting

if TYPE_CHECKING:
    from fastapi import FastAPI

_SESSIONS = 500
_LARGEST_UPLOAD = 1
_EVENT: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": None,  # the line bounds what is done at once, and tells who comes too late
}
_Updates = AsyncIterator[tuple[Any, Any]]
"""What the field and the chat show next."""


@dataclass(frozen=True, slots=True)
class _Composer:
    """Where a question is typed, and what can be done with it; `alone` is pressed by the page's script only."""

    question: gr.Textbox
    ask: gr.Button
    new: gr.Button
    alone: gr.Button


def mount_chat(application: FastAPI, serving: Serving, line: Line) -> None:
    """Serve the chat below `/` of an application; its questions join the line, none of which plots anything.

    So Gradio is kept from importing matplotlib for each, which lists the machine's fonts in the user's home.
    """
    gr.utils.MatplotlibBackendMananger = nullcontext  # type: ignore[assignment, misc]  # it is used as a context only
    gr.mount_gradio_app(
        application,
        _chat(serving, line),
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size=_LARGEST_UPLOAD,
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
    )


def entry_tags() -> str:
    """Give the tags that start Gradio in a page: its script and its style sheet, named by their hashes."""
    template = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
    lines = (line.strip() for line in template.read_text(encoding="utf-8").splitlines())
    return "".join(line.replace("./assets/", "/assets/") for line in lines if "crossorigin" in line)


def _chat(serving: Serving, line: Line) -> gr.Blocks:
    page = gr.Blocks(analytics_enabled=False, fill_width=True)
    with page:
        chat = _conversation()
        with gr.Row(elem_id="composer"):
            composer = _composer()
        _wire(partial(_replying, serving, line), chat, composer)
    page.state_session_capacity = _SESSIONS
    return page


def _conversation() -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="conversation",
        placeholder=STARTERS_PLACE,
        label="Conversation",
        show_label=False,
        container=False,
        height="auto",
        layout="panel",
        autoscroll=False,
        buttons=[],
        feedback_options=None,
        allow_tags=False,
        latex_delimiters=[],
        sanitize_html=True,
        group_consecutive_messages=False,
    )


def _composer() -> _Composer:
    question = gr.Textbox(
        elem_id="question",
        label="Your question",
        placeholder="For example: What is seat time?",
        lines=1,
        max_lines=6,
        max_length=LONGEST,
        scale=1,
    )
    return _Composer(
        question,
        gr.Button("Ask", elem_id="ask", variant="primary", scale=0, min_width=0),
        gr.Button("New conversation", elem_id="new", scale=0, min_width=0),
        gr.Button("Ask alone", elem_id="ask-alone", visible="hidden"),
    )


def _wire(replying: Callable[..., Callable[[str, Any], _Updates]], chat: gr.Chatbot, composer: _Composer) -> None:
    values = [composer.question, chat]
    gr.on([composer.question.submit, composer.ask.click], replying(alone=False), values, values, **_EVENT)
    composer.alone.click(replying(alone=True), values, values, **_EVENT)
    composer.new.click(lambda: ("", []), None, values, **_EVENT)


def _replying(serving: Serving, line: Line, *, alone: bool) -> Callable[[str, Any], _Updates]:
    """Give the handler of a question: it shows the question at once, then the reply below it.

    Where the line is full, the question stays in the field, to be sent again.
    """

    async def reply(typed: str, shown: Any) -> _Updates:
        question = " ".join(typed[: LONGEST + 1].split())
        if not question:
            yield gr.skip(), gr.skip()
            return
        earlier = _messages(shown)
        asked = [*earlier, question_message(question, alone=alone)]
        try:
            done = line.join(partial(answer, serving.current, question, earlier, alone=alone))
        except LineFull as error:
            yield question, _shown([*asked, turn_away(error, earlier)])
            return
        yield "", _shown([*asked, Message("assistant", render_waiting())])
        yield gr.skip(), _shown([*asked, await done])

    return reply


def _messages(shown: Any) -> list[Message]:
    """Read the messages of the chatbot; what is no text was not sent by this page and is left out."""
    return [
        Message(message["role"], part["text"])
        for message in shown
        for part in message["content"]
        if part.get("type") == "text" and message["role"] in ("user", "assistant")
    ]


def _shown(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.html} for message in messages]
