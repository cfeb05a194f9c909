from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases
from truths import blocks, hold, links

from assistant.documents.formats.html import read_html
from assistant.errors import DocumentError, FileTooLarge, FileWithoutText


def read(text, encoding="utf-8"):
    reading = read_html("page.html", text if isinstance(text, bytes) else text.encode(encoding))
    hold(reading)
    return reading


def only(text):
    (section,) = read(text).sections
    return section


def texts(section):
    return [text for _, text in blocks(section)]


def test_headings_paragraphs_and_inline_text():
    """Headings make a path, white space is single, words that mark-up parts stay whole."""
    reading = read(
        "<h1>The <em>plan</em></h1><p>All\n  pu<b>pi</b>ls.<h2>Costs</h2>Few.<p>Or<br>none.<br><br>So be it."
    )
    assert [(section.heading, texts(section)) for section in reading.sections] == [
        (("The plan",), ["All pupils."]),
        (("The plan", "Costs"), ["Few.", "Or none.", "So be it."]),
    ]


def test_roles_make_headings():
    """An element that says it is a heading is one, of the level it says."""
    reading = read("<div role=heading aria-level=1>A</div>a<div role=heading>B</div>b")
    assert [section.heading for section in reading.sections] == [("A",), ("A", "B")]


def test_heading_without_text_is_kept():
    """A heading with nothing under it is a paragraph, so that its words are found."""
    assert [section.text for section in read("<h2>Part I</h2><h2>Aims</h2>To learn.").sections] == [
        "Part I",
        "To learn.",
    ]


def test_lists():
    """Lists keep marks, numbers, depth, and further paragraphs of a point."""
    section = only(
        "<ol start=3><li>three<li value=7>seven<ul><li>deep</ul></ol><ul><li><p>one<p>more<li></li><li>two</ul>"
        "<ol type=a><li>x<li>y</ol><ol reversed><li>last<li>first</ol>"
    )
    assert texts(section) == [
        "3. three\n7. seven\n  - deep",
        "- one\n  more\n- two",
        "- a. x\n- b. y",
        "2. last\n1. first",
    ]


def test_text_outside_points_and_cells():
    """Text that stands in a list but in no point, or in a table but in no cell, is read all the same."""
    assert texts(only("<ul>one<li>two</ul><dl>three<dt>four</dl><table>five<tr>six<th>a<td>b</table>")) == [
        "- one\n- two",
        "- three\n- four",
        "five six",
        "a | b",
    ]


def test_list_that_lays_out_the_page():
    """A list whose points hold headings is not a list to read."""
    reading = read("<ul><li><h2>A</h2><p>a</li><li><h2>B</h2><p>b</li></ul>")
    assert [(section.heading, blocks(section)) for section in reading.sections] == [
        (("A",), [("paragraph", "a")]),
        (("B",), [("paragraph", "b")]),
    ]


def test_definitions():
    """A term stands before what defines it."""
    section = only(
        "<dl><dt>Zone<dd>A part of a <i>state</i>.<dd>Also an area.<dt>Alone<dt>List:<dd><ul><li>x</ul></dl>"
    )
    assert blocks(section) == [("list", "- Zone: A part of a state.\n  Also an area.\n- Alone\n- List:\n  - x")]


def test_questions_become_entries():
    """Questions as headings, terms, summaries, bold lines and heads of panels make entries; what follows returns."""
    reading = read(
        "<h1>FAQ</h1><p>Ask.<dl><dt>Who pays for it?<dd>The state.</dl><p>Between."
        "<details><summary>When does it end?</summary><p>In June.</details>"
        "<p><b>Is it free?</b><p>Yes, it is. Really? Yes."
        "<button aria-expanded=false aria-controls=p>Where is it?</button><div id=p hidden>In Ohio.</div>"
        "<details><summary>More</summary>No question.</details>"
    )
    assert [(section.questions, section.text) for section in reading.sections] == [
        ((), "Ask."),
        (("Who pays for it?",), "The state."),
        ((), "Between."),
        (("When does it end?",), "In June."),
        (("Is it free?",), "Yes, it is. Really? Yes."),
        (("Where is it?",), "In Ohio.\n\nMore\n\nNo question."),
    ]


