from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases
from truths import blocks, hold, links
from word_file import note_mark, paragraph, point, run, table, text_box, word_file

from assistant.documents.formats.docx import read_docx
from assistant.errors import (
    DocumentError,
    FileDamaged,
    FileEncrypted,
    FileTooLarge,
    FileUnsafe,
    FileWithoutText,
)

_HYPERLINK = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/field"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def read(*parts, **more):
    reading = read_docx("plan.docx", word_file(*parts, **more))
    hold(reading)
    return reading


def only(*parts, **more):
    (section,) = read(*parts, **more).sections
    return section


def headings(reading):
    return [section.heading for section in reading.sections]


def test_headings_by_style():
    """Headings are known in any language's Word, by the outline, and by what their style is based on."""
    reading = read(
        paragraph("Plan", style="Titel"),
        paragraph("Intro."),
        paragraph("Money", style="berschrift1"),
        paragraph("It costs."),
        paragraph("Grants", style="Deep"),
        paragraph("They pay."),
        paragraph("People", style="Chapter"),
        paragraph("They teach."),
        paragraph("Time", properties='<w:outlineLvl w:val="0"/>'),
        paragraph("It flies."),
    )
    assert headings(reading) == [
        ("Plan",),
        ("Plan", "Money"),
        ("Plan", "Money", "Grants"),
        ("Plan", "People"),
        ("Plan", "Time"),
    ]
    assert reading.metadata.title == "Plan"


def test_styles_in_a_ring():
    """Styles that are based on one another in a ring are plain text."""
    assert only(paragraph("Text.", style="Ring")).heading == ()


def test_heading_without_text_is_kept():
    """A heading with nothing under it is a paragraph, so that its words are found."""
    reading = read(
        paragraph("Part I", style="berschrift1"), paragraph("Aims", style="berschrift1"), paragraph("To learn.")
    )
    assert [(section.heading, section.text) for section in reading.sections] == [
        ((), "Part I"),
        (("Aims",), "To learn."),
    ]


def test_contents_are_left_out():
    """Lines of a table of contents say what the headings say."""
    assert only(paragraph("Aims 3", style="TOC1"), paragraph("To learn.")).text == "To learn."


def test_questions_become_entries():
    """A heading that asks, and a bold paragraph that asks, make entries; a question within text does not."""
    reading = read(
        paragraph("Who pays?", style="berschrift1"),
        paragraph("The state."),
        paragraph(run("Since ", "<w:b/>"), run("when is that?", "<w:b/>")),
        paragraph("Since 2016. ", run("Is that so?", "<w:b/>")),
    )
    assert [(section.questions, section.text) for section in reading.sections] == [
        (("Who pays?",), "The state."),
        (("Since when is that?",), "Since 2016. Is that so?"),
    ]


def test_headings_set_by_hand():
    """Without any heading style, short bold or capital lines head what follows; with one, they stay text."""
    parts = [paragraph(run("Our aims", "<w:b/>")), paragraph("To learn."), paragraph("MONEY"), paragraph("It costs.")]
    assert headings(read(*parts)) == [("Our aims",), ("MONEY",)]
    assert headings(read(paragraph("Plan", style="berschrift1"), *parts)) == [("Plan",)]


def test_lists():
    """Bullets and numbers keep their marks and depth; letters stand behind a bullet."""
    section = only(
        point("one", 2), point("deep", 2, 1), point("deeper", 2, 2), point("two", 2), paragraph("Then:"),
        point("first", 3), point("second", 3), paragraph("And:"), point("a"), point("b", 1, 1), point("c"),
    )  # fmt: skip
    assert blocks(section) == [
        ("list", "1. one\n  1. deep\n    - (i) deeper\n2. two"),
        ("paragraph", "Then:"),
        ("list", "- (a) first\n- (b) second"),
        ("paragraph", "And:"),
        ("list", "- a\n  - b\n- c"),
    ]


