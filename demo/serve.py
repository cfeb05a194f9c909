"""Serves the assistant and a partner's pages that embed it, on two sites of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

FOLDER = Path(__file__).parent
ASSISTANT = "http://faq.localhost:7860"
PARTNER = "http://partner.localhost:7861"
POLICY = (
    f"default-src 'none'; style-src 'self'; img-src 'self' data:; script-src {ASSISTANT}; frame-src {ASSISTANT}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
"""As strict as a partner's policy can be: the last four have nothing to do with the widget."""


class PartnerPages(SimpleHTTPRequestHandler):
    """Gives the pages of the partner under its policy."""

    def end_headers(self) -> None:
        """Add the policy to what every response says."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


def main() -> int:
    """Serve both until the assistant ends, or Control and C are pressed; give its exit code."""
    command = [sys.executable, "app.py", "--port", ASSISTANT.rsplit(":", 1)[1]]
    environment = {**os.environ, "ASSISTANT_PARTNERS": str(FOLDER / "partners.toml")}
    handler = partial(PartnerPages, directory=str(FOLDER))
    with ThreadingHTTPServer(("127.0.0.1", int(PARTNER.rsplit(":", 1)[1])), handler) as pages:
        Thread(target=pages.serve_forever, daemon=True).start()
        with subprocess.Popen(command, cwd=FOLDER.parent, env=environment) as assistant:
            print(f"A partner's page: {PARTNER}   the assistant: {ASSISTANT}", flush=True)
            try:
                return assistant.wait()
            except KeyboardInterrupt:
                return assistant.wait()
            finally:
                pages.shutdown()


if __name__ == "__main__":
    sys.exit(main())
