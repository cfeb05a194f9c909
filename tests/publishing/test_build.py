from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import FILES, no_bar, write_corpus

from assistant.assistant import Assistant
from assistant.errors import CorpusError, EmbeddingError, IndexMissing
from assistant.publishing.build import build_index, staleness
from assistant.publishing.progress import terminal_bar
from assistant.versions.store import Store


class BreaksMidway(BagOfWords):
    """A model that fails after it has begun."""

    def embed(self, texts, progress=None):
        progress(len(texts) // 2)
        raise EmbeddingError("the model broke")


def build(corpus_folder, index_folder, embedder=None):
    return build_index(corpus_folder, index_folder, embedder or BagOfWords(), no_bar)


def everything(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_report(corpus_folder, tmp_path):
    """A build reports what it made and every problem it met, and what it made is served."""
    write_corpus(corpus_folder, {"broken.md": b"\xff"})
    report = build(corpus_folder, tmp_path / "index")
    assert (report.documents, report.sections, report.passages) == (3, 8, 8)
    assert [(problem.severity, problem.file) for problem in report.problems] == [
        ("error", "broken.md"),
        ("warning", "notes.txt"),
    ]
    assert Store(tmp_path / "index").load_current().id == report.version


def test_equal_inputs_give_the_equal_version(corpus_folder, tmp_path):
    """Building twice, in another place or again in the same, gives the same version, byte for byte."""
    first, second = tmp_path / "first", tmp_path / "second"
    reports = [build(corpus_folder, first), build(write_corpus(tmp_path / "copy"), second), build(corpus_folder, first)]
    assert len({report.version for report in reports}) == 1
    assert everything(first) == everything(second)


def test_changed_corpus_gives_another_version(corpus_folder, tmp_path):
    """An edited document gives another version, and what was removed is no longer found."""
    before = build(corpus_folder, tmp_path / "index")
    (corpus_folder / "faq.md").unlink()
    after = build(corpus_folder, tmp_path / "index")
    assert before.version != after.version
    assistant = Assistant.open(tmp_path / "index", BagOfWords(), SharedWords())
    assert {passage.document_id for passage in assistant.version.passages} == {"notes", "states"}


def test_vectors_belong_to_their_passages(corpus_folder, tmp_path):
    """Texts are embedded in another order than they are kept in, and yet each row is that of its text."""
    build(corpus_folder, tmp_path / "index")
    assistant = Assistant.open(tmp_path / "index", BagOfWords(), SharedWords())
    for passage in assistant.version.passages:
        best = assistant.search("\n".join((". ".join((passage.title, *passage.heading)), passage.text)), 50).hits
        assert max(best, key=lambda hit: hit.passage_similarity).passage == passage


def test_corpus_without_words(tmp_path):
    """A library without a single searchable word can still be built and opened."""
    build(write_corpus(tmp_path / "corpus", {"a.txt": "To be or not to be."}), tmp_path / "index")
    assert Assistant.open(tmp_path / "index", BagOfWords(), SharedWords()).ask("waivers?").reply


def test_failing_build_leaves_what_is_served(corpus_folder, tmp_path):
    """A build that fails leaves the served index as it was, byte for byte, and no leftovers."""
    build(corpus_folder, tmp_path / "index")
    before = everything(tmp_path / "index")
    (corpus_folder / "faq.md").unlink()
    with pytest.raises(EmbeddingError, match="the model broke"):
        build(corpus_folder, tmp_path / "index", BreaksMidway())
    assert everything(tmp_path / "index") == before


@pytest.mark.parametrize("files", [None, {"a.md": b"\xff"}])
def test_unreadable_corpus_leaves_what_is_served(corpus_folder, tmp_path, files):
    """A corpus that is missing or can't be read at all changes nothing."""
    build(corpus_folder, tmp_path / "index")
    before = everything(tmp_path / "index")
    other = write_corpus(tmp_path / "other", files) if files else tmp_path / "missing"
    with pytest.raises(CorpusError):
        build(other, tmp_path / "index")
    assert everything(tmp_path / "index") == before


def test_current_index(corpus_folder, tmp_path):
    """An index that was just built is not stale."""
    build(corpus_folder, tmp_path / "index")
    assert staleness(corpus_folder, tmp_path / "index", "bag-of-words") is None


@pytest.mark.parametrize(
    "change",
    [{"faq.md": FILES["faq.md"] + "More.\n"}, {"new.txt": "New page."}, {"broken.md": b"\xff"}],
    ids=["edited", "added", "added and broken"],
)
def test_stale_after_a_change(corpus_folder, tmp_path, change):
    """An edited or added file makes the index stale, a broken one too."""
    build(corpus_folder, tmp_path / "index")
    write_corpus(corpus_folder, change)
    assert staleness(corpus_folder, tmp_path / "index", "bag-of-words") == "the corpus has changed"


def test_stale_after_a_removal(corpus_folder, tmp_path):
    """A removed or renamed file makes the index stale."""
    build(corpus_folder, tmp_path / "index")
    (corpus_folder / "faq.md").rename(corpus_folder / "questions.md")
    assert staleness(corpus_folder, tmp_path / "index", "bag-of-words") == "the corpus has changed"


def test_stale_for_another_model(corpus_folder, tmp_path):
    """An index of another model is stale, both models named."""
    build(corpus_folder, tmp_path / "index")
    reason = staleness(corpus_folder, tmp_path / "index", "other")
    assert reason == "it was embedded by bag-of-words, the model is now other"


@pytest.mark.parametrize(
    ("field", "reason"),
    [
        ("splitting", "passages are split in another way now"),
        ("fusion", "hits are weighed in another way now"),
        ("decision", "answers are decided in another way now"),
    ],
)
def test_stale_for_another_program(corpus_folder, tmp_path, field, reason):
    """An index built with other choices than the program's is stale, and it says which."""
    build(corpus_folder, tmp_path / "index")
    store = Store(tmp_path / "index")
    version = store.load_current()
    choices = getattr(version.manifest, field)
    name, value = next(iter(asdict(choices).items()))
    changed = replace(choices, **{name: value + 1})
    manifest = replace(version.manifest, **{field: changed})
    store.publish(store.add(replace(version, manifest=manifest)))
    assert staleness(corpus_folder, tmp_path / "index", "bag-of-words") == reason


def test_staleness_of_nothing(corpus_folder, tmp_path):
    """Without an index the question whether it is stale is answered by saying that there is none."""
    with pytest.raises(IndexMissing):
        staleness(corpus_folder, tmp_path / "index", "bag-of-words")


def test_passages_are_readable(corpus_folder, tmp_path):
    """An editor can read the passages of a version as JSON Lines."""
    build(corpus_folder, tmp_path / "index")
    (path,) = (tmp_path / "index" / "versions").glob("*/passages.jsonl")
    ids = [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert "states/kentucky-waivers" in ids


def test_terminal_bar(capsys):
    """The bar counts texts up to the last one, on standard error only."""
    with terminal_bar(3) as progress:
        progress(2)
        progress(1)
    printed = capsys.readouterr()
    assert "3/3" in printed.err
    assert printed.out == ""
