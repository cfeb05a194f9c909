"""Counts requests against limits a minute."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_WINDOW = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a limit after a request; `seconds` until more is, `granted` if this request was within it."""

    policy: str
    per_minute: int
    remaining: int
    seconds: int
    granted: bool


class Rates:
    """Counts in memory, for the last minute only: who asked is forgotten after that."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, policy: str, who: str, per_minute: int) -> Allowance:
        """Count a request of someone under a policy, if it is still within the limit."""
        limit = RateLimitItemPerMinute(per_minute)
        granted = self._limiter.hit(limit, policy, who)
        left = self._limiter.get_window_stats(limit, policy, who)
        seconds = min(_WINDOW, max(1, ceil(left.reset_time - time())))
        return Allowance(policy, per_minute, left.remaining, seconds, granted)


def client_name(address: str) -> str:
    """Give what a client is counted by: its address, or the /64 network that one household or office has in IPv6."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(parsed)
