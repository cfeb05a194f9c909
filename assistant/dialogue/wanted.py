"""Tells what kind of words a question asks for, and whether a text has them."""

from __future__ import annotations

import re
from typing import Literal

from assistant.retrieval.terms import indexed_terms, terms

Wanted = Literal["date", "number", "reason", "definition", "statement"]

_AUXILIARY = r"(is|are|was|were|do|does|did|will|would|has|have|had|can|could|should|must)"
_NUMBER_ASKED = (
    r"\bhow (many|much|long|often|big|large|high|old|far|soon)\b"
    r"|\b(what|which) (percentage|percent|share|number|amount|majority|rate|price|cost|size)\b"
)
_DATE_ASKED = rf"\bwhen {_AUXILIARY}\b|^when\b|\b(what|which) (year|date|day|month)\b"
_REASON_ASKED = r"\bwhy\b|\bhow come\b|\b(what|for what) (was|is|were|are)? ?(the )?reasons?\b"
_DEFINITION_ASKED = r"^(what('?s| is| are) (?!the\b)|define |what does .+ (mean|stand for)\b)"
_MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"\b(1\d|20)\d\d\b"
_NUMBER = re.compile(
    r"\d[\d,.]*|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|half|"
    r"third|quarter|no|none|once|twice|yearly|annual|daily|monthly|weekly)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow many ((?:\w+ )??)(\w+)", re.IGNORECASE)
_BEFORE_COUNTED = 5
"""Words within which what is counted follows its number."""
_REASON = (
    r"\b(because|due to|owing to|so that|in order to|reasons?|therefore|led to|caused? by|as a result|"
    r"in response|for fear|to avoid|to prevent)\b|\b(since|as) (the|it|they|a|an|its|their)\b"
)
_LACKS = re.compile(
    r"^Not in this library: |\b(this|the) (library|page|site|document|report|guide|collection)('s sources)? "
    r"((itself |also )?(lacks|has no|holds no|(does|did|do|can) ?not|cannot|names no|gives no)\b)",
    re.IGNORECASE,
)
_ASKS_FOR_GAP = re.compile(r"\b(library|page|site|missing|lacks?|lacking|gaps?)\b", re.IGNORECASE)
_COPULA = re.compile(r"( is| are| was| were| means| refers to| stands for| lets| allows| provides|:) ")
_PART_OF = re.compile(r"(\w+ )?\w+ of\b", re.IGNORECASE)
_SUBJECT = 12
"""Words that what is defined may have before the verb."""


def wanted_by(query: str) -> Wanted:
    """Give what kind of words a query asks for; a statement if nothing more particular."""
    asked: tuple[tuple[Wanted, str], ...] = (
        ("date", _DATE_ASKED),
        ("reason", _REASON_ASKED),
        ("number", _NUMBER_ASKED),
        ("definition", _DEFINITION_ASKED),
    )
    return next((wanted for wanted, pattern in asked if re.search(pattern, query, re.IGNORECASE)), "statement")


def gives(query: str, text: str) -> bool:
    """Whether a text has words of the kind that a query asks for."""
    match wanted_by(query):
        case "date":
            return re.search(rf"{_YEAR}|\b{_MONTH}\b", text) is not None
        case "number":
            return any(_is_counted(query, text[number.start() :]) for number in _NUMBER.finditer(text))
        case "reason":
            return re.search(_REASON, text, re.IGNORECASE) is not None
        case "definition":
            return _defines(query, text)
        case "statement":
            return False


def asks_for_gap(query: str) -> bool:
    """Whether a query asks what a library or page has or lacks."""
    return _ASKS_FOR_GAP.search(query) is not None


def tells_a_gap(text: str) -> bool:
    """Whether a text says what its own page or library lacks, which is not about the subject itself."""
    return _LACKS.search(text) is not None


def _is_counted(query: str, text: str) -> bool:
    """Whether the number that a text begins with is not the query's own and counts what the query asks for."""
    number, *after = text.split()[: _BEFORE_COUNTED + 1]
    if re.match(_YEAR, number) or set(terms(number)).intersection(terms(query)):
        return False
    counted = _COUNTED.search(query)
    return counted is None or not set(terms(counted.group())).isdisjoint(terms(" ".join(after)))


def _defines(query: str, text: str) -> bool:
    """Whether a text begins with what the query asks about, followed by a word that defines."""
    subject, verb, _ = _COPULA.sub("\0", text, count=1).partition("\0")
    if not verb or len(subject.split()) > _SUBJECT or _PART_OF.match(subject):
        return False
    return set(terms(query)).issubset(indexed_terms(subject))
