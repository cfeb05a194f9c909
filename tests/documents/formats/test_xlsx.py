from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from strategies import phrases

from assistant.documents.checked_reading import check_reading
from assistant.documents.document import Link, Source
from assistant.documents.formats.xlsx import read_xlsx
from assistant.documents.reading import Reading
from assistant.errors import (
    DocumentError,
    FileDamaged,
    FileEncrypted,
    FileMisnamed,
    FileTooLarge,
    FileUnsafe,
    FileWithoutText,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
NAMES = '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c><c r="B1" t="inlineStr"><is><t>Answer</t></is></c></row>'
ROW = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Who?</t></is></c><c r="B{n}" t="inlineStr"><is><t>Utah.</t></is></c></row>'
TAIL = "</sheetData></worksheet>"


def workbook(*rows):
    book = Workbook()
    for row in rows or (["Question", "Answer"], ["Who pays?", "The state."]):
        book.active.append(row)
    return book


def packed(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content, parts):
    """Give the package with parts replaced or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return file.getvalue()


def sheet(*pieces):
    return changed(packed(workbook()), {SHEET: "".join(pieces).encode()})


def read(book):
    return read_xlsx("faq.xlsx", packed(book))


def outcome(content):
    try:
        return read_xlsx("faq.xlsx", content)
    except DocumentError as error:
        return error


def entries(reading):
    return [(section.heading[-1], section.text) for section in reading.sections]


def messages(reading):
    return [(remark.line, remark.message) for remark in reading.remarks]


def test_row_is_an_entry():
    """Each row with a question and an answer is an entry, its other wordings and its source with it."""
    (section,) = read(
        workbook(
            ["Question", "Answer", "Other wordings", "Source", "URL", "Date"],
            ["Who pays?", "The state.\nThen districts.", "payer\nfunds", "Utah", "https://a.example/", "2024-03"],
        )
    ).sections
    assert section.questions == ("Who pays?", "payer", "funds")
    assert section.text == "The state.\n\nThen districts."
    assert section.source == Source(publisher="Utah", url="https://a.example/", published="2024-03")


def test_numbers_and_dates_as_shown():
    """Numbers are written in their format, dates as ISO 8601, and truth values as a spreadsheet writes them."""
    book = workbook(
        ["Question", "Answer", "Date"],
        ["Share?", 0.125, dt.date(2024, 3, 5)],
        ["When?", dt.datetime.fromisoformat("2024-03-05 09:30")],
    )
    book.active["B2"].number_format = "0.0%"
    book.active.append(["Always?", True])
    book.active.append(["At what time?", dt.time(9, 30)])
    reading = read(book)
    assert entries(reading) == [
        ("Share?", "12.5%"),
        ("When?", "2024-03-05 09:30"),
        ("Always?", "TRUE"),
        ("At what time?", "09:30"),
    ]
    assert reading.sections[0].source == Source(published="2024-03-05")


def test_all_visible_sheets():
    """Every visible sheet with the columns is read; one without them, and a hidden one, is told."""
    book = workbook()
    book.create_sheet("More").append(["Answer", "Question"])
    book["More"].append(["Now.", "When?"])
    book.create_sheet("Notes").append(["To do"])
    book.create_sheet("Drafts").append(["Question", "Answer"])
    book["Drafts"].sheet_state = "hidden"
    reading = read(book)
    assert entries(reading) == [("Who pays?", "The state."), ("When?", "Now.")]
    assert messages(reading) == [
        (1, "sheet 'Drafts' is hidden and was left out"),
        (1, "sheet 'Notes' has no columns named Question and Answer and was left out: found 'To do'"),
    ]


def test_question_asked_on_two_sheets():
    """A question that stands on two sheets is told with both places."""
    book = workbook()
    book.create_sheet("More").append(["Question", "Answer"])
    book["More"].append(["Who pays?", "Districts."])
    reading = read(book)
    assert len(reading.sections) == 2
    assert messages(reading) == [(2, "sheet 'More': row 2 asks what row 2 of sheet 'Sheet' asks; make one row of both")]


def test_hidden_rows_and_columns():
    """What is hidden is left out and told."""
    book = workbook(
        ["Question", "Answer", "Source"], ["Who pays?", "The state.", "Mole"], ["Secret?", "Yes."], ["When?", "Now."]
    )
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    reading = read(book)
    assert entries(reading) == [("Who pays?", "The state."), ("When?", "Now.")]
    assert reading.sections[0].source is None
    assert messages(reading) == [
        (3, "sheet 'Sheet': hidden rows were left out: 3"),
        (1, "sheet 'Sheet': hidden columns were left out: C"),
    ]


def test_merged_cells():
    """A merged cell shows in each row it reaches down to, and in no other; a merged title is no column."""
    book = workbook(
        ["Our questions", None, None],
        ["Question", "Answer", "Source"],
        ["Who pays?", "The state.", "Utah"],
        ["When?", "Now.", None],
        ["Where?", "Here.", None],
    )
    book.active.merge_cells("A1:C1")
    book.active.merge_cells("C3:C4")
    assert [section.source for section in read(book).sections] == [
        Source(publisher="Utah"),
        Source(publisher="Utah"),
        None,
    ]


def test_links():
    """A link of an answer is a link of its first paragraph, one of the source is the address of the source."""
    book = workbook(["Question", "Answer", "Source"], ["Who pays?", "The state.\nMore.", "Utah"])
    book.active["B2"].hyperlink = "https://a.example/answer"
    book.active["C2"].hyperlink = "https://a.example/source"
    (section,) = read(book).sections
    assert section.links == (Link(0, 10, "https://a.example/answer"),)
    assert section.source == Source(publisher="Utah", url="https://a.example/source")


def test_link_that_is_no_web_address():
    """A link that a browser would run is no link."""
    book = workbook()
    book.active["B2"].hyperlink = "javascript:alert(1)"
    assert read(book).sections[0].links == ()


def test_rich_and_escaped_text():
    """Words set in bold are words, and characters that XML can't hold are left out."""
    book = workbook(["Question", "Answer"])
    book.active["A2"] = CellRichText("Who ", TextBlock(InlineFont(b=True), "pays"), "?")
    book.active["B2"] = "First._x000D_\nThen_x0000_ and_x005F_so."
    assert entries(read(book)) == [("Who pays?", "First.\n\nThen and_so.")]


def test_formulas():
    """A formula shows the value it had when the workbook was saved; without one its cell is empty, as is an error's."""
    row = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{q}</t></is></c>{c}</row>'
    content = sheet(
        HEAD,
        NAMES,
        row.format(n=2, q="Sum?", c='<c r="B2"><f>SUM(C1:C9)</f><v>42</v></c>'),
        row.format(n=3, q="Text?", c='<c r="B3" t="str"><f>A1</f><v>words</v></c>'),
        row.format(n=4, q="None?", c='<c r="B4"><f>SUM(C1:C9)</f></c>'),
        row.format(n=5, q="Error?", c='<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
        TAIL,
    )
    reading = read_xlsx("faq.xlsx", content)
    assert entries(reading) == [("Sum?", "42"), ("Text?", "words")]
    assert [remark.line for remark in reading.remarks] == [4, 5]


def test_metadata():
    """Title, author and the day of saving come from the workbook; where it does not tell the day, none is made up."""
    book = workbook()
    book.properties.title, book.properties.creator = "Questions", "Ann"
    told = read_xlsx("faq.xlsx", packed(book)).metadata
    assert (told.title, told.author, told.date) == ("Questions", "Ann", dt.datetime.now(dt.UTC).date().isoformat())
    untold = changed(
        packed(book),
        {
            "docProps/core.xml": b'<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
        },
    )
    assert read_xlsx("faq.xlsx", untold).metadata.date == ""


def test_macros_are_not_run():
    """The macros of a workbook are left alone and told."""
    reading = read_xlsx("faq.xlsx", changed(packed(workbook()), {"xl/vbaProject.bin": b"x"}))
    assert entries(reading) == [("Who pays?", "The state.")]
    assert messages(reading) == [(1, "its macros were not run")]


def test_rows_without_numbers():
    """Rows and cells that do not say where they stand follow one another."""
    content = sheet(HEAD, "".join(p.replace(' r="', ' x="') for p in (NAMES, ROW.format(n=2))), TAIL)
    assert entries(read_xlsx("faq.xlsx", content)) == [("Who?", "Utah.")]


def test_cell_in_the_last_corner():
    """A stray cell in the last row and column does no harm."""
    stray = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    assert entries(read_xlsx("faq.xlsx", sheet(HEAD, NAMES, ROW.format(n=2), stray, TAIL))) == [("Who?", "Utah.")]


def test_merge_of_the_whole_sheet():
    """A merge of all cells there are is read as fast as any."""
    merge = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    assert entries(read_xlsx("faq.xlsx", sheet(HEAD, NAMES, ROW.format(n=2), merge))) == [("Who?", "Utah.")]


def test_columns_that_are_missing():
    """A workbook without the columns is refused with those found and those expected."""
    with pytest.raises(
        DocumentError, match=r"expected a column named Question.*found 'Name', 'Phone' on sheet 'Sheet'"
    ):
        read(workbook(["Name", "Phone"], ["Ann", 1]))


def test_no_text():
    """A workbook that is empty is refused as one without text."""
    with pytest.raises(FileWithoutText):
        read(Workbook())


def test_password():
    """A workbook with a password is refused in its own words, and so is one of before 2007."""
    with pytest.raises(FileEncrypted, match="password"):
        read_xlsx("faq.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(FileMisnamed, match="before 2007"):
        read_xlsx("faq.xlsx", OLE + "Workbook".encode("utf-16-le"))


def test_strict_dialect():
    """A workbook of the strict dialect, of which nothing could be read, is refused with what to do."""
    strict = HEAD.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    with pytest.raises(FileMisnamed, match="Excel Workbook"):
        read_xlsx("faq.xlsx", sheet(strict, NAMES, TAIL))


def test_a_million_empty_rows():
    """A sheet of a million empty rows is refused before it is parsed."""
    rows = "".join(f'<row r="{number}"/>' for number in range(2, 1_000_002))
    with pytest.raises(FileTooLarge, match="empty rows"):
        read_xlsx("faq.xlsx", sheet(HEAD, NAMES, rows, TAIL))


def test_large_part():
    """A workbook that unpacks to very much is refused before it is unpacked."""
    with pytest.raises(FileTooLarge, match="unpacks to"):
        read_xlsx("faq.xlsx", changed(packed(workbook()), {"xl/media/a.bin": bytes(61_000_000)}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("entity", ['"aaa"', 'SYSTEM "file:///etc/hostname"'])
def test_entities(entity, encoding):
    """Entities, also those of other files, are never expanded."""
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a {entity}>]>{HEAD}{NAMES}{ROW.format(n=2)}{TAIL}'
    content = changed(packed(workbook()), {SHEET: text.replace("Utah.", "&a;").encode(encoding)})
    with pytest.raises(FileUnsafe if encoding == "utf-8" else DocumentError):
        read_xlsx("faq.xlsx", content)


@pytest.mark.parametrize("content", [b"", b"Question,Answer", b"PK\x03\x04", b"PK\x05\x06" + bytes(18)])
def test_no_workbook(content):
    """What is no workbook is refused as damaged."""
    with pytest.raises(FileDamaged):
        read_xlsx("faq.xlsx", content)


@pytest.mark.parametrize("length", [200, 2_000, 4_000])
def test_cut_short(length):
    """A workbook that was cut short is refused as damaged."""
    with pytest.raises(FileDamaged):
        read_xlsx("faq.xlsx", packed(workbook())[:length])


@given(st.data())
def test_any_part(data):
    """Whatever bytes a part of a workbook has, a reading or a typed error comes of it."""
    content = packed(workbook())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        name = data.draw(st.sampled_from(package.namelist()))
        part = package.read(name)
    start = data.draw(st.integers(0, len(part)))
    piece = data.draw(st.binary(max_size=8) | st.sampled_from([b"<", b'"', b"&x;", b"1e999", b"-1", b"9" * 40]))
    mutated = part[:start] + piece + part[start + data.draw(st.integers(0, 12)) :]
    read_or_refused = outcome(changed(content, {name: mutated}))
    if isinstance(read_or_refused, Reading):
        check_reading("faq.xlsx", read_or_refused)


@given(st.binary(max_size=200))
def test_any_bytes(content):
    """Bytes that are no workbook give a typed error."""
    with pytest.raises(DocumentError):
        read_xlsx("faq.xlsx", content)


@given(st.lists(st.tuples(phrases, st.lists(phrases, min_size=1, max_size=3)), min_size=1, max_size=6))
def test_round_trip(rows):
    """What is written into a workbook comes back row by row, each line of an answer as a paragraph."""
    book = workbook(["Answer", "Question"])
    for asked, lines in rows:
        book.active.append(["\n".join(f"{line.capitalize()}." for line in lines), f"{asked}?"])
    assert entries(read(book)) == [
        (f"{asked}?", "\n\n".join(f"{line.capitalize()}." for line in lines)) for asked, lines in rows
    ]
