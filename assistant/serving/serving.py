"""Holds the one reference to the assistant that replies now."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Served:
    """An assistant that replies; `degraded` says why it is not the published version's, and is empty if it is."""

    assistant: Assistant
    degraded: str = ""


class Serving:
    """What replies now: a request reads `current` once and shows nothing from elsewhere, so no page mixes versions."""

    def __init__(self, assistant: Assistant, degraded: str = "") -> None:
        self._served = Served(assistant, degraded)

    @property
    def current(self) -> Assistant:
        """The assistant to reply with; questions in flight keep the one they began with."""
        return self._served.assistant

    @property
    def served(self) -> Served:
        """The assistant together with its state."""
        return self._served

    def serve(self, served: Served) -> None:
        """Reply from another assistant from now on."""
        self._served = served
