"""Writes numbers as a spreadsheet program shows them."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal

_EXACT = 10**15
"""A spreadsheet keeps fifteen digits."""
_LITERAL = r'(?:"[^"]*"|\\.|[$€£¥ \-+()])*'
_FORMAT = re.compile(
    rf"(?P<before>{_LITERAL})(?P<whole>[#0,?]*[#0?])(?:\.(?P<part>[#0?]+))?(?P<after>(?:{_LITERAL}%?){{1,2}})"
)
_CURRENCY = re.compile(r"\[\$([^\-\]]*)[^\]]*\]")
_NOT_SHOWN = re.compile(r"\[[^\]]*\]|_.|\*.")


def shown_number(value: float, number_format: str) -> str:
    """Write a number in a format such as `0.0%` or `$#,##0.00`; one that has other parts is shown as `General`.

    What is no number shows nothing.
    """
    if not math.isfinite(value):
        return ""
    positive = _NOT_SHOWN.sub("", _CURRENCY.sub(r'"\1"', number_format.partition(";")[0]))
    parts = _FORMAT.fullmatch(positive)
    if parts is None or abs(value) >= _EXACT:
        return _general(value)
    after = _literal(parts["after"])
    sign = "-" if value < 0 else ""
    scaled = abs(Decimal(repr(value))) * (100 if "%" in after else 1)
    return sign + _literal(parts["before"]) + _digits(scaled, parts["whole"], parts["part"] or "") + after


def _general(value: float) -> str:
    if isinstance(value, int) or abs(value) >= _EXACT:
        return str(value)
    return format(value, ".11g")


def _digits(value: Decimal, whole: str, part: str) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    before, _, after = f"{rounded:,f}".partition(".")
    if "," not in whole:
        before = before.replace(",", "").zfill(whole.count("0"))
    while len(after) > part.count("0") and after.endswith("0"):
        after = after[:-1]
    return f"{before}.{after}" if after else before


def _literal(written: str) -> str:
    return re.sub(r'"([^"]*)"|\\(.)', r"\1\2", written)
