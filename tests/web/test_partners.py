from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import PartnersError
from assistant.web.partners import parse_partners
from assistant.web.registry import Registry

GOOD = """# partners
[[partner]]
name = "One"
key = "one-1234"
origins = ["https://one.example", "http://one.example:8080"]

[[partner]]
name = "Two"
key = "two-1234"
origins = ["https://two.example"]
disabled = true
"""
WRONG = [
    ('name = "One"', "name = One", 3, "no TOML"),
    ('name = "One"', 'name = ""', 3, "at least 1 character"),
    ('key = "one-1234"', 'key = "a b"', 4, "pattern"),
    ('key = "one-1234"', 'key = "two-1234"', 9, "that of another partner"),
    ('key = "one-1234"', "", 2, "Field required"),
    ("http://one.example:8080", "http://one.example:80", 5, "leave it out"),
    ("http://one.example:8080", "http://one.example:65536", 5, "a port up to"),
    ("http://one.example:8080", "http://ONE.example", 5, "lower case"),
    ("http://one.example:8080", "http://one.example/", 5, "no path"),
    ("http://one.example:8080", "https://*.one.example", 5, "no \\*"),
    ("http://one.example:8080", "null", 5, "expected an origin"),
    ("http://one.example:8080", "https://a.example; script-src *", 5, "expected an origin"),
    ("disabled = true", 'disabled = "yes"', 11, "boolean"),
    ("disabled = true", "dissabled = true", 11, "not permitted|[Uu]nexpected"),
    ("disabled = true", 'accent = "red"', 11, "pattern"),
    ("disabled = true", 'language = "fr"', 11, "'en' or 'es'"),
    ("disabled = true", "per_minute = 0", 11, "greater than or equal to 1"),
    ("# partners", "other = 1", 1, "only tables headed"),
]


def test_partners_are_read():
    """A partner is found by its key, by each of its origins, and not at all while it is disabled."""
    partners = parse_partners(GOOD, "partners.toml")
    assert partners.with_key("one-1234").origins == ("https://one.example", "http://one.example:8080")
    assert partners.with_key("two-1234") is None
    assert partners.has_origin("http://one.example:8080")
    assert not partners.has_origin("https://two.example")


def test_the_example_can_be_used():
    """The example in the repository is a registry that can be used as it is."""
    path = Path(__file__).parents[2] / "partners.example.toml"
    assert len(parse_partners(path.read_text(encoding="utf-8"), path.name).listed) == 1


@pytest.mark.parametrize(("old", "new", "line", "reason"), WRONG)
def test_a_wrong_registry_is_told_with_its_line(old, new, line, reason):
    """Whatever is wrong is refused with the file, the line and what is expected."""
    with pytest.raises(PartnersError, match=reason) as told:
        parse_partners(GOOD.replace(old, new), "partners.toml")
    assert str(told.value).startswith(f"partners.toml:{line}: ")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "partners.toml"


@pytest.fixture
def registry(path, monkeypatch):
    monkeypatch.setattr("assistant.web.registry._PAUSE", 0)
    return Registry(path)


def test_the_registry_follows_its_file(path, registry):
    """A partner counts once it is written and no more once it is removed, with the whole file too."""
    assert registry.partners.listed == ()
    path.write_text(GOOD)
    assert registry.partners.with_key("one-1234")
    path.write_text(GOOD.replace('[[partner]]\nname = "One"', '[[partner]]\ndisabled = true\nname = "One"'))
    assert registry.partners.with_key("one-1234") is None
    path.write_text(GOOD)
    assert registry.partners.with_key("one-1234")
    path.unlink()
    assert registry.partners.with_key("one-1234") is None


@pytest.mark.parametrize("content", [b"[[partner]", b"\xff", b"[[partner]]\nname = 1"])
def test_a_bad_file_leaves_the_last_good_one(path, registry, content, caplog):
    """A file that can't be used is logged once and told; the partners stay until it is mended."""
    path.write_text(GOOD)
    assert registry.degraded == ""
    path.write_bytes(content)
    assert registry.partners.with_key("one-1234")
    assert registry.degraded.startswith("partners.toml:")
    assert len([record for record in caplog.records if record.levelname == "ERROR"]) == 1
    path.write_text(GOOD)
    assert registry.degraded == ""