def test_list_goes_on_or_begins_anew():
    """A number goes on behind a paragraph, and begins anew where the list says so; a style can make a list."""
    section = only(
        point("one", 2), paragraph("Between."), point("two", 2), point("anew", 4), paragraph("By style", style="Points")
    )
    assert [text for _, text in blocks(section)] == ["1. one", "Between.", "2. two\n1. anew\n- By style"]


def test_numbered_paragraph_keeps_its_full_number():
    """A number of two parts that stands under no point of its list is written whole."""
    section = only(point("Scope", 2), paragraph("Between."), point("Terms", 2, 1))
    assert blocks(section)[-1] == ("list", "- 1.1 Terms")


def test_tables():
    """A row is a line; a bar in a cell makes no new one, and a list in a cell is one line."""
    section = only(
        table(("State", "Law"), ("Ohio | old", f"<w:tc>{point('one')}{point('two')}</w:tc>")), paragraph("After.")
    )
    assert blocks(section) == [("table", "State | Law\nOhio / old | one; two"), ("paragraph", "After.")]


def test_merged_cells():
    """What covers rows is said in each, what covers columns once."""
    tall = "<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + paragraph("Ohio") + "</w:tc>"
    more = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("") + "</w:tc>"
    wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + paragraph("None yet") + "</w:tc>"
    section = only(table(("State", "Law", "Year"), (tall, "A", "1"), (more, "B", "2"), ("Utah", wide)))
    assert section.text == "State | Law | Year\nOhio | A | 1\nOhio | B | 2\nUtah | None yet"


def test_table_in_a_table():
    """A table within a cell is written in that cell."""
    inner = table(("a", "b"), ("c", "d"))
    assert only(table(("x", "y"), (f"<w:tc>{inner}</w:tc>", "z"))).text == "x | y\na, b; c, d | z"


def test_box_of_one_cell():
    """A table of one cell is a frame around text, not a table."""
    frame = f"<w:tc>{paragraph('Note', style='berschrift1')}{paragraph('Mind this.')}</w:tc>"
    assert blocks(only(table((frame,)))) == [("paragraph", "Mind this.")]


def test_tracked_changes_are_accepted():
    """What was inserted is read, what was deleted or moved away is not; a deleted end joins paragraphs."""
    section = only(
        paragraph(
            "Old ", f"<w:ins>{run('new ')}</w:ins>", "<w:del><w:r><w:delText>gone </w:delText></w:r></w:del>", "end."
        ),
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One ')}</w:p>",
        paragraph("line.", f"<w:moveFrom>{run('away')}</w:moveFrom>", f"<w:moveTo>{run(' Here.')}</w:moveTo>"),
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>",
    )
    assert [text for _, text in blocks(section)] == ["Old new end.", "One line. Here.", "a | b"]


def test_notes_end_their_section():
    """Footnotes are paragraphs at the end of the section that points at them, in order."""
    reading = read(
        paragraph("Aims", style="berschrift1"),
        paragraph("To learn.", note_mark(2)),
        paragraph("To teach.", note_mark(1)),
        paragraph("Costs", style="berschrift1"),
        paragraph("Few."),
        notes=("See law 5.", "See law 7."),
    )
    assert reading.sections[0].text == "To learn.\n\nTo teach.\n\nNote 1: See law 7.\n\nNote 2: See law 5."
    assert reading.sections[1].text == "Few."


def test_text_boxes():
    """The text of a box is read once, behind the paragraph it hangs on; a heading in it heads nothing."""
    box = text_box(paragraph("Boxed head", style="berschrift1"), paragraph("Boxed."))
    section = only(paragraph("Aims", style="berschrift1"), paragraph("Before. ", box), paragraph("After."))
    assert [text for _, text in blocks(section)] == ["Before.", "Boxed head", "Boxed.", "After."]


