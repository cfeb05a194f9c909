"""Finds the programs that tests use beside Python: browsers, proxies, tracers; installs them where that can be done.

Run as a script it installs Debian's packages of all of them, which needs root and `apt-get`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {
    "chromium-headless-shell": "chromium-headless-shell",
    "firefox-esr": "firefox-esr",
    "WebKitWebDriver": "webkit2gtk-driver",
    "Xvfb": "xvfb",
    "nginx": "nginx-light",
    "caddy": "caddy",
    "haproxy": "haproxy",
    "strace": "strace",
    "ip": "iproute2",
}
"""Debian's package of each program."""
_WHERE_ROOT_LOOKS = "/usr/sbin:/sbin"


def find_program(name: str) -> str | None:
    """Give the path of a program, if it is on this machine."""
    return shutil.which(name) or shutil.which(name, path=_WHERE_ROOT_LOOKS)


def main() -> int:
    """Install what is missing; give 0 if all of it is there, else 1."""
    missing = {name: package for name, package in PACKAGES.items() if find_program(name) is None}
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        # Only the programs: their services are started by the tests, each on ports and in folders of its own.
        command = f"apt-get update -q && apt-get install -q -y --no-install-recommends {' '.join(missing.values())}"
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        subprocess.run(["sh", "-c", command], check=False, env=environment)
    still = sorted(name for name in missing if find_program(name) is None)
    for name in still:
        print(f"tests that need {name} can't run: install Debian's package {PACKAGES[name]}", file=sys.stderr)
    return 1 if still else 0


if __name__ == "__main__":
    sys.exit(main())
