from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FILES, write_corpus
from strategies import markup

from assistant.documents.corpus import read_corpus
from assistant.documents.limits import Limits
from assistant.documents.passages import Splitting, split_document
from assistant.documents.source_files import list_files
from assistant.errors import CorpusError

GOOD = "---\ntitle: Good\nsource:\n  kind: library\n  publisher: Us\nupdated: 2026-01-01\n---\nGood text.\n"


def fingerprint(folder):
    return read_corpus(folder).fingerprint


def problems(folder, files):
    return [str(problem) for problem in read_corpus(write_corpus(folder, {"good.md": GOOD, **files})).problems]


def test_documents_and_descriptions(corpus_folder):
    """Every source is read with its id, title, source and date, sorted by file name."""
    documents = read_corpus(corpus_folder).documents
    assert [document.id for document in documents] == ["faq", "notes", "states"]
    assert [document.title for document in documents] == [
        "Frequent questions",
        "Broadband in rural schools",
        "States and districts",
    ]
    assert documents[2].source.url == "https://policy.example/states"
    assert [document.updated for document in documents] == ["2026-03-31", None, "2025-11-02"]


def test_subfolders_are_part_of_the_address(tmp_path):
    """A file in a subfolder is read, and its folder is part of its id."""
    (document,) = read_corpus(write_corpus(tmp_path, {"laws/Act 5.md": GOOD})).documents
    assert document.id == "laws-act-5"


@pytest.mark.parametrize("name", ["missing", "a-file"])
def test_no_folder(tmp_path, name):
    """A corpus that is missing or no folder is an error that says what was expected."""
    (tmp_path / "a-file").write_text("x")
    with pytest.raises(CorpusError, match=rf"no corpus at .*{name}: expected a folder of files"):
        read_corpus(tmp_path / name)


@pytest.mark.parametrize("files", [{}, {"README.md": GOOD}, {"a.md": ""}, {"a.md": b"\xff"}])
def test_nothing_to_read(tmp_path, files):
    """A corpus without one readable document is an error that lists what was met."""
    with pytest.raises(CorpusError, match=r"no document in .* could be read") as caught:
        read_corpus(write_corpus(tmp_path, files))
    assert ("a.md" in str(caught.value)) == ("a.md" in files)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"a.md": b"one\ntwo \xff\n"},
            "error: a.md:2: byte 8 is not UTF-8; save the file again with the encoding UTF-8",
        ),
        ({"a.txt": "one\n\ntwo\0"}, "error: a.txt:3: a NUL character: this is no text file; save it as plain text"),
        ({"a.md": "---\ntitle: T\n---\n\n# Only a heading"}, "error: a.md:4: there is no text below the description"),
        ({"a.md": "---\ntitle: T\n"}, "error: a.md:1: the description begins with --- but is never closed"),
        ({"a.md": "x" * 5_000_001}, "error: a.md:1: 5,000,001 bytes are too many"),
        ({"good.txt": "Text."}, "error: good.txt:1: another file already has the address 'good'"),
        ({"a.md": "Text."}, "warning: a.md:1: no description (--- lines) at the top: source and date are unknown"),
        ({"a.md": "---\ntitle: T\n---\nText."}, "warning: a.md:1: the description lacks source: publisher"),
        (
            {"a.md": "---\ntitle: T\nstarters:\n- Why?\n---\n# What?\n\nText."},
            "warning: a.md:1: the starter 'Why?' is no question of this page",
        ),
        ({"a.odt": b"PK"}, "warning: a.odt:1: not read: the library is made of .md, .txt, .pdf,"),
        (
            {"good.md.yaml": "title: T"},
            "warning: good.md.yaml:1: it describes no file; a description has the whole name",
        ),
        ({"a.pdf.yaml": "title: T"}, "warning: a.pdf.yaml:1: it describes no file"),
    ],
)
def test_problems(tmp_path, files, expected):
    """Each thing an editor should know is reported with its file and line, and the rest is read."""
    assert any(problem.startswith(expected) for problem in problems(tmp_path, files))
    assert "good" in [document.id for document in read_corpus(tmp_path).documents]


