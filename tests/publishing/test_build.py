from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import FILES, no_bar, write_corpus

from assistant.assistant import Assistant
from assistant.errors import CorpusError, EmbeddingError, IndexBusy, IndexDamaged, IndexMissing
from assistant.publishing.build import build_index, staleness
from assistant.publishing.incremental import Changes
from assistant.publishing.progress import reading_bar, terminal_bar
from assistant.versions.originals import read_original
from assistant.versions.store import Store


class BreaksMidway(BagOfWords):
    """A model that fails after it has begun."""

    def embed(self, texts, progress=None):
        progress(len(texts) // 2)
        raise EmbeddingError("the model broke")


class Counting(BagOfWords):
    """A model that remembers what it was asked to embed."""

    def __init__(self, model="bag-of-words"):
        super().__init__(model)
        self.texts = []

    def embed(self, texts, progress=None):
        self.texts += texts
        return super().embed(texts, progress)


class NotLoaded:
    """A model that can't be loaded, as it is before anybody needs it."""

    model = "bag-of-words"


def build(corpus_folder, index_folder, embedder=None, **options):
    return build_index(corpus_folder, index_folder, embedder or BagOfWords(), no_bar, **options)


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
    (corpus_folder / "faq.md").write_text("Other text.")
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


def test_stale_for_another_way_of_reading(corpus_folder, tmp_path):
    """An index of files that were read in another way is stale."""
    build(corpus_folder, tmp_path / "index")
    store = Store(tmp_path / "index")
    version = store.load_current()
    store.publish(store.add(replace(version, manifest=replace(version.manifest, reading=0))))
    assert staleness(corpus_folder, tmp_path / "index", "bag-of-words") == "files are read in another way now"


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


def test_nothing_changed(corpus_folder, tmp_path):
    """Building what is served already says so, changes no file, and does not even load the model."""
    first = build(corpus_folder, tmp_path / "index")
    before = (tmp_path / "index" / "CURRENT").stat()
    again = build(corpus_folder, tmp_path / "index", NotLoaded())
    assert (first.outcome, again.outcome) == ("published", "unchanged")
    assert again.version == first.version
    assert again.changes == Changes(added=0, changed=0, removed=0, kept=8)
    assert (tmp_path / "index" / "CURRENT").stat() == before


def test_only_what_is_new_is_embedded(corpus_folder, tmp_path):
    """Passages that are as they were keep their vectors; only the new texts are embedded."""
    assert build(corpus_folder, tmp_path / "index").changes == Changes(added=8, changed=0, removed=0, kept=0)
    faq = FILES["faq.md"].replace("about 40 dollars", "about 50 dollars")
    faq = faq.replace("## What does ESSA allow?", "## What does it allow?")
    write_corpus(corpus_folder, {"faq.md": faq})
    embedder = Counting()
    assert build(corpus_folder, tmp_path / "index", embedder).changes == Changes(added=1, changed=1, removed=1, kept=6)
    assert len(embedder.texts) == 4  # an entry with a new sentence, one with a new question, and these two
    assert "A pilot costs about 50 dollars for each student." in embedder.texts


def test_incremental_build_gives_the_bytes_of_a_full_one(corpus_folder, tmp_path):
    """Whatever was served before, the same corpus gives the same version."""
    build(corpus_folder, tmp_path / "index")
    write_corpus(corpus_folder, {"faq.md": FILES["faq.md"] + "\nMore of it.\n", "new.txt": "New page.\n\nNew text."})
    (corpus_folder / "notes.txt").unlink()
    incremental = build(corpus_folder, tmp_path / "index")
    assert incremental.version == build(corpus_folder, tmp_path / "other").version


@pytest.mark.model
def test_incremental_build_with_the_real_model(corpus_folder, real_embedder, tmp_path):
    """With the real model too, vectors that were kept are those a full build makes, to the last bit."""
    build(corpus_folder, tmp_path / "index", real_embedder)
    write_corpus(corpus_folder, {"faq.md": FILES["faq.md"].replace("40 dollars", "50 dollars")})
    incremental = build(corpus_folder, tmp_path / "index", real_embedder)
    assert incremental.changes.kept == 7
    assert incremental.version == build(corpus_folder, tmp_path / "other", real_embedder).version


def test_other_model_embeds_everything(corpus_folder, tmp_path):
    """Vectors of another model are never kept."""
    build(corpus_folder, tmp_path / "index")
    embedder, full = Counting("other"), Counting("other")
    build(corpus_folder, tmp_path / "index", embedder)
    build(corpus_folder, tmp_path / "other", full)
    assert embedder.texts == full.texts
    assert Store(tmp_path / "index").current_manifest().model == "other"


def test_damaged_index_is_built_again(corpus_folder, tmp_path):
    """Nothing is kept of a version that was altered: the build embeds everything and mends it."""
    first = build(corpus_folder, tmp_path / "index")
    (vectors,) = (tmp_path / "index" / "versions").glob("*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-4] + b"\xff\xff\xff\xff")
    again = build(corpus_folder, tmp_path / "index")
    assert (again.outcome, again.version) == ("published", first.version)
    assert Store(tmp_path / "index").load_current().id == first.version


def test_equal_inputs_in_other_processes(corpus_folder, tmp_path):
    """Processes that order their sets differently give the same version."""
    program = (
        "import sys; from pathlib import Path; from bag_of_words import BagOfWords; from small_library import no_bar\n"
        "from assistant.publishing.build import build_index\n"
        "print(build_index(Path(sys.argv[1]), Path(sys.argv[2]), BagOfWords(), no_bar).version)"
    )
    path = os.pathsep.join(str(Path(__file__).parents[n]) for n in (1, 2))
    found = {
        subprocess.check_output(
            [sys.executable, "-c", program, corpus_folder, tmp_path / seed],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
        )
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_build_to_look_at(corpus_folder, tmp_path):
    """A build that is not to be published leaves what is served, and lies beside it."""
    build(corpus_folder, tmp_path / "index")
    before = (tmp_path / "index" / "CURRENT").read_bytes()
    (corpus_folder / "faq.md").unlink()
    report = build(corpus_folder, tmp_path / "index", publish=False)
    assert report.outcome == "built"
    assert (tmp_path / "index" / "CURRENT").read_bytes() == before
    assert report.version in Store(tmp_path / "index").layout.ids()


def test_gate(corpus_folder, tmp_path):
    """A gate that raises keeps the new version from being served; it is asked before the switch, with that version."""
    first = build(corpus_folder, tmp_path / "index")
    (corpus_folder / "faq.md").unlink()
    asked = []

    def gate(version):
        asked.append(version.id)
        raise CorpusError("half of it is gone")

    with pytest.raises(CorpusError, match="half of it is gone"):
        build(corpus_folder, tmp_path / "index", gate=gate)
    store = Store(tmp_path / "index")
    assert store.load_current().id == first.version
    assert set(store.layout.ids()) == {first.version, *asked}


def test_old_versions_are_swept(corpus_folder, tmp_path):
    """After publishing only the latest versions stay, and the report names those that went."""
    reports = []
    for number in range(4):
        write_corpus(corpus_folder, {"notes.txt": f"Page\n\nText {number}."})
        reports.append(build(corpus_folder, tmp_path / "index", keep=2))
    assert [report.removed for report in reports] == [(), (), (reports[0].version,), (reports[1].version,)]
    assert set(Store(tmp_path / "index").layout.ids()) == {reports[2].version, reports[3].version}


def test_second_build_stops_at_once(corpus_folder, tmp_path):
    """A build that begins while another one writes says so before it embeds anything."""
    embedder = Counting()
    with Store(tmp_path / "index").writing(), pytest.raises(IndexBusy, match=f"process {os.getpid()} on "):
        build(corpus_folder, tmp_path / "index", embedder)
    assert embedder.texts == []


def test_what_was_read_of_each_file(corpus_folder, tmp_path):
    """The report tells of each file its kind and how much was read of it."""
    rows = {row.file: row for row in build(corpus_folder, tmp_path / "index").files}
    assert list(rows) == ["faq.md", "notes.txt", "states.md"]
    states = rows["states.md"]
    assert (states.kind, states.pages, states.sections, states.passages, states.warnings) == ("Markdown", None, 3, 3, 0)
    assert rows["notes.txt"].words == 24
    assert rows["notes.txt"].warnings == 1


def test_files_that_readers_may_have(corpus_folder, tmp_path):
    """A file that readers may have lies in the version with its digest, and is checked whenever it is read."""
    published = FILES["states.md"].replace("updated:", "publish: yes\nupdated:")
    write_corpus(corpus_folder, {"states.md": published})
    build(corpus_folder, tmp_path / "index")
    (original,) = Store(tmp_path / "index").load_current().originals
    assert (original.document, original.path.name) == ("states", "states.md")
    assert read_original(original) == published.encode()
    original.path.write_bytes(b"altered")
    with pytest.raises(IndexDamaged, match=r"states.md was altered"):
        read_original(original)
    with pytest.raises(IndexDamaged, match=r"states.md was cut short or altered"):
        Store(tmp_path / "index").load_current()
    original.path.unlink()
    with pytest.raises(IndexDamaged, match=r"states.md can't be read"):
        read_original(original)


def test_file_that_changes_during_a_build(corpus_folder, tmp_path):
    """A file that readers may have, and that is no longer what was read, is not put into a version."""
    write_corpus(corpus_folder, {"states.md": FILES["states.md"].replace("updated:", "publish: true\nupdated:")})

    class Changes(BagOfWords):
        def embed(self, texts, progress=None):
            (corpus_folder / "states.md").write_text("Other text.")
            return super().embed(texts, progress)

    with pytest.raises(CorpusError, match=r"states.md was changed while the index was built; build again"):
        build(corpus_folder, tmp_path / "index", Changes())


def test_reading_bar(capsys):
    """The bar counts files and names the one that was done last, on standard error only."""
    with reading_bar(2) as told:
        told("faq.md")
        told("states.md")
    printed = capsys.readouterr()
    assert "2/2" in printed.err
    assert "states.md" in printed.err
    assert printed.out == ""
