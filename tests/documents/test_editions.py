from __future__ import annotations

import pytest

from assistant.documents.document import Document, Source
from assistant.documents.editions import editions_in_force, unknown_superseded


def titled(name: str, title: str, published: str | None = None, publisher: str = "Office", supersedes=()) -> Document:
    return Document(name, title, Source("government", publisher, published=published, supersedes=supersedes), ())


@pytest.mark.parametrize("name", ["old", "old.md", "The Old Guide", "the old guide"])
def test_a_description_names_what_is_superseded(name):
    """An id, a file name or a title names the document whose place is taken, whoever published it."""
    documents = [titled("old", "The old guide", publisher="A"), titled("new", "New", supersedes=(name,))]
    assert editions_in_force(documents) == {"old": "new"}
    assert list(unknown_superseded(documents)) == []


def test_a_name_of_no_document_is_told_with_what_was_expected():
    """A wrong name supersedes nothing, and the message gives the nearest id."""
    documents = [titled("guide-2019", "A"), titled("new", "New", supersedes=("guide-2018",))]
    assert editions_in_force(documents) == {}
    ((document, message),) = unknown_superseded(documents)
    assert document.id == "new"
    assert "'guide-2018'" in message
    assert "such as 'guide-2019'" in message


def test_a_chain_leads_to_the_last():
    """Of three editions in turn the last is in force in place of both others."""
    documents = [titled("a", "A"), titled("b", "B", supersedes=("a",)), titled("c", "C", supersedes=("b",))]
    assert editions_in_force(documents) == {"a": "c", "b": "c"}


def test_a_circle_tells_nothing():
    """Documents that supersede each other all stay in force, and so does what one of them supersedes."""
    documents = [titled("a", "A", supersedes=("b",)), titled("b", "B", supersedes=("a", "z")), titled("z", "Z")]
    assert editions_in_force(documents) == {}
    assert editions_in_force([titled("a", "A", supersedes=("a",))]) == {}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("Charter handbook, 2019 edition", "Charter handbook, 2024 edition"),
        ("Charter Handbook (first edition)", "Charter handbook: second edition"),
        ("Charter handbook, version 1.2", "Charter handbook, version 2"),
        ("Charter handbook (edition of May 2019)", "Charter handbook (revised 2023)"),
        ("Charter handbook (2019 update)", "Charter handbook (2023 update)"),
    ],
)
def test_titles_tell_editions(older, newer):
    """Titles that differ in nothing but the edition tell which document is in force, by their dates."""
    documents = [titled("n", newer, "2023-05"), titled("o", older, "2019")]
    assert editions_in_force(documents) == {"o": "n"}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (titled("o", "Annual report 2019", "2019"), titled("n", "Annual report 2020", "2020")),
        (titled("o", "Legislative update 2019", "2019"), titled("n", "Legislative update 2020", "2020")),
        (
            titled("o", "Report for 2019, revised edition", "2020"),
            titled("n", "Report for 2020, revised edition", "2021"),
        ),
        (titled("o", "Guide, 2019 edition"), titled("n", "Guide, 2024 edition", publisher="Another")),
        (titled("o", "Guide, 2019 edition", publisher=""), titled("n", "Guide, 2024 edition", publisher="")),
        (titled("o", "Guide, first edition", "2024"), titled("n", "Guide, second edition", "2024")),
        (titled("o", "Guide, first edition"), titled("n", "Guide, second edition")),
        (titled("o", "Teacher edition 2019"), titled("n", "Student edition 2024")),
        (titled("o", "Guide"), titled("n", "Guide")),
    ],
)
def test_other_titles_tell_nothing(older, newer):
    """Reports of several years, other publishers, equal or unknown dates: nothing is taken as superseded."""
    assert editions_in_force([older, newer]) == {}
