from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import read_questions
from assistant.documents.passages import Splitting, split_document

MIRRORS = re.compile(
    r"web\.archive\.org|archive\.(is|ph|today)|webcache|googleusercontent|translate\.goog|r\.jina\.ai|12ft\.io|scribd\.com|"
    r"localhost|127\.0\.0\.1|file://|^https?://\d+\.\d+\.\d+\.\d+",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def corpus(shipped_corpus):
    return read_corpus(shipped_corpus)


@pytest.fixture(scope="module")
def questions(shipped_corpus):
    return read_questions(shipped_corpus / "questions.jsonl")


def test_no_problems(corpus):
    """The shipped corpus is read without an error or a warning."""
    assert corpus.problems == ()


def test_every_document_says_where_it_is_from(corpus):
    """Each document has a publisher, a licence and a date, and nothing is dated after its review."""
    for document in corpus.documents:
        assert document.source.publisher
        assert document.source.licence
        date.fromisoformat(document.updated)
        assert document.review_by is None or document.review_by > document.updated


def test_every_document_has_one_of_a_few_topics(corpus, shipped_corpus):
    """Each document is listed under one of six to nine topics, which the corpus' README names."""
    topics = {document.topic for document in corpus.documents}
    assert 6 <= len(topics) <= 9
    readme = " ".join((shipped_corpus / "README.md").read_text(encoding="utf-8").split())
    assert "; ".join(sorted(topics, key=str.lower)) in readme


def test_links_lead_to_the_sources(corpus):
    """Links lead to the sources themselves: no mirrors, caches or machines of our own."""
    urls = [link.url for document in corpus.documents for section in document.sections for link in section.links]
    urls += [document.source.url for document in corpus.documents if document.source.url]
    assert len(urls) > 50
    assert [url for url in urls if MIRRORS.search(url) or "." not in url or re.search(r"\s", url)] == []


def test_no_link_was_left_unread(shipped_corpus, corpus):
    """Every web link written in a page became a link of a section: none is broken by its brackets."""
    for document in corpus.documents:
        text = (shipped_corpus / f"{document.id}.md").read_text(encoding="utf-8")
        read = sum(len(section.links) for section in document.sections)
        assert read == len(re.findall(r"\]\(https?://", text)), document.id


def test_entries_fit_into_a_passage(corpus):
    """No FAQ entry is so long that its answer would be quoted in part."""
    for document in corpus.documents:
        entries = [passage for passage in split_document(document, Splitting()) if passage.is_entry]
        assert [passage.id for passage in entries if passage.anchor != passage.section] == []


def test_golden_questions_have_ids_of_their_own(questions):
    """No two golden questions share an id or ask the same after the same."""
    assert len({question.id for question in questions}) == len(questions)
    assert len({(question.history, question.question) for question in questions}) == len(questions)


def test_golden_places_exist(corpus, questions):
    """Every section that a golden question expects exists."""
    places = {
        (document.id, section.heading[-1] if section.heading else "")
        for document in corpus.documents
        for section in document.sections
    }
    expected = {(place.document, place.heading) for question in questions for place in question.expect}
    assert expected - places == set()


def test_golden_phrases_stand_in_the_expected_places(corpus, questions):
    """A phrase that an answer should hold stands in one of the sections that should give it."""
    texts = {
        (document.id, section.heading[-1] if section.heading else ""): " ".join(section.text.split())
        for document in corpus.documents
        for section in document.sections
    }
    missing = [
        question.id
        for question in questions
        if question.phrase and not any(question.phrase in texts[p.document, p.heading] for p in question.expect)
    ]
    assert missing == []


def test_golden_questions_that_expect_nothing(questions):
    """A question has a phrase to be found only where an answer is expected, and both splits have both sorts."""
    assert [question.id for question in questions if question.phrase and not question.expect] == []
    assert len({(question.split, bool(question.expect)) for question in questions}) == 4


def test_formats_are_described(shipped_corpus):
    """The corpus' README describes each field of a description and of a golden question."""
    text = (shipped_corpus / "README.md").read_text(encoding="utf-8")
    fields = "title topic source kind publisher url published licence updated review_by starters".split()
    fields += "id question expect phrase split history".split()
    assert [
        field for field in fields if f"`{field}`" not in text and f"{field}:" not in text and f'"{field}"' not in text
    ] == []
