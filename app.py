"""Command line for operators: serve the assistant as a web site."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from assistant.errors import AssistantError, SettingError
from assistant.publishing.build import staleness
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.serving.following import Follower
from assistant.settings import Settings, parse_port, read_settings
from assistant.small_machine import refusal
from assistant.telemetry import opt_out
from assistant.web.application import make_application
from assistant.web.connections import make_server
from assistant.web.hosting import Hosting
from assistant.web.origins import parse_origin
from assistant.web.registry import Registry

_WAITING = 128
_THREADS = 1
"""For each question: two questions at once with two threads each would be in each other's way on two cores."""


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped; give the exit code: 0 stopped, 2 could not be served."""
    opt_out(os.environ)
    try:
        options = _parser().parse_args(arguments)
        _serve(options)
    except AssistantError as error:
        print(f"app.py: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"app.py: {refusal(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("app.py: stopped", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    settings = read_settings(os.environ)
    parser = argparse.ArgumentParser(
        prog="app.py", description="Serve the assistant as a web site.", epilog="Exit codes: 0 stopped, 2 not served."
    )
    parser.add_argument(
        "--index",
        type=Path,
        default=settings.index,
        metavar="DIR",
        help="the index to answer from (default: %(default)s)",
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        default=settings.corpus,
        metavar="DIR",
        help="source documents the index should be current for (default: %(default)s)",
    )
    parser.add_argument(
        "--host",
        default=settings.host,
        metavar="H",
        help="address to listen on; 0.0.0.0 for all (default: %(default)s)",
    )
    parser.add_argument(
        "--port", default=str(settings.port), metavar="P", help="port to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--model",
        default=settings.model,
        metavar="MODEL",
        help="the model that embedded the index (default: %(default)s)",
    )
    return parser


def _serve(options: argparse.Namespace) -> None:
    """Take the port, load everything, then begin to answer, from each new version once it is published."""
    port = parse_port(options.port)
    settings = read_settings(os.environ)
    with _taken(options.host, port) as listening:
        embedder = SentenceEmbedder(options.model, _THREADS)
        _set_up_logging()
        follower = Follower(options.index, embedder, CrossEncoder(_THREADS), settings.caution)
        _warn_if_stale(options, embedder.model)
        embedder.embed(["a question that loads the model"])
        application = make_application(follower.serving, _hosting(settings))
        server = make_server(application, settings.trusted_proxies)
        follower.start(Event())
        listening.listen(_WAITING)
        print(f"Serving on http://{options.host}:{port}", flush=True)
        server.run(sockets=[listening])


def _taken(host: str, port: int) -> socket.socket:
    """Take the port, so that no one else does while the model loads.

    Raises `SettingError` if it can't be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise SettingError(
            f"port {port} of {host} can't be used: {error.strerror}; give another one with --port, "
            "or stop what listens there"
        ) from error
    return listening


def _warn_if_stale(options: argparse.Namespace, model: str) -> None:
    try:
        reason = staleness(options.corpus, options.index, model)
    except AssistantError as error:
        reason = str(error)
    if reason:
        print(f"app.py: warning: the index may not be current: {reason}; run `python build_index.py`", file=sys.stderr)


def _set_up_logging() -> None:
    """Log one line a question, and what went wrong; addresses and questions are never logged."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("assistant").setLevel(logging.INFO)


def _hosting(settings: Settings) -> Hosting:
    """Give the operator's choices.

    Raises `SettingError` for an origin that no browser would send.
    """
    try:
        origins = tuple(map(parse_origin, settings.origins))
    except ValueError as error:
        raise SettingError(f"ASSISTANT_ORIGIN: {error}") from error
    return Hosting(
        origins=origins,
        root=settings.root_path,
        registry=Registry(settings.partners),
        per_minute=settings.per_minute,
        at_once=settings.at_once,
        feedback=settings.feedback,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
