from __future__ import annotations

import asyncio
import json
import logging
import stat
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.errors import FeedbackUnwritable
from assistant.serving.serving import Serving
from assistant.web import opinions
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.opinions import FILE, Opinion, keep_opinion
from assistant.web.registry import Registry

SITE = {"origin": "https://one.example", "x-site": "one-1234"}
SAID = {
    "version": "abc123",
    "verdict": "down",
    "reason": "outdated",
    "query": "What is it?",
    "text": "Jane: since 2025",
}


@contextmanager
def serving(assistant, tmp_path, folder) -> Iterator[TestClient]:
    registry = tmp_path / "partners.toml"
    registry.write_text('[[partner]]\nname = "One"\nkey = "one-1234"\norigins = ["https://one.example"]\n')

    async def made():
        return make_application(Serving(assistant), Hosting(registry=Registry(registry), feedback=folder))

    with TestClient(asyncio.run(made()), headers={"sec-fetch-site": "same-origin"}) as client:
        yield client


def test_without_a_folder_only_the_verdict_is_logged(assistant, tmp_path, caplog):
    """By default version, verdict and reason stand in one line of the log, and the reply says that nothing else is kept."""
    with caplog.at_level(logging.DEBUG), serving(assistant, tmp_path, None) as client:
        assert client.post("/api/feedback", json=SAID).json() == {"kept": ["version", "verdict", "reason"]}
        assert client.post("/api/feedback", json={"version": "", "verdict": "up"}).json() == {
            "kept": ["version", "verdict"]
        }
    assert "feedback down outdated on version abc123" in caplog.messages
    assert not [message for message in caplog.messages if "Jane" in message or "What is it" in message]
    assert [path.name for path in tmp_path.iterdir()] == ["partners.toml"]


def test_with_a_folder_what_was_sent_is_kept(assistant, tmp_path, caplog):
    """One line an opinion holds what was sent, with the partner's key, and no more; the reply names each field."""
    folder = tmp_path / "deep" / "kept"
    with caplog.at_level(logging.DEBUG), serving(assistant, tmp_path, folder) as client:
        whole = client.post("/api/feedback", json=SAID, headers=SITE).json()
        bare = client.post("/api/feedback", json={"version": "abc123", "verdict": "up"}).json()
    first, second = map(json.loads, (folder / FILE).read_text(encoding="utf-8").splitlines())
    assert first == {**SAID, "partner": "one-1234"}
    assert second == {"version": "abc123", "verdict": "up"}
    assert (set(whole["kept"]), set(bare["kept"])) == (set(first), set(second))
    assert not [message for message in caplog.messages if "Jane" in message]
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_what_can_not_be_kept_is_told(assistant, tmp_path, caplog):
    """If the system refuses to write, the reply names what the log has, and the operator is told why."""
    (tmp_path / "file").write_text("in the way")
    with serving(assistant, tmp_path, tmp_path / "file") as client:
        response = client.post("/api/feedback", json=SAID)
    assert response.json() == {"kept": ["version", "verdict", "reason"]}
    (told,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert "let ASSISTANT_FEEDBACK name a folder that can be written" in told.message


def test_the_file_stays_bounded(tmp_path, monkeypatch):
    """Strangers can't fill the disk: a file that has reached its size takes no more, and what it holds stays."""
    opinion = Opinion("abc", "up")
    keep_opinion(tmp_path, opinion)
    kept = (tmp_path / FILE).read_bytes()
    monkeypatch.setattr(opinions, "LARGEST", len(kept) * 2)
    keep_opinion(tmp_path, opinion)
    with pytest.raises(FeedbackUnwritable, match=r"has reached \d+ bytes; move it away"):
        keep_opinion(tmp_path, opinion)
    assert (tmp_path / FILE).read_bytes() == kept * 2


@pytest.mark.parametrize("field", ["query", "text"])
def test_words_are_bounded(client, field):
    """More than a question's length of words is refused, not cut."""
    assert client.post("/api/feedback", json={"version": "", "verdict": "up", field: "x" * 1001}).status_code == 422


@given(st.text(max_size=200))
def test_an_opinion_is_one_line(tmp_path_factory, text):
    """Whatever a comment holds, it stays within its line and is read back as it was."""
    folder = tmp_path_factory.mktemp("kept")
    keep_opinion(folder, Opinion("abc", "down", text=text))
    (line,) = (folder / FILE).read_bytes().split(b"\n")[:-1]
    assert json.loads(line)["text"] == text
