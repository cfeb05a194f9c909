from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import Chat, free_port
from pdf_maker import make_pdf, show
from small_library import FILES, write_corpus
from tracing import effects, traced
from word_file import paragraph, word_file

ROOT = Path(__file__).parents[2]
QUESTION = "What is an innovation zone?"
KEY = "demo-state"
PARTNER = f'[[partner]]\nname = "State"\nkey = "{KEY}"\norigins = ["http://127.0.0.1:1"]\n'
GOLDEN = {"id": "zone", "kind": "entry", "question": QUESTION, "expect": [], "phrase": None, "split": "calibration"}
NO_PLACES_FOR_FILES = (Path("/dev/null"), Path("/dev/tty"), Path("/dev/shm"))
"""The last is memory that processes share: multiprocessing names a semaphore there and removes it at once."""
pytestmark = [pytest.mark.model, pytest.mark.browser]


@dataclass(frozen=True, slots=True)
class Machine:
    """A home that nothing may touch, a temporary folder, and a tracer."""

    folder: Path
    strace: str

    @property
    def environment(self) -> dict[str, str]:
        """Give no more than a fresh login has, and so nothing that says a machine tests."""
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "temporary"),
            "ASSISTANT_PARTNERS": str(self.folder / "partners.toml"),
        }

    @contextmanager
    def running(self, name: str, *command: str) -> Iterator[subprocess.Popen[str]]:
        """Run a command of the project, traced, at most until the block ends."""
        (self.folder / name).mkdir()
        with subprocess.Popen(
            [*traced(self.strace, self.folder / name), sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def run(self, name: str, *command: str) -> str:
        """Run a command to its end; give what it said."""
        with self.running(name, *command) as process:
            said, _ = process.communicate()
        assert process.returncode == 0, said
        return said

    def assert_kept_to_itself(self, name: str) -> None:
        """Fail, and tell all of it, if a command did anything beyond its index and the temporary folder."""
        found = effects(self.folder / name, ROOT)
        outside = found.written_outside(self.folder / "index", self.folder / "temporary", *NO_PLACES_FOR_FILES)
        told = [
            *(f"reached {peer}" for peer in found.reached),
            *(f"looked a name up by {path}" for path in found.looked_up),
            *(f"wrote {path}" for path in outside if not _keeps_compiled_modules(path)),
            *(f"left {path}" for path in (self.folder / "home").rglob("*")),
        ]
        assert not told, "\n".join(dict.fromkeys(told))


def _keeps_compiled_modules(path: Path) -> bool:
    """Whether Python wrote it, beside the modules of the project or of its environment."""
    return "__pycache__" in path.parts and any(path.is_relative_to(folder) for folder in (ROOT, Path(sys.prefix)))


@pytest.fixture(scope="module")
def machine(tmp_path_factory, program) -> Machine:
    strace = program("strace")
    may_trace = subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if may_trace.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"this machine lets nobody trace: {may_trace.stderr}")
    folder = tmp_path_factory.mktemp("machine")
    (folder / "home").mkdir()
    (folder / "temporary").mkdir()
    (folder / "partners.toml").write_text(PARTNER)
    return Machine(folder, strace)


@pytest.fixture(scope="module")
def built(machine) -> Machine:
    """Give the machine once a library with files of every kind was built on it."""
    more = {
        "guide.pdf": make_pdf(show("Seat time is the rule that credit depends on hours spent in class.")),
        "memo.docx": word_file(paragraph("Districts may ask for a waiver of seat time once in a year.")),
    }
    corpus = write_corpus(machine.folder / "corpus", FILES | more)
    said = machine.run("build", "build_index.py", "--corpus", str(corpus), "--index", str(machine.folder / "index"))
    assert "5 documents" in said
    return machine


def test_building_calls_nobody(built):
    """Building an index of PDF, Word and text files looks up no name and leaves the home of its user empty."""
    built.assert_kept_to_itself("build")


def test_asking_calls_nobody(built):
    """Neither does a question on the command line."""
    said = built.run("ask", "-m", "assistant", "ask", QUESTION, "--index", str(built.folder / "index"))
    assert "a group of districts" in said
    built.assert_kept_to_itself("ask")


def test_measuring_calls_nobody(built):
    """Neither does the evaluation."""
    questions = built.folder / "questions.jsonl"
    questions.write_text(json.dumps(GOLDEN) + "\n")
    command = ("-m", "assistant.evaluation", "golden", "--questions", str(questions))
    built.run("golden", *command, "--index", str(built.folder / "index"))
    built.assert_kept_to_itself("golden")


def test_serving_calls_nobody(built, chromium):
    """Neither does the site while its pages are read and it is asked on each of them; no page asks another site."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    index, corpus = str(built.folder / "index"), str(built.folder / "corpus")
    with built.running("serve", "app.py", "--index", index, "--corpus", corpus, "--port", str(port)) as process:
        assert process.stdout.readline() == f"Serving on {site}\n"
        requested = _use(chromium, site)
        os.kill(_child(process.pid), signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert said.count("assistant.assistant: answer") == 2
    assert {url for url in requested if not url.startswith((f"{site}/", "data:", "blob:"))} == set()
    built.assert_kept_to_itself("serve")


def _use(chromium, site: str) -> list[str]:
    """Read and ask on every kind of page; give the addresses that it asked for, or told the browser to get ready for."""
    addresses: list[str] = []
    with chromium.new_context() as context:
        context.on("request", lambda request: addresses.append(request.url))
        page = context.new_page()
        Chat(page, site).ask(QUESTION)
        addresses += _hints(page)
        for path in ("/library", "/library/guide", "/api/docs"):
            page.goto(f"{site}{path}")
            addresses += _hints(page)
        page.goto(f"{site}/embed?site={KEY}")
        page.fill("#question", QUESTION)
        page.keyboard.press("Enter")
        page.locator(".reply").first.wait_for()
        return addresses + _hints(page)


def _hints(page) -> list[str]:
    """Give the hosts that a page has looked up or connected to before anything is asked of them."""
    return page.eval_on_selector_all(
        "link[rel~=preconnect], link[rel~=dns-prefetch]", "all => all.map(one => one.href)"
    )


def _child(tracer: int) -> int:
    """Give the process that a tracer started: what stops the tracer would not stop it in order."""
    return int(Path(f"/proc/{tracer}/task/{tracer}/children").read_text().split()[0])
