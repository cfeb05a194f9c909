from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_maker import make_pdf, show, show_lines

from assistant.documents.formats.pdf import read_pdf
from assistant.errors import DocumentError, FileDamaged, FileEncrypted, FileWithoutText

PROSE = [
    "A district that wants to award credit for what students have shown",
    "they can do asks the department for a waiver, which is granted for",
    "three years and may be renewed twice after a public hearing.",
]
LEFT = [
    "Districts ask for waivers in spring,",
    "and the board of the state hears each",
    "of them in public before it decides",
    "on what is asked for, or sends it back",
    "with what has to be mended in it.",
]
RIGHT = [
    "Teachers learn together on two days a",
    "month, for which the schools are paid",
    "by the hour, and what they learn there",
    "counts for the licence that they have",
    "to renew every fifth year from then.",
]


def read(*contents, **options):
    return read_pdf("plan.pdf", make_pdf(*contents, **options))


def blocks(reading):
    return [(b.kind, s.text[b.start : b.end]) for s in reading.sections for b in s.blocks]


def paths(reading):
    return [section.heading for section in reading.sections]


def test_lines_are_joined_to_paragraphs():
    """Lines broken for width become one paragraph; more space above a line begins another."""
    reading = read(show_lines(PROSE) + show("Another paragraph stands below it.", y=650))
    assert blocks(reading) == [("paragraph", " ".join(PROSE)), ("paragraph", "Another paragraph stands below it.")]


def test_columns_are_read_one_after_the_other():
    """What stands left is read to its end before what stands right; a line across both comes first."""
    reading = read(
        show("What the law says of waivers and of teachers' time, as of this year's session, in short.", y=750)
        + show_lines(LEFT, x=60)
        + show_lines(RIGHT, x=330)
    )
    assert [text for _, text in blocks(reading)][1:] == [" ".join(LEFT), " ".join(RIGHT)]


def test_a_sentence_goes_on_in_the_next_column():
    """A paragraph that goes on in the next column stays one."""
    left = [*LEFT[:-1], "with what has to be mended and when the"]
    right = ["hearing is held again for those who ask", *RIGHT[1:]]
    ((_, text),) = blocks(read(show_lines(left, x=60) + show_lines(right, x=330)))
    assert text == " ".join([*left, *right])


def test_words_broken_at_line_ends_are_joined():
    """A hyphen at a line's end goes; it stays in a compound that the file has elsewhere."""
    reading = read(show_lines(["Students show compe-", "tency in long-", "term work. The long-term plan says so."]))
    assert "show competency in long-term work" in reading.sections[0].text


def test_a_sentence_goes_on_on_the_next_page():
    """A paragraph over two pages stays one, and each part of it keeps its page."""
    reading = read(show_lines(["The waiver is granted for three years and"], y=90), show("may be renewed once."))
    (section,) = reading.sections
    assert section.text == "The waiver is granted for three years and may be renewed once."
    assert [section.page_at(section.text.index(word)) for word in ("waiver", "years and", "may", "once")] == [
        1,
        1,
        2,
        2,
    ]


def test_running_headers_and_page_numbers_are_left_out():
    """What repeats at the top or bottom of near pages, and counts of pages, is no text."""
    bodies = ["Waivers end in June.", "Hearings are public.", "Teachers are paid.", "Credit is for skills."]
    reading = read(
        *(
            show("Department of Learning  2026", y=770)
            + show(body)
            + show(f"Plan 2026, page {number} of 4", y=30)
            + show(f"{number + 10}", x=300, y=18)
            for number, body in enumerate(bodies, 1)
        )
    )
    assert [text for _, text in blocks(reading)] == bodies


def test_a_page_that_is_there_twice_is_no_running_header():
    """Two pages with the same words keep their words."""
    assert [
        text for _, text in blocks(read(show("To whom it concerns.", y=760), show("To whom it concerns.", y=760)))
    ] == [
        "To whom it concerns.",
        "To whom it concerns.",
    ]


def test_larger_lines_are_headings():
    """Headings are told by their size, the larger the higher."""
    reading = read(
        show("The plan", size=20)
        + show("Waivers", y=680, size=15)
        + show_lines(PROSE, y=650)
        + show("Teachers", y=580, size=15)
        + show_lines(PROSE, y=550)
    )
    assert paths(reading) == [("The plan", "Waivers"), ("The plan", "Teachers")]


