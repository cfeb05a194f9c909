from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.document import Section
from assistant.documents.markdown import parse_markdown
from assistant.documents.sentences import Span
from assistant.web.blocks import Drawing, draw

TEXT = """Before [a link](https://example.org/x) after.

- one
  - inner
- two

  more of two

3. third
4. fourth

| A | B |
|---|---|
| a1 | b1 |
| a2 | b2 |

> Quoted.
>
> Again.
"""


@pytest.fixture(scope="module")
def section() -> Section:
    return parse_markdown(TEXT)[0]


def whole(section: Section) -> Span:
    return Span(0, len(section.text))


def span_of(section: Section, words: str) -> Span:
    start = section.text.index(words)
    return Span(start, start + len(words))


def test_blocks_become_what_they_are(section):
    """Lists nest, numbering goes on where it began, tables have a head, quotations their paragraphs."""
    html = draw(Drawing(section, whole(section)))
    assert "<ul><li>one<ul><li>inner</li></ul></li><li>two<p>more of two</p></li></ul>" in html
    assert '<ol start="3"><li>third</li><li>fourth</li></ol>' in html
    assert '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>' in html
    assert "<tr><td>a2</td><td>b2</td></tr>" in html
    assert "<blockquote><p>Quoted.</p><p>Again.</p></blockquote>" in html


def test_links_lead_out(section):
    """A link of the source is a link in the reading view."""
    html = draw(Drawing(section, whole(section)))
    assert '<a href="https://example.org/x" rel="noopener noreferrer">a link</a>' in html


def test_a_marked_row_and_item_are_marked(section):
    """A cited table row or list item is highlighted where its words are, cell by cell."""
    row = draw(Drawing(section, whole(section), (span_of(section, "a2 | b2"),)))
    assert "<tr><td><mark>a2</mark></td><td><mark>b2</mark></td></tr>" in row
    item = draw(Drawing(section, whole(section), (span_of(section, "- two"),)))
    assert "<li><mark>two</mark>" in item


def test_a_row_keeps_its_head(section):
    """A row that is quoted alone still says what its cells are."""
    html = draw(Drawing(section, span_of(section, "a2 | b2")))
    assert '<th scope="col">A</th>' in html
    assert "a1" not in html


def test_ids_stand_where_they_belong(section):
    """The id of a passage that begins with a list item stands before that item's words."""
    html = draw(Drawing(section, whole(section), anchors={section.text.index("- two"): "part--2"}))
    assert '<li><a id="part--2"></a>two' in html


class _Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, _attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data + " "


def test_several_stretches_are_marked(section):
    """Each highlight is marked by itself, also within a link, and nothing between them."""
    marked = (span_of(section, "Before a"), span_of(section, "after."))
    html = draw(Drawing(section, whole(section), marked))
    link = '<a href="https://example.org/x" rel="noopener noreferrer">'
    assert f"<p><mark>Before </mark>{link}<mark>a</mark></a>{link} link</a> <mark>after.</mark></p>" in html


_SPANS = st.builds(Span, st.integers(0, 200), st.integers(0, 200))


@given(st.integers(0, 200), st.integers(0, 200), st.tuples(_SPANS, _SPANS))
def test_any_stretch_is_well_formed(start, end, marked):
    """Whatever is shown and marked, tags close in order and no word comes from nowhere."""
    section = parse_markdown(TEXT)[0]
    drawn = _Words(draw(Drawing(section, Span(start, end), marked, {marked[0].start: "here"})))
    assert drawn.open == []
    assert set("".join(drawn.words.split())) <= set(section.text)


def test_the_whole_shows_every_word(section):
    """Nothing of a section is left out of the reading view."""
    drawn = "".join(_Words(draw(Drawing(section, whole(section)))).words.split())
    for word in ("Before", "after.", "inner", "more", "fourth", "b1", "Again."):
        assert word in drawn
