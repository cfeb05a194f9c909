"""Chooses what to ask next or instead: questions of the library that a person would ask, near to what was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from assistant.dialogue.advice import asks_for_advice
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.follow_ups import standalone
from assistant.dialogue.noise import without_noise
from assistant.dialogue.parts import split_question
from assistant.dialogue.routing import route
from assistant.dialogue.topic import is_plural
from assistant.dialogue.wanted import tells_a_gap
from assistant.documents.passages import Passage
from assistant.retrieval.hits import Hit
from assistant.retrieval.names import STATE
from assistant.retrieval.spelling import english_words
from assistant.retrieval.terms import terms

MOST = 3
_ASKS = re.compile(
    r"(?:what|which|who|whose|whom|where|when|why|how|is|are|was|were|do|does|did|can|could|should|would|will|must|may|"
    r"has|have|had)\b[^.?!;]*\??$",
    re.IGNORECASE,
)
_NO_PHRASE = re.compile(
    r"[^\w\s'’,&-]|(?-i:\b[A-Z] to [A-Z]\b)|^\d"
    r"|^(?:No|Not|Missing|Other|More|Further|See|About|Related|External|The \w+)\b"
    r"|\b(?:references|contents|links|notes|articles|sources|footnotes)$",
    re.IGNORECASE,
)
"""What a heading has that is no phrase to be asked about: marks, a range of letters, a number, a part of any page."""
_VERBS = frozenset(
    """accept achieve adopt affect allow announce apply appear approve ask assess assign attend award become believe
    belong benefit borrow bring build buy calculate call cancel care cause change charge check choose claim close
    collect compare complete conclude connect consider contain continue contribute control cost cover create
    criticise criticize cut decide define deliver depend derive describe design determine develop differ direct
    earn enable encourage end endorse enroll ensure evaluate exist expect expire explain extend face fail fall fit
    focus follow force free fund gain give grant grow handle happen help hire hold identify implement improve
    include increase influence inform introduce invest invite involve issue join keep launch lead learn leave let
    limit list live lose maintain make manage matter mean measure meet mention monitor move need object offer open
    operate oppose order organise organize originate own participate pass pay perform permit plan prepare prevent
    produce prohibit promote propose protect prove provide publish purchase qualify reach read receive recommend
    reduce refer register reject relate rely remain remove renew replace report represent request require return
    review run save say scan see seek sell send serve set share show sign solve spend sponsor stand start stay
    stop store study submit succeed suggest supply support take teach tell test track train transfer treat try
    update use vary view visit vote waive win withdraw work write""".split()
)
"""Verbs that a heading may begin with: it tells what to do, and is no phrase either."""
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_CLAUSE = re.compile(r"(?:What|Who|How|Where|Why|When|Which)\b")
_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_FEWEST_WORDS, _MOST_WORDS = 2, 9
_LEANS = re.compile(
    r"\b(?:it|its|they|them|this|these|those|here|he|she|you|your|which one)\b|^\w+ to\b", re.IGNORECASE
)
"""Words that point at something a reader of the question alone does not see, and a question that is no sentence."""
_NEAR = 0.4
"""Cosine from which one of the library's questions is on the subject of what was asked."""
_HEADING = 0.05
"""What the question of an entry's heading gains on its other wordings, which were written to be found, not shown."""
_SAME = 0.9
"""Cosine from which one of the library's questions is what was asked in other words."""
_ALIKE = 0.75
"""Cosine from which two of the library's questions ask the same."""
_SHARED = 0.6
"""Share of the terms of two questions that both have from which they say the same."""
_SHORTEST, _LONGEST = 4, 16
"""Words of a question that can be read at a glance and says what it is about."""
_FEWEST_TERMS = 2


