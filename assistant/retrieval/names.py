"""Finds the states and bills that a text names: what is said of one does not hold for another."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.retrieval.one_spelling import in_one_spelling

_STATES = r"""Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|
Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|
Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|
Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|West Virginia|
Virginia|Washington|Wisconsin|Wyoming""".replace("\n", "")
_OF = r"(?:university|college|bank|institute|museum|archdiocese|diocese|city|bay|gulf|club) of"
_LONGER = (
    r",? D\.?\s?C\b| (?:Post|Times|Journal|Herald|Tribune|Globe|University|College|Tech|City|State University|"
    r"Monument|Instruments|Institute|Avenue|Street|A&M|Heights|Park)\b"
)
_PEOPLE = r"(?<!George )(?<!Martha )(?<!Denzel )(?<!Booker T\. )(?<!Mount )(?<!Fort )"
STATE = re.compile(rf"\b{_PEOPLE}({_STATES})\b(?!{_LONGER})", re.IGNORECASE)
_PART = re.compile(rf"\b{_OF} (?:the )?(?:{_STATES})\b", re.IGNORECASE)
BILL = re.compile(
    r"\b(h\.?b|s\.?b|a\.?b|h\.?r|house bill|senate bill|assembly bill|act(?! (?:19|20)\d\d\b))\.?\s*#?(\d+)",
    re.IGNORECASE,
)
_SHORT = {"house bill": "hb", "senate bill": "sb", "assembly bill": "ab"}
_REMEMBERED = 4096
"""Texts whose names are kept: the same passages come back with each query."""


@lru_cache(_REMEMBERED)
def names(text: str) -> frozenset[str]:
    """Give the states and bill numbers in a text, in one spelling: `utah`, `hb110`.

    A state's name within another name is none: "University of Virginia", "Washington Post".
    """
    plain = _PART.sub(" ", in_one_spelling(text))
    states = (match.group().lower() for match in STATE.finditer(plain))
    return frozenset((*states, *(_bill(match) for match in BILL.finditer(plain))))


def names_missing(query: str, text: str) -> frozenset[str]:
    """Give the states and bills that a query names and a text does not."""
    return names(query) - names(text)


def is_bill(name: str) -> bool:
    """Whether a name, as `names` gives it, is that of a bill and not of a state."""
    return name[-1].isdigit()


def _bill(match: re.Match[str]) -> str:
    chamber = match.group(1).lower().replace(".", "")
    return _SHORT.get(chamber, chamber) + match.group(2)
