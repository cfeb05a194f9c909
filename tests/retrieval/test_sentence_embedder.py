from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from assistant.errors import ModelAltered, ModelMissing
from assistant.retrieval import sentence_embedder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

TEXTS = ["What is an innovation zone?", "A zone frees districts from rules.", "", "😀"]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Give a function that installs a folder as the package of the default model."""

    def install(model_folder=None):
        folder = tmp_path / "site" / "another_model_package"
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
        if model_folder:
            shutil.copytree(model_folder, folder / "model")
        monkeypatch.syspath_prepend(tmp_path / "site")
        return folder / "model"

    monkeypatch.setattr(sentence_embedder, "_PACKAGE", "another_model_package")
    return install


@pytest.fixture
def model_copy(real_embedder, tmp_path):
    """Give the real model's files, to be damaged."""
    return Path(shutil.copytree(real_embedder._location, tmp_path / "copy"))


@pytest.mark.usefixtures("package")
def test_package_that_is_not_installed():
    """A missing package says what was looked for and what to run."""
    with pytest.raises(ModelMissing, match=r"package another_model_package; run `make setup`"):
        SentenceEmbedder()


def test_package_without_files(package):
    """A package that lacks the weights names the missing file."""
    package()
    with pytest.raises(ModelMissing, match=r"lacks .*model\.safetensors"):
        SentenceEmbedder()


@pytest.mark.parametrize("location", ["./no/such/folder", "/no/such/folder", "a/b/c"])
def test_folder_that_is_not_there(location):
    """A path without a model is refused at once, with the path in the message."""
    with pytest.raises(ModelMissing, match=f"no embedding model at {location}"):
        SentenceEmbedder(location)


def test_folder_without_weights(tmp_path):
    """A folder that holds no model is refused."""
    with pytest.raises(ModelMissing, match=r"no model\.safetensors in"):
        SentenceEmbedder(str(tmp_path))


def test_model_of_a_folder_is_named_by_its_weights(folder_model):
    """A folder's model has another name when its weights change, so old vectors are never mixed with new ones."""
    before = SentenceEmbedder(str(folder_model)).model
    (folder_model / "model.safetensors").write_bytes(b"other weights")
    after = SentenceEmbedder(str(folder_model)).model
    assert before.startswith("folder-model@")
    assert before != after


@pytest.mark.model
def test_weights_that_are_none(folder_model):
    """A folder whose files can't be loaded is a missing model, said in words."""
    with pytest.raises(ModelMissing, match="no embedding model could be loaded"):
        SentenceEmbedder(str(folder_model)).embed(["text"])


@pytest.mark.model
@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_one_changed_byte(package, model_copy, name):
    """One byte that differs from the measured model is noticed before anything is embedded."""
    with (model_copy / name).open("r+b") as file:
        file.seek(-10, 2)
        byte = file.read(1)
        file.seek(-10, 2)
        file.write(bytes([byte[0] ^ 1]))
    package(model_copy)
    with pytest.raises(ModelAltered, match=f"{name} is not the file that was measured"):
        SentenceEmbedder()


@pytest.mark.model
def test_weights_cut_short(model_copy):
    """Weights of a folder that were cut short while copying are an error in words."""
    with (model_copy / "model.safetensors").open("r+b") as file:
        file.truncate(1_000_000)
    with pytest.raises(ModelMissing, match="no embedding model could be loaded"):
        SentenceEmbedder(str(model_copy)).embed(["text"])


@pytest.mark.model
def test_unit_vectors(real_embedder):
    """The real model gives a unit vector for any text, an empty one too, and reports its progress."""
    told = []
    vectors = real_embedder.embed(TEXTS, told.append)
    assert vectors.shape == (len(TEXTS), real_embedder.dimension) == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert sum(told) == len(TEXTS)


@pytest.mark.model
def test_equal_text_equal_bytes(real_embedder):
    """The same text gives the same bytes each time it is asked for."""
    assert real_embedder.embed(TEXTS[:1]).tobytes() == real_embedder.embed(TEXTS[:1]).tobytes()


@pytest.mark.model
def test_bytes_do_not_depend_on_what_stands_beside(real_embedder):
    """A text gives the same bytes in any order and company, of texts as long as it or others; as a query the same vector."""
    words = "zones free districts from the rules that the state made for schools and credit".split()
    drawn = random.Random(20261128)
    texts = [" ".join(drawn.choices(words, k=drawn.choice((1, 3, 6, 9, 14, 30, 70, 300)))) for _ in range(150)]
    whole = dict(zip(texts, real_embedder.embed(texts), strict=True))
    for count in (1, 2, 17, 80):
        some = drawn.sample(texts, count)
        assert all(
            vector.tobytes() == whole[text].tobytes()
            for text, vector in zip(some, real_embedder.embed(some), strict=True)
        )
    for text in texts[:20]:
        query = real_embedder.embed_query(text)
        assert query.shape == (1, 384)
        assert np.allclose(query[0], whole[text], atol=1e-6)


@pytest.mark.model
def test_a_model_s_own_prompt_stands_before_texts_too(real_embedder, tmp_path):
    """What a model puts before whatever it reads is before a passage as it is before a question."""
    model = SentenceTransformer(real_embedder._location, device="cpu", prompts={"any": "about schools: "})
    model.default_prompt_name = "any"
    model.save(str(tmp_path / "prompted"))
    prompted = SentenceEmbedder(str(tmp_path / "prompted"))
    for text in (TEXTS[0], "zone " * 30):
        assert np.allclose(prompted.embed([text, "other"])[0], prompted.embed_query(text)[0], atol=1e-5)
        assert not np.allclose(prompted.embed_query(text), real_embedder.embed_query(text), atol=1e-2)


@pytest.mark.model
def test_a_model_of_word_vectors(real_embedder, tmp_path):
    """A model that reads no sequence, and pads nothing, embeds as well."""
    tokenizer = Tokenizer.from_file(str(Path(real_embedder._location) / "tokenizer.json"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)]).save(str(tmp_path / "static"))
    static = SentenceEmbedder(str(tmp_path / "static"))
    texts = ["What is an innovation zone?", "A zone frees districts from rules."]
    assert np.allclose(static.embed(texts)[1], static.embed_query(texts[1])[0], atol=1e-6)


@pytest.mark.model
def test_near_in_meaning(real_embedder):
    """A paraphrase without a shared word is nearer than another subject."""
    money, cost, bread = real_embedder.embed(["How much money is needed?", "What are the costs?", "Baking rye bread"])
    assert money @ cost > money @ bread + 0.3


@pytest.mark.model
def test_no_texts(real_embedder):
    """Embedding nothing gives no rows."""
    assert real_embedder.embed([]).shape == (0, 384)


@pytest.mark.model
def test_as_many_threads_as_told(model_copy):
    """Who says how many threads to compute with gets as many."""
    before = torch.get_num_threads()
    try:
        SentenceEmbedder(str(model_copy), threads=3).embed(TEXTS)
        assert torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)