def nearest_questions(
    hits: Sequence[Hit],
    likeness: Callable[[str, str], float],
    asked: str = "",
    besides: Collection[tuple[str, str]] = (),
) -> tuple[str, ...]:
    """Give questions that the library answers, the nearest to the query of the hits first, one a section at most.

    None repeats what was `asked` or, by the `likeness` of the library's questions, another; none is of the sections
    `besides`, and none is far.
    """
    near = {_section(hit): hit for hit in reversed(hits) if _section(hit) not in besides and not is_about_a_gap(hit)}
    rated = [(value, text, section) for section, hit in near.items() for value, text in _rated(hit) if value >= _NEAR]
    chosen: dict[tuple[str, str], str] = {}
    for value, text, section in sorted(rated, key=lambda r: (-r[0], r[1])):
        is_asked = asked and (value >= _SAME or _repeats(text, (asked,)))
        is_said = section in chosen or any(_alike(text, other, likeness) for other in chosen.values())
        if not is_asked and not is_said and can_be_asked(text):
            chosen[section] = text
        if len(chosen) == MOST:
            break
    return tuple(map(_written, chosen.values()))


def question_of(hit: Hit) -> str | None:
    """Give the question by which a hit is offered, however far it is: `None` if there is none to be read."""
    rated = sorted(_rated(hit), key=lambda r: (-r[0], r[1]))
    return next((_written(text) for _, text in rated if can_be_asked(text)), None)


def without_earlier(questions: Iterable[str], conversation: Conversation) -> tuple[str, ...]:
    """Give questions but those that were asked in the conversation."""
    asked = [text for turn in conversation.turns for text in (turn.question, turn.query) if text]
    return tuple(question for question in questions if not _repeats(question, asked))


def is_about_a_gap(hit: Hit) -> bool:
    """Whether a passage opens with what its own library or page lacks, and is no answer to a question of its own."""
    opening = hit.passage.sentences[0]
    return not hit.passage.is_entry and tells_a_gap(hit.passage.text[opening.start : opening.end])


def _rated(hit: Hit) -> Iterator[tuple[float, str]]:
    """Yield the questions of a hit's section with how near they are, or its heading put as one if it has none.

    The heading of an entry was written to be read.
    """
    if not hit.passage.questions and (question := heading_as_question(hit.passage)):
        yield hit.label_similarity, question
    heading = hit.passage.heading[-1] if hit.passage.is_entry else None
    for value, text in zip(hit.question_similarities, hit.passage.questions, strict=True):
        yield value + _HEADING * (text == heading), text


def heading_as_question(passage: Passage) -> str | None:
    """Give a heading as a question about its page, `None` for one that is no name, no plural and no clause."""
    title, heading = _IN_BRACKETS.sub("", passage.title), passage.heading[-1] if passage.heading else ""
    words = heading.split()
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or heading.casefold() == title.casefold():
        return None
    is_name = all(word[0].isupper() or word in _SMALL for word in words)
    is_phrase = is_name or _CLAUSE.match(heading) or is_plural(heading)
    if not is_phrase or _NO_PHRASE.search(heading) or words[0].lower() in _VERBS:
        return None
    is_word = words[0].lower() in english_words() and not words[1][0].isupper() and not STATE.match(heading)
    is_common = is_word or _CLAUSE.match(heading)
    return f"What does “{title}” say about {' '.join((words[0].lower() if is_common else words[0], *words[1:]))}?"


def _section(hit: Hit) -> tuple[str, str]:
    return hit.passage.document_id, hit.passage.section


def _alike(text: str, other: str, likeness: Callable[[str, str], float]) -> bool:
    return _repeats(text, (other,)) or likeness(text, other) >= _ALIKE


def can_be_asked(question: str) -> bool:
    """Whether a text is one question, and says by itself what it is about."""
    return (
        _ASKS.fullmatch(question) is not None
        and not _LEANS.search(question)
        and _SHORTEST <= len(question.split()) <= _LONGEST
        and len(terms(question)) >= _FEWEST_TERMS
        and not standalone(question, Conversation()).unresolved
        and split_question(question) is None
        and route(question) == "question"
        and not asks_for_advice(question)
        and without_noise(question) == question
    )


def _written(text: str) -> str:
    """Give a question with a capital letter and a question mark."""
    return f"{text[:1].upper()}{text[1:].rstrip('? ')}?"


def _repeats(question: str, others: Iterable[str]) -> bool:
    """Whether a question says the same as another."""
    own = set(terms(question))
    return any(own and len(own & other) >= _SHARED * len(own | other) for other in map(set, map(terms, others)))
