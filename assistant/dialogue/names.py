"""Finds the states and bills that a text names: what is said of one does not hold for another."""

from __future__ import annotations

import re

_STATES = r"""Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|
Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|
Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|
Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|West Virginia|
Virginia|(?<!George )(?<!Martha )(?<!Denzel )(?<!Booker T\. )Washington(?!,? D\.?\s?C\b)(?! Post)(?! Monument)|
Wisconsin|Wyoming""".replace("\n", "")
STATE = re.compile(rf"\b({_STATES})\b", re.IGNORECASE)
BILL = re.compile(r"\b(h\.?b|s\.?b|a\.?b|h\.?r|house bill|senate bill|assembly bill|act)\.?\s*#?(\d+)", re.IGNORECASE)
_SHORT = {"house bill": "hb", "senate bill": "sb", "assembly bill": "ab"}


def names(text: str) -> frozenset[str]:
    """Give the states and bill numbers in a text, in one spelling: `utah`, `hb110`."""
    states = (match.group().lower() for match in STATE.finditer(text))
    return frozenset((*states, *(_bill(match) for match in BILL.finditer(text))))


def _bill(match: re.Match[str]) -> str:
    chamber = match.group(1).lower().replace(".", "")
    return _SHORT.get(chamber, chamber) + match.group(2)
