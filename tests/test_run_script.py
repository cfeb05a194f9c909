from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "docs" / "deployment" / "run.sh"


def project_with(folder: Path, program: str) -> Path:
    """Make a project whose Python is a few lines of shell, and give the script in it."""
    (folder / "docs" / "deployment").mkdir(parents=True)
    (folder / ".venv" / "bin").mkdir(parents=True)
    stub = folder / ".venv" / "bin" / "python"
    stub.write_text(f"#!/bin/sh\n{program}", encoding="utf-8")
    stub.chmod(0o755)
    return Path(shutil.copy(SCRIPT, folder / "docs" / "deployment"))


def test_the_assistant_is_started_again_until_a_person_has_to_mend_something(tmp_path):
    """When it died it is started again; where the exit code says that this is no use, the script gives up."""
    script = project_with(tmp_path, "echo started >>starts\n[ $(wc -l <starts) -lt 3 ] && exit 139\nexit 2\n")
    done = subprocess.run([script], env={**os.environ, "PAUSE": "0"}, timeout=60, check=False)
    assert done.returncode == 2
    assert (tmp_path / "starts").read_text(encoding="utf-8") == "started\n" * 3


def test_stopping_the_script_stops_the_assistant(tmp_path):
    """A TERM signal ends the program that the script runs, and then the script."""
    script = project_with(tmp_path, "echo $$ >running\necho ready\nexec sleep 600\n")
    with subprocess.Popen([script], stdout=subprocess.PIPE) as running:
        assert running.stdout.readline() == b"ready\n"
        running.terminate()
        assert running.wait(20) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "running").read_text(encoding="utf-8")), 0)
