"""Writes dates as a person reads them."""

from __future__ import annotations

_MONTHS = "January February March April May June July August September October November December".split()


def readable_date(date: str) -> str:
    """Give `2019-08-15` as `15 August 2019`, `2019-08` as `August 2019` and `2019` as it is."""
    year, *rest = date.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join((*day, *month, year))
