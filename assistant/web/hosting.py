"""Holds what an operator decides about a site: where it is reached, who may embed it, and how much it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.web.registry import Registry


@dataclass(frozen=True, slots=True)
class Hosting:
    """The operator's choices; `origins` empty: whatever host a request names is this site's own.

    `root` is the path of its host that the site lies below, such as `/assistant`; empty where it has a host of its own.

    `per_minute` bounds the API requests of one client, `at_once` the questions that are answered at the same time.
    `feedback` is the folder where opinions are kept with their words; without one only verdicts are logged.
    """

    origins: tuple[str, ...] = ()
    root: str = ""
    registry: Registry = field(default_factory=Registry)
    per_minute: int = 60
    at_once: int = 2
    feedback: Path | None = None
