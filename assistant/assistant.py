"""The online use case: open an index, reply to questions."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from assistant.dialogue import wording
from assistant.dialogue.answering import answer_or_abstain
from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.question import parse_question
from assistant.dialogue.reply import Abstention, Answer, Clarification, Courtesy, Reply
from assistant.dialogue.rewriting import completed, standalone
from assistant.dialogue.routing import route
from assistant.documents.passages import Passage
from assistant.errors import IndexMismatch
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.hits import Retrieval
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.terms import terms
from assistant.retrieval.vector_index import use_one_thread
from assistant.versions.store import Store
from assistant.versions.version import IndexVersion

_log = logging.getLogger(__name__)
_STARTERS = 4


class Assistant:
    """Replies from one index version; the same question on the same version gets the same reply."""

    def __init__(self, version: IndexVersion, embedder: Embedder) -> None:
        self.version = version
        self.documents = {document.id: document for document in version.documents}
        self._passages = {passage.id: passage for passage in version.passages}
        self._retriever = Retriever(
            version.passages, version.vectors, version.keywords, embedder, version.manifest.fusion
        )

    @classmethod
    def open(cls, index_folder: Path, embedder: Embedder) -> Assistant:
        """Verify and load the published index.

        Raises `IndexMissing`, `IndexDamaged`, or `IndexMismatch` if another model embedded it.
        """
        version = Store(index_folder).load_current()
        if version.manifest.model != embedder.model:
            raise IndexMismatch(
                f"the index in {index_folder} was embedded by {version.manifest.model}, questions would be by "
                f"{embedder.model}; run `python build_index.py` to build the index again"
            )
        use_one_thread()
        return cls(version, embedder)

    def ask(self, question: str, conversation: Conversation = Conversation()) -> Turn:  # noqa: B008  # frozen
        """Reply to a question that follows a conversation.

        Raises `QuestionError` for one that can't be searched, `EmbeddingError` if the model fails.
        """
        started = monotonic()
        turn = self._turn(question, conversation)
        _log_outcome(turn.reply, monotonic() - started)
        return turn

    def converse(self, questions: Sequence[str]) -> Conversation:
        """Give the conversation that asking these questions in turn makes; they are not logged again."""
        conversation = Conversation()
        for question in questions:
            conversation = conversation.with_turn(self._turn(question, conversation))
        return conversation

    def search(self, query: str, count: int) -> Retrieval:
        """Give the `count` hits of a standalone query."""
        return self._retriever.retrieve(query, count)

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage of this version by its id, or `None` if it has no such passage."""
        return self._passages.get(passage_id)

    def starter_questions(self) -> tuple[str, ...]:
        """Give the questions to begin with: the starters of the documents, else the first entries there are."""
        chosen = [starter for document in self.version.documents for starter in document.starters]
        entries = [passage.questions[0] for passage in self.version.passages if passage.is_entry]
        return tuple(dict.fromkeys(chosen or entries))[:_STARTERS]

    def _turn(self, question: str, conversation: Conversation) -> Turn:
        asked = parse_question(question)
        query, reply = self._reply(asked, conversation)
        return Turn(asked, query, reply, self.version.id, self.version.manifest.content_date)

    def _reply(self, question: str, conversation: Conversation) -> tuple[str, Reply]:
        """Give the query that was searched (empty for a courtesy) and the reply."""
        destination = route(question)
        if destination != "question":
            return "", Courtesy(wording.COURTESIES[destination], self.starter_questions())
        resolved = standalone(question, conversation)
        reply = self._search_and_reply(resolved.query)
        if isinstance(reply, Answer):
            return resolved.query, reply
        longer = completed(question, conversation) if resolved.query == question else None
        if longer and _quotes_words_of(question, second := self._search_and_reply(longer)):
            return longer, second
        if resolved.unresolved and len(reply.nearest) > 1:
            return resolved.query, Clarification(reply.nearest)
        return resolved.query, reply

    def _search_and_reply(self, query: str) -> Answer | Abstention:
        retrieval = self._retriever.retrieve(query)
        return answer_or_abstain(retrieval, self.documents, self.version.manifest.decision)


def _quotes_words_of(question: str, reply: Reply) -> bool:
    """Whether an answer has all that the question itself asked for, not just what was added to it."""
    return isinstance(reply, Answer) and set(terms(question)).issubset(terms(reply.citations[0].quote))


def _log_outcome(reply: Reply, seconds: float) -> None:
    """Log one line a question, without the question."""
    passages = [citation.passage.id for citation in reply.citations] if isinstance(reply, Answer) else []
    _log.info("%s %.0f ms %s", type(reply).__name__.lower(), seconds * 1000, " ".join(passages))