def test_a_broken_file_is_left_out_and_the_rest_goes_on(corpus_folder):
    """One broken file costs that file only."""
    (corpus_folder / "faq.md").write_bytes(b"\xff")
    corpus = read_corpus(corpus_folder)
    assert [document.id for document in corpus.documents] == ["notes", "states"]
    assert [problem.file for problem in corpus.problems if problem.severity == "error"] == ["faq.md"]


def test_links_are_not_followed(tmp_path):
    """A symbolic link is not read, so nothing outside the folder gets into the library; it is reported."""
    (tmp_path / "secret.md").write_text(GOOD)
    corpus_folder = write_corpus(tmp_path / "corpus", {"good.md": GOOD})
    (corpus_folder / "link.md").symlink_to(tmp_path / "secret.md")
    (corpus_folder / "folder").symlink_to(tmp_path)
    corpus = read_corpus(corpus_folder)
    assert [document.id for document in corpus.documents] == ["good"]
    assert [(problem.severity, problem.file) for problem in corpus.problems] == [
        ("error", "link.md"),
        ("warning", "folder"),
    ]


def test_readme_questions_and_hidden_files_are_no_sources(tmp_path):
    """Notes for editors, golden questions and hidden files are neither read nor complained about."""
    hidden = {"README.md": "x", "questions.jsonl": "{}", ".draft.md": "x", ".git/a.md": "x"}
    assert problems(tmp_path, hidden) == []
    assert [file.name for file in list_files(tmp_path)] == ["good.md"]


LEFT_BY_PROGRAMS = [
    "~$plan.docx",
    "~$draft.md",
    "minutes/~$faq.xlsx",
    ".~lock.plan.odt#",
    ".#draft.md",
    "#draft.md#",
    "draft.md~",
    "draft.md.swp",
    ".draft.md.swp",
    "~WRL0001.tmp",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    "plan.pdf.crdownload",
    "plan.pdf.part",
    "plan.pdf.tmp",
]


def test_what_programs_leave_beside_documents_is_passed_over(tmp_path):
    """Lock files, unfinished downloads and the like are no pages, no problems and no change of the library."""
    before = read_corpus(write_corpus(tmp_path, {"good.md": GOOD, "draft.md": GOOD})).fingerprint
    corpus = read_corpus(write_corpus(tmp_path, dict.fromkeys(LEFT_BY_PROGRAMS, b"\x05Ada\0")))
    assert [document.id for document in corpus.documents] == ["draft", "good"]
    assert [problem for problem in corpus.problems if problem.severity == "error"] == []
    assert [problem.file for problem in corpus.problems if problem.file in LEFT_BY_PROGRAMS] == []
    assert corpus.fingerprint == before


def test_lock_files_of_open_documents_are_named(tmp_path):
    """The lock files that office programs make are named once, so that an editor knows what was open; no others are."""
    corpus = read_corpus(write_corpus(tmp_path, {"good.md": GOOD, **dict.fromkeys(LEFT_BY_PROGRAMS, "x")}))
    assert corpus.lock_files == (".~lock.plan.odt#", "minutes/~$faq.xlsx", "~$draft.md", "~$plan.docx")


@pytest.mark.parametrize(
    ("name", "described", "topic"),
    [
        ("a.md", "topic: Federal law\n", "Federal law"),
        ("state-laws/a.md", "topic: Federal law\n", "Federal law"),
        ("state-laws/a.md", "", "State laws"),
        ("state_laws/2024/a.md", "topic:\n", "State laws"),
        ("a.md", "", ""),
    ],
)
def test_the_topic_of_a_page(tmp_path, name, described, topic):
    """A page has the topic that its description names, else the folder's that it lies in, else none."""
    (page,) = read_corpus(write_corpus(tmp_path, {name: f"---\ntitle: A\n{described}---\nText.\n"})).documents
    assert page.topic == topic


