from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import phrases

from assistant.documents.checked_reading import check_reading
from assistant.documents.document import Source
from assistant.documents.formats.csv_table import read_csv
from assistant.documents.reading import Reading
from assistant.errors import DocumentError, FileDamaged, FileTooLarge, FileWithoutText


def read(text, encoding="utf-8"):
    return read_csv("faq.csv", text.encode(encoding))


def outcome(content):
    try:
        return read_csv("faq.csv", content)
    except DocumentError as error:
        return error


def entries(reading):
    return [(section.questions, section.text) for section in reading.sections]


def messages(reading):
    return [(remark.line, remark.message) for remark in reading.remarks]


def test_row_is_an_entry():
    """Each row with a question and an answer is an entry, its other wordings and its source with it."""
    (section,) = read(
        "Question,Answer,Other wordings,Source,URL,Date\n"
        "Who pays?,The state.,payer; who funds it|costs,Utah Board,https://a.example/,2024-03\n"
    ).sections
    assert section.heading == ("Who pays?",)
    assert section.questions == ("Who pays?", "payer", "who funds it", "costs")
    assert section.text == "The state."
    assert section.source == Source(publisher="Utah Board", url="https://a.example/", published="2024-03")


@pytest.mark.parametrize(
    "header",
    ["Q,A", "question , ANSWER", "FAQ Question:,Answer (short)", "Pregunta,Respuesta", "Question(s),Answer(s)"],
)
def test_names_of_columns(header):
    """Columns are found by what an editor would name them, case, spaces and brackets apart."""
    assert entries(read(f"{header}\nWho pays?,The state.\n")) == [(("Who pays?",), "The state.")]


def test_order_and_other_columns():
    """Columns stand in any order, and a column that is not read is told."""
    reading = read("Status,Answer,Category,Question\ndone,The state.,Money,Who pays?\n")
    assert entries(reading) == [(("Who pays?",), "The state.")]
    assert messages(reading) == [(1, "columns that are not read: Status, Category")]


def test_wordings_in_several_columns():
    """Other wordings may stand in columns of their own, a second question among them, and in lines of a cell."""
    reading = read('Question 1,Answer,Question 2,Also asked 1\nWho pays?,Utah.,payer,"- costs\n- funds"\n')
    assert entries(reading) == [(("Who pays?", "payer", "costs", "funds"), "Utah.")]


def test_question_without_question_mark():
    """A question that is written without its mark is asked all the same."""
    assert entries(read("Q,A\nWho pays,The state.\n")) == [(("Who pays",), "The state.")]


def test_answer_of_paragraphs_and_lists():
    """Line breaks of a cell make paragraphs, bullets make lists; a line that goes on in small letters is no new one."""
    (section,) = read(
        'Question,Answer\nHow?,"First apply\nfor a waiver.\nThen choose:\n- a test\n- a pilot\nThen wait."\n'
    ).sections
    assert [(block.kind, section.text[block.start : block.end]) for block in section.blocks] == [
        ("paragraph", "First apply for a waiver."),
        ("paragraph", "Then choose:"),
        ("list", "- a test\n- a pilot"),
        ("paragraph", "Then wait."),
    ]


def test_rows_that_can_not_be_read():
    """A row without question or answer is left out, a blank one silently, and each is named by its row."""
    reading = read("Question,Answer\nWho pays?,\n,The state.\n,\nWhen?,Now.\n")
    assert entries(reading) == [(("When?",), "Now.")]
    assert messages(reading) == [
        (2, "row 2 has no answer and was left out"),
        (3, "row 3 has no question and was left out"),
    ]


def test_bad_date_and_address():
    """A date or an address that can't be used is left out and told; the row stays."""
    reading = read("Question,Answer,Date,URL\nWho pays?,The state.,3/4/2024,www.a.example\nWhen?,Now.,2024-02-30,\n")
    assert [section.source for section in reading.sections] == [None, None]
    assert messages(reading) == [
        (2, "row 2: the address must begin with https:// or http://, found 'www.a.example'; it was left out"),
        (2, "row 2: the date must be like 2026-03-31, 2026-03 or 2026, found '3/4/2024'; it was left out"),
        (3, "row 3: the date must be like 2026-03-31, 2026-03 or 2026, found '2024-02-30'; it was left out"),
    ]


def test_source_that_is_an_address():
    """An address in the column of the source is the address of the source."""
    (section,) = read("Question,Answer,Source\nWho pays?,The state.,https://a.example/\n").sections
    assert section.source == Source(url="https://a.example/")


def test_question_asked_twice():
    """Both rows of a question that stands twice are read, and the second is named with the first."""
    reading = read("Question,Answer\nWho pays?,The state.\nWhen?,Now.\nwho PAYS,Districts.\n")
    assert len(reading.sections) == 3
    assert messages(reading) == [(4, "row 4 asks what row 2 asks; make one row of both")]


