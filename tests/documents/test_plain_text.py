from __future__ import annotations

from hypothesis import given
from strategies import markup

from assistant.documents.plain_text import parse_plain_text


def blocks(text):
    (section,) = parse_plain_text(text)
    return [(block.kind, section.text[block.start : block.end]) for block in section.blocks]


def test_paragraphs_are_unwrapped():
    """Lines that were broken for width are joined; a blank line parts paragraphs."""
    text = "The state grants waivers to districts that apply for\nthem in spring.\n \nAnother paragraph."
    assert blocks(text) == [
        ("paragraph", "The state grants waivers to districts that apply for them in spring."),
        ("paragraph", "Another paragraph."),
    ]


def test_short_lines_stay_lines():
    """A short line before a capital, like a heading or an address, stays a line of its own."""
    assert blocks("Waivers\nThe state grants them.") == [("paragraph", "Waivers\nThe state grants them.")]


def test_bullets_and_numbers_make_lists():
    """Bullets of any kind become items, their broken lines are indented below, numbers are kept."""
    text = "Reasons:\n• it  is cheap\nand quick\n– it works\n12) it lasts"
    assert blocks(text) == [("paragraph", "Reasons:"), ("list", "- it is cheap\n  and quick\n- it works\n12. it lasts")]


def test_nothing_gives_no_section():
    """A text of white space has no sections."""
    assert parse_plain_text(" \n\n\t\n") == ()


def test_markup_is_no_markup():
    """Plain text is taken as it stands: no headings, links or emphasis."""
    (section,) = parse_plain_text("# not a heading\n\n*stars* [a](https://a.example/)")
    assert section.heading == ()
    assert section.links == ()
    assert section.text == "# not a heading\n\n*stars* [a](https://a.example/)"


@given(markup)
def test_every_word_is_kept(text):
    """Reading plain text changes white space and the marks of lists, and nothing else."""
    read = "".join(section.text for section in parse_plain_text(text))
    marks = str.maketrans("", "", "-*•–‣▪.)")
    assert "".join(read.translate(marks).split()) == "".join(text.translate(marks).split())
