"""Builds the chat with Gradio: a chatbot wired by hand, because `ChatInterface` puts questions in unescaped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.errors import LineFull, TooManyQuestions
from assistant.serving.serving import Serving
from assistant.web.api.line import Line
from assistant.web.chat import answer, turn_away
from assistant.web.history import Message, parse_kept, question_message, taken
from assistant.web.rates import Rates, client_name
from assistant.web.rendering import STARTERS_PLACE

if TYPE_CHECKING:
    from fastapi import FastAPI

_SESSIONS = 500
_LARGEST_UPLOAD = 1
_EVENT: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "trigger_mode": "multiple",  # the page's script asks one question after the other, and may give one up
    "queue": False,  # one request a question, which the page's script can send again; the line bounds them
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where questions of the chat are taken: at most `per_minute` of one visitor, as far as the line has places.

    The links of its replies lead below `root`.
    """

    serving: Serving
    line: Line
    per_minute: int
    root: str = ""
    rates: Rates = field(default_factory=Rates)

    def admit(self, address: str) -> None:
        """Count a question of a visitor.

        Raises `TooManyQuestions` if that was one too many.
        """
        allowance = self.rates.spend("chat", client_name(address), self.per_minute)
        if not allowance.granted:
            unit = "second" if allowance.seconds == 1 else "seconds"
            raise TooManyQuestions(
                f"At most {self.per_minute:,} questions a minute are answered for this address. "
                f"Please try again in {allowance.seconds} {unit}."
            )


@dataclass(frozen=True, slots=True)
class _Carriers:
    """Boxes that the page's script presses Enter in: a question, one that stands alone, and a kept conversation."""

    asked: gr.Textbox
    alone: gr.Textbox
    kept: gr.Textbox


def mount_chat(application: FastAPI, desk: Desk) -> None:
    """Serve the chat below `/` of an application.

    None of its questions plots anything, so Gradio is kept from importing matplotlib for each: that lists the machine's
    fonts in the user's home.
    """
    gr.utils.MatplotlibBackendMananger = nullcontext  # type: ignore[assignment, misc]  # it is used as a context only
    gr.mount_gradio_app(
        application,
        _chat(desk),
        path="/",
        root_path=desk.root,
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


def entry_tags(root: str = "") -> str:
    """Give the tags that start Gradio in a page: its script and its style sheet, named by their hashes."""
    template = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
    lines = (line.strip() for line in template.read_text(encoding="utf-8").splitlines())
    return "".join(line.replace("./assets/", f"{root}/assets/") for line in lines if "crossorigin" in line)


def _chat(desk: Desk) -> gr.Blocks:
    page = gr.Blocks(analytics_enabled=False, fill_width=True)
    with page:
        chat = _conversation()
        with gr.Row(elem_id="composer"):
            _composer()
        _wire(desk, chat, _carriers())
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


def _composer() -> None:
    """Show where a question is typed; the page's script takes it from there, so that nothing typed is ever lost."""
    gr.Textbox(
        elem_id="question",
        label="Your question",
        placeholder="e.g. What is seat time?",
        lines=1,
        max_lines=6,
        scale=1,
    )
    gr.Button("Ask", elem_id="ask", variant="primary", scale=0, min_width=0)
    gr.Button("New conversation", elem_id="new", scale=0, min_width=0)


def _carriers() -> _Carriers:
    asked, alone, kept = (gr.Textbox(elem_id=name, visible="hidden") for name in ("asked", "asked-alone", "kept"))
    return _Carriers(asked, alone, kept)


def _wire(desk: Desk, chat: gr.Chatbot, carriers: _Carriers) -> None:
    carriers.asked.submit(_replying(desk, alone=False), [carriers.asked, chat], chat, **_EVENT)
    carriers.alone.submit(_replying(desk, alone=True), [carriers.alone, chat], chat, **_EVENT)
    carriers.kept.submit(lambda kept: _shown(parse_kept(kept)), carriers.kept, chat, **_EVENT)


def _replying(desk: Desk, *, alone: bool) -> Callable[[gr.Request, str, Any], Awaitable[Any]]:
    """Give the handler of a question: the conversation with the question and its reply, or why it was not taken."""

    async def reply(request: gr.Request, question: str, shown: Any) -> Any:
        earlier = taken(_messages(shown))
        asked = [*earlier, question_message(question, alone=alone)]
        try:
            desk.admit(request.client.host)
            done = desk.line.join(partial(answer, desk.serving.current, question, earlier, alone=alone, root=desk.root))
        except (LineFull, TooManyQuestions) as error:
            return _shown([*asked, turn_away(error, earlier)])
        return _shown([*asked, await done])

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
