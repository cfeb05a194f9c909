"""Gives a follow-up the queries that it may mean: what it leaves out is taken from the conversation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.openings import Opening, take_opening
from assistant.dialogue.positions import Position, find_position, latest_list
from assistant.dialogue.pronouns import open_pronouns, points_at_person
from assistant.dialogue.reply import Abstention, Answer, Clarification, Closest
from assistant.dialogue.swapping import could_swap, swapped
from assistant.dialogue.topic import topic, with_topic
from assistant.retrieval.names import STATE
from assistant.retrieval.terms import terms

_ANSWERED = re.compile(r"(?:yes|yeah|yep|sure|no|nope|neither|none|maybe|please do)(?:,? please)?", re.IGNORECASE)
_BARE = re.compile(
    r"(?:why not|why|how so|how come|how much|how many(?: are there)?|how long|how often|how|since when|until when|"
    r"when|where|by whom|for whom|with whom|who|such as|which(?: ones?| of (?:them|those|these))?|what ones)"
    r"|(?:(?:please|can you|could you|tell me|give me|show me|for|some|any|an?|more) )*(?:examples?|instance|details|"
    r"more(?: (?:details?|information))?|go on|continue|elaborate|explain(?: more| further)?)"
    r"(?: (?:about|on) (?:it|this|that))?",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:what|which|who|whose|where|when|why|how|is|are|does|do|did|can|could|should|would|will|was|were|has|have|tell|"
    r"explain|describe|define|list|give|show)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:in|for|on|at|to|from|with|without|by|under|outside|inside|within|before|after|during|since|until|among|across|"
    r"between|per|through)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"(?:any|other|another|anything|further)\b", re.IGNORECASE)
_NOT_THAT = re.compile(r"not (?P<old>[^,]+),\s*(?:but )?(?P<new>.+)", re.IGNORECASE)
_INSTEAD = re.compile(r"(?P<new>.+?),? (?:and )?(?:not|instead of|rather than) (?P<old>.+)", re.IGNORECASE)
_HOW_MANY = re.compile(r"how many ", re.IGNORECASE)
_WHICH = re.compile(r"which(?: ones?| of (?:them|those|these))?|what ones", re.IGNORECASE)
_ONES = re.compile(r"(?:which|what) ones\b|which one (?:is|was|has|had|does|did|can|will)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:how many|how much|which|what|whose) [\w-]+\?", re.IGNORECASE)
_PERSON = re.compile(r"\b[A-Z][\w.]* (?:[A-Z]\. )?[A-Z]\w")
_SHORT = 3
"""Terms up to which a question says too little to be searched if what it points at is not known."""
_FRAGMENT = 6
"""Words up to which something without a verb is taken for a fragment; without an announcement the next."""
_BARE_FRAGMENT = 4


@dataclass(frozen=True, slots=True)
class Standalone:
    """A query that can be searched by itself, and others it may mean; `unresolved` if it points at nothing known.

    `asked` is the question itself where the query is that behind the one before it, which is not to be answered again.
    """

    query: str
    unresolved: bool = False
    others: tuple[str, ...] = ()
    asked: str = ""

    @property
    def candidates(self) -> tuple[str, ...]:
        """All queries that are searched, the likeliest first."""
        return (self.query, *self.others)


def standalone(question: str, conversation: Conversation) -> Standalone:
    """Give the queries that a question may mean after a conversation; one that needs nothing added is left as it is.

    A position is what stands there in the latest list; a name is put in place of another of its kind; what points back
    or leaves something out is searched with the topic in place of its pronoun, and behind the question before it.
    """
    turns = _turns_to_lean_on(conversation)
    opening = take_opening(question)
    if _ANSWERED.fullmatch(opening.rest.rstrip("?!. ")):
        return Standalone(question, unresolved=True)
    if (position := find_position(opening.rest)) is not None:
        return _at_position(question, opening.rest, position, turns)
    if opening.announces == "new_topic":
        return Standalone(_capitalised(opening.rest))
    if not _leans(opening, turns):
        return Standalone(question)
    if not turns or (points_at_person(opening.rest) and not _PERSON.search(turns[0].query)):
        return Standalone(question, unresolved=len(terms(question)) <= _SHORT)
    return _after(opening, turns[0])


def retried(question: str, conversation: Conversation) -> str | None:
    """Give a short question behind the one before it, for when it found nothing as it stands."""
    turns, rest = _turns_to_lean_on(conversation), take_opening(question).rest
    return behind(turns[0], rest) if turns and 0 < len(terms(rest)) <= _SHORT else None


def _turns_to_lean_on(conversation: Conversation) -> tuple[Turn, ...]:
    """Give the turns that were searched, the latest first; what was on another subject only if nothing else was."""
    turns = tuple(turn for turn in reversed(conversation.turns) if turn.was_searched)
    of_library = (t for t in turns if not (isinstance(t.reply, Abstention) and t.reply.reason == "out_of_scope"))
    return tuple(of_library) or turns


def offered(conversation: Conversation) -> tuple[str, ...]:
    """Give the questions that the latest turn offered to choose from."""
    match conversation.turns[-1].reply if conversation.turns else None:
        case Clarification(options=questions) | Abstention(nearest=questions) | Closest(nearest=questions):
            return questions
        case Answer(suggestions=questions):
            return questions
        case _:
            return ()


def behind(previous: Turn, question: str) -> str:
    """Give a question behind the one before it; of what that was behind itself, only what it was about."""
    core, last = _asked(previous), _sentences(previous)[-1]
    earlier = (core,) if _BARE.fullmatch(last) else tuple(dict.fromkeys((core, last)))
    return " ".join((*(f"{text}?" for text in earlier), _capitalised(question)))


def _asked(turn: Turn) -> str:
    """Give the latest question in the query of a turn that stands by itself, without its mark."""
    sentences = _sentences(turn)
    asking = (text for text in reversed(sentences) if _ASKS.match(text) and not _BARE.fullmatch(text))
    return next((text for text in asking if not open_pronouns(text)), sentences[0])


def _sentences(turn: Turn) -> list[str]:
    return [text.rstrip("?!. ") for text in re.split(r"(?<=\?)\s+", turn.query)]


def _leans(opening: Opening, turns: Sequence[Turn]) -> bool:
    """Whether a question points back, or says too little by itself."""
    bare = opening.rest.rstrip("?!. ")
    words = len(bare.split())
    if _BARE.fullmatch(bare) or _ONES.match(bare) or open_pronouns(opening.rest):
        return True
    if _ASKS.match(bare):
        return _COUNTED.fullmatch(opening.rest) is not None
    if opening.announces == "correction" or not terms(bare) or (_NOT_THAT.fullmatch(bare) and words <= _FRAGMENT):
        return True
    if opening.announces == "more":
        return words <= _FRAGMENT
    if _OTHERS.match(bare):
        return words <= _BARE_FRAGMENT and len(terms(bare)) <= 1
    is_loose = opening.rest.endswith("?") and (
        _PREPOSITION.match(bare) is not None or any(could_swap(bare, turn.query) for turn in turns[:1])
    )
    return words <= _BARE_FRAGMENT and is_loose


def _after(opening: Opening, previous: Turn) -> Standalone:
    """Give the queries of a question that leans on a turn."""
    last = _asked(previous)
    bare = re.sub(r",? (?:too|as well|then|instead)$", "", opening.rest.rstrip("?!. "))
    if (swap := _corrected(bare, last) or swapped(bare, previous.query.rstrip("?!. "))) is not None:
        return Standalone(_capitalised(swap))
    longer = behind(previous, opening.rest)
    if (counted := _HOW_MANY.match(last)) and _WHICH.fullmatch(bare):
        return Standalone(f"Which {last[counted.end() :]}?", others=(longer,))
    place = STATE.fullmatch(bare)
    if place or (_PREPOSITION.match(bare) and not _BARE.fullmatch(bare)):
        return Standalone(_capitalised(f"{last} {'in ' if place else ''}{bare}?"), others=(longer,))
    subject = topic(last)
    rewritten = with_topic(opening.rest, subject) if subject else None
    if rewritten:
        return Standalone(_capitalised(rewritten), others=(longer,))
    return Standalone(longer, asked=opening.rest)


def _corrected(bare: str, asked: str) -> str | None:
    """Put Ohio in place of Idaho for "not Idaho, Ohio" and "Ohio, not Idaho"."""
    found = _NOT_THAT.fullmatch(bare) or _INSTEAD.fullmatch(bare)
    old = re.search(rf"\b{re.escape(found['old'])}\b", asked, re.IGNORECASE) if found else None
    return f"{asked[: old.start()]}{found['new']}{asked[old.end() :]}?" if found and old else None


def _at_position(question: str, rest: str, position: Position, turns: Sequence[Turn]) -> Standalone:
    """Give the question about what stands at a position; an offered question is asked as it is."""
    listed = latest_list(turns)
    if listed is None and turns and terms(turns[0].query):
        return Standalone(behind(turns[0], rest), asked=rest)
    chosen = position.chosen(listed.items) if listed else ()
    if not chosen or listed is None or (listed.offered and len(chosen) > 1):
        return Standalone(question, unresolved=True)
    if listed.offered:
        return Standalone(chosen[0])
    before, after = rest[: position.start], rest[position.end :]
    names = " and ".join(chosen)
    if terms(before + after) or len(before.split()) > 1:
        return Standalone(_capitalised(f"{before}{names}{after}"))
    return Standalone(_instead_of_another(listed.items, names, _asked(turns[0])) or f"Tell me more about {names}")


def _instead_of_another(items: Sequence[str], name: str, asked: str) -> str | None:
    """Ask what was asked of another item of the same list."""
    others = (re.search(rf"\b{re.escape(item)}\b", asked, re.IGNORECASE) for item in items)
    other = next((found for found in others if found), None)
    return _capitalised(f"{asked[: other.start()]}{name}{asked[other.end() :]}?") if other else None


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
