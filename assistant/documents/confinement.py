"""Takes from this process, for good, what the reading of a file has no need of."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from assistant.documents.limits import Limits

_NEW_USER_NAMESPACE = 0x10000000
_NEW_NETWORK = 0x40000000
_FILES = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "ctypes.",
    "shutil.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "os.kill",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "os.putenv",
    "pty.",
    "urllib.",
    "ftplib.",
    "http.",
    "smtplib.",
    "sqlite3.",
    "webbrowser.",
)


def limit_resources(limits: Limits) -> None:
    """Have the system end this process when it takes more; it can't start others or write files from now on."""
    _limit(resource.RLIMIT_CPU, limits.cpu_seconds)
    _limit(resource.RLIMIT_AS, limits.memory)
    _limit(resource.RLIMIT_NOFILE, _FILES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)


def leave_network() -> bool:
    """Move to a network namespace without any interface; give whether the kernel lets us."""
    if sys.platform != "linux":
        return False
    with suppress(OSError, AttributeError):
        return bool(ctypes.CDLL(None).unshare(_NEW_USER_NAMESPACE | _NEW_NETWORK) == 0)
    return False


def forbid_effects() -> None:
    """Refuse what Python is asked to do outside of this process, and to read files other than its own modules.

    The refusal is a `PermissionError`. What a library's compiled code does by itself is not seen: that is what limits
    and the namespace are for.
    """
    program = str(Path(__file__).parents[1])
    modules = tuple({program, sys.prefix, sys.base_prefix, *(path for path in sys.path if path)})

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN) or (event == "open" and not _is_reading_of(modules, arguments)):
            raise PermissionError(f"{event} is not allowed while a file is read")

    sys.addaudithook(refuse)


def _is_reading_of(folders: tuple[str, ...], arguments: tuple[object, ...]) -> bool:
    path, _mode, flags = arguments
    return isinstance(path, str) and path.startswith(folders) and not (isinstance(flags, int) and flags & _WRITING)


def _limit(kind: int, value: int) -> None:
    """Lower a limit for good; one that is lower already stays, one that the system does not have is left."""
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))
