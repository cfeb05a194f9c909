from __future__ import annotations

import io
import stat
import struct
import time
from contextlib import suppress
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.archives import check_archive
from assistant.documents.file_kinds import kind_of
from assistant.errors import DocumentError, FileDamaged, FileEncrypted, FileMisnamed, FileTooLarge, FileUnsafe

WORD = kind_of("a.docx")
FINE = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"}


def archive(parts):
    """Make an archive of parts; a name is text or a ZipInfo."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name, content in parts:
            file.writestr(name, content)
    return made.getvalue()


def link(name):
    entry = ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def with_flag(content, flag):
    """Set a general purpose flag in each entry of the directory."""
    start = content.index(b"PK\x01\x02")
    while start >= 0:
        content = content[: start + 8] + struct.pack("<H", flag) + content[start + 10 :]
        start = content.find(b"PK\x01\x02", start + 4)
    return content


def test_an_office_file_passes():
    """An archive with the parts of its kind, pictures included, is let through."""
    check_archive("a.docx", archive([*FINE.items(), ("word/media/image1.png", b"\x89PNG" * 10)]), WORD)


@pytest.mark.parametrize(
    ("parts", "error", "words"),
    [
        ([("word/document.xml", b"\0" * 300_000_000)], FileTooLarge, "it unpacks to 300,000,000 bytes"),
        ([("word/document.xml", b"\0" * 2_000_000)], FileTooLarge, "more than 200 times"),
        ([(f"word/{n}", b"") for n in range(5_001)], FileTooLarge, "5,001 parts are too many"),
        ([*FINE.items(), ("../../etc/passwd", b"x")], FileUnsafe, "has a path that leaves the file"),
        ([*FINE.items(), ("/etc/passwd", b"x")], FileUnsafe, "has a path that leaves the file"),
        ([*FINE.items(), ("word\\..\\..\\x", b"x")], FileUnsafe, "has a path that leaves the file"),
        ([*FINE.items(), ("C:/x", b"x")], FileUnsafe, "has a path that leaves the file"),
        ([*FINE.items(), (link("word/link.xml"), b"/etc/passwd")], FileUnsafe, "is a link"),
        ([*FINE.items(), ("word/more.zip", b"PK")], FileUnsafe, "another file is embedded in it"),
        ([*FINE.items(), ("word/embeddings/oleObject1.bin", b"x")], FileUnsafe, "another file is embedded in it"),
        ([("xl/workbook.xml", b"x")], FileMisnamed, "of the kind Excel, not Word"),
        ([("readme.txt", b"x")], FileMisnamed, "an archive of other files, not Word"),
        ([], FileMisnamed, "an archive of other files"),
    ],
)
def test_what_is_refused_before_it_is_unpacked(parts, error, words):
    """Bombs, paths out of the file, links and files within files each have their sentence, at once."""
    content = archive(parts)
    started = time.monotonic()
    with pytest.raises(error, match=words):
        check_archive("a.docx", content, WORD)
    assert time.monotonic() - started < 1


def test_two_parts_of_one_name():
    """Of two parts with one name nobody knows which is meant."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = archive([*FINE.items(), ("word/document.xml", b"<other/>")])
    with pytest.raises(FileUnsafe, match="two of its parts have the same name"):
        check_archive("a.docx", content, WORD)


def test_a_part_with_a_password():
    """A part that is encrypted makes the file one that needs a password."""
    with pytest.raises(FileEncrypted, match="needs a password"):
        check_archive("a.docx", with_flag(archive(FINE.items()), 1), WORD)


@given(st.integers(0, 200), st.binary(min_size=1, max_size=8))
def test_any_damage_passes_or_is_refused(place, bytes_):
    """Whatever is wrong with an archive, the error is ours."""
    content = archive(FINE.items())
    place %= len(content)
    damaged = content[:place] + bytes_ + content[place + len(bytes_) :]
    for tried in (damaged, content[:place], content[place:]):
        with suppress(DocumentError):
            check_archive("a.docx", tried, WORD)


def test_a_truncated_archive():
    """An archive that was cut short is told as damaged."""
    with pytest.raises(FileDamaged, match="the archive it is packed in is damaged"):
        check_archive("a.docx", archive(FINE.items())[:-10], WORD)
