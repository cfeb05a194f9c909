"""The online use case: open an index, reply to questions."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.decision import best_confidence
from assistant.dialogue.follow_ups import Standalone
from assistant.dialogue.question import parse_question
from assistant.dialogue.reply import Answer, Reply
from assistant.dialogue.replying import Replying, interpret
from assistant.dialogue.superseding import Editions
from assistant.dialogue.understanding import Understood, understand
from assistant.documents.passages import Passage
from assistant.errors import IndexMismatch
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.hits import Retrieval
from assistant.retrieval.reranking import Reranker
from assistant.retrieval.retriever import keyword_text
from assistant.retrieval.spelling import Spelling
from assistant.retrieval.vector_index import use_one_thread
from assistant.versions.store import Store
from assistant.versions.version import IndexVersion, make_retriever

_log = logging.getLogger(__name__)
_STARTERS = 4


class Assistant:
    """Replies from one index version; the same question on the same version gets the same reply.

    `caution` is one of the levels that were measured on its library: how sure an answer must be.
    """

    def __init__(
        self, version: IndexVersion, embedder: Embedder, reranker: Reranker, caution: str = "balanced"
    ) -> None:
        self.version = version
        self._decision = version.manifest.decision.at(caution)
        self.documents = {document.id: document for document in version.documents}
        self.editions = Editions(version.documents, version.passages)
        self._passages = {passage.id: passage for passage in version.passages}
        self._spelling = Spelling([*map(keyword_text, version.passages), *(a.written for a in version.aliases)])
        self._own = frozenset(text.casefold() for passage in version.passages for text in _questions(passage))
        self._retriever = make_retriever(version, embedder, reranker)
        self._replying = Replying(
            self._retriever,
            self.editions,
            self._decision,
            starters=self.starter_questions(),
            is_of_library=self._spelling.is_of_library,
        )

    @classmethod
    def open(cls, index_folder: Path, embedder: Embedder, reranker: Reranker, caution: str = "balanced") -> Assistant:
        """Verify and load the published index.

        Raises `IndexMissing`, `IndexDamaged`, or `IndexMismatch` if another model embedded it.
        """
        return cls.of(Store(index_folder).load_current(), embedder, reranker, caution)

    @classmethod
    def of(cls, version: IndexVersion, embedder: Embedder, reranker: Reranker, caution: str = "balanced") -> Assistant:
        """Reply from a version that is loaded.

        Raises `IndexMismatch` if another model embedded it.
        """
        if version.manifest.model != embedder.model:
            raise IndexMismatch(
                f"version {version.id} of the index was embedded by {version.manifest.model}, questions would be by "
                f"{embedder.model}; run `python build_index.py` to build the index again"
            )
        use_one_thread()
        return cls(version, embedder, reranker, caution)

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),  # noqa: B008  # frozen
        *,
        as_typed: bool = False,
    ) -> Turn:
        """Reply to a question that follows a conversation; `as_typed` leaves all its words alone.

        Raises `QuestionError` for one that can't be searched, `EmbeddingError` if the model fails.
        """
        started = monotonic()
        turn = self._turn(question, conversation, as_typed=as_typed)
        _log_outcome(turn.reply, monotonic() - started)
        return turn

    def converse(self, questions: Sequence[str]) -> Conversation:
        """Give the conversation that asking these questions in turn makes; they are not logged again."""
        conversation = Conversation()
        for question in questions:
            conversation = conversation.with_turn(self._turn(question, conversation, as_typed=False))
        return conversation

    def interpret(self, question: str, conversation: Conversation) -> Standalone:
        """Give the query that is searched for a question after a conversation: without noise, and standalone."""
        return interpret(self._understand(" ".join(question.split())).text, conversation)

    def confidence(self, query: str) -> float:
        """Give how sure the decision is of the best passage for a standalone query, 0 to 1."""
        return best_confidence(self._decision, self._retriever.retrieve(query))

    def search(self, query: str, count: int) -> Retrieval:
        """Give the `count` hits of a standalone query."""
        return self._retriever.retrieve(query, count)

    def find(self, question: str, conversation: Conversation, count: int) -> Retrieval:
        """Give the `count` hits of a question after a conversation, for all the queries that it may mean."""
        resolved = self.interpret(question, conversation)
        return self._retriever.retrieve_any(resolved.candidates, resolved.asked or resolved.query, count)

    def passage(self, passage_id: str) -> Passage | None:
        """Give a passage of this version by its id, or `None` if it has no such passage."""
        return self._passages.get(passage_id)

    def starter_questions(self) -> tuple[str, ...]:
        """Give the questions to begin with: the starters of the documents, else the first entries there are."""
        chosen = [starter for document in self.version.documents for starter in document.starters]
        entries = [passage.questions[0] for passage in self.version.passages if passage.is_entry]
        return tuple(dict.fromkeys(chosen or entries))[:_STARTERS]

    def _turn(self, question: str, conversation: Conversation, *, as_typed: bool) -> Turn:
        asked = parse_question(question)
        understood = self._understand(asked, as_typed=as_typed)
        query, reply = self._replying.reply(understood, conversation)
        return Turn(asked, query, reply, self.version.id, self.version.manifest.content_date)

    def _understand(self, asked: str, *, as_typed: bool = False) -> Understood:
        return understand(asked, self._spelling, self._own, as_typed=as_typed)


def _questions(passage: Passage) -> tuple[str, ...]:
    """Give what a passage's section answers in words of its own, and its heading."""
    return (*passage.questions, *passage.heading[-1:])


def _log_outcome(reply: Reply, seconds: float) -> None:
    """Log one line a question, without the question."""
    passages = [citation.passage.id for citation in reply.citations] if isinstance(reply, Answer) else []
    _log.info("%s %.0f ms %s", type(reply).__name__.lower(), seconds * 1000, " ".join(passages))
