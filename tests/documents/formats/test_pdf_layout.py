from __future__ import annotations

import pytest
from pdf_maker import make_pdf, show, show_lines

from assistant.documents.formats.pdf import read_pdf
from assistant.errors import FileTooLarge

PROSE = [
    "A district that wants to award credit for what students have shown",
    "they can do asks the department for a waiver, which is granted for",
    "three years and may be renewed twice after a public hearing.",
]


def read(*contents, **options):
    return read_pdf("plan.pdf", make_pdf(*contents, **options))


def blocks(reading):
    return [(b.kind, s.text[b.start : b.end]) for s in reading.sections for b in s.blocks]


def texts(reading):
    return [text for _, text in blocks(reading)]


@pytest.mark.parametrize(
    "operators",
    [
        "BT /F 11 Tf 72 700 Td (Waivers) Tj 14 TL T* (end in June.) Tj ET",
        "BT /F 11 Tf 72 700 Td (Waivers) Tj 0 -14 TD (end in June.) Tj ET",
        "BT /F 11 Tf 14 TL 72 714 Td (Waivers) ' (end in June.) ' ET",
        'BT /F 11 Tf 14 TL 72 714 Td 0 0 (Waivers) " 0 0 (end in June.) " ET',
        "BT /F 11 Tf 1 0 0 1 72 700 Tm [(W) 80 (aivers) -300 (end in June.)] TJ ET",
        "q .5 0 0 .5 36 0 cm BT /F 22 Tf 72 700 Td (Waivers ) Tj (end in June.) Tj ET Q",
        "BT /F 1 Tf 11 0 0 11 72 700 Tm 3 Tc [(W) 3000 (a) 3000 (ivers) 0] TJ ET BT /F 11 Tf 72 686 Td (end in June.) Tj ET",
        "BT /F 11 Tf 72 700 Td 20 Tw (Waivers end) Tj 0 Tw ( in June.) Tj ET",
    ],
)
def test_all_ways_to_set_text_are_followed(operators):
    """Whatever operators place the words, the same words come out in the same order."""
    assert texts(read(operators)) in (["Waivers end in June."], ["Waivers\nend in June."])


def test_state_is_kept_and_brought_back():
    """What is set between q and Q does not last: text after white text is seen."""
    reading = read("q 1 1 1 rg " + show("Not seen.") + " Q " + show("Waivers end in June.", y=600))
    assert texts(reading) == ["Waivers end in June."]


def test_text_set_upwards_stands_after_the_text():
    """A stamp at the margin, set upwards, is no heading and parts no sentence."""
    stamp = "BT /F 20 Tf 0 1 -1 0 30 200 Tm (Draft of May) Tj ET "
    reading = read(stamp + show("The waiver is granted for three years and", y=90), show("may be renewed once."))
    assert texts(reading) == ["The waiver is granted for three years and may be renewed once.", "Draft of May"]


def test_numbers_of_notes_are_raised():
    """The number of a note is written as one, so that it is no part of a word or sum, and its note is one paragraph."""
    reading = read(
        show("Waivers are granted")
        + show("1", x=72 + 95.4, y=724, size=7)
        + show("1", y=103, size=6)
        + show("See the law.", x=78, y=100, size=8)
    )
    assert texts(reading) == ["Waivers are granted¹", "¹ See the law."]


def test_ruled_cells_hold_several_lines():
    """Lines between two ruled lines are one row, though the cells have different numbers of lines."""
    rules = "".join(f"72 {y} m 400 {y} l S\n" for y in (715, 698, 668, 638)) + "200 638 m 200 715 l S\n"
    reading = read(
        rules
        + show("State", x=76, y=703) + show("What the law says", x=206, y=703)
        + show("Ohio", x=76, y=686) + show("Waivers for three years,", x=206, y=686)
        + show("renewed once", x=206, y=673)
        + show("Utah", x=76, y=656) + show("Waivers for as long as", x=206, y=656)
        + show("they work", x=206, y=643)
    )  # fmt: skip
    assert blocks(reading) == [
        (
            "table",
            "State | What the law says\nOhio | Waivers for three years, renewed once\nUtah | Waivers for as long as they work",
        )
    ]