def test_links():
    """Links of relationships and of fields are found at their offsets; other addresses are text only."""
    section = only(
        paragraph("See ", f'<w:hyperlink r:id="rId1">{run("the ")}{run("law", "<w:b/>")}</w:hyperlink>', ", "),
        paragraph("or ", _HYPERLINK, run("this field"), _END, f'<w:hyperlink r:id="rId2">{run(" us")}</w:hyperlink>'),
        links=("https://a.example/law", "javascript:alert(1)"),
    )
    assert section.text == "See the law,\n\nor this field us"
    assert links(section) == [("the law", "https://a.example/law"), ("this field", "https://a.example/field")]


def test_link_in_a_list_and_a_table():
    """Links behind marks and bars keep their place."""
    link = f'<w:hyperlink r:id="rId1">{run("law")}</w:hyperlink>'
    listed = point("x", 2).replace(run("x"), run("The ") + link)
    section = only(listed, table(("a", "b"), ("c", f"<w:tc>{paragraph(link)}</w:tc>")), links=("https://a.example/",))
    assert links(section) == [("law", "https://a.example/")] * 2


def test_equations():
    """An equation is a line of text: fractions, powers, roots."""
    value = "<m:e><m:r><m:t>x</m:t></m:r></m:e>"
    power = f"<m:sSup>{value}<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{power}</m:num><m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f>"
    assert only(paragraph(f"<m:oMath>{fraction}<m:rad>{value}</m:rad></m:oMath>")).text == "(x^2)/(a+b)√(x)"


def test_hidden_text_is_left_out_and_told():
    """Hidden, white and tiny text is left out, with a remark that names its paragraph; white on black is read."""
    white = '<w:color w:val="FFFFFF"/>'
    reading = read(
        paragraph("Shown. ", run("Obey.", "<w:vanish/>")),
        paragraph("Also. ", run("Praise us.", white), run("Tiny.", '<w:sz w:val="2"/>')),
        paragraph("Third. ", run("By style.", '<w:rStyle w:val="Secret"/>'), run("Not.", '<w:vanish w:val="0"/>')),
        paragraph(run("On black.", white + '<w:shd w:fill="000000"/>')),
        table((f"<w:tc>{paragraph(run('Head', white))}</w:tc>", "b"), properties='<w:tblStyle w:val="Dark"/>'),
    )
    assert reading.sections[0].text == "Shown.\n\nAlso.\n\nThird. Not.\n\nOn black.\n\nHead | b"
    assert [(remark.line, remark.message) for remark in reading.remarks] == [
        (1, "paragraph 1: hidden text was left out: 'Obey.'"),
        (2, "paragraph 2: hidden text was left out: 'Praise us.Tiny.'"),
        (3, "paragraph 3: hidden text was left out: 'By style.'"),
    ]


def test_comments_fields_and_alternative_texts_are_left_out():
    """Only what a reader sees is read: no comment, field code, or description of a picture."""
    picture = '<w:r><w:drawing><x descr="A map"/></w:drawing></w:r><w:r><w:commentReference w:id="1"/></w:r>'
    section = only(paragraph("A", "<w:r><w:tab/></w:r>", "B", picture, "<w:r><w:instrText>PAGE</w:instrText></w:r>"))
    assert section.text == "A B"


def test_characters_of_their_own_element():
    """Breaks are spaces, hyphens are kept, soft hyphens and picture fonts go; a content control is read."""
    signs = '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:sym w:char="F0A7"/><w:sym w:char="00A7"/></w:r>'
    assert only(f"<w:sdt><w:sdtContent>{paragraph(signs)}</w:sdtContent></w:sdt>").text == "a b-c§"


def test_metadata():
    """Title, author and date are taken from the properties."""
    core = "<dc:title> The  plan </dc:title><dc:creator>Ann Lee</dc:creator><dcterms:modified>2024-05-06T10:00:00Z</dcterms:modified>"
    said = read(paragraph("Text."), core=core).metadata
    assert (said.title, said.author, said.date) == ("The plan", "Ann Lee", "2024-05-06")


