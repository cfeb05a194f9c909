"""Lets a few questions be answered at once and a few more wait; whoever comes then is turned away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from assistant.errors import LineFull

T = TypeVar("T")
_WAITING_EACH = 4
"""Places in the line for each question that is answered at once."""


class Line:
    """A bounded number of threads and a bounded line before them, so that nobody waits for what comes too late."""

    def __init__(self, at_once: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, "question")
        self._places = at_once * (1 + _WAITING_EACH)
        self._lock = Lock()

    def join(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Have work done when its turn comes.

        Raises `LineFull` at once if there is no place left.
        """
        with self._lock:
            if not self._places:
                raise LineFull("More questions have come in than can be answered soon. Please try again in a moment.")
            self._places -= 1
        done = self._pool.submit(work)
        done.add_done_callback(self._leave)
        return asyncio.wrap_future(done)

    def _leave(self, _done: Future[T]) -> None:
        with self._lock:
            self._places += 1
