from __future__ import annotations

from pathlib import Path

import pytest

from assistant.web import widget_script
from assistant.web.embedding import FOLDER
from assistant.web.widget_script import integrity_of, name_of, read_script, versioned_name

ROOT = Path(__file__).parents[2]


def test_the_documents_pin_the_script_as_it_is():
    """The name and digest that webmasters copy are those of the script.

    If it was changed: put the one that was released into `released/` under its old name, and write the new name and
    digest into docs/embedding.md.
    """
    script = (FOLDER / "widget.js").read_bytes()
    snippet = f'<script src="https://HOST/{name_of(script)}" integrity="{integrity_of(script)}" crossorigin="anonymous"'
    assert snippet in (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")


def test_the_script_has_two_names():
    """The plain name and the versioned one give the same bytes."""
    assert read_script("widget.js") == read_script(versioned_name()) == (FOLDER / "widget.js").read_bytes()


def test_a_released_script_stays(tmp_path, monkeypatch):
    """A page that pins an earlier script still gets it."""
    earlier = b"// earlier"
    (tmp_path / name_of(earlier)).write_bytes(earlier)
    monkeypatch.setattr(widget_script, "_RELEASED", tmp_path)
    assert read_script(name_of(earlier)) == earlier


def test_released_scripts_are_what_their_names_say():
    """No released script was altered."""
    assert all(name_of(path.read_bytes()) == path.name for path in (FOLDER / "released").glob("*"))


@pytest.mark.parametrize(
    "name", ["widget-000000000000.js", "widget-../embed.js", "embed.js", "", "widget.js/", "Widget.js"]
)
def test_no_other_name_gives_a_script(name):
    """Other names, traversals included, give nothing."""
    assert read_script(name) is None
