"""Writes what people write in several ways in one: bills, states, small numbers, a question's final mark."""

from __future__ import annotations

import re

_CODES = dict(
    pair.split("=")
    for pair in """AL=Alabama AK=Alaska AZ=Arizona AR=Arkansas CA=California CO=Colorado CT=Connecticut DE=Delaware
    FL=Florida GA=Georgia HI=Hawaii ID=Idaho IL=Illinois IN=Indiana IA=Iowa KS=Kansas KY=Kentucky LA=Louisiana ME=Maine
    MD=Maryland MA=Massachusetts MI=Michigan MN=Minnesota MS=Mississippi MO=Missouri MT=Montana NE=Nebraska NV=Nevada
    NH=New_Hampshire NJ=New_Jersey NM=New_Mexico NY=New_York NC=North_Carolina ND=North_Dakota OH=Ohio OK=Oklahoma
    OR=Oregon PA=Pennsylvania RI=Rhode_Island SC=South_Carolina SD=South_Dakota TN=Tennessee TX=Texas UT=Utah VT=Vermont
    VA=Virginia WA=Washington WV=West_Virginia WI=Wisconsin WY=Wyoming""".split()
)
_STATES = {code: name.replace("_", " ") for code, name in _CODES.items()}
_AMBIGUOUS = frozenset("AL CO DE HI ID IL IN LA MA MD ME MI MO MS MT NE OH OK OR PA SC SD VA".split())
"""Codes that are words, titles or other initials too: a state only where a place is named."""
_PLACE = r"(?:(?<=\bin )|(?<=\bfrom )|(?<=\bacross )|(?<=\bstate of ))"
_PLAIN = "|".join(code for code in _STATES if code not in _AMBIGUOUS)
_DOTTED = re.compile(r"\b(?:N\.\s?[HJMYCD]|S\.\s?[CD]|R\.\s?I|W\.\s?Va)\.")
_CODE = re.compile(rf"(?<![\w-])(?:{_PLAIN})(?![\w-])|{_PLACE}(?:{'|'.join(sorted(_AMBIGUOUS))})(?![\w-])")
_SMALL_CODE = re.compile(
    rf"(?:(?<=\bin )|(?<=\bfrom ))(?:{_PLAIN.lower()})(?=\W*$|['’]s\b| (?:law|schools?|districts?)\b)"
)
_POSSESSIVE = re.compile(rf"\b({'|'.join(_STATES.values())})s\b(?!['’])", re.IGNORECASE)
_CHAMBERS = {
    "h": "House Bill",
    "s": "Senate Bill",
    "a": "Assembly Bill",
}
_BILL = re.compile(
    r"\b(?:(?P<first>[hsa])(?:\.\s?b\.?|b)|(?P<full>house|senate|assembly) bill)\s*(?:no\.?\s*|number\s*|#|-)?\s*"
    r"0*(?P<number>\d{1,5})\b",
    re.IGNORECASE,
)
_WORDS = dict(
    zip(
        "2 3 4 5 6 7 8 9 10 11 12".split(),
        "two three four five six seven eight nine ten eleven twelve".split(),
        strict=True,
    )
)
_COUNT = re.compile(
    r"(?<![\w.,$#-])(?<!\bbill )(?<!\bsection )(?<!\btitle )(?<!\bpart )(?<!\bgrade )"
    r"(?<!\bversion )(?<!\blevel )(?<!\bact )"
    rf"(?:{'|'.join(reversed(_WORDS))})(?= [a-z]{{3,}})",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|which|who|whose|whom|where|when|why|how)\b[^?.!;:]*$", re.IGNORECASE)


def in_one_spelling(text: str) -> str:
    """Give a text with bills and states in full, and counts up to twelve in words; a question ends with its mark."""
    plain = with_bills_in_full(text)
    plain = plain if plain.isupper() else _CODE.sub(lambda found: _STATES[found.group()], plain)
    plain = _SMALL_CODE.sub(lambda found: _STATES[found.group().upper()], plain)
    plain = _DOTTED.sub(lambda found: _STATES[re.sub(r"\W", "", found.group()).upper()[:2]], plain)
    plain = _POSSESSIVE.sub(r"\1's", plain)
    plain = _COUNT.sub(lambda found: _WORDS[found.group()], plain)
    return f"{plain.rstrip()}?" if _ASKS.match(plain) else plain


def with_bills_in_full(text: str) -> str:
    """Give a text with "House Bill 37" for "HB 37", "H.B. 37" or "HB0037"."""
    return _BILL.sub(_bill, text)


def _bill(found: re.Match[str]) -> str:
    """Give a bill's name in full, its number without zeros before it."""
    chamber = (found["first"] or found["full"][0]).lower()
    return f"{_CHAMBERS[chamber]} {found['number']}"
