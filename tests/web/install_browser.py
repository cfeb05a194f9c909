"""Sees to it that the browser tests have a Chromium; says loudly if none can be had.

Taken in this order: one on this machine (or named by `CHROMIUM`), the one that Playwright installs, and as root
on Debian the package `chromium`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from browser import find_chromium
from playwright.sync_api import sync_playwright

INSTALLERS = (
    (sys.executable, "-m", "playwright", "install", "chromium"),
    ("sh", "-c", "apt-get update -q && apt-get install -q -y chromium"),
)
NONE_TO_BE_HAD = """
**********************************************************************************
NO BROWSER: no Chromium was found, and none could be installed.
The browser tests will fail. Install Chromium or Chrome, or name one: CHROMIUM=/path
**********************************************************************************
"""


def main() -> int:
    """Install the first that works; give 0 if there is a Chromium that starts, else 1."""
    for installer in INSTALLERS:
        if _starts(find_chromium() or _playwrights_own()):
            return 0
        if installer[0] != "sh" or (os.geteuid() == 0 and shutil.which("apt-get")):
            print("browser tests need Chromium; trying:", " ".join(installer), flush=True)
            subprocess.run(installer, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if _starts(find_chromium() or _playwrights_own()):
        return 0
    print(NONE_TO_BE_HAD, file=sys.stderr)
    return 1


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def _starts(path: str | None) -> bool:
    if path is None:
        return False
    shown = subprocess.run([path, "--version"], check=False, capture_output=True)
    return shown.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
