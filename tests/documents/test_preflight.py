from __future__ import annotations

import os
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.file_kinds import SUFFIXES
from assistant.documents.preflight import check_file
from assistant.errors import (
    DocumentError,
    FileDamaged,
    FileEncrypted,
    FileMisnamed,
    FileTooLarge,
    FileUnsafe,
    FileWithoutText,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.PDF", b"\n\n%PDF-1.4"),
        ("a.docx", b"PK\x03\x04"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.htm", b"\xff\xfe<\0h\0"),
        ("a.html", "<p>Кто платит?</p>".encode("utf-16")),
        ("a.html", b"<p>\x1b$B%F%9%H\x1b(B</p>"),
        ("a.csv", b"question,answer"),
        ("a.md", b"PK is a name."),
        ("a.txt", b"\xff"),
    ],
)
def test_what_may_be_read(tmp_path, name, content):
    """A file whose first bytes may be those of its kind goes on to its reader."""
    (tmp_path / name).write_bytes(content)
    check_file(tmp_path / name, name)


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("a.pdf", b"<!DOCTYPE html><title>x", FileMisnamed, "this is a web page, not PDF as its name says"),
        ("a.pdf", b"PK\x03\x04", FileMisnamed, "this is a ZIP archive, as Office files are, not PDF"),
        ("a.pdf", b"random", FileDamaged, "does not begin as a file of the kind PDF does"),
        ("a.docx", b"%PDF-1.7", FileMisnamed, "this is a PDF, not Word"),
        ("a.docx", b"{\\rtf1", FileMisnamed, "this is an RTF text, not Word"),
        ("a.docx", OLE, FileMisnamed, "an Office file of before 2007 under a new name"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), FileEncrypted, "it needs a password"),
        ("a.xlsx", b"question,answer", FileDamaged, "does not begin as a file of the kind Excel does"),
        ("a.html", b"\x89PNG\r\n\x1a\n", FileMisnamed, "this is a PNG picture, not web page"),
        ("a.html", b"%PDF-1.7", FileMisnamed, "this is a PDF"),
        ("a.csv", b"\x1f\x8b\x08", FileMisnamed, "this is a gzip archive, not CSV"),
        ("a.csv", b"<html>", FileMisnamed, "this is a web page, not CSV"),
        ("a.pdf", b"", FileWithoutText, "the file is empty"),
        ("a.txt", b"", FileWithoutText, "the file is empty"),
        ("a.odt", b"PK\x03\x04", FileMisnamed, "its name says no kind of file that the library has"),
        ("a.html", bytes(range(256)), FileDamaged, "does not begin as"),
        ("a.csv", bytes(range(256)), FileDamaged, "does not begin as"),
    ],
)
def test_what_is_not_what_its_name_says(tmp_path, name, content, error, words):
    """Bytes of another format are refused in words that name that format."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error, match=words) as caught:
        check_file(tmp_path / name, name)
    assert type(caught.value) is error


@pytest.mark.parametrize(("name", "size"), [("a.txt", 5_000_001), ("a.pdf", 50_000_001), ("a.html", 10**13)])
def test_too_large(tmp_path, name, size):
    """A file that is too large for its kind is refused by its size alone, be it terabytes of nothing."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    started = time.monotonic()
    with pytest.raises(FileTooLarge, match=f"{size:,} bytes are too many; split the file"):
        check_file(tmp_path / name, name)
    assert time.monotonic() - started < 1


def test_what_is_no_ordinary_file(tmp_path):
    """Links, pipes and files that went away are refused, without opening or waiting for them."""
    (tmp_path / "there.txt").write_text("Text.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "there.txt")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    for name, words in (("link.txt", "a link to"), ("dangling.txt", "a link to"), ("pipe.txt", "no ordinary file")):
        with pytest.raises(FileUnsafe, match=words):
            check_file(tmp_path / name, name)
    with pytest.raises(DocumentError, match="it can't be opened"):
        check_file(tmp_path / "gone.txt", "gone.txt")


@given(st.binary(max_size=40), st.sampled_from(SUFFIXES))
def test_any_bytes_pass_or_are_refused(tmp_path_factory, content, suffix):
    """Whatever a file begins with, it passes or is refused with an error of ours."""
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content)
    with suppress(DocumentError):
        check_file(path, path.name)
