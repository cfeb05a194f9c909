"""Asks in a process that notes whom it connects to and which files it writes; told as JSON on the last line."""
# ruff: noqa: PLC0415  # the hook comes before all that it watches

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

REACHING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto"}
reached: list[str] = []
written: set[str] = set()


def note(event, arguments):
    if event in REACHING:
        reached.append(f"{event} {arguments[1:] if event == 'socket.connect' else arguments}")
    elif event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.add(str(Path(arguments[0]).absolute()))


def ask_all(index, bodies):
    """Ask within this process, by models that are worked out by hand; every log line goes to the error output."""
    from small_library import open_small
    from starlette.testclient import TestClient

    from assistant.serving.serving import Serving
    from assistant.web.application import make_application
    from assistant.web.hosting import Hosting

    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)

    async def made():
        return make_application(Serving(open_small(Path(index))), Hosting(per_minute=100_000))

    with TestClient(asyncio.run(made()), headers={"sec-fetch-site": "same-origin"}) as client:
        for path, body in bodies:
            assert client.post(path, json=body).status_code == 200, body


def main(index):
    sys.addaudithook(note)
    ask_all(index, json.load(sys.stdin))
    print(json.dumps({"reached": reached, "written": sorted(written)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