def test_cells_of_prose_between_rules_are_rows():
    """Two columns of prose with lines drawn across both are a table, not columns."""
    rules = "".join(f"72 {y} m 520 {y} l S\n" for y in (716, 670, 624, 578))
    reading = read(
        rules
        + "".join(
            show(words if line == 0 else words.lower(), x=x, y=704 - 46 * row - 13 * line)
            for row in (0, 1, 2)
            for x, words in ((76, "The district says in this line"), (310, "The state says in another line"))
            for line in (0, 1, 2)
        )
    )
    assert [(kind, text.count("\n")) for kind, text in blocks(reading)] == [("table", 2)]


def test_word_spacing_makes_cells():
    """Space added to the blanks between words moves what follows, so that it stands below its column's head."""
    reading = read("BT /F 11 Tf 72 700 Td 200 Tw (State Law) Tj ET " + show("Ohio", y=686) + show("SB", x=304, y=686))
    assert blocks(reading) == [("table", "State | Law\nOhio | SB")]


def test_the_number_of_a_heading_belongs_to_it():
    """A bold number and bold words a tab away are one heading."""
    reading = read(show("2.1", bold=True) + show("Waivers", x=108, bold=True) + show_lines(PROSE, y=700))
    assert reading.sections[0].heading == ("2.1 Waivers",)


def test_tables_of_contents_keep_one_line_an_entry():
    """The lines of a table of contents make a list, not a paragraph."""
    reading = read(
        show("Waivers ................................ 3")
        + show("Teachers ............................... 12", y=706)
        + show("Credit ................................. 20", y=692)
    )
    assert blocks(reading) == [("list", "- Waivers … 3\n- Teachers … 12\n- Credit … 20")]


def test_short_lines_stay_lines():
    """A letter's date and address stay on lines of their own."""
    ((_, text),) = blocks(read(show_lines(["May 5", "To whom it may concern in the department of learning:"])))
    assert text == "May 5\nTo whom it may concern in the department of learning:"


def test_a_title_page_loses_no_line():
    """Large lines with nothing below them are text, and the highest heading of the first page is the title."""
    reading = read(
        show("Department of Learning", size=18)
        + show("The plan for waivers", y=680, size=24)
        + show_lines(PROSE, y=640)
    )
    assert texts(reading)[0] == "Department of Learning"
    assert reading.sections[-1].heading == ("The plan for waivers",)
    assert reading.metadata.title == "The plan for waivers"


def test_questions_below_each_other_are_a_list():
    """A list of questions without answers is a list."""
    reading = read(show_lines(["1. Who may ask for it?", "2. When does it end?", "3. Who hears of it?"]))
    assert blocks(reading) == [("list", "1. Who may ask for it?\n2. When does it end?\n3. Who hears of it?")]


def test_a_line_that_recognition_read_two_ways_is_a_running_header():
    """A header that differs by a letter from one page to the next is left out all the same."""
    reading = read(
        show("THE PLAN FOR WAIVERS. 49", y=770) + show("They end in June."),
        show("50 THE PLAN FOB WAIVERS.", y=770) + show("Hearings are public."),
    )
    assert "PLAN" not in "".join(texts(reading))


def test_tagged_headers_are_left_out():
    """What a file marks as a running header is none of its text, on a single page too."""
    reading = read(
        f"/Artifact <</Type /Pagination /Subtype /Header>> BDC {show('Plan 2026', y=760)} EMC {show('Text.')}"
    )
    assert texts(reading) == ["Text."]


def test_a_file_of_nothing_but_repeated_lines_keeps_them():
    """Where all lines of a file repeat from page to page, they are its text."""
    assert texts(read(show("Plan 1", y=760), show("Plan 2", y=760))) == ["Plan 1", "Plan 2"]


def test_a_drawing_of_many_lines_rules_no_table():
    """On a page with as many lines as a map has, they part no cells, and the page is read in a moment."""
    drawing = "".join(f"{x} {y} m {x} {y + 40} l S\n" for x in range(0, 600, 4) for y in range(0, 790, 100))
    words = "".join(
        f"BT /F 11 Tf 72 {720 - 14 * i} Td {' '.join(f'({word} ) Tj' for word in line.split())} ET\n"
        for i, line in enumerate(PROSE)
    )
    assert texts(read(drawing + words)) == [" ".join(PROSE)]


def test_a_page_with_too_much_text_is_refused():
    """A page of more characters than a page can have is refused, with its number."""
    with pytest.raises(FileTooLarge, match="page 2 is too full") as refused:
        read(show("Text."), show("x" * 210_000))
    assert refused.value.line == 2