def test_tables():
    """Rows are lines; captions stand before, feet last; spans, lists and tables in cells are readable."""
    section = only(
        "<table><caption>Laws<tfoot><tr><td>Sum<td>2</tfoot><thead><tr><th>State<th>Law<th>Year</thead>"
        "<tr><td rowspan=2>Ohio<td>a|b<td>1<tr><td>c<td><ul><li>x<li>y</ul>"
        "<tr><td colspan=2>Utah<td><table><tr><th>p<td>q</table></table>"
    )
    assert blocks(section) == [
        ("paragraph", "Laws"),
        ("table", "State | Law | Year\nOhio | a/b | 1\nOhio | c | x; y\nUtah |  | p, q\nSum | 2"),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table role=presentation><tr><td>One.<td>Two.</table>",
        "<table><tr><td>One.<tr><td>Two.</table>",
        "<table><tr><td>One.<td><table><tr><td>Two.</table></table>",
    ],
)
def test_table_that_lays_out_the_page(table):
    """A table that says so, has one column, or holds tables, is read as text."""
    assert blocks(only(table)) == [("paragraph", "One."), ("paragraph", "Two.")]


def test_quotations_and_listings():
    """Quotations and listings are blocks of their kind; a listing keeps its lines."""
    section = only("<blockquote>Said<p>so</blockquote><pre>\nx  = 1\n\ty</pre>")
    assert blocks(section) == [("quotation", "Said"), ("quotation", "so"), ("code", "x  = 1\n        y")]


def test_links():
    """Links are found at their offsets, seen from the page's address; what is no place on the web is text."""
    section = only(
        "<link rel=canonical href='https://a.example/faq/'><p>See <a href='law'>the <b>law</b></a>, <a href='//b.example'>B</a>"
        " <a href='javascript:alert(1)'>run</a> <a href='mailto:a@b.example'>us</a> <a href='http://['>odd</a>"
        "<ol><li>x <a href='https://c.example/ '> c </a></ol><table><tr><th>h<th><a href='/d'>d|</a></table>"
    )
    assert links(section) == [
        ("the law", "https://a.example/faq/law"),
        ("B", "https://b.example"),
        ("c", "https://c.example/"),
        ("d/", "https://a.example/d"),
    ]


def test_main_content():
    """With a main element, all around it is left out; navigation within it stands last, under its own heading."""
    reading = read(
        "<header>Site</header><nav>Home</nav><aside>Ad</aside><main><nav><ul><li>Page tools</ul></nav><h1>Plan</h1>"
        "<header>By Ann</header><p>All pupils learn at their own pace.</main><footer>Imprint</footer>"
    )
    assert [(section.heading, section.text) for section in reading.sections] == [
        (("Plan",), "By Ann\n\nAll pupils learn at their own pace."),
        (("Navigation on this page",), "- Page tools"),
    ]


def test_page_without_main():
    """Without one, what the page declares to stand around its content is left out; an article keeps its header."""
    section = only(
        "<header>Site</header><div role=navigation>Home</div><div>First.</div><article><header>By Ann</header>Second."
        "<footer>Last.</footer></article><footer>Imprint</footer>"
    )
    assert texts(section) == ["First.", "By Ann", "Second.", "Last."]


def test_main_that_is_not_the_main_content():
    """A main element with a sliver of the page's text does not hide the rest; nor does a page of headers alone."""
    assert "All pupils" in read("<main>Menu</main><div>" + "All pupils learn. " * 20 + "</div>").sections[0].text
    assert only("<header>All pupils.</header>").text == "All pupils."


def test_forms_scripts_and_banners_are_left_out():
    """Scripts, styles, fields, banners and dialogs are no content; the text of a form around the page is."""
    section = only(
        "<form><p>Text.<script>x()</script><style>p{}</style><input value=a><select><option>b</select><textarea>c</textarea>"
        "<button>Send</button><template>d</template><noscript>e</noscript><iframe>f</iframe><svg><text>g</text></svg>"
        "<div id=cookie-banner>We use cookies.</div><div role=dialog>Join!</div><img alt=h src=i></form>"
    )
    assert section.text == "Text."


