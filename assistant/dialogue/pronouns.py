"""Finds the words of a question that point back to something said before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.retrieval.terms import terms

_PRONOUN = re.compile(
    r"\b(?P<word>it|its|they|them|their|theirs|he|she|him|his|her|hers|this|that|these|those|there)\b"
    r"(?P<contracted>['’](?:s|re|ll|d|ve)\b)?(?: ones?\b)?(?P<noun> (?!(?:is|are|was|were)\b)[^\W\d_][\w-]*)?",
    re.IGNORECASE,
)
_PERSON = frozenset("he she him his her hers".split())
_POSSESSIVE = frozenset("its their theirs his her hers".split())
_POINTING = frozenset("this that these those".split())
_NEEDS_MORE = r"(?: \w+){1,2} (?:that|if|whether|when|for \w+(?: \w+)? to|to)\b"
_TAKES_TO = (
    r"(?:similar|related|limited|open|due|subject|equal|identical|comparable|available|applicable|close|tied|linked|"
    r"connected|going|used|up)"
)
_EXPLETIVE = re.compile(
    rf"\b(?:is|was|would|will|can|could|should|be) (?:it|this|that)\b(?! (?:\w+ )?{_TAKES_TO} )(?={_NEEDS_MORE})"
    r"|\b(?:is|was) it (?=(?:true|possible|legal|illegal|allowed|required|mandatory|necessary|fair|safe|ok|okay) \w)"
    r"|\b(?:does|do|did|would|will|can|could) it "
    r"(?=(?:take|cost|help|hurt|matter|make sense|mean)\b.* (?:to|if|that|when)\b)"
    r"|\b(?:is|was) (?:it|this|that) (?=(?:true|right|correct|so|real)\W*$)|\bdo (?:so|that|this)\b"
    r"|^(?:does|would|did) (?:it|that|this) (?=mean \w+ \w+ \w+)|\bis it (?=called when\b)|\bwhat (?:time|day) is it\b"
    r"|\b(?:this|the) (?:library|assistant|chatbot|bot|site|website|page|tool)\b"
    r"|\b(?:this|that|these|those) (?:days?|weeks?|months?|years?|time|way|summer|winter|spring|fall|morning|evening)\b"
    r"|\b(?:is|are|was|were|be|been|will|has|have|does|do) there\b"
    r"|\bthere (?:is|are|was|were|be|exists?|will|has|have)\b",
    re.IGNORECASE,
)
_LINKING = frozenset(
    "about of for on in by with from under behind after before without is was are were does did do will would can "
    "could should and or than like use has have had called against into at to".split()
)
_CLAUSE = re.compile(
    r"\b(?:and|but|or|if|when|because|so|that|which|who|whom|whose|before|after|while|since|as|whether|than|until)\b|[,;:.?!]",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?!(?:what|which|who|whose|where|when|why|how|is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|"
    r"tell|give|show|explain|describe|define|list)\b)(?:\S+\s+){5,}[^?]*$|(?:that|this|it)(?:['’]s| is| was)\b[^?]*$",
    re.IGNORECASE,
)
_NAMED = 2
"""Terms after a pointing word up to which it is taken to point back: "those policies", "this study find"."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word that points back, `question[start:end]`, in small letters; `noun` is the one that it goes with, if any."""

    word: str
    start: int
    end: int
    contracted: str
    noun: str

    @property
    def is_person(self) -> bool:
        """Whether it stands for somebody."""
        return self.word in _PERSON


def open_pronouns(question: str) -> tuple[Pronoun, ...]:
    """Give the pronouns that nothing earlier in the same question explains.

    Only the last sentence asks; what is said before it may explain a pronoun but is not asked about.
    """
    begin = [0, *(found.end() for found in _SENTENCE.finditer(question))][-1]
    if _REMARK.match(question, begin) and not question.endswith("?"):
        return ()
    masked = _EXPLETIVE.sub(lambda match: "#" * len(match.group()), question)
    found = (_pronoun(masked, match) for match in _PRONOUN.finditer(masked, begin))
    return tuple(p for p in found if p and not _is_explained(masked[: p.start], p))


def points_at_person(question: str) -> bool:
    """Whether a question points back at somebody."""
    return any(pronoun.is_person for pronoun in open_pronouns(question))


def _pronoun(question: str, match: re.Match[str]) -> Pronoun | None:
    """Give the pronoun a word is, unless it is a conjunction or a determiner of what is said in full."""
    word, after = match["word"].lower(), question[match.end("word") :].strip(" ?!.")
    before = re.findall(r"[\w#]+|[^\w\s]", question[: match.start()].lower())
    if word == "there" and after:
        return None
    if word == "that" and before and before[-1] not in _LINKING and after:
        return None
    noun = (match["noun"] or "").strip() if word in _POINTING and not match["contracted"] else ""
    noun = noun if terms(noun) and not noun.endswith("ed") else ""
    following = re.match(r"\W*([\w-]+)", question[match.end() :]) if noun else None
    if noun and following and terms(following[1]) and len(terms(after)) > _NAMED:
        return None
    return Pronoun(
        word, match.start(), match.start("noun") if match["noun"] else match.end(), match["contracted"] or "", noun
    )


def _is_explained(before: str, pronoun: Pronoun) -> bool:
    """Whether something earlier in the question may be what a pronoun stands for."""
    if pronoun.word in _POSSESSIVE:
        return bool(terms(before))
    return any(terms(clause) for clause in _CLAUSE.split(before)[:-1])
