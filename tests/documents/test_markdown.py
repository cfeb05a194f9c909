from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from strategies import markup
from truths import hold

from assistant.documents.markdown import parse_markdown
from assistant.documents.reading import Reading


def only(text):
    (section,) = parse_markdown(text)
    return section


def blocks(section):
    return [(block.kind, section.text[block.start : block.end]) for block in section.blocks]


def links(section):
    return [(section.text[link.start : link.end], link.url) for link in section.links]


def test_inline_markup_goes_and_its_words_stay():
    """Emphasis, code and images leave their words, and a broken line is joined."""
    text = "Some *fine*, **bold** `code` ![a map](https://a.example/m.png)\nnext line"
    assert only(text).text == "Some fine, bold code a map next line"


def test_links_keep_their_place_and_address():
    """A web link is found at its offsets; other kinds of address are text only."""
    section = only("First.\n\nSee [the *law*](https://a.example/law), [us](mailto:a@b.example) [up](#top).")
    assert section.text == "First.\n\nSee the law, us up."
    assert links(section) == [("the law", "https://a.example/law")]


def test_links_in_lists_and_tables_keep_their_place():
    """Links inside list items and table cells are found at their offsets too."""
    section = only(
        "- one\n  - see [deep](https://a.example/d)\n\n| x | [cell](http://b.example/) |\n|---|---|\n| y | z |"
    )
    assert links(section) == [("deep", "https://a.example/d"), ("cell", "http://b.example/")]


def test_dangerous_addresses_are_no_links():
    """An address that runs script never becomes a link."""
    section = only("[click](javascript:alert(1)) [data](data:text/html,x)")
    assert links(section) == []


def test_raw_html_is_read_and_not_shown():
    """Of HTML in a source the words are read, inline and as a block; what runs or styles is no part of the text."""
    section = only("<script>alert(1)</script>\n\nA <b>bold</b> claim,<br>and <10 more.\n\n<style>p {}</style>")
    assert section.text == "A bold claim, and <10 more."


def test_escaped_html_stays_text():
    """What a source shows as HTML is shown as HTML, also within HTML."""
    assert only("Write `<b>` or &lt;i&gt;.\n\n<p>Or &lt;u&gt;.</p>").text == "Write <b> or <i>.\n\nOr <u>."


def test_html_blocks_have_structure():
    """Headings, lists and rows of HTML become those of the page."""
    page = "<div><h2>Who pays?</h2>\n<p>The state.</p><ul><li>first<li>second</ul></div>\n\n<table><tr><th>a<th>b</tr></table>"
    (section,) = parse_markdown(page)
    assert section.heading == ("Who pays?",)
    assert section.text.startswith("The state.\n\n- first\n- second")
    assert [block.kind for block in section.blocks[:2]] == ["paragraph", "list"]


def test_rows_of_html_are_lines():
    """A row of an HTML table is one line, its cells parted, whatever stands in them."""
    section = only(
        "<table><tr>\n<td>\n<p>Who</p></td>\n<td>Phone</td>\n</tr><tr><td>A</td><td>1</td></tr></table>\n\nEnd."
    )
    assert section.text == "Who | Phone\n\nA | 1\n\nEnd."


def test_markup_between_tags_is_read():
    """Links and emphasis between HTML tags are read like anywhere else."""
    section = only("<div>\n[the *law*](https://a.example/law)\n</div>")
    assert section.text == "the law"
    assert links(section) == [("the law", "https://a.example/law")]


def test_lists_keep_one_item_a_line():
    """Nested and continued items are indented below their item; numbers are kept."""
    section = only("3. three\n4. four\n   - inner\n\n   more\n")
    assert blocks(section) == [("list", "3. three\n4. four\n  - inner\n  more")]


def test_empty_items_are_kept_in_their_place():
    """An empty list item does not shift the ones after it."""
    assert only("- a\n-\n- c").text.split("\n")[2] == "- c"


def test_tables_have_a_row_a_line():
    """A table has its heads on the first line, and a bar inside a cell can't make a new one."""
    section = only("| a | b |\n|---|---|\n| c \\| d | `e` |")
    assert blocks(section) == [("table", "a | b\nc / d | e")]