def test_windows_files(tmp_path):
    """A byte order mark and Windows or old Mac line ends make no difference."""
    variants = {
        "a.md": b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode(),
        "b.MD": GOOD.replace("\n", "\r").encode(),
    }
    first, second = read_corpus(write_corpus(tmp_path, variants)).documents
    assert first.title == second.title == "Good"
    assert first.sections == second.sections


def test_title_from_text_or_name(tmp_path):
    """Without a description the first line is the title, or the file's name where that is too long."""
    files = {"a.md": "# The law\n\nText.", "long-story.txt": "word " * 100}
    assert [d.title for d in read_corpus(write_corpus(tmp_path, files)).documents] == ["The law", "Long story"]


@pytest.mark.skipif(os.name == "nt", reason="file names are bytes on Unix only")
def test_file_name_that_is_not_utf8(tmp_path):
    """A file whose name is in an old encoding, as out of an old archive, is read like any other."""
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/r\xe9sum\xe9.md"))).write_text(GOOD)
    corpus = read_corpus(tmp_path)
    assert len(corpus.fingerprint) == 64
    "".join(document.id + document.title for document in corpus.documents).encode()
    "".join(file.name for file in corpus.files).encode()


def test_fingerprint_is_that_of_names_and_bytes(tmp_path):
    """Equal files give equal fingerprints; another byte, name or file gives another one."""
    first = fingerprint(write_corpus(tmp_path / "1"))
    assert fingerprint(write_corpus(tmp_path / "2")) == first
    others = [
        {**FILES, "faq.md": FILES["faq.md"] + " "},
        {name.replace("notes", "memos"): text for name, text in FILES.items()},
        {**FILES, "broken.md": b"\xff"},
        {**FILES, "faq.md": FILES["notes.txt"], "notes.txt": FILES["faq.md"]},
    ]
    fingerprints = {fingerprint(write_corpus(tmp_path / f"other{i}", files)) for i, files in enumerate(others)}
    assert len(fingerprints | {first}) == len(others) + 1


def test_fingerprint_ignores_what_is_not_read(corpus_folder):
    """A note for editors or a new golden question does not make the index stale."""
    before = fingerprint(corpus_folder)
    write_corpus(corpus_folder, {"README.md": "new", "questions.jsonl": "{}", "sheet.ods": b"PK"})
    assert fingerprint(corpus_folder) == before


@given(st.binary(max_size=60) | markup.map(str.encode), st.sampled_from(["a.md", "a.txt"]))
def test_any_bytes_give_a_document_or_a_problem(content, name):
    """Whatever a file holds, it becomes a document that can be split, or a problem with its line."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = read_corpus(write_corpus(Path(folder), {name: content, "good.md": GOOD}))
    errors = [problem for problem in corpus.problems if problem.severity == "error"]
    assert len(corpus.documents) + len(errors) == 2
    assert all(split_document(document, Splitting()) for document in corpus.documents)


def test_a_long_page_is_read_apart(tmp_path):
    """A page too long to be read in this process gives what a short one gives; one that never ends costs only itself."""
    page = GOOD + "\n\n".join(f"## Part {number}\n\nWords of part {number}." for number in range(2_000))
    files = {"good.md": page, "long.txt": "Line of text.\n\n" * 5_000, "stars.md": "*a **b " * 140_000}
    corpus = read_corpus(write_corpus(tmp_path, files), limits=Limits(cpu_seconds=3))
    assert [document.id for document in corpus.documents] == ["good", "long"]
    assert len(corpus.documents[0].sections) == 2_001
    assert corpus.documents[0].title == "Good"
    (error,) = [problem for problem in corpus.problems if problem.severity == "error"]
    assert error.file == "stars.md"


def test_a_page_with_tags_is_read_apart(tmp_path):
    """Tags that never close cost the build next to nothing of its own time, however long reading them takes."""
    files = {"good.md": GOOD, "tags.md": "Words.\n\n<div>\n" + '<a "' * 12_000}
    started = time.process_time()
    corpus = read_corpus(write_corpus(tmp_path, files), limits=Limits(cpu_seconds=2))
    assert time.process_time() - started < 1
    assert "good" in [document.id for document in corpus.documents]
