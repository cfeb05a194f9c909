"""Runs a command under strace, and tells from its system calls what left it: compiled code is seen as well."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_WRITING = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC)")
_OPENING = ("open", "openat", "openat2", "creat")
_CHANGING = (
    *("mkdir", "mkdirat", "mknod", "mknodat", "rename", "renameat", "renameat2", "link", "linkat"),
    *("symlink", "symlinkat", "unlink", "unlinkat", "rmdir", "truncate"),
)
_SENDING = ("connect", "sendto", "sendmsg", "sendmmsg")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
_PEER = re.compile(r'sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*?"([0-9a-f.:]+)"')
_RESOLVING = {"/etc/resolv.conf", "/etc/hosts"}
"""What the C library reads to look a name up; a number it takes as it is."""
_NAME_SERVICE = 53


@dataclass(frozen=True, slots=True)
class Effects:
    """Whom a command and its children reached beyond this machine, what they read to look names up, what they wrote."""

    reached: tuple[str, ...]
    looked_up: tuple[str, ...]
    written: tuple[Path, ...]

    def written_outside(self, *folders: Path) -> list[Path]:
        """Give what was written that lies in none of these folders."""
        return [path for path in self.written if not any(path.is_relative_to(folder) for folder in folders)]


def traced(strace: str, folder: Path) -> list[str]:
    """Give what comes before a command for its calls to be written to a folder, a file for each thread."""
    calls = ",".join(f"?{name}" for name in (*_OPENING, *_CHANGING, *_SENDING, "bind"))  # "?": not on every machine
    return [
        strace,
        "-ff",
        "-y",
        "-qq",
        "--seccomp-bpf",
        "-e",
        "signal=none",
        "-e",
        f"trace={calls}",
        "-o",
        f"{folder}/calls",
    ]


def effects(folder: Path, working: Path) -> Effects:
    """Read what was traced of a command that ran in the working folder."""
    calls = [call for path in sorted(folder.glob("calls.*")) for call in _calls(path)]
    assert calls, "nothing was traced"
    return Effects(
        tuple(peer for name, arguments, _ in calls if name in _SENDING for peer in _strangers(arguments)),
        tuple(f"{path}" for path in _opened(calls, working) if str(path) in _RESOLVING),
        tuple(_written(calls, working)),
    )


def _calls(path: Path) -> Iterator[tuple[str, str, int]]:
    """Give name, arguments and outcome of each call; of what an exit cut short there is nothing to tell."""
    for line in path.read_text(errors="replace").splitlines():
        if found := _CALL.match(line):
            yield found[1], found[2], int(found[3])


def _strangers(arguments: str) -> Iterator[str]:
    for port, address in _PEER.findall(arguments):
        if int(port) == _NAME_SERVICE or not ipaddress.ip_address(address).is_loopback:
            yield f"{address} port {port}"


def _opened(calls, working: Path) -> Iterator[Path]:
    for name, arguments, _ in calls:
        if name in _OPENING:
            yield from _paths(arguments, working)


def _written(calls, working: Path) -> Iterator[Path]:
    for name, arguments, outcome in calls:
        opened = name in _OPENING and (name == "creat" or _WRITING.search(arguments))
        bound = name == "bind" and "sun_path" in arguments
        if outcome >= 0 and (opened or bound or name in _CHANGING):
            paths = list(_paths(arguments, working))
            yield from paths[-1:] if name.startswith("symlink") else paths


def _paths(arguments: str, working: Path) -> Iterator[Path]:
    """Give the paths among arguments, whole; what one ends with is not looked at, so links stay as they are named."""
    for base, path in _PATH.findall(arguments):
        yield Path(os.path.normpath(Path(base or working) / path))