def test_bold_lines_are_headings():
    """Headings of the size of the text are told by their weight; a bold sentence is none."""
    reading = read(
        show("Waivers", bold=True)
        + show_lines(PROSE, y=700)
        + show("Teachers must apply by June.", y=620, bold=True)
        + show_lines(PROSE, y=590)
    )
    assert paths(reading) == [("Waivers",)]


def test_the_outline_names_headings():
    """A line that the file's outline names on that page is a heading, whatever it looks like."""
    reading = read(show("Waivers") + show_lines(PROSE, y=690), outline=[("Waivers", 1)])
    assert paths(reading) == [("Waivers",)]


@pytest.mark.parametrize("mark", ["Q: ", "Question 2: ", "3. ", "4. Q: "])
def test_questions_become_entries(mark):
    """A question by itself after a mark is the heading of an entry, and the mark of its answer is left out."""
    reading = read(
        show(f"{mark}Who may ask for a waiver?") + show("A: Any district of the state.", y=690) + show("More.", y=650)
    )
    assert [(s.heading, s.questions) for s in reading.sections] == [
        (("Who may ask for a waiver?",), ("Who may ask for a waiver?",))
    ]
    assert reading.sections[0].text == "Any district of the state.\n\nMore."


def test_lists_keep_one_item_a_line():
    """Bullets and numbers make lists; what goes on below a bullet belongs to it, what stands further right is nested."""
    reading = read(
        show("•")
        + show("Waivers are granted for three years and", x=90)
        + show("renewed once.", x=90, y=706)
        + show("•", y=690)
        + show("Hearings are public.", x=90, y=690)
        + show("•", x=90, y=676)
        + show("Minutes are kept.", x=108, y=676)
    )
    assert blocks(reading) == [
        (
            "list",
            "- Waivers are granted for three years and renewed once.\n- Hearings are public.\n  - Minutes are kept.",
        )
    ]


def test_tables_become_rows():
    """Cells below each other make rows with a bar between the cells, blank ones kept."""
    rows = [("State", "Law", "Year"), ("Ohio", "SB 1", "2019"), ("Utah", "", "2021"), ("Maine", "LD 9", "2022")]
    reading = read(
        "".join(
            show(cell, x=72 + 150 * column, y=700 - 16 * row) if cell else ""
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
        )
    )
    assert blocks(reading) == [("table", "State | Law | Year\nOhio | SB 1 | 2019\nUtah |  | 2021\nMaine | LD 9 | 2022")]


def test_text_of_forms_is_read():
    """Text that a page shows through a form is text of the page, where the form puts it."""
    assert blocks(read(show("Above.", y=500) + "/Inner Do\n" + show("Below.", y=300)))[1] == (
        "paragraph",
        "Shown by a form.",
    )


@pytest.mark.parametrize(
    ("way", "hidden"),
    [
        ("of the colour", "1 1 1 rg " + show("ignore the law")),
        ("too small", show("ignore the law", size=0.5)),
        ("off the page", show("ignore the law", x=700)),
        ("without ink", show("ignore the law", before="3 Tr")),
        ("transparent", "/Clear gs " + show("ignore the law")),
    ],
)
def test_hidden_text_is_left_out_and_told(way, hidden):
    """Text that no reader of the page sees is not read, and the editor is told of it."""
    reading = read(show("Waivers end in June.", y=500), show("Hearings.", y=500) + f"q {hidden} Q")
    assert "ignore" not in "".join(section.text for section in reading.sections)
    (remark,) = [remark for remark in reading.remarks if "hidden" in remark.message]
    assert remark.line == 2
    assert way in remark.message
    assert "ignore the law" in remark.message


def test_text_outside_the_cropped_page_is_hidden():
    """What lies in the part of a page that is cut off is hidden."""
    reading = read(show("Seen.", y=400) + show("Cut off.", y=780), crop=(0, 0, 612, 770))
    assert [text for _, text in blocks(reading)] == ["Seen."]


def test_white_text_on_a_dark_ground_is_seen():
    """White text on a filled area of another colour is read."""
    reading = read(f"0 0 .5 rg 60 700 400 40 re f 1 g {show('Waivers end in June.')}")
    assert blocks(reading) == [("paragraph", "Waivers end in June.")]


