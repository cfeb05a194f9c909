from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import document
from strategies import markup, pages

from assistant.documents.passages import Splitting, links_in, split_document

SHORT = Splitting(words=12, entry_words=20)


def split(text, splitting=SHORT):
    return split_document(document(text), splitting)


def words(count, start="Word"):
    return f"{start} " + " ".join(f"w{number}" for number in range(count - 1)) + "."


def test_links_are_cut_to_what_is_shown():
    """A link is given with the offsets of the passage, no further than what is asked for; one to no web page is not."""
    whole = document(
        "Before all.\n\n## Links\n\n" + words(12) + " See [the law](https://a.example) or [us](mailto:b@c.d)."
    )
    passage = split_document(whole, SHORT)[-1]
    assert passage.start > 0

    def given(start, end):
        return [(passage.text[link.start : link.end], link.url) for link in links_in(whole, passage, start, end)]

    law = passage.text.index("the law")
    assert given(0, len(passage.text)) == [("the law", "https://a.example")]
    assert given(law + 4, len(passage.text)) == [("law", "https://a.example")]
    assert given(0, law) == given(law + 7, len(passage.text)) == []


def test_short_sections_are_one_passage():
    """A section that fits is one passage with the section's own anchor."""
    (passage,) = split("## Goals\n\nOne sentence. Another one.")
    assert passage.id == "page/goals"
    assert passage.anchor == passage.section == "goals"
    assert (passage.title, passage.heading) == ("Page", ("Goals",))
    assert passage.text == "One sentence. Another one."


def test_long_sections_are_split_between_sentences():
    """A longer section becomes several passages of whole sentences, each with an address of its own."""
    passages = split(f"## Goals\n\n{words(8)} {words(8)}\n\n{words(3)}")
    assert [passage.id for passage in passages] == ["page/goals", "page/goals--2"]
    assert [passage.text for passage in passages] == [words(8), f"{words(8)}\n\n{words(3)}"]
    assert {passage.section for passage in passages} == {"goals"}


def test_entries_stay_whole_up_to_their_own_limit():
    """The answer of an FAQ entry is split later than other text."""
    answer = f"{words(9)} {words(9)}"
    assert len(split(f"## Goals\n\n{answer}")) == 2
    assert len(split(f"## What goals?\n\n{answer}")) == 1


def test_list_stays_with_its_introduction():
    """A list is never parted from the sentence that introduces it where both fit into a passage."""
    passages = split(f"{words(11)} {words(6)} They are:\n\n- one two\n- three four\n- five six\n\n{words(8)}")
    assert passages[2].text == "They are:\n\n- one two\n- three four\n- five six"


def test_paragraphs_stay_whole():
    """A passage ends with a paragraph where the next one does not fit, not within that."""
    first, second = f"{words(5)} {words(3)}", f"{words(5)} {words(3)}"
    assert [passage.text for passage in split(f"{first}\n\n{second}")] == [first, second]


def test_list_that_does_not_fit_is_split_between_items():
    """A list longer than a passage is split between its items."""
    passages = split("They are:\n\n" + "".join(f"- item {number} has words\n" for number in range(10)))
    assert len(passages) > 1
    assert all(line.startswith(("They", "- item")) for passage in passages for line in passage.text.split("\n") if line)


def test_table_stays_with_its_introduction():
    """A table is kept whole with the sentence before it."""
    (passage,) = split("Costs:\n\n| a | b |\n|---|---|\n| c | d |")
    assert [sentence.kind for sentence in passage.sentences] == ["sentence", "row", "row"]


def test_nested_items_belong_to_the_item_above():
    """What is nested in an item is quoted with it."""
    (passage,) = split("- one\n  - inner\n- two")
    assert [passage.text[s.start : s.end] for s in passage.sentences] == ["- one\n  - inner", "- two"]


def test_endless_sentences_are_cut():
    """A sentence longer than a passage is cut at white space."""
    passages = split(words(50))
    assert all(len(passage.text.split()) <= 12 for passage in passages)
    assert " ".join(passage.text for passage in passages) == words(50)


def test_digest_is_that_of_what_is_embedded():
    """The digest changes with title, heading, question or text, and with nothing else."""
    text = "## What?\n\nAlso asked:\n\n- how\n\nThis."
    changed = [text.replace(*change) for change in (("What", "Why"), ("how", "where"), ("This", "That"))]
    digests = {split(other)[0].sha256 for other in (text, *changed)}
    digests |= {split_document(replace(document(text), title="Other"), SHORT)[0].sha256}
    assert len(digests) == 5
    assert split_document(replace(document(text), id="other", updated="2026-01-01"), SHORT)[0].sha256 in digests


@pytest.mark.parametrize("text", [markup, pages], ids=["markup", "pages"])
def test_passages_are_slices(text):
    """A passage is a slice of its section, its sentences are slices of it, and only white space is lost."""

    @given(text, st.integers(1, 40))
    def check(written, limit):
        whole = document(written)
        passages = split_document(whole, Splitting(limit, limit * 2))
        for section in whole.sections:
            end = 0
            for passage in (p for p in passages if p.section == section.anchor):
                assert passage.text == section.text[passage.start : passage.end]
                assert not section.text[end : passage.start].strip()
                _check_sentences(passage)
                end = passage.end
            assert not section.text[end:].strip()
        assert len({passage.id for passage in passages}) == len(passages)

    check()


def _check_sentences(passage):
    end = 0
    for sentence in passage.sentences:
        assert end <= sentence.start < sentence.end <= len(passage.text)
        assert not passage.text[end : sentence.start].strip()
        end = sentence.end
    assert end == len(passage.text)


@given(pages, st.integers(1, 40))
def test_no_passage_is_much_too_long(text, limit):
    """No passage is longer than the limit, or twice as long where a list is kept whole."""
    passages = split_document(document(text), Splitting(limit, limit))
    assert all(len(passage.text.split()) <= limit * 2 for passage in passages)
