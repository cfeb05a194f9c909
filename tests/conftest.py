from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bag_of_words import BagOfWords
from filelock import FileLock
from hypothesis import settings
from programs import find_program
from small_library import no_bar, open_small, write_corpus

from assistant.assistant import Assistant
from assistant.publishing.build import build_index
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as the program does, before any test imports torch
settings.register_profile("tests", max_examples=25, deadline=None, database=None)
settings.load_profile("tests")

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(config, items):
    """Leave the long forms out unless `-m` speaks of them; `addopts` could not: another `-m` would undo it."""
    if "faults" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("faults")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def program():
    """Give what finds a program that a test is about; without it the test is skipped, in continuous integration it fails."""

    def find(name):
        path = find_program(name)
        if path is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{name} is not installed: python tests/programs.py")
        return path

    return find


@pytest.fixture
def corpus_folder(tmp_path):
    """Give the small library as files."""
    return write_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def _small_index(tmp_path_factory):
    """Give an index of the small library, embedded by the bag of words; never touched by a test."""
    folder = tmp_path_factory.mktemp("small")
    build_index(write_corpus(folder / "corpus"), folder / "index", BagOfWords(), no_bar)
    return folder / "index"


@pytest.fixture
def index_folder(_small_index, tmp_path):
    """Give an index of the small library that a test may damage."""
    return Path(shutil.copytree(_small_index, tmp_path / "index"))


@pytest.fixture(scope="session")
def assistant(_small_index):
    """Give an assistant on the small library with the bag of words."""
    return open_small(_small_index)


@pytest.fixture(scope="session")
def _small_unembedded_index(tmp_path_factory):
    """Give an index of the small library that counts as embedded by `folder_model`; never touched by a test."""
    folder = tmp_path_factory.mktemp("unembedded")
    embedder = BagOfWords(SentenceEmbedder(str(_write_model(folder))).model)
    build_index(write_corpus(folder / "corpus"), folder / "index", embedder, no_bar)
    return folder / "index"


@pytest.fixture
def folder_model(tmp_path):
    """Give a model folder with a name and weights, which are never loaded."""
    return _write_model(tmp_path)


@pytest.fixture
def unembedded_index(_small_unembedded_index, tmp_path):
    """Give an index that counts as embedded by `folder_model`: for commands that embed nothing."""
    return Path(shutil.copytree(_small_unembedded_index, tmp_path / "index"))


def _write_model(folder):
    (folder / "folder-model").mkdir()
    (folder / "folder-model" / "model.safetensors").write_bytes(b"weights")
    return folder / "folder-model"


@pytest.fixture(scope="session")
def shipped_corpus():
    """Give the corpus folder of the project."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def real_embedder():
    """Give the model that is measured and shipped, loaded once."""
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory):
    """Give an index of the project's corpus as the command builds it, once for all processes that run tests."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process has a folder of its own in there
    index = folder / "shipped" / "index"
    with FileLock(folder / "shipped.lock"):
        if not (index / "CURRENT").exists():
            command = [sys.executable, "build_index.py", "--index", index]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return index


@pytest.fixture(scope="session")
def real_assistant(shipped_index, real_embedder):
    """Give an assistant on the project's corpus with the real model."""
    return Assistant.open(shipped_index, real_embedder, CrossEncoder())
