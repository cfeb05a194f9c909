from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.reply import Citation
from assistant.dialogue.turn_json import passage_url, quote_digest
from assistant.documents.document import Block, Document, PageStart, Section, Source
from assistant.web.listing import render_library
from assistant.web.reading import render_document

PAYLOADS = [
    "introduction.0-0",
    "introduction.9-5",
    "introduction.0-99999",
    "nowhere.0-5",
    "0-5",
    "x",
    "introduction.0-5&",
]


@pytest.fixture
def guide(assistant):
    return assistant.documents["guide"]


def test_a_page_says_what_it_is_based_on(assistant, guide):
    """The opening names the words as the library's, the source with a link, and the dates."""
    html = render_document(guide, assistant.version.passages, "")
    assert (
        "In this library’s own words, based on <cite>The original &lt;guide&gt;</cite>, KnowledgeWorks, August 2019."
        in html
    )
    assert 'href="https://example.org/guide?a=1&amp;b=2" rel="noopener noreferrer">Read the original' in html
    assert "<dt>Page updated</dt><dd>23 November 2026</dd>" in html
    assert "Written by this library" in render_document(assistant.documents["hostile"], (), "")


def test_headings_stand_at_their_depth(assistant, guide):
    """Headings keep their order and depth, one that has no text of its own included, with ids to open them at."""
    html = render_document(guide, assistant.version.passages, "")
    assert '<h2 id="ways-to-loosen-seat-time">' in html
    assert '<h2>Questions</h2><h3 id="what-is-seat-time">' in html
    assert '<a id="introduction"></a><p>' in html


def test_every_passage_can_be_opened(assistant):
    """Each passage's anchor is an id of its page, once."""
    for passage in assistant.version.passages:
        html = render_document(assistant.documents[passage.document_id], assistant.version.passages, "")
        assert html.count(f'id="{passage.anchor}"') == 1


def test_other_wordings_are_shown_quietly(assistant, guide):
    """An entry shows the other questions it answers in a part that is closed."""
    html = render_document(guide, assistant.version.passages, "")
    assert '<details class="wordings"><summary>Also asked as</summary><ul><li>What does seat time mean?</li>' in html


def test_every_citation_is_marked_where_it_stands(assistant):
    """The address of any citation opens its page with exactly the quoted words highlighted."""
    for passage in assistant.version.passages:
        source = assistant.documents[passage.document_id].source
        for sentence in passage.sentences:
            quote = passage.text[sentence.start : sentence.end]
            url = passage_url(Citation(1, passage, source, sentence.start, sentence.end, quote))
            cite = re.search(r"cite=([^#]*)", url).group(1)
            html = render_document(assistant.documents[passage.document_id], assistant.version.passages, cite)
            assert html.count('id="cited"') == 1
            marked = "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html))
            plain = re.sub(r"^(- |\d+\. )", "", quote, flags=re.MULTILINE)
            assert _letters(re.sub(r"<[^>]*>", "", marked)) == _letters(re.sub(r"\n *\d+\. ", "\n", plain))


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", unescape(text))


@pytest.mark.parametrize("cite", PAYLOADS)
def test_invalid_citations_are_ignored(assistant, guide, cite):
    """An address that cites nothing on the page opens the page, with nothing highlighted."""
    assert "<mark" not in render_document(guide, assistant.version.passages, cite)


@given(st.text())
def test_no_citation_breaks_the_page(assistant, cite):
    """Whatever stands in the address, the page is shown and does not repeat it."""
    guide = assistant.documents["guide"]
    assert render_document(guide, (), cite) == render_document(guide, (), "")


def test_a_quote_of_an_earlier_version_is_not_marked_elsewhere(assistant, guide):
    """Where a page was changed since it was quoted, it says so, and no other words are marked as the quote."""
    now = render_document(guide, assistant.version.passages, f"introduction.52-62.{quote_digest('It is old.')}")
    assert '<mark id="cited" tabindex="-1">It is old.</mark>' in now
    for cite in ("introduction.52-62", "introduction.99990-99999", "no-such-section.0-9"):
        changed = render_document(guide, assistant.version.passages, f"{cite}.{quote_digest('It is new.')}")
        assert "This page was changed since it was quoted" in changed
        assert "<mark" not in changed


def test_hostile_documents_stay_text(assistant):
    """A source that holds tags is shown with their text."""
    html = render_document(assistant.documents["hostile"], (), "") + render_library(assistant.documents.values())
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html))


@pytest.fixture
def report():
    """Give a publisher's PDF of four pages; the second begins inside a paragraph, the fourth with a section."""
    first = "It opens on page one. It goes on to page two.\n\nMore of it."
    sections = (
        Section(
            ("Opening",),
            "opening",
            first,
            (Block("paragraph", 0, 45), Block("paragraph", 47, len(first))),
            pages=(PageStart(0, 1), PageStart(22, 2)),
        ),
        Section(("Middle",), "middle", "Still page two.", (Block("paragraph", 0, 15),), pages=(PageStart(0, 2),)),
        Section(("End",), "end", "The end.", (Block("paragraph", 0, 8),), pages=(PageStart(0, 4),)),
    )
    source = Source("research", "Institute", "The report", "https://institute.example/report.pdf", "2024")
    return Document("report", "The report", source, sections, is_original=True)


def test_pages_are_marked_where_they_begin(report):
    """Each page of a source is marked once, with an anchor: inside of a paragraph, or before the section it opens."""
    html = render_document(report, (), "")
    assert html.count('class="page"') == 3
    assert '<p class="turned"><span class="page" id="page-1">Page 1</span></p><h2 id="opening">' in html
    assert 'It opens on page one. <span class="page" id="page-2">Page 2</span>It goes on' in html
    assert '<p class="turned"><span class="page" id="page-4">Page 4</span></p><h2 id="end">' in html


def test_the_original_opens_at_the_cited_page(report):
    """The link to a publisher's PDF opens it at the page of the quote; without a quote it opens at the front."""
    assert 'href="https://institute.example/report.pdf" rel' in render_document(report, (), "")
    assert "report.pdf#page=2" in render_document(report, (), "opening.30-40")
    assert "report.pdf#page=4" in render_document(report, (), "end.0-3")


def test_a_page_in_the_words_of_its_source_says_so(report):
    """Words that are a publisher's are not called the library's, on the page and in the list."""
    html = render_document(report, (), "") + render_library([report])
    assert "The text of <cite>The report</cite>, Institute, 2024, as this library reads it." in html
    assert "own words, based on" not in html


def test_the_file_can_be_had_where_readers_may_have_it(report):
    """A link to the file itself stands only where there is one."""
    assert "/library/report/original" not in render_document(report, (), "")
    assert 'href="/library/report/original"' in render_document(report, (), "", has_file=True)


def test_a_page_without_a_source_claims_none(assistant):
    """Of a page whose description names no source it is not said that the library wrote it."""
    page = replace(assistant.documents["hostile"], source=Source())
    assert "Who wrote this page is not said." in render_document(page, (), "")
    assert "Source not named" in render_library([page])
    assert "Written by this library" not in render_document(page, (), "")
