from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.telemetry import OFFLINE, OPT_OUTS, opt_out

ROOT = Path(__file__).parent.parent
BARE = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
IMPORTING = """
import os, sys, json
import app, build_index, assistant.__main__, assistant.evaluation.__main__, assistant.web.application
print(json.dumps([sorted(sys.modules), sorted(os.environ)]))
"""
READ_WHEN_CALLED = {"fastapi"}


def test_what_the_environment_says_is_replaced():
    """Each library is switched off where the environment would have it on, and nothing else is touched."""
    environment = {"HOME": "/home", **{one.variable: "of another program" for one in OPT_OUTS}}
    opt_out(environment)
    assert environment == {"HOME": "/home", **{one.variable: one.value for one in OPT_OUTS}}


def test_commands_load_no_such_library_before_they_run():
    """Importing the commands and the site sets nothing, and loads no library that looks only as it is imported."""
    command = [sys.executable, "-c", IMPORTING]
    done = subprocess.run(command, cwd=ROOT, env=BARE, capture_output=True, text=True, check=True)
    loaded, variables = map(set, json.loads(done.stdout))
    listed = (*OPT_OUTS, OFFLINE)
    assert ({one.library for one in listed} - READ_WHEN_CALLED) & loaded == set()
    assert {one.variable for one in listed} & variables == set()


@pytest.mark.model
@pytest.mark.parametrize(
    "use",
    [
        "from assistant.retrieval.cross_encoder import CrossEncoder; CrossEncoder()",
        "from assistant.retrieval.sentence_embedder import SentenceEmbedder; SentenceEmbedder().embed(['a question'])",
    ],
    ids=["cross_encoder", "sentence_embedder"],
)
def test_an_adapter_alone_is_quiet(use, tmp_path):
    """Who uses an adapter as a library, with no command around it, finds the home as it was."""
    subprocess.run([sys.executable, "-c", use], cwd=ROOT, env={**BARE, "HOME": str(tmp_path)}, check=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_switched_off_is_told():
    """The table for operators names each variable, its value and what the library would do."""
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    _, section = told.split("## What it does not do: call home\n")
    rows = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {one.library} | {one.would} | `{one.variable}={one.value}` |" for one in (*OPT_OUTS, OFFLINE)]