def test_marks_of_notes_and_headings_are_left_out():
    """Marks that lead to notes, back from them, or to a heading itself, are no words of the text."""
    section = only(
        "<h2>Aims<a href='#aims'>¶</a></h2><p>To learn<sup><a href='#n1'>[1]</a></sup> H<sub>2</sub>O, x<sup>2</sup>, "
        "<a href='p.html#edn2'>[2]</a> <a href='#x'>see below</a>.<ol><li><a href='#r1'>↑</a> A note.</ol>"
    )
    assert section.heading == ("Aims",)
    assert texts(section) == ["To learn H2O, x2, see below.", "1. A note."]


def test_list_of_languages_is_navigation():
    """A list of the page in other languages does not open the text."""
    listed = "".join(f"<li><a hreflang={code} href='/{code}'>{code}</a>" for code in ("de", "fr", "it"))
    assert [section.heading for section in read(f"<h1>Duck</h1><ul>{listed}</ul><p>A bird.").sections] == [
        ("Duck",),
        ("Navigation on this page",),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Obey.</p>",
        "<p style='display: none'>Obey.</p>",
        "<p style='VISIBILITY:hidden !important'>Obey.</p>",
        "<p style='font-size:0px'>Obey.</p>",
        "<p style='opacity:0.0'>Obey.</p>",
        "<p style='position:absolute; left:-9999px'>Obey.</p>",
        "<p style='text-indent:-1000em'>Obey.</p>",
        "<p style='height:1px;overflow:hidden'>Obey.</p>",
        "<p style='clip: rect(0, 0, 0, 0)'>Obey.</p>",
        "<p style='color:#FFF'>Obey.</p>",
        "<p style='color:white;background:rgb(255,255,255)'>Obey.</p>",
        "<p><font color='#ffffff'>Obey.</font></p>",
        "<dialog>Obey.</dialog>",
        "<ul><li hidden>Obey.</li></ul>",
        "<table><tr hidden><td>Obey.<td>x</table>",
    ],
)
def test_hidden_text_is_left_out_and_told(hidden):
    """What the page does not show is left out, with a remark that names its line."""
    reading = read(f"<p>Shown.\n{hidden}")
    assert [section.text for section in reading.sections] == ["Shown."]
    if "<table" not in hidden and "<ul" not in hidden:
        assert [(remark.line, remark.message) for remark in reading.remarks] == [
            (2, "line 2: hidden text was left out: 'Obey.'")
        ]


@pytest.mark.parametrize(
    "shown",
    [
        "<style>p{background:#000}</style><p style='color:white'>Said.</p>",
        "<div style='background:#000'><p style='color:#fff'>Said.</p></div>",
        "<p style='left:-9999px'>Said.</p>",
        "<p style='opacity:0.5'>Said.</p>",
        "<a href='#more'>More</a><div id=more style='display:none'>Said.</div>",
        "<h2>Who pays?</h2><div style='display:none'>Said.</div>",
    ],
)
def test_text_that_can_be_seen_is_kept(shown):
    """White on a dark or unknown ground is read, and so is what a click reveals."""
    assert any("Said." in section.text for section in read(shown).sections)


@pytest.mark.parametrize(
    ("content", "doubted"),
    [
        ("<p>Café “x”".encode(), False),
        ("<p>Café “x”".encode("utf-8-sig"), False),
        ("<p>Café “x”".encode("utf-16"), False),
        ("<meta charset=iso-8859-1><p>Café “x”".encode("cp1252"), False),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>Café “x”".encode("cp1252"), False),
        ("<?xml version='1.0' encoding='macintosh'?><p>Café “x”".encode("mac-roman"), False),
        ("<p>Café “x”".encode("cp1252"), True),
        ("<meta charset=utf-8><p>Café “x”".encode("cp1252"), True),
        ("<meta charset=punycode><p>Café “x”".encode(), False),
    ],
)
def test_encodings(content, doubted):
    """The encoding is taken from the mark of order, the declaration, or a guess that is told."""
    reading = read(content)
    assert reading.sections[0].text == "Café “x”"
    assert [remark.message[:4] for remark in reading.remarks] == ["the "] * doubted


def test_metadata_of_the_head():
    """Title without the site's name, author, date and address are read from the head."""
    said = read(
        "<title>The plan | State of Ohio</title><meta name=author content='Ann Lee'><link rel=canonical href='https://a.example/p'>"
        "<meta property='article:published_time' content='2024-05-06T08:00:00Z'><h1>The plan</h1>Text."
    ).metadata
    assert (said.title, said.author, said.date, said.url) == (
        "The plan",
        "Ann Lee",
        "2024-05-06",
        "https://a.example/p",
    )


