"""Puts a question that names nothing in full: "why?", "tell me more", "for example?"."""

from __future__ import annotations

import re

from assistant.dialogue.carrying import about
from assistant.dialogue.conversation import Turn
from assistant.dialogue.noun_phrases import defines, noun_phrases
from assistant.dialogue.topic import spoken_of, topic, without_addition

_ADVERB = re.compile(
    r"(?:why not|why|how so|how come|how much|how many(?: are there)?|how long|how often|how|"
    r"since when|until when|when|where|by whom|for whom|with whom|who)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:please )?(?:(?:can|could|would) you )?(?:(?:tell|give|show) me )?(?:some |a (?:little|bit) )?"
    r"(?:more(?: (?:details?|information|info))?|details|go on|continue|keep going|elaborate|"
    r"explain(?: (?:more|further))?|expand|say more)(?: (?:about|on) (?:it|this|that))?(?: please)?",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"(?:please )?(?:(?:can|could) you )?(?:(?:give|show) me )?(?:for |an? |any |some )*"
    r"(?:examples?|instance)(?: please)?|such as|like (?:what|which|who)",
    re.IGNORECASE,
)
_WHICH = re.compile(r"which(?: ones?| of (?:them|those|these))?|what ones", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:is|are|was|were|does|do|did|can|could|should|would|will|has|have|must)\b", re.IGNORECASE)
_HOW = re.compile(rf"(?:how(?: (?:much|long|often|far|soon))?|why|when|where) (?={_YES_OR_NO.pattern})", re.IGNORECASE)
_OPENING = frozenset(
    "why|why not|how|how so|how come|how much|how long|how often|when|since when|until when|where".split("|")
)
"""What a question with an auxiliary can begin with: "who" and "how many" ask for something else than it does."""


def is_bare(text: str) -> bool:
    """Whether a question names nothing at all: "why?", "tell me more", "for example?"."""
    bare = text.rstrip("?!. ")
    return any(pattern.fullmatch(bare) for pattern in (_ADVERB, _MORE, _EXAMPLES, _WHICH))


def asked_again(bare: str, previous: Turn) -> str:
    """Ask the question before once more: more of it, for examples, for its reason, its place or its time."""
    asked = without_addition(previous.query)
    if _MORE.fullmatch(bare):
        return f"Tell me more about {_named(previous)}"
    if _EXAMPLES.fullmatch(bare):
        return f"What are examples of {_named(previous)}?" if defines(asked) else f"{asked}, for example?"
    if _WHICH.fullmatch(bare):
        counted = re.match(r"how many ", asked, re.IGNORECASE)
        return f"Which {asked[counted.end() :]}?" if counted else f"{asked}, and which ones?"
    return _with_adverb(bare.lower(), asked, previous)


def _with_adverb(adverb: str, asked: str, previous: Turn) -> str:
    """Ask the question before for something else: "how are pilots paid for" and "why" is "why are pilots paid for"."""
    if adverb.startswith("how many"):
        many = next((phrase.text for phrase in spoken_of(previous) if phrase.is_plural), None)
        return f"How many {many} are there?" if many else about("How many,", previous)
    if defines(asked) and adverb != "why not":
        return _asked_of_a_name(adverb, previous)
    opening = _YES_OR_NO.match(asked)
    if opening and adverb in _OPENING:
        verb = opening.group().lower()
        return (
            f"{adverb.removesuffix(' not')} {_negated(verb) if adverb == 'why not' else verb}{asked[opening.end() :]}?"
        )
    how = _HOW.match(asked)
    if how and adverb in _OPENING and adverb != "why not":
        return f"{adverb} {asked[how.end() :]}?"
    return f"{asked}, and {adverb}?"


def _asked_of_a_name(adverb: str, previous: Turn) -> str:
    """Ask for the reason, the place or the price of what the question before only asked to define."""
    subject = topic(previous)
    if subject and adverb == "why":
        return f"Why {subject}?"
    if subject and adverb in ("where", "when", "how much", "how long"):
        return f"{adverb} {'are' if noun_phrases(subject)[0].is_plural else 'is'} {subject}?"
    return about(f"{adverb},", previous)


def _negated(verb: str) -> str:
    return {"can": "can’t", "will": "won’t"}.get(verb.lower(), f"{verb.lower()}n’t")


def _named(previous: Turn) -> str:
    """Give all that the turn before named."""
    phrases = list(dict.fromkeys(phrase.text for phrase in spoken_of(previous)))
    return " and ".join(part for part in (", ".join(phrases[:-1]), *phrases[-1:]) if part) or previous.query
