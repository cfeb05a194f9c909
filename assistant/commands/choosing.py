"""Commands on the versions that were built: versions, publish, rollback, verify, diff."""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.assistant import Assistant
from assistant.commands.building import read_golden
from assistant.commands.options import Add, add_command, add_corpus, add_index
from assistant.evaluation.difference import compare
from assistant.evaluation.difference_page import difference_page
from assistant.evaluation.difference_text import difference_text
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.rounds import ask_round, asking_bar
from assistant.publishing.wording import render_json, render_versions, version_row
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.settings import Settings
from assistant.versions.catalogue import find_version, list_versions, previous_version, verify
from assistant.versions.store import Store


def add_choosing(add: Add, settings: Settings) -> None:
    """Add these commands to the parser."""
    _add_versions(add, settings)
    _add_publish(add, settings)
    _add_rollback(add, settings)
    _add_verify(add, settings)
    _add_diff(add, settings)


def _add_versions(add: Add, settings: Settings) -> None:
    command = add_command(add, "versions", "list the versions, the latest first", _versions, settings)
    add_index(command, settings)
    command.add_argument("--json", action="store_true", help="print them as JSON")


def _add_publish(add: Add, settings: Settings) -> None:
    command = add_command(add, "publish", "serve a version that was built before", _publish, settings)
    add_index(command, settings)
    command.add_argument("version", metavar="ID", help="its id, or how it begins")


def _add_rollback(add: Add, settings: Settings) -> None:
    command = add_command(add, "rollback", "serve the version before the current one, or an older one", _back, settings)
    add_index(command, settings)
    command.add_argument("version", metavar="ID", nargs="?", help="its id, or how it begins (default: the one before)")


def _add_verify(add: Add, settings: Settings) -> None:
    command = add_command(add, "verify", "compare every file of every version with its digest", _verify, settings)
    add_index(command, settings)
    command.add_argument("--json", action="store_true", help="print what is wrong as a JSON list")


def _add_diff(add: Add, settings: Settings) -> None:
    text = "show what changes for those who ask, from one version to another"
    command = add_command(add, "diff", text, _diff, settings)
    add_index(command, settings)
    add_corpus(command, settings)
    command.add_argument("old", metavar="OLD", nargs="?", help="id (default: the version before the current one)")
    command.add_argument("new", metavar="NEW", nargs="?", help="id (default: the current version)")
    command.add_argument("--html", type=Path, metavar="FILE", help="write it as a page to send, instead of printing it")


def _versions(options: argparse.Namespace) -> int:
    entries = list_versions(Store(options.index))
    print(render_json([version_row(entry) for entry in entries]) if options.json else render_versions(entries))
    return 0


def _publish(options: argparse.Namespace) -> int:
    store = Store(options.index)
    with store.writing():
        store.publish(find_version(store, options.version))
    return _say_what_is_served(store)


def _back(options: argparse.Namespace) -> int:
    store = Store(options.index)
    with store.writing():
        store.go_back(find_version(store, options.version) if options.version else previous_version(store))
    return _say_what_is_served(store)


def _say_what_is_served(store: Store) -> int:
    print(render_versions([entry for entry in list_versions(store) if entry.is_current]))
    return 0


def _verify(options: argparse.Namespace) -> int:
    store = Store(options.index)
    damages = verify(store)
    if options.json:
        print(render_json(damages))
    else:
        print(*damages, f"{len(damages)} damage(s) in {len(store.layout.ids())} version(s)", sep="\n")
    return 1 if damages else 0


def _diff(options: argparse.Namespace) -> int:
    store, models = Store(options.index), RememberingModels(SentenceEmbedder(options.model), CrossEncoder())
    old = find_version(store, options.old) if options.old else previous_version(store)
    new = find_version(store, options.new) if options.new else store.published()[0]
    before, after = (Assistant.of(store.load(sha256), models, models) for sha256 in (old, new))
    asked_before, asked_after = (ask_round(one, read_golden(options.corpus), asking_bar) for one in (before, after))
    difference = compare(before, after, asked_before, asked_after)
    if options.html:
        options.html.write_text(difference_page(difference), encoding="utf-8")
    else:
        print(difference_text(difference))
    return 0
