from __future__ import annotations

import os
import socket
import time
from dataclasses import replace

import pytest

from assistant.documents import isolation
from assistant.documents.isolation import read_isolated
from assistant.documents.limits import Limits
from assistant.errors import DocumentError, FileDamaged, FileTooLarge, FileTooSlow, FileUnsafe

LIMITS = Limits(cpu_seconds=1, memory=256 * 1024 * 1024, output=100_000)
PRELUDE = """
import sys, types
package = types.ModuleType("assistant")
package.__path__ = [sys.argv[1]]
sys.modules["assistant"] = package
from assistant.documents.confinement import forbid_effects, leave_network, limit_resources
from assistant.documents.limits import Limits
limit_resources(Limits(*map(int, sys.argv[3:])))
"""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a file by a process that runs other code than the readers, as a reader that was taken over would."""

    def run(code, limits=LIMITS):
        monkeypatch.setattr(isolation, "_START", PRELUDE + code)
        (tmp_path / "page.html").write_text("<p>Text.</p>")
        return read_isolated(tmp_path / "page.html", "page.html", limits)

    return run


def says(outcome):
    return f"sys.stdout.write({outcome!r})"


SECTION = '{"heading": [], "anchor": "a", "text": "Text.", "blocks": [{"kind": "paragraph", "start": 0, "end": 5}]}'
FINE = says('{"sections": [' + SECTION + "]}")


@pytest.mark.parametrize(
    ("code", "error", "words"),
    [
        ("while True: pass", FileTooSlow, "more than 1 seconds"),
        ("import time; time.sleep(60)", FileTooSlow, "more than 1 seconds"),
        ("import os; sys.stdout.close(); os.close(1)\nwhile True: pass", FileTooSlow, "more than 1 seconds"),
        ("import os; os.kill(os.getpid(), 9)", FileTooSlow, "more than 1 seconds"),
        ("import os; os.abort()", FileDamaged, "its reader broke down"),
        ("raise ValueError", FileDamaged, "its reader broke down"),
        ("b = b'x' * 10**9", FileDamaged, "its reader broke down"),
        ("while True: sys.stdout.write('x' * 10_000)", FileTooLarge, "more than 100,000 characters"),
        (says("nonsense"), FileDamaged, "makes no sense"),
        (says(""), FileDamaged, "makes no sense"),
        (says('{"error": "FileDamaged", "line": 3, "message": "m"}'), FileDamaged, "^page.html:3: m$"),
        (says('{"error": "SystemExit", "line": 3, "message": "m"}'), DocumentError, "^page.html:3: m$"),
        (
            says('{"sections": [' + SECTION.replace('"end": 5', '"end": 50') + "]}"),
            FileDamaged,
            "blocks that lie outside",
        ),
    ],
)
def test_a_process_that_fails_costs_its_file_only(read, code, error, words):
    """Whatever the process does, there is an error of ours with a sentence, within its limits, and no process left."""
    started = time.monotonic()
    with pytest.raises(error, match=words) as caught:
        read(code)
    assert type(caught.value) is error
    assert time.monotonic() - started < 3 * LIMITS.wall_seconds
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_the_process_says_is_read(read):
    """A process that comes to an end by itself is believed as far as what it says can be true."""
    assert [section.text for section in read(FINE).sections] == ["Text."]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "open('/etc/passwd')",
        "open(sys.executable, 'ab')",
        "import os; os.open(sys.prefix, os.O_RDONLY | os.O_CREAT)",
        "import os; os.remove('/nothing')",
        "import ctypes; ctypes.CDLL(None)",
    ],
)
def test_effects_are_refused(read, code):
    """A reader that was taken over can't reach the network, start programs, write, or read files but its modules."""
    caught = f"""
forbid_effects()
try:
    {code.replace("; ", chr(10) + "    ")}
except PermissionError as error:
    {FINE}
"""
    assert read(caught).sections


def test_modules_can_still_be_loaded(read):
    """A library that loads a part of itself late still can."""
    assert read(f"forbid_effects()\nimport decimal, zipfile, assistant.errors\n{FINE}")


def test_no_network_even_for_compiled_code(read):
    """Where the kernel lets it, the process has no network at all, also for what Python does not see."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"""
import socket
left = leave_network()
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=1)
except OSError:
    left = left and "yes"
sys.stdout.write('{{"error": "DocumentError", "line": 1, "message": "' + str(left) + '"}}')
"""
        with pytest.raises(DocumentError) as caught:
            read(code)
    if caught.value.message == "False":
        pytest.skip("the kernel lets no namespaces be made here")
    assert caught.value.message == "yes"


def test_a_link_is_not_followed(tmp_path):
    """A file that was replaced by a link after it was checked is not read."""
    (tmp_path / "page.html").symlink_to("/etc/passwd")
    with pytest.raises(FileUnsafe, match="it can't be opened"):
        read_isolated(tmp_path / "page.html", "page.html", LIMITS)


def test_nothing_heavy_is_loaded(read):
    """What runs in the process loads none of what answering needs, so it starts in a fraction of a second."""
    code = """
import assistant.documents.reading_process
heavy = {"numpy", "torch", "faiss", "assistant.assistant", "assistant.retrieval"} & set(sys.modules)
sys.stdout.write('{"error": "DocumentError", "line": 1, "message": "' + " ".join(sorted(heavy)) + '"}')
"""
    with pytest.raises(DocumentError) as caught:
        read(code)
    assert caught.value.message == ""


def test_limits_are_told_to_the_process(read):
    """The process gets the limits of the caller, of memory too, and none of the environment."""
    code = """
import os, resource
found = (resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0], len(os.environ))
sys.stdout.write('{"error": "DocumentError", "line": 1, "message": "' + str(found) + '"}')
"""
    with pytest.raises(DocumentError) as caught:
        read(code, replace(LIMITS, cpu_seconds=7))
    memory, seconds, variables = eval(caught.value.message)
    assert (memory, seconds) == (LIMITS.memory, 7)
    assert variables <= 2  # LC_CTYPE, which Python sets itself, and LD_LIBRARY_PATH
