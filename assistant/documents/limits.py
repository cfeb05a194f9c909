"""Says how much one file may take to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process gets that reads one file: processor seconds, bytes of address space, characters and pieces."""

    cpu_seconds: int = 9
    memory: int = 512 * 1024 * 1024
    output: int = 5_000_000
    pieces: int = 50_000

    @property
    def wall_seconds(self) -> int:
        """When a process is ended that waits instead of working; late, as a busy machine is no fault of the file's."""
        return 3 * self.cpu_seconds
