"""Opens the published version for serving, and keeps a running process on it."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event, Thread

from assistant.assistant import Assistant
from assistant.errors import AssistantError
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.reranking import Reranker
from assistant.serving.serving import Served, Serving
from assistant.versions.store import Store

_log = logging.getLogger(__name__)
_POLL = 0.25
"""Seconds between looks at CURRENT."""
_RETRY = 40
"""Looks after which a version that could not be used is tried again: it may have been mended in its place."""


class Follower:
    """Serves what an index folder publishes, each version with the same embedder and reranker.

    A version that can't be used is logged and not served: the last good one stays.
    """

    def __init__(self, index_folder: Path, embedder: Embedder, reranker: Reranker, caution: str = "balanced") -> None:
        """Open the folder; raises `IndexMissing`, `IndexDamaged` or `IndexMismatch` if nothing in it can be served."""
        self._folder = index_folder
        self._embedder = embedder
        self._reranker = reranker
        self._caution = caution
        self._seen = self._look()
        self._looks = 0
        good = Store(index_folder).load_last_good()
        self.serving = Serving(Assistant.of(good.version, embedder, reranker, caution), self._told(good.damage))
        if good.damage:
            _log.error("serving version %s, the last good one: %s", good.version.id, good.damage)

    def start(self, stop: Event) -> Thread:
        """Follow in a thread of its own, which ends with the process or after `stop` is set."""
        thread = Thread(target=self._follow, args=(stop,), name="follower", daemon=True)
        thread.start()
        return thread

    def _follow(self, stop: Event) -> None:
        while not stop.wait(_POLL):
            self.step()

    def step(self) -> None:
        """Serve the published version if another one was published, or if it could not be used some looks ago."""
        seen = self._look()
        self._looks += 1
        if seen == self._seen and not (self.serving.served.degraded and self._looks >= _RETRY):
            return
        self._seen, self._looks = seen, 0
        self.serving.serve(self._next(self.serving.served))

    def _next(self, served: Served) -> Served:
        try:
            version = Store(self._folder).load_current()
            if version.id == served.assistant.version.id:
                return Served(served.assistant)
            assistant = Assistant.of(version, self._embedder, self._reranker, self._caution)
        except (AssistantError, OSError, MemoryError) as error:
            return self._degraded(served, str(error))
        _log.info("serving version %s after %s", version.id, served.assistant.version.id)
        return Served(assistant)

    def _degraded(self, served: Served, reason: str) -> Served:
        told = self._told(reason)
        if told != served.degraded:
            _log.error("still serving version %s: %s", served.assistant.version.id, reason)
        return Served(served.assistant, told)

    def _told(self, reason: str) -> str:
        """Give a reason as it may be told to anyone: without where on this machine the index lies."""
        return reason.replace(str(self._folder), self._folder.name)

    def _look(self) -> tuple[int, int, bytes] | None:
        """Give what changes whenever CURRENT is replaced; `None` if it can't be read."""
        path = self._folder / "CURRENT"
        try:
            stat = path.stat()
            return stat.st_ino, stat.st_mtime_ns, path.read_bytes()
        except OSError:
            return None
