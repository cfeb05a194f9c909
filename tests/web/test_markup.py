from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.web.markup import escape, link, unescape


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, _attrs):
        self.found.append(tag)

    def handle_data(self, data):
        self.text += data


@given(st.text())
def test_escaped_text_makes_no_tag(text):
    """No text, however made, is a tag once it is escaped, in an element or in an attribute."""
    parsed = _Tags(f'<p title="{escape(text)}">{escape(text)}</p>')
    assert parsed.found == ["p"]


@given(st.text())
def test_escaped_text_is_inert_markdown(text):
    """What Markdown makes of an escaped line is that line as text: no link, emphasis, code or block of its own."""
    html = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(f"<p>{escape(text)}</p>")
    assert _Tags(html).found == ["p"]


@given(st.text())
def test_escaped_text_stands_on_one_line(text):
    """Escaped text has no line end, so it can't end the block of HTML that Gradio reads it in."""
    assert not re.search(r"[\n\r]", escape(text))


@given(st.text(alphabet=st.characters(exclude_categories=["C"])))
def test_unescape_gives_the_text_back(text):
    """A question can be read back from the message that shows it."""
    assert unescape(escape(text)) == text


def test_links_out_tell_nothing():
    """A link to another site passes no referrer and no window, one within the site needs neither."""
    assert 'rel="noopener noreferrer"' in link("https://example.org/", "there", "original")
    assert "rel=" not in link("/library", "here", "open")
