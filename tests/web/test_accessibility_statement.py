from __future__ import annotations

import re
from pathlib import Path

STATEMENT = Path(__file__).parents[2] / "docs" / "accessibility.md"


def test_the_tests_that_are_named_are_there():
    """Each test and each file of tests that the statement leans on is there."""
    statement = STATEMENT.read_text(encoding="utf-8")
    files = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")}
    assert set(re.findall(r"tests/web/(test_\w+\.py)", statement)) <= set(files)
    defined = re.findall(r"^def (test_\w+)", "".join(files.values()), re.MULTILINE)
    assert set(re.findall(r"`(test_\w+)`", statement)) <= set(defined)
