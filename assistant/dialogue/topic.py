"""Tells what a question was about, and puts it in place of what points back to it."""

from __future__ import annotations

import re

from assistant.dialogue.pronouns import open_pronouns
from assistant.retrieval.names import STATE
from assistant.retrieval.terms import terms

_DEFINED = re.compile(
    r"(?:what|who)(?:['’]s| is| are| was| were) (?P<one>[^,;:.?!]+)"
    r"|what (?:does|do|did) (?P<two>[^,;:.?!]+?) (?:do|mean|cover|involve|entail|stand for|say|look like)"
    r"|(?:tell me (?:more )?about|define|explain|describe) (?P<three>[^,;:.?!]+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(r" (?:about|like|for|called|all|exactly|again|now|then|really|used|mean)$", re.IGNORECASE)
_LIGHT = re.compile(
    r"(?:the )?(?:meaning|definition|purpose|point|idea|concept|term|name) (?:of|behind|for) ", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"\b(?:that|which|who|when|if|because|while|where|how|why|is|are|was|were|be|been|do|does|did|can|could|should|"
    r"would|will|may|it|they|to)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_CONTRACTED = {"s": "is", "re": "are", "ll": "will", "d": "would", "ve": "have"}


def topic(question: str) -> str | None:
    """Give what a question asks about, if it asks no more than what that is."""
    asked = _DEFINED.fullmatch(question.rstrip("?!. "))
    named = next((part for part in asked.groups() if part), None) if asked else None
    while named and (shorter := _TRAILING.sub("", named)) != named:
        named = shorter
    if named and len(named.split()) <= _MOST_WORDS and not _CLAUSE.search(named) and terms(named):
        return _LIGHT.sub("", named)
    return None


def is_plural(noun: str) -> bool:
    """Whether the head of a noun phrase looks like a plural."""
    head = re.split(r" (?:of|for|in|on|at|to|from|with|by) ", noun, maxsplit=1)[0].split()[-1].lower().rstrip("’'")
    if re.search(r"\b(?:and|or)\b", noun) or head in ("people", "children", "men", "women", "criteria", "data"):
        return True
    return re.fullmatch(r"\w.+(?<!s)(?<!u)(?<!i)(?<!['’])s", head) is not None and not STATE.fullmatch(head)


def with_topic(question: str, subject: str) -> str | None:
    """Give a question with its one pronoun replaced by a topic, `None` where that makes no sound sentence."""
    pronouns = open_pronouns(question)
    if len(pronouns) != 1 or pronouns[0].noun or pronouns[0].word == "there":
        return None
    (found,) = pronouns
    is_name = all(word[0].isupper() or word == "of" for word in subject.split())
    many = found.word in ("they", "them", "their", "theirs", "these", "those")
    if many and not is_plural(subject) and re.match(r"an? ", subject):
        subject = re.sub(r"(?<=[^aeiou])y$", "ie", subject.split(" ", 1)[1]) + "s"
    if not is_name and (many != is_plural(subject) or found.is_person):
        return None
    if found.word in ("its", "their", "theirs", "his", "hers"):
        subject += "’" if subject.endswith("s") else "’s"
    verb = f" {_CONTRACTED[found.contracted[1:].lower()]}" if found.contracted else ""
    return f"{question[: found.start]}{subject}{verb}{question[found.end :]}"
