"""Gives the reply to a question that follows a conversation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.dialogue import wording
from assistant.dialogue.advice import asks_for_advice
from assistant.dialogue.answering import answer_or_abstain, cite_nearest
from assistant.dialogue.asking_back import places_to_choose
from assistant.dialogue.combining import combine
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.decision import Decision, hits_from
from assistant.dialogue.demands import demands, states_it
from assistant.dialogue.follow_ups import Standalone, offered, retried, standalone
from assistant.dialogue.glosses import english_gloss
from assistant.dialogue.parts import Split, split_question
from assistant.dialogue.reply import Abstention, Answer, Clarification, Closest, Courtesy, Reply
from assistant.dialogue.suggesting import nearest_questions, without_earlier
from assistant.dialogue.superseding import Editions
from assistant.dialogue.understanding import Understood
from assistant.dialogue.wanted import gives
from assistant.retrieval.hits import Hit, Retrieval
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.terms import terms

_REMEMBERED = 512
"""Replies kept: a conversation comes back with its questions each turn, and the same query has the same reply."""
_MORE = 2
"""Passages that are shown beside an answer, for whom it does not help."""
_ENOUGH = 2
"""Terms from which a question that points at something unknown may be answered for the rest of it."""


class Replying:
    """Replies from a retriever's passages, under a decision; `starters` are offered where nothing else is near.

    `is_of_library` tells the library's own words: names among those of a question in another language.
    """

    def __init__(
        self,
        retriever: Retriever,
        editions: Editions,
        decision: Decision,
        *,
        starters: tuple[str, ...],
        is_of_library: Callable[[str], bool],
    ) -> None:
        self._retriever = retriever
        self._editions = editions
        self._decision = decision
        self._starters = starters
        self._is_of_library = is_of_library
        self._search = lru_cache(_REMEMBERED)(self._reply_to_query)

    def reply(self, understood: Understood, conversation: Conversation) -> tuple[str, Reply]:
        """Give the query that was searched (empty for a courtesy) and the reply."""
        question = understood.text
        if understood.route != "question":
            return "", Courtesy(wording.COURTESIES[understood.route], self._starters)
        if not understood.is_words:
            return question, Abstention("not_understood", ())
        if understood.language != "en":
            nearest = self._in_english(understood)
            return question, Abstention("other_language", nearest, understood.language)
        query, reply = self._reply(question, conversation)
        return query, _without_earlier(reply, conversation)

    def _in_english(self, understood: Understood) -> tuple[str, ...]:
        """Give the English questions nearest to one in another language, else those to begin with."""
        gloss = english_gloss(understood.text, understood.language, self._is_of_library)
        hits = self._retriever.retrieve(gloss).hits if gloss else ()
        return self._nearest(hits) or self._starters

    def _reply(self, question: str, conversation: Conversation) -> tuple[str, Reply]:
        """Give the query that was searched for a question in English, and the reply."""
        if asks_for_advice(question):
            return question, Abstention("advice", _questions_of(self._search(Standalone(question))[1]))
        resolved = interpret(question, conversation)
        if resolved.unresolved:
            return resolved.query, self._reply_to_unresolved(question, resolved.query, conversation)
        query, reply = self._search(resolved)
        if query != question:
            return query, _beside(reply) if _only_repeats(question, reply, conversation) else reply
        return self._retried(question, reply, conversation)

    def _reply_to_unresolved(self, question: str, query: str, conversation: Conversation) -> Reply:
        """Answer what a question says beside what it points at, if that is enough to go by; else ask back."""
        reply = self._search(Standalone(query))[1] if len(terms(question)) >= _ENOUGH else None
        return reply if isinstance(reply, Answer) else self._ask_back(question, conversation)

    def _retried(self, question: str, reply: Reply, conversation: Conversation) -> tuple[str, Reply]:
        """Give the reply to a question, or to the same with the topic before it where only that has an answer.

        A question for what is not so is left as it is: words of another question would be denied in its place.
        """
        demand = demands(question)
        is_settled = isinstance(reply, Answer) or (demand is not None and demand.kind != "count")
        longer = None if is_settled else retried(question, conversation)
        second = self._search(Standalone(longer, asked=question))[1] if longer else reply
        return (longer, second) if longer and _quotes_words_of(question, second) else (question, reply)

    def _ask_back(self, question: str, conversation: Conversation) -> Clarification | Abstention:
        """Ask which question is meant: of those that were just offered, else the nearest, else those to begin with."""
        nearest = _questions_of(self._search(Standalone(question))[1]) if terms(question) else ()
        lists = (offered(conversation), without_earlier(nearest, conversation), self._starters)
        options = next((found for found in map(_different, lists) if len(found) > 1), ())
        return Clarification(options) if options else Abstention("too_vague", nearest)

    def _reply_to_query(self, asked: Standalone) -> tuple[str, Answer | Closest | Clarification | Abstention]:
        """Search all that a question may mean, and each of its parts if it asks several things.

        Gives the query that found what is shown.
        """
        retrieval = self._retriever.retrieve_any(asked.candidates, asked.asked or asked.query)
        whole = self._answer(retrieval, asked.asked)
        split = _split(asked)
        if split is None:
            options = places_to_choose(retrieval, self._decision)
            choice = options and isinstance(whole, Answer)
            return retrieval.query, (
                Clarification(options) if choice else self._with_near(whole, retrieval, retrieval.hits)
            )
        parts = [self._retriever.retrieve(part.query) for part in split.parts]
        reply = combine(split, whole, [self._answer(part) for part in parts])
        return asked.query, self._with_near(
            reply, retrieval, [hit for found in (retrieval, *parts) for hit in found.hits]
        )

    def _with_near(
        self, reply: Answer | Closest | Abstention, whole: Retrieval, hits: Sequence[Hit]
    ) -> Answer | Closest | Abstention:
        """Give a reply with what may be read beside it and asked next or instead; beside another subject nothing is.

        `whole` is what was found for the whole question, `hits` also what was found for its parts.
        """
        match reply:
            case Answer(citations=citations, more=of_parts):
                cited = {(c.passage.document_id, c.passage.section) for c in citations}
                room = max(0, _MORE - len(of_parts))
                near = hits_from(self._decision.closest, self._decision, whole)
                more = (*of_parts, *cite_nearest(near, self._editions, room, (*citations, *of_parts)))
                return replace(reply, suggestions=self._nearest(hits, whole.query, cited), more=more)
            case Abstention(reason="out_of_scope"):
                return reply
            case Closest() | Abstention():
                return replace(reply, nearest=self._nearest(hits, whole.query))

    def _nearest(
        self, hits: Sequence[Hit], asked: str = "", besides: Collection[tuple[str, str]] = ()
    ) -> tuple[str, ...]:
        return nearest_questions(hits, self._retriever.likeness, asked, besides)

    def _answer(self, retrieval: Retrieval, asked: str = "") -> Answer | Closest | Abstention:
        """Answer with what was found as `asked` demands, where the query has other words before it."""
        return as_demanded(asked or retrieval.query, answer_or_abstain(retrieval, self._editions, self._decision))


def as_demanded(query: str, reply: Answer | Closest | Abstention) -> Answer | Closest | Abstention:
    """Give an answer as no more than the closest passages where it does not state what the query demands."""
    demand = demands(query)
    if demand is None or not isinstance(reply, Answer) or any(c.role == "gap" for c in reply.citations):
        return reply
    texts = ("\n".join((*citation.passage.heading[-1:], citation.quote)) for citation in reply.citations)
    if any(states_it(demand, text) for text in texts):
        return reply
    return Closest(tuple(replace(citation, role="closest") for citation in reply.citations), ())


def interpret(question: str, conversation: Conversation) -> Standalone:
    """Give the standalone form of a question; of several joined ones only the first leans on the conversation."""
    split = split_question(question)
    if split is None or split.kind != "questions":
        return standalone(question, conversation)
    first = split.parts[0].text
    resolved = standalone(first, conversation)
    if resolved.query == first:
        return replace(resolved, query=question)
    rest = question[len(first.rstrip("?!. ")) :]
    queries = [query.rstrip("?!. ") + rest for query in resolved.candidates]
    return replace(resolved, query=queries[0], others=tuple(queries[1:]), asked=question if resolved.asked else "")


def _split(asked: Standalone) -> Split | None:
    """Give the parts of what is asked; the first of a question that is joined to an earlier one takes that with it."""
    split = split_question(asked.asked or asked.query)
    if split is None or not asked.asked:
        return split
    rest = asked.asked[len(split.parts[0].text.rstrip("?!. ")) :]
    first = replace(split.parts[0], query=asked.query.removesuffix(rest), leans=True)
    return Split((first, *split.parts[1:]), "questions") if split.kind == "questions" else None


def _different(questions: Sequence[str]) -> tuple[str, ...]:
    """Give questions without those that another one repeats but for capitals and marks."""
    return tuple({question.rstrip("?!. ").casefold(): question for question in reversed(questions)}.values())[::-1]


def _questions_of(reply: Answer | Closest | Clarification | Abstention) -> tuple[str, ...]:
    """Give the questions of the library that are near to what was searched."""
    match reply:
        case Answer(suggestions=questions) | Clarification(options=questions):
            return questions
        case Closest(nearest=questions) | Abstention(nearest=questions):
            return questions


def _without_earlier(reply: Reply, conversation: Conversation) -> Reply:
    """Give a reply without the suggestions that were asked before in the conversation."""
    match reply:
        case Answer(suggestions=questions):
            return replace(reply, suggestions=without_earlier(questions, conversation))
        case Closest(nearest=questions) | Abstention(nearest=questions):
            return replace(reply, nearest=without_earlier(questions, conversation))
        case _:
            return reply


def _beside(reply: Reply) -> Reply:
    """Give what stands beside an answer that was given before as the closest passages, decline if nothing does."""
    if not isinstance(reply, Answer) or not reply.more:
        return Abstention("not_covered", reply.suggestions if isinstance(reply, Answer) else ())
    citations = (replace(citation, number=number) for number, citation in enumerate(reply.more, 1))
    return Closest(tuple(citations), reply.suggestions)


def _only_repeats(question: str, reply: Reply, conversation: Conversation) -> bool:
    """Whether a follow-up got what the turn before quoted, and that has nothing of what the follow-up asked."""
    before = conversation.turns[-1].reply if conversation.turns else None
    if not (isinstance(reply, Answer) and isinstance(before, Answer) and (asked := set(terms(question)))):
        return False
    first = reply.citations[0]
    quoted = {citation.passage.id for citation in before.citations}
    has_asked = not asked.isdisjoint(terms(first.quote)) or gives(question, first.quote)
    return first.passage.id in quoted and not has_asked


def _quotes_words_of(question: str, reply: Reply) -> bool:
    """Whether an answer has all that the question itself asked for, not just what was added to it."""
    return isinstance(reply, Answer) and set(terms(question)).issubset(terms(reply.citations[0].quote))