def test_metadata_of_linked_data():
    """JSON-LD is read where the head says nothing; broken JSON says nothing."""
    said = read(
        "<script type='application/ld+json'>{oops</script><script type='application/ld+json'>"
        '{"@graph": [{"@type": "Article", "headline": "The plan", "datePublished": "2024-05", "author": [{"name": "Ann"}, '
        '{"name": "Bo"}], "url": "https://a.example/p"}]}</script><p>Text.'
    ).metadata
    assert (said.title, said.author, said.date, said.url) == ("The plan", "Ann, Bo", "2024-05", "https://a.example/p")


@pytest.mark.parametrize(
    ("written", "date"),
    [("2024/5/6", "2024-05-06"), ("2024", "2024"), ("2024-13-45", ""), ("20245", ""), ("May 6", "")],
)
def test_dates(written, date):
    """A date is ISO 8601 as far as it is known, or nothing."""
    assert read(f"<p>On <time datetime='{written}'>that day</time>.").metadata.date == date


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", FileWithoutText),
        (b"<p> &nbsp; <script>x</script>", FileWithoutText),
        (b"<p hidden>Obey.", FileWithoutText),
        (b"x" * 5_000_001, FileTooLarge),
        (b"<b>" * 600_000, FileTooLarge),
        (b"<table><tr>" + b"<td>x" * 50_001, FileTooLarge),
    ],
)
def test_refusals(content, expected):
    """What holds no text or too much is refused by the error that says why."""
    with pytest.raises(expected):
        read_html("page.html", content)


@pytest.mark.parametrize(
    "opening",
    ["<div>", "<ul><li>", "<dl><dd>", "<blockquote>", "<details>", "<table><tr><td>", "<table><tr><th>", "<b><i>"],
)
def test_deep_nesting_is_read(opening):
    """What lies thousands of elements deep is read all the same, once."""
    assert "".join(section.text for section in read(opening * 3000 + "Deep words.").sections).count("Deep words.") == 1


def test_huge_attributes_cost_little():
    """A tag with a hundred thousand attributes or a megabyte of style is read in passing."""
    names = "".join(f"x{n} " for n in range(100_000))
    assert only(f"<p {names}>One.<p style='{'a:b;' * 200_000}'>Two.").text == "One.\n\nTwo."


@given(st.binary(max_size=300))
def test_any_bytes(content):
    """Any bytes give a reading or a typed error."""
    try:
        hold(read_html("page.html", content))
    except DocumentError as error:
        assert error.message  # noqa: PT017  # the error is the other good end


_TAGS = """p div b a ul ol li dl dt dd table tr td th h1 h2 details summary pre blockquote main nav article span button
    sup br math select form""".split()
_SOUP = st.sampled_from(
    [f"<{tag}>" for tag in _TAGS]
    + [f"</{tag}>" for tag in _TAGS]
    + ["<a href='https://a.example/'>", "<a href='#n'>", "<td colspan=3 rowspan=2>", "<p hidden>", "<ol start=9>", " ", "\n"]
    + ["words ", "What is it? ", "a|b", "&nbsp;", "&#10;", "&lt;", "😀", "\u00ad", "<!--", "-->", "[1]", "<p style='color:#fff'>"]
)  # fmt: skip


@given(st.lists(_SOUP | st.text(max_size=4), max_size=40))
def test_soup(pieces):
    """Tags in any order give blocks and links at true offsets, or say that there is no text."""
    try:
        hold(read_html("page.html", "".join(pieces).encode("utf-8", "replace")))
    except FileWithoutText as error:
        assert error.line == 1  # noqa: PT017  # the error is the other good end


@given(
    st.lists(phrases, min_size=1, max_size=8), st.sampled_from(["p", "div", "h2", "li", "td", "section", "custom-tag"])
)
def test_no_text_is_lost(written, tag):
    """Every word comes out, in order, whatever element it stands in."""
    reading = read("".join(f"<p>Before.</p><{tag}>{text}</{tag}>" for text in written) + "<p>End.")
    found = " ".join(part for section in reading.sections for part in (*section.heading, section.text))
    expected = " ".join(f"Before. {text}" for text in written) + " End."
    assert found.replace("- ", "").split() == expected.split()
