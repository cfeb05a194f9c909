from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import SettingError
from assistant.settings import Settings, parse_port, read_settings


def test_defaults():
    """Nothing set, or set to nothing, gives the defaults."""
    assert read_settings({}) == read_settings({"ASSISTANT_INDEX": "", "ASSISTANT_PORT": "", "PATH": "x"}) == Settings()


def test_everything_can_be_set():
    """Each setting is read from its own name."""
    mapping = {"CORPUS": "/c", "INDEX": "/i", "MODEL": "/m", "HOST": "0.0.0.0", "PORT": "80", "KEEP_VERSIONS": "7"}
    mapping["READING_SECONDS"] = "60"
    settings = read_settings({f"ASSISTANT_{name}": value for name, value in mapping.items()})
    assert settings == Settings(Path("/c"), Path("/i"), "/m", "0.0.0.0", 80, 7, 60)


def test_the_api_can_be_set():
    """Registry, origins, limits and the folder for feedback are read from their own names."""
    mapping = {"PARTNERS": "/p.toml", "ORIGIN": "https://a.example http://b.example:81", "PER_MINUTE": "7"}
    mapping |= {"AT_ONCE": "3", "FEEDBACK": "/f"}
    settings = read_settings({f"ASSISTANT_{name}": value for name, value in mapping.items()})
    assert settings.partners == Path("/p.toml")
    assert settings.origins == ("https://a.example", "http://b.example:81")
    assert (settings.per_minute, settings.at_once, settings.feedback) == (7, 3, Path("/f"))


@pytest.mark.parametrize("name", ["ASSISTANT_PER_MINUTE", "ASSISTANT_AT_ONCE"])
@pytest.mark.parametrize("text", ["0", "-1", "many", "2.5"])
def test_limits_that_admit_nothing(name, text):
    """A limit below one would turn everyone away, so it is refused by name."""
    with pytest.raises(SettingError, match=f"{name} must be a whole number from 1 on"):
        read_settings({name: text})


def test_no_folder_keeps_no_feedback():
    """Feedback is kept only where a folder was chosen; an empty value chooses none."""
    assert read_settings({}).feedback is None
    assert read_settings({"ASSISTANT_FEEDBACK": ""}).feedback is None


@pytest.mark.parametrize(("text", "port"), [("1", 1), ("7860", 7860), ("65535", 65535)])
def test_ports(text, port):
    """Every port there is can be used."""
    assert parse_port(text) == port


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80.0", "http", "", " 80", "99999999999"])
def test_ports_that_are_none(text):
    """Anything else is refused with what was expected and what was found."""
    with pytest.raises(SettingError, match="the port must be a whole number from 1 to 65535, found"):
        parse_port(text)


@pytest.mark.parametrize("text", ["0", "1", "-1", "many", "2.5"])
def test_keeping_too_few_versions(text):
    """The served version and the one before it always stay, so a smaller number is refused."""
    with pytest.raises(SettingError, match="ASSISTANT_KEEP_VERSIONS must be a whole number from 2 on"):
        read_settings({"ASSISTANT_KEEP_VERSIONS": text})


@pytest.mark.parametrize("text", ["0", "-1", "long", "2.5"])
def test_no_time_to_read(text):
    """A file that may take no time at all could never be read, so such a setting is refused."""
    with pytest.raises(SettingError, match="ASSISTANT_READING_SECONDS must be a whole number from 1 on"):
        read_settings({"ASSISTANT_READING_SECONDS": text})


@pytest.mark.parametrize("text", ["", "/assistant", "/tools/policy-assistant", "/a.b/~c_d"])
def test_root_paths(text):
    """A site may lie below any path of its host, or have the host to itself."""
    assert read_settings({"ASSISTANT_ROOT_PATH": text}).root_path == text


@pytest.mark.parametrize(
    "text",
    ["/", "assistant", "/assistant/", "//assistant", "/a//b", "/..", "/a/../b", "/.a", "/ä", "/a b", "/a?b", "/a%2f"],
)
def test_root_paths_that_are_none(text):
    """What would never be the beginning of a request's path, or not once, is refused with what was expected."""
    with pytest.raises(SettingError, match="ASSISTANT_ROOT_PATH must be a path such as /assistant, of letters"):
        read_settings({"ASSISTANT_ROOT_PATH": text})