def test_many_remarks_are_cut_off():
    """Of very many remarks the first hundred are given, and the number of the others."""
    reading = read("Question,Answer\nWhen?,Now.\n" + "Who pays?,\n" * 250)
    assert len(reading.remarks) == 101
    assert reading.remarks[-1].message == "and 150 more remarks like these"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    """UTF-8 with and without its mark, and UTF-16 with one, are read as they are."""
    reading = read("Question,Answer\n¿Quién paga?,El Estado – sí.\n", encoding)
    assert entries(reading) == [(("¿Quién paga?",), "El Estado – sí.")]
    assert reading.remarks == ()


def test_windows_1252():
    """What is not UTF-8 is read as Windows-1252, and the editor is told."""
    reading = read("Question;Answer\nWho pays?;The state’s café – yes.\n", "cp1252")
    assert entries(reading) == [(("Who pays?",), "The state’s café – yes.")]
    assert "Windows-1252" in reading.remarks[0].message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, end):
    """The delimiter is the one that gives the columns their names, whatever stands in the answers."""
    lines = [f"Question{delimiter}Answer", f'Who pays?{delimiter}"a, b; c; d; e\tf, g{end}Next"']
    assert entries(read(end.join(lines))) == [(("Who pays?",), "a, b; c; d; e f, g\n\nNext")]


def test_lines_above_the_names():
    """A title, a note or Excel's `sep=;` may stand above the names; rows keep the numbers a spreadsheet shows."""
    reading = read("sep=;\nOur questions, 2024\n\nQuestion;Answer\nWho pays?;\n\nWhen?;Now.\n")
    assert entries(reading) == [(("When?",), "Now.")]
    assert messages(reading) == [(5, "row 5 has no answer and was left out")]


def test_formulas_are_text():
    """A formula is text like any other."""
    reading = read('Question,Answer\nWho pays?,"=HYPERLINK(""https://a.example/"",""here"")"\n')
    assert reading.sections[0].text == '=HYPERLINK("https://a.example/","here")'


def test_control_characters():
    """Line breaks of any kind are line breaks; other control characters are left out."""
    assert entries(read("Question,Answer\nWho\x0bpays?,One.\x0cTwo\x07.\x85Three.\n")) == [
        (("Who pays?",), "One.\n\nTwo.\n\nThree.")
    ]


def test_columns_that_are_missing():
    """A table without the columns is refused with those found and those expected."""
    with pytest.raises(DocumentError, match=r"expected a column named Question.*found 'Name', 'Phone'"):
        read("Staff\nName,Phone\nAnn,1\n")


@pytest.mark.parametrize("text", ["", "\n\n,,\n", "Question,Answer\n", "Question,Answer\nWho pays?,\n"])
def test_no_text(text):
    """A table without an entry is refused as one without text."""
    with pytest.raises(FileWithoutText):
        read(text)


@pytest.mark.parametrize(
    "content",
    [b"Question,Answer\nWho?,\x81\x8d\n", b"Question,Answer\nWho?,a\0b\n", b"\xff\xfeQ", b"\xff\xfe\0\0Q\0\0\0"],
)
def test_no_text_file(content):
    """Bytes that are no text are refused."""
    with pytest.raises(FileDamaged):
        read_csv("faq.csv", content)


def test_quotation_mark_that_is_never_closed():
    """It would swallow all rows below: the file is refused with the row that it stands in."""
    with pytest.raises(FileDamaged, match="row 3 is never closed") as refused:
        read('Question,Answer\nWho pays?,The state.\nWhen?,"Now.\nWhere?,Here.\n')
    assert refused.value.line == 3


def test_quotation_marks_within_a_cell():
    """Marks that an editor typed within a cell do no harm."""
    assert entries(read('Question,Answer\nWho "really" pays?,The "state".\n')) == [
        (('Who "really" pays?',), 'The "state".')
    ]


def test_cell_that_is_too_large():
    """A cell of more than 131,072 characters is refused with its row."""
    with pytest.raises(FileTooLarge, match="below row 1"):
        read(f"Question,Answer\nWho pays?,{'a' * 140_000}\n")


@given(st.binary(max_size=200) | st.binary(max_size=80).map(lambda rest: b"Question,Answer\nWho?,Utah.\n" + rest))
def test_any_bytes(content):
    """Whatever the bytes, a reading or a typed error comes of them."""
    read_or_refused = outcome(content)
    if isinstance(read_or_refused, Reading):
        check_reading("faq.csv", read_or_refused)


@given(
    st.lists(st.tuples(phrases, st.lists(phrases, min_size=1, max_size=3)), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_round_trip(rows, delimiter, encoding, quoting):
    """What is written as CSV comes back row by row, each line of an answer as a paragraph."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting)
    writer.writerow(["Answer", "Question"])
    writer.writerows(["\n".join(f"{line.capitalize()}." for line in lines), f"{asked}?"] for asked, lines in rows)
    reading = read_csv("faq.csv", file.getvalue().encode(encoding))
    assert entries(reading) == [
        ((f"{asked}?",), "\n\n".join(f"{line.capitalize()}." for line in lines)) for asked, lines in rows
    ]