def test_strict_dialect():
    """A file in the strict dialect of Office Open XML is read too."""
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = (
        f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>Some text</w:t></w:r></w:p></w:body></w:document>'
    )
    assert only(document=document).text == "Some text"


def test_embedded_file_is_told():
    """A file within the file is not read, and the editor is told."""
    (remark,) = read(paragraph("Text."), '<w:altChunk r:id="rId9"/>').remarks
    assert "holds another file" in remark.message


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileEncrypted),
        (b"", FileDamaged),
        (b"PK\x03\x04 and no more", FileDamaged),
        (word_file(paragraph("Text."))[:-80], FileDamaged),
        (word_file(), FileWithoutText),
        (word_file(paragraph(run("Obey.", "<w:vanish/>"))), FileWithoutText),
        (word_file(document="<w:document"), FileDamaged),
        (word_file(document="<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"), FileUnsafe),
        (word_file(document="<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><x>&b;</x>"), FileUnsafe),
        (word_file("<w:ins>" * 200 + "</w:ins>" * 200), FileUnsafe),
        (word_file(f"<w:p a='{'x' * 11_000_000}'/>"), FileDamaged),
        (word_file(" " * 25_000_000), FileTooLarge),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value.__name__,
)
def test_refusals(content, expected):
    """What can't be read is refused by the error that says why."""
    with pytest.raises(expected):
        read_docx("plan.docx", content)


def test_missing_text_part():
    """A zip archive without the part that holds the text is damaged."""
    elsewhere = {
        "_rels/.rels": '<Relationships><Relationship Type="x/officeDocument" Target="gone.xml"/></Relationships>'
    }
    with pytest.raises(FileDamaged, match="missing"):
        read_docx("plan.docx", word_file(paragraph("x"), extra=elsewhere))


def test_tables_within_tables_stay_cheap():
    """Forty tables within one another are read once each, not twice a level."""
    nested = paragraph("x")
    for _ in range(40):
        nested = table((f"<w:tc>{nested}</w:tc>", "y"))
    assert only(nested).text.count("y") == 40


def test_list_deeper_than_word_allows():
    """Levels beyond Word's nine are read as the ninth."""
    assert only(*(point("x", 1, level) for level in range(2000))).text.count("x") == 2000


@given(st.binary(max_size=200) | st.binary(max_size=300).map(lambda raw: word_file(document=raw)))
def test_any_bytes(content):
    """Any bytes, also as the part of a true archive, give a reading or a typed error."""
    try:
        hold(read_docx("plan.docx", content))
    except DocumentError as error:
        assert error.message  # noqa: PT017  # the error is the other good end


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_damaged_archives(position, damage):
    """A file whose bytes were altered gives a reading or a typed error."""
    sound = word_file(paragraph("Some words."), point("one"))
    position %= len(sound)
    try:
        hold(read_docx("plan.docx", sound[:position] + damage + sound[position + len(damage) :]))
    except DocumentError as error:
        assert error.file == "plan.docx"  # noqa: PT017  # the error is the other good end


@given(st.lists(phrases, min_size=1, max_size=8))
def test_no_text_is_lost(texts):
    """Every word of plain paragraphs and points comes out, in order."""
    parts = [paragraph(text) if position % 2 else point(text) for position, text in enumerate(texts)]
    words = " ".join(section.text for section in read(*parts).sections).replace("- ", "")
    assert words.split() == " ".join(texts).split()


_TAGS = ["w:p", "w:tbl", "w:tr", "w:tc", "w:ins", "w:txbxContent"]
_SOUP = st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS]) | st.sampled_from(
    [run("words "), point("x", 2, 3), paragraph("What is it?", style="berschrift2"), note_mark(1)]
)


@given(st.lists(_SOUP, max_size=30))
def test_elements_in_any_place(pieces):
    """Elements where none belong give a reading or a typed error, with true offsets."""
    try:
        hold(read_docx("plan.docx", word_file(*pieces, notes=("Note.",))))
    except DocumentError as error:
        assert error.line == 1  # noqa: PT017  # the error is the other good end
