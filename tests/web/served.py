"""Serves an assistant and partners' pages on two sites of this machine, for a real browser."""

from __future__ import annotations

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType

import uvicorn


@contextmanager
def serve_application(make, port) -> Iterator[None]:
    """Serve what `make` makes, in a thread of this process, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(make, factory=True, port=port, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(f"http://127.0.0.1:{port}/healthz")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def serve_pages(pages, port, headers=MappingProxyType({})) -> Iterator[None]:
    """Serve HTML pages by their path, each with these headers, until the block ends."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_arguments):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join(10)


def wait_for(url: str) -> None:
    """Wait until something answers at an address."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url):
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)