def test_written_line_breaks_are_spaces():
    """A line break written as an entity can't make a new item or row."""
    section = only("- a&#10;b\n\n| c |\n|---|\n| d&#10;e |")
    assert blocks(section) == [("list", "- a b"), ("table", "c\nd e")]


def test_quotation_code_and_rule():
    """Quotations and listings are blocks of their kind; a rule is nothing to read."""
    section = only("> said\n> so\n\n---\n\n```py\nx  = 1\n```\n\n    indented")
    assert blocks(section) == [("quotation", "said so"), ("code", "x  = 1"), ("code", "indented")]


def test_headings_make_a_path():
    """A section has the path of headings above it, and text before any heading has none."""
    sections = parse_markdown("Intro.\n\n# A\n\na\n\n## B *bold*\n\nb\n\n# C\n\nc")
    assert [(s.heading, s.anchor) for s in sections] == [
        ((), "introduction"),
        (("A",), "a"),
        (("A", "B bold"), "b-bold"),
        (("C",), "c"),
    ]


def test_headings_without_text_make_no_section():
    """A heading that only groups others is no section, but stays in their path."""
    (section,) = parse_markdown("# Group\n\n## Member\n\ntext\n\n## Empty")
    assert section.heading == ("Group", "Member")


def test_equal_headings_get_anchors_of_their_own():
    """Anchors are unique even where a numbered heading is in the way."""
    sections = parse_markdown("# Goals\n\na\n\n# Goals\n\nb\n\n# Goals 2\n\nc\n\n# Goals\n\nd")
    anchors = [section.anchor for section in sections]
    assert anchors[:2] == ["goals", "goals-2"]
    assert len(set(anchors)) == 4


def test_question_headings_make_entries():
    """A heading that asks makes an entry, and other wordings are read from its list, once each."""
    section = only("# What is *it*?\n\nAlso asked:\n\n- define it\n- what **is** it\n- define it\n\nIt is this.")
    assert section.questions == ("What is it?", "define it", "what is it")
    assert section.text == "It is this."


def test_any_section_may_list_what_it_answers():
    """Wordings under a heading that is no question are questions of that section too."""
    section = only("# Cost\n\nAlso asked:\n\n- how much is it\n\nA dollar.")
    assert (section.questions, section.wordings, section.is_entry) == (("how much is it",), ("how much is it",), False)
    assert section.text == "A dollar."


@pytest.mark.parametrize(
    "text",
    [
        "# What?\n\nText.\n\nAlso asked:\n\n- one",
        "# What?\n\nAlso asked: this and that.\n\n- one",
    ],
)
def test_wordings_elsewhere_are_text(text):
    """`Also asked:` is text unless it opens a section and a list follows."""
    section = only(text)
    assert "Also asked:" in section.text
    assert "- one" in section.text


def test_deep_nesting_is_read():
    """Thousands of nested quotation marks and brackets do not break the reader."""
    assert "text" in only(f"{'>' * 5000} x\n\n{'[' * 5000}\n\n{'*a ' * 3000}\n\ntext").text


@given(markup)
def test_sections_are_true(text):
    """Blocks and links of any text lie in order inside their section, blocks cover all, and each section has an address."""
    hold(Reading(parse_markdown(text)))


def test_attributes_are_no_text():
    """What a source says of an element's looks is left out; braces of other kinds stay."""
    assert only('The [law](https://a.example/law){:class="x"} is {sic}.').text == "The law is {sic}."


def test_threads_that_begin_together_read_links(monkeypatch):
    """Texts that are read at once are all read, however long the first link of a process takes."""

    class Slow(str):
        __slots__ = ()

        def __contains__(self, character):
            time.sleep(0.001)
            return super().__contains__(character)

    table = "mdurl._encode"
    monkeypatch.setattr(f"{table}.encode_cache", {})
    monkeypatch.setattr(f"{table}.ASCII_LETTERS_AND_DIGITS", Slow("abcdefghijklmnopqrstuvwxyz"))
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(parse_markdown, ["[a page](https://example.org/a)"] * 4))
    assert [sections[0].links[0].url for sections in read] == ["https://example.org/a"] * 4
