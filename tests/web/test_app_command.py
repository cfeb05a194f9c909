from __future__ import annotations

import argparse
import logging
import socket
import subprocess
import sys

import pytest
from browser import free_port

import app
from assistant.errors import SettingError


@pytest.fixture
def taken():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_told_at_once(taken, tmp_path, capsys):
    """Before anything is loaded, a port in use ends the command with what to do."""
    assert app.main(["--port", str(taken), "--index", str(tmp_path), "--model", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert f"port {taken} of 127.0.0.1 can't be used: Address already in use" in error
    assert "--port" in error


def test_an_unknown_host_is_told(capsys):
    """A host this machine does not have ends the command, with no traceback."""
    assert app.main(["--host", "192.0.2.1", "--port", str(free_port())]) == 2
    assert "192.0.2.1 can't be used" in capsys.readouterr().err
    assert app.main(["--host", "no such host", "--port", str(free_port())]) == 2
    assert "can't be used" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_is_a_number(port, capsys):
    """What is no port is named."""
    assert app.main(["--port", port]) == 2
    assert repr(port) in capsys.readouterr().err


def test_a_missing_index_is_told(tmp_path, folder_model, capsys):
    """Without an index the command says how to build one, with no traceback."""
    arguments = ["--index", str(tmp_path), "--model", str(folder_model), "--port", str(free_port())]
    assert app.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("app.py: ")
    assert "build_index.py" in error


def test_a_stale_index_is_warned_of_and_served(unembedded_index, corpus_folder, folder_model, capsys):
    """An index that is not current for the corpus is a warning: the library can be served all the same."""
    model = app.SentenceEmbedder(str(folder_model)).model
    options = argparse.Namespace(corpus=corpus_folder, index=unembedded_index)
    app._warn_if_stale(options, model)
    assert capsys.readouterr().err == ""
    next(corpus_folder.glob("*.md")).unlink()
    app._warn_if_stale(options, model)
    assert "the index may not be current: the corpus has changed" in capsys.readouterr().err


def test_the_port_is_free_again_after_a_failure(tmp_path, folder_model):
    """A start that failed leaves nothing behind that would stop the next."""
    port = free_port()
    app.main(["--index", str(tmp_path), "--model", str(folder_model), "--port", str(port)])
    app._taken("127.0.0.1", port).close()
    with app._taken("127.0.0.1", port) as first:
        first.listen()
        with pytest.raises(SettingError, match="can't be used"):
            app._taken("127.0.0.1", port)


def test_stopping_is_no_failure(monkeypatch, capsys):
    """Ctrl-C ends the command without a traceback."""

    def interrupted(_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "_serve", interrupted)
    assert app.main([]) == 0
    assert capsys.readouterr().err == "app.py: stopped\n"


def test_help_names_every_choice():
    """The help shows each option with its default."""
    run = subprocess.run([sys.executable, "app.py", "--help"], capture_output=True, text=True, check=True)
    for option in ("--index", "--corpus", "--host", "--port", "--model", "7860"):
        assert option in run.stdout


def test_logging_is_quiet_about_others(monkeypatch):
    """Our own lines are logged from information on, those of libraries from warnings on."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    app._set_up_logging()
    assert logging.getLogger("assistant.assistant").isEnabledFor(logging.INFO)
    assert not logging.getLogger("uvicorn.access").isEnabledFor(logging.INFO)
