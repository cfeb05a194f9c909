"""Says how much one file may take to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the process that reads one file gets: processor seconds, bytes of address space, bytes of what it gives.

    `wall_seconds` ends a process that waits instead of working; it is longer, because a busy machine is no fault of
    the file's.
    """

    cpu_seconds: int = 9
    wall_seconds: int = 30
    memory: int = 512 * 1024 * 1024
    output: int = 5_000_000
