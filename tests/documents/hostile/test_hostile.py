from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hostile_files import FILES, HostileFile, write_files

LIMIT = 35
"""Seconds that one file may take at most: nine of the processor's, on a machine that does other things too."""
SLOW = 3
"""Files that may take all of their processor time on a busy machine; none did on a quiet one."""
GROWTH = 20
"""Megabytes that the process may grow by that all files are read for."""
HARMLESS = {
    "a-page.md": "---\ntitle: A page\n---\n# A page\n\nWords of a page.\n",
    "b-text.txt": "Words of a text.\n",
    "c-table.csv": "Question,Answer\nWho pays?,The state.\n",
    "d-page.html": "<!doctype html><html><body><main><h1>D</h1><p>Words of a web page.</p></main></body></html>",
    "z-page.md": "# The last page\n\nWords of the last page.\n",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a folder of hostile and harmless files."""

    megabytes: float
    seconds: dict[str, float]
    documents: list[str]
    problems: list[dict]

    def refusals(self, name):
        return [p["message"] for p in self.problems if p["file"] == name and p["severity"] == "error"]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library") / "hostile"
    harmless = folder.parent / "harmless"
    for made in (folder, harmless):
        made.mkdir()
        for name, text in HARMLESS.items():
            (made / name).write_text(text)
    write_files(folder)
    command = [sys.executable, str(Path(__file__).with_name("read_hostile.py")), str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=600, env={**os.environ, "PYTHONPATH": "."})
    return Told(**json.loads(done.stdout))


def test_there_are_enough():
    """At least forty files are hostile, of each format some, and no two have a name in common."""
    assert len([file for file in FILES if file.refused]) >= 40
    assert {Path(file.name).suffix for file in FILES} == {".pdf", ".docx", ".html", ".csv", ".xlsx", ".md", ".txt"}
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", [file for file in FILES if file.refused], ids=lambda file: file.name)
def test_hostile_file_is_refused(told: Told, file: HostileFile):
    """A hostile file is refused in its own words, or since its processor time ran out first; once, and is no document."""
    (refusal,) = told.refusals(file.name)
    assert re.search(f"{file.refused}|more than 9 seconds", refusal)
    assert file.name not in told.documents


@pytest.mark.parametrize("file", [file for file in FILES if not file.refused], ids=lambda file: file.name)
def test_odd_file_is_read(told: Told, file: HostileFile):
    """A file that is odd but harmless is read."""
    assert told.refusals(file.name) == []
    assert file.name in told.documents


@pytest.mark.parametrize("name", ["link.md", "link.pdf"])
def test_links_are_refused(told: Told, name):
    """A link out of the folder is refused, whatever it is named."""
    assert re.search("link", told.refusals(name)[0])


def test_other_files_are_read(told: Told):
    """The harmless files among the hostile ones are read."""
    assert set(HARMLESS) <= set(told.documents)


def test_no_file_takes_long(told: Told):
    """Each file is done with within what a process may take, however busy the machine is."""
    slowest = max(told.seconds, key=lambda name: told.seconds[name])
    assert told.seconds[slowest] <= LIMIT, slowest
    out_of_time = {file.name for file in FILES if file.refused and "more than 9 seconds" in told.refusals(file.name)[0]}
    assert len(out_of_time) <= SLOW, out_of_time


def test_memory_stays(told: Told):
    """The process that all files are read for does not grow by more than twenty megabytes."""
    assert told.megabytes <= GROWTH
