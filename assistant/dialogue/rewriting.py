"""Makes a follow-up standalone: what it leaves out is taken from the conversation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.names import STATE
from assistant.dialogue.reply import Answer
from assistant.retrieval.terms import terms

_LEAD = re.compile(
    r"^((and|but|so|ok(ay)?|also|then|now|well|what about|how about|what of|tell me about|more about|"
    r"more on)\b[,:]? *)+",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(it|its|they|them|their|theirs|this|those|these|that)\b(?! (is|are|the|a|an)\b.*\b(is|are)\b)", re.IGNORECASE
)
_POSSESSIVE = {"its", "their", "theirs"}
_POINTING = {"this", "those", "these", "that"}
_EXPLETIVE = re.compile(
    r"\bis it (true|possible|legal|allowed|required|mandatory|necessary|fair|safe|ok|okay)( that)?\b"
    r"|\b(does|will|would|did) it (take|make sense)\b|\b(this|the) (library|assistant|site|page|tool)\b"
    r"|\bthat (is|are|have|has|can|do|does|had|was|were|want|use|used|offer|allow)\b",
    re.IGNORECASE,
)
_OWN_CLAUSE = re.compile(r"\b(and|but|or|if|when|because|so that|before|after|while)\b|[,;.?!]", re.IGNORECASE)
_FRAME = re.compile(
    r"^(please )?((can|could|would) you )?((tell|show|give) me |explain |describe |define |list )?"
    r"(((what|which|who|where|when|why|how)('s)?( (many|much|long|often|far))?) )?"
    r"((is|are|was|were|does|do|did|can|could|should|would|will|has|have|had) )?"
    r"((the|a|an|some|any) )?((meaning|definition|purpose|goals?|point|idea|concept) (of|behind) )?"
    r"((we|you|i|states?|a state|state policymakers|policymakers|districts?|schools?|legislators|lawmakers) "
    r"((best|ever) )?(support|adopt|define|use|fund|pay for|measure|start|begin|implement|allow|enable|encourage|want|"
    r"need|have|know about|say about|think about|do about|help( with)?|get|care about|learn( from)?) )?((the|a|an) )?",
    re.IGNORECASE,
)
_SHORT = 3
"""Terms up to which a question may be an ellipsis."""
_ADDED = re.compile(r" \([^()]*\)$")
_SUBSTANTIAL = 2
"""Terms from which a clause says what it is about."""
_BARE = re.compile(
    r"(why|how|when|who|where|how so|why not|really|for example|such as|like what|which ones?|(tell me )?more|go on)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Standalone:
    """A query that can be searched by itself; `unresolved` if it points at nothing we know of."""

    query: str
    unresolved: bool = False


def standalone(question: str, conversation: Conversation) -> Standalone:
    """Give the standalone form of a question; one that needs nothing added is left as it is.

    Pronouns are replaced by the topic of the turn before, an ellipsis ("and in Utah?", "why?") is
    completed from it.
    """
    lead = _LEAD.match(question)
    rest = question[lead.end() :] if lead else question
    pronoun = _open_pronoun(rest)
    elliptic = _is_elliptic(rest, has_lead=lead is not None)
    if not pronoun and not elliptic:
        return Standalone(question)
    previous = _latest_answered(conversation)
    if previous is None:
        return Standalone(question, unresolved=pronoun is not None or not terms(rest))
    if pronoun:
        return Standalone(_capitalised(_with_topic(rest, pronoun, topic(previous.query))))
    return Standalone(_capitalised(_completed(rest, previous.query)))


def completed(question: str, conversation: Conversation) -> str | None:
    """Give a short question completed from the conversation, for when it found nothing as it stands."""
    previous = _latest_answered(conversation)
    if previous is None or not 0 < len(terms(question)) <= _SHORT:
        return None
    return _capitalised(_completed(question, previous.query))


def topic(query: str) -> str:
    """Give what a query is about: itself without the words that make it a question."""
    bare = _without_completion(query.rstrip("?!. "))
    frame = _FRAME.match(bare)
    rest = bare[frame.end() :] if frame else bare
    return rest if terms(rest) else bare


def _without_completion(query: str) -> str:
    """Take out what an earlier completion added to a topic: it does not become part of the next one."""
    first, _, second = _ADDED.sub("", query).partition(": ")
    return second if second and _asks_first(first) else first


def _latest_answered(conversation: Conversation) -> Turn | None:
    """Give the turn a follow-up leans on: the latest that was answered, else the latest question."""
    turns = [turn for turn in reversed(conversation.turns) if turn.query]
    return next((turn for turn in turns if isinstance(turn.reply, Answer)), turns[0] if turns else None)


def _open_pronoun(question: str) -> re.Match[str] | None:
    """Find a pronoun that nothing earlier in the same question explains."""
    masked = _EXPLETIVE.sub(lambda match: "#" * len(match.group()), question)
    pronoun = _PRONOUN.search(masked)
    if pronoun is None:
        return None
    clauses = [clause for clause in _OWN_CLAUSE.split(masked[: pronoun.start()])[:-1] if clause]
    explained = any(len(terms(clause)) >= _SUBSTANTIAL for clause in clauses)
    return None if explained else pronoun


def _is_elliptic(rest: str, *, has_lead: bool) -> bool:
    bare = rest.rstrip("?!. ")
    return bool(_BARE.fullmatch(bare)) or (has_lead and len(terms(bare)) <= _SHORT and not _is_sentence(bare))


def _is_sentence(text: str) -> bool:
    """Whether a text is a question with a verb of its own and something to ask about."""
    asks = re.match(
        r"(what|which|who|where|when|why|how|is|are|does|do|did|can|should|was|were|has|have)\b", text.lower()
    )
    return asks is not None and bool(terms(text))


def _with_topic(question: str, pronoun: re.Match[str], subject: str) -> str:
    word = pronoun.group().lower()
    before, after = question[: pronoun.start()], question[pronoun.end() :]
    if word in _POINTING and re.match(r" \w", after):
        return f"{question.rstrip('?!. ')} ({subject})?"
    return f"{before}{subject}{'’s' if word in _POSSESSIVE else ''}{after}"


def _completed(rest: str, previous: str) -> str:
    bare = rest.rstrip("?!. ")
    state, earlier = STATE.search(bare), STATE.search(previous)
    if state and earlier and len(terms(bare)) <= _SUBSTANTIAL:
        return previous.replace(earlier.group(), state.group())
    if _asks_first(bare):
        return f"{bare}: {topic(previous)}?"
    return f"{topic(previous)}: {bare}?"


def _asks_first(bare: str) -> bool:
    """Whether a completed question begins with what was asked and not with its topic."""
    return bool(_BARE.fullmatch(bare)) or re.match(r"(why|how|when|who|where)\b", bare.lower()) is not None


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
