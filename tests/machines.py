"""Runs commands as on other machines: as a user who may do little, and where nothing can be written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).parents[1]
_NOBODY = "54321"
_POWERS = "dac_override,-dac_read_search,-fowner"
_ENTER = """
set -e
mount --make-rprivate /
if [ -n "$WRITABLE" ]; then mount --bind "$WRITABLE" "$WRITABLE"; fi
if [ -n "$FULL" ]; then
  mount -t tmpfs -o size=64k,mode=1777 tmpfs "$FULL"
  dd if=/dev/zero of="$FULL/filler" 2>/dev/null || true
fi
awk '{ print $5 }' /proc/self/mountinfo | grep -Ev '^/(proc|sys|dev$|dev/pts)' | while read -r place; do
  if [ "$place" != "$WRITABLE" ]; then mount -o remount,ro,bind "$place" 2>/dev/null || true; fi
done
if touch "$PWD/.written" 2>/dev/null; then echo "the project could still be written" >&2; exit 99; fi
unset WRITABLE FULL
exec setpriv --reuid="$NOBODY" --regid="$NOBODY" --clear-groups \
  --inh-caps=-all,+dac_read_search --ambient-caps=+dac_read_search "$@"
"""
"""In namespaces of its own. The user may read whatever root may: the interpreter can lie in root's home."""


def without_powers() -> list[str]:
    """Give what goes before a command so that a file's permissions hold for it, whoever runs the tests."""
    return ["setpriv", f"--bounding-set=-{_POWERS}", f"--inh-caps=-{_POWERS}"] if os.geteuid() == 0 else []


def read_only(writable: Path | None = None, full: Path | None = None) -> list[str]:
    """Give what goes before a command so that another user runs it and every file system is read-only.

    All but the folder `writable`, which then is that user's, and `full`, which gets a disk without room.
    """
    if writable:
        for path in (writable, *writable.rglob("*")):
            os.chown(path, int(_NOBODY), int(_NOBODY))
    given = {"WRITABLE": writable or "", "FULL": full or "", "NOBODY": _NOBODY}
    variables = [f"{name}={value}" for name, value in given.items()]
    return ["env", *variables, "unshare", "--mount", "sh", "-c", _ENTER, "sh"]


KINDS = ("no home, no temporary folder", "neither is there", "no room in it")


def machine(kind: str, folder: Path) -> tuple[list[str], dict[str, str]]:
    """Give a machine where nothing can be written: what goes before a command, and its environment."""
    if kind == "no room in it":
        full = folder / "full"
        full.mkdir()
        return read_only(full=full), {"HOME": str(full), "TMPDIR": str(full)}
    nowhere = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent/tmp"}
    return read_only(), nowhere if kind == "neither is there" else {}


def skip_without_namespaces() -> None:
    """Skip a test where the kernel gives no namespaces, or this is not root, who may ask for them."""
    done = subprocess.run([*read_only(), "true"], cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no read-only file systems can be had here: {done.stderr.strip()}")


def command(*arguments: str | Path) -> list[str]:
    """Give the command line of the program."""
    return [sys.executable, *map(str, arguments)]


def run(
    before: Sequence[str], *arguments: str | Path, environment: MappingProxyType[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """Run the program in the project's folder, with nothing but this in its environment."""
    return subprocess.run(
        [*before, *command(*arguments)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONWARNINGS": "ignore", **environment},
        check=False,
        capture_output=True,
        text=True,
    )
