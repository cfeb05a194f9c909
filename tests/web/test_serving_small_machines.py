from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest
from browser import Chat, free_port
from machines import KINDS, ROOT, command, machine, skip_without_namespaces
from served import wait_for
from small_library import no_bar, write_corpus

from assistant.publishing.build import build_index

pytestmark = [pytest.mark.model, pytest.mark.browser]


@pytest.fixture(scope="module")
def library(real_embedder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    build_index(write_corpus(folder / "corpus"), folder / "index", real_embedder, no_bar)
    return folder


@pytest.fixture(params=KINDS)
def site(request, library, tmp_path) -> Iterator[str]:
    """Serve the library as another user, where nothing can be written."""
    skip_without_namespaces()
    before, environment = machine(request.param, tmp_path)
    url = f"http://127.0.0.1:{free_port()}"
    places = ("--index", library / "index", "--corpus", library / "corpus", "--port", url.rsplit(":", 1)[1])
    line = [*before, *command("app.py", *places)]
    log = tmp_path / "log"
    environment = {"PATH": os.environ["PATH"], **environment}
    with (
        log.open("w") as errors,
        subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True) as server,
    ):
        assert server.stdout.readline().startswith("Serving on"), log.read_text()
        wait_for(f"{url}/healthz")
        yield url
        server.terminate()
    assert "Traceback" not in log.read_text()
    assert "Warning" not in log.read_text()


def test_the_chat_page_answers(site, chromium):
    """The site starts without a place to write to, and its chat page answers."""
    page = chromium.new_page()
    reply = Chat(page, site).ask("What is an innovation zone?")
    assert "An innovation zone is a group of districts" in reply.inner_text()
    page.close()
