"""An assistant that breaks when it is told to."""

from __future__ import annotations


class Breakable:
    """Replies as another assistant does, and breaks at one question."""

    def __init__(self, assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, question, conversation, *, as_typed):
        """Reply, or break."""
        if question == "Break.":
            raise RuntimeError
        return self._assistant.ask(question, conversation, as_typed=as_typed)