def test_the_text_layer_of_a_scan_is_read():
    """Text without ink on a picture is what text recognition found in it."""
    reading = read(
        f"q 612 0 0 792 0 0 cm /Im Do Q {show('Read off the picture by a machine, word by word.', before='3 Tr')}"
    )
    assert reading.sections[0].text == "Read off the picture by a machine, word by word."


def test_pages_without_text_are_named():
    """In a file that was scanned in part, the pages that are pictures are named."""
    picture = "q 612 0 0 792 0 0 cm /Im Do Q"
    reading = read(picture, show("Waivers end in June."), picture, picture)
    assert next((r.line, r.message) for r in reading.remarks) == (
        1,
        "no text on pages 1, 3-4: only pictures, which are not read; run text recognition (OCR) first",
    )


@pytest.mark.parametrize("content", ["", "q 612 0 0 792 0 0 cm /Im Do Q"])
def test_a_file_without_text_is_refused(content):
    """A blank file, or one of pictures, is refused with what to do."""
    with pytest.raises(FileWithoutText, match="text recognition"):
        read(content)


def test_a_file_of_hidden_text_is_refused():
    """A file whose only text can't be seen is refused, and the refusal says how it is hidden."""
    with pytest.raises(FileWithoutText, match=r"without ink.*ignore the law"):
        read(show("ignore the law", before="3 Tr"))


def test_an_empty_file_is_refused():
    """A file of no bytes is refused as empty."""
    with pytest.raises(FileWithoutText, match="empty"):
        read_pdf("plan.pdf", b"")


def test_a_file_that_needs_a_password_is_refused():
    """A file that can't be read without a password is refused as encrypted."""
    with pytest.raises(FileEncrypted, match="password"):
        read(show("Secret."), user_password="word")


def test_a_file_with_an_owner_password_is_read():
    """A file that anyone may read, though not change, is read."""
    assert blocks(read(show("Open to all."), user_password="", owner_password="word")) == [
        ("paragraph", "Open to all.")
    ]


def test_a_file_cut_short_is_refused():
    """A file whose end is missing is damaged, not read in part."""
    whole = make_pdf(show("Waivers end in June."))
    with pytest.raises(FileDamaged, match="end is missing"):
        read_pdf("plan.pdf", whole[: len(whole) // 2])


def test_a_later_version_cut_short_is_refused():
    """A file that was changed in place and cut short after that is damaged: its first version is not the one to quote."""
    with pytest.raises(FileDamaged, match="end is missing"):
        read_pdf("plan.pdf", make_pdf(show("Waivers end in June.")) + b"9 0 obj << >> stream\n" + b" " * 3000)


def test_metadata_is_read():
    """Title, author, day and address are read; a title that only names a file is none."""
    info = {"/Title": "Microsoft Word - The plan", "/Author": "The board", "/CreationDate": "D:20260131120000Z"}
    said = read(show("Text."), info=info, base="https://a.example/plan").metadata
    assert (said.title, said.author, said.date, said.url) == (
        "The plan", "The board", "2026-01-31", "https://a.example/plan",
    )  # fmt: skip
    assert read(show("Text."), info={"/Title": "plan_final.docx"}).metadata.title == ""


def test_pages_are_counted():
    """A reading knows how many pages the file has, and a block the page it stands on."""
    reading = read(show("One."), show("Two."), show("Three."))
    assert reading.pages == 3
    assert [(start.start, start.page) for start in reading.sections[0].pages] == [(0, 1), (6, 2), (12, 3)]


@given(st.binary(max_size=60), st.integers(0, 10_000), st.booleans())
def test_any_bytes_give_a_reading_or_a_typed_error(noise, at, keep):
    """Noise put into a file gives a reading or an error that says what is wrong, never a crash."""
    whole = make_pdf(show_lines(PROSE), show("More."))
    at %= len(whole)
    broken = whole[:at] + noise + whole[at + (0 if keep else len(noise)) :]
    with contextlib.suppress(DocumentError):
        sections = read_pdf("plan.pdf", broken).sections
        assert all(section.text[b.start : b.end].strip() for section in sections for b in section.blocks)
