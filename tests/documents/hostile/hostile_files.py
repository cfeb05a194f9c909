"""Makes the files that are meant to harm whoever reads them: python hostile_files.py FOLDER."""

from __future__ import annotations

import io
import os
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = "application/vnd.openxmlformats-officedocument"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file, and words of the refusal it should get; none if it is harmless though odd, and is read."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""


def noise(length, seed=1):
    return random.Random(seed).randbytes(length)


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """Pack parts; a part is its bytes, or an iterable of pieces."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method, compresslevel=1) as package:
        for name, content in parts.items():
            with package.open(zipfile.ZipInfo(name) if isinstance(name, str) else name, "w", force_zip64=True) as part:
                for piece in [content] if isinstance(content, bytes) else content:
                    part.write(piece)
    return file.getvalue()


def deflated(parts):
    infos = {}
    for name, content in parts.items():
        info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        infos[info] = content
    return zipped(infos)


# --- Word -----------------------------------------------------------------------------------------------------------


def word_parts(body="<w:p><w:r><w:t>Words.</w:t></w:r></w:p>", doctype="", **more):
    document = (
        body
        if not isinstance(body, str)
        else f"<?xml version='1.0'?>{doctype}<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TYPES}.wordprocessingml.document.main+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>'.encode(),
        "word/document.xml": document,
        **more,
    }


def word(*arguments, **more):
    return deflated(word_parts(*arguments, **more))


def word_with(name, content=b"x"):
    return deflated({**word_parts(), name: content})


def link_part():
    info = zipfile.ZipInfo("word/media/picture.png")
    info.external_attr = 0o120777 << 16
    return info


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def spaces(megabytes):
    return (b" " * MEGABYTE for _ in range(megabytes))


def lying():
    """Say in both headers of a part that it unpacks to ten bytes, where it unpacks to 100 MB."""
    content = bytearray(word(spaces(100)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.rfind(signature)
        content[start + offset : start + offset + 4] = struct.pack("<I", 10)
    return bytes(content)


# --- Excel ----------------------------------------------------------------------------------------------------------

NAMES = '<row r="1"><c r="A1" t="inlineStr"><is><t>Question</t></is></c><c r="B1" t="inlineStr"><is><t>Answer</t></is></c></row>'
ENTRY = '<row r="2"><c r="A2" t="inlineStr"><is><t>Who pays?</t></is></c><c r="B2" t="inlineStr"><is><t>{}</t></is></c></row>'

ONE_ENTRY = NAMES + ENTRY.format("Utah.")


def excel_parts(rows=ONE_ENTRY, doctype="", after="", sheets=1):
    sheet = (
        rows
        if not isinstance(rows, str)
        else f"<?xml version='1.0'?>{doctype}<worksheet {S}><sheetData>{rows}</sheetData>{after}</worksheet>".encode()
    )
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    return {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{TYPES}.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPES}.spreadsheetml.worksheet+xml"/></Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>{listed}</sheets></workbook>".encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": sheet,
    }


def excel(*arguments, **more):
    return deflated(excel_parts(*arguments, **more))


def excel_with(name, content=b"x"):
    return deflated({**excel_parts(), name: content})


def empty_rows():
    yield f"<worksheet {S}><sheetData>{NAMES}".encode()
    yield from (f'<row r="{number}"/>'.encode() for number in range(2, 1_000_002))
    yield b"</sheetData></worksheet>"


# --- PDF ------------------------------------------------------------------------------------------------------------


def pdf(objects, trailer=b"/Root 1 0 R"):
    """Put objects, the first of them number 1, behind one another with a true cross-reference table."""
    file = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(file + b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start))


def stream(content, entries=b""):
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXT = b"BT /F1 12 Tf 72 720 Td (Words that can be read.) Tj ET"


def page(more=b""):
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %b >> >>"
        % more
    )


def pdf_of(content, entries=b"", more=b"", *objects):
    return pdf([CATALOG, PAGES, page(more), stream(content, entries), FONT, *objects])


def deflate(content, megabytes=0):
    """Deflate content and then so many megabytes of spaces, of which each packs into the same bytes."""
    packer = zlib.compressobj(1, wbits=-15)
    packed = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    megabyte = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.adler32(content)
    for _ in range(megabytes):
        check = zlib.adler32(b" " * MEGABYTE, check)
    return b"\x78\x01" + packed + megabyte * megabytes + packer.flush() + struct.pack(">I", check)


def laughing_forms(depth=9, times=10):
    """Give forms each of which draws the next ten times."""
    objects = []
    for level in range(depth):
        number = 6 + level + 1
        last = level == depth - 1
        content = TEXT if last else b"/X Do " * times
        resources = b"/Font << /F1 5 0 R >>" if last else b"/XObject << /X %d 0 R >>" % number
        objects.append(
            stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << %b >>" % resources)
        )
    return objects


def nested_arrays(depth=200_000):
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Deep %b%b >>" % (b"[" * depth, b"]" * depth),
            PAGES,
            page(),
            stream(TEXT),
            FONT,
        ]
    )


def half(content):
    return content[: len(content) // 2]


# --- The files ------------------------------------------------------------------------------------------------------

PAGE = "<!doctype html><html><head><title>Page</title>{}</head><body><main><h1>Page</h1><p>Words of a page.</p>{}</main></body></html>"
YAML_LAUGHS = "---\ntitle: Page\nstarters:\n- &a0 ha\n" + "".join(
    f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)
ENTITIES = "declares a document type|declares entities"

FILES = (
    HostileFile(
        "pdf-flate-bomb.pdf", lambda: pdf_of(deflate(TEXT, 1000), b"/Filter /FlateDecode"), "unpacks to too much"
    ),
    HostileFile(
        "pdf-nested-bomb.pdf",
        lambda: pdf_of(zlib.compress(deflate(TEXT, 2000)), b"/Filter [/FlateDecode /FlateDecode]"),
        "unpacks to too much",
    ),
    HostileFile(
        "pdf-page-loop.pdf",
        lambda: pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"]),
        "can't be read",
    ),
    HostileFile(
        "pdf-million-operators.pdf",
        lambda: pdf_of(deflate(b"BT ET q Q " * 250_000), b"/Filter /FlateDecode"),
        "no page has text",
    ),
    HostileFile(
        "pdf-million-words.pdf",
        lambda: pdf_of(
            deflate(b"BT /F1 12 Tf 72 720 Td " + b"(a) Tj 1 1 Td " * 500_000 + b"ET"), b"/Filter /FlateDecode"
        ),
        "unpacks to too much|too full|seconds",
    ),
    HostileFile("pdf-nested-arrays.pdf", nested_arrays, "can't be read"),
    HostileFile(
        "pdf-laughing-forms.pdf",
        lambda: pdf_of(b"/X Do", b"", b"/XObject << /X 6 0 R >>", *laughing_forms()),
        "too full",
    ),
    HostileFile(
        "pdf-form-loop.pdf",
        lambda: pdf_of(
            b"/X Do",
            b"",
            b"/XObject << /X 6 0 R >>",
            stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"),
        ),
        "no page has text",
    ),
    HostileFile(
        "pdf-many-pages.pdf",
        lambda: pdf(
            [
                CATALOG,
                b"<< /Type /Pages /Count 300000 /Kids [%b] >>" % (b"3 0 R " * 300_000),
                page(),
                stream(TEXT),
                FONT,
            ]
        ),
        "unpacks to too much|pages",
    ),
    HostileFile(
        "pdf-length-loop.pdf",
        lambda: pdf([CATALOG, PAGES, page(), b"<< /Length 4 0 R >>\nstream\n%b\nendstream" % TEXT, FONT]),
        "unpacks to too much",
    ),
    HostileFile(
        "pdf-xref-loop.pdf",
        lambda: pdf([CATALOG, PAGES, page(), stream(b""), FONT], b"/Root 1 0 R /Prev 9"),
        "no page has text",
    ),
    HostileFile(
        "pdf-huge-predictor.pdf",
        lambda: pdf_of(
            zlib.compress(TEXT), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 >>"
        ),
        "unpacks to too much",
    ),
    HostileFile("pdf-truncated.pdf", lambda: half(pdf_of(noise(5000))), "no whole PDF"),
    HostileFile("pdf-random.pdf", lambda: b"%PDF-1.7\n" + noise(200_000), "no whole PDF"),
    HostileFile("pdf-is-a-page.pdf", PAGE.encode, "this is a web page, not PDF"),
    HostileFile("pdf-empty.pdf", lambda: b"", "empty"),
    HostileFile("docx-zip-bomb.docx", lambda: word_with("word/styles.xml", spaces(250)), "unpacks to"),
    HostileFile("docx-lying-size.docx", lying, "can't be unpacked"),
    HostileFile("docx-zip-slip.docx", lambda: word_with("../../../tmp/evil.xml"), "a path that leaves the file"),
    HostileFile("docx-absolute-path.docx", lambda: word_with("/etc/evil.xml"), "a path that leaves the file"),
    HostileFile("docx-link.docx", lambda: word_with(link_part(), b"/etc/passwd"), "is a link"),
    HostileFile("docx-entities.docx", lambda: word(paragraph("&a9;"), LAUGHS), ENTITIES),
    HostileFile("docx-outside-entity.docx", lambda: word(paragraph("&a9;"), OUTSIDE), ENTITIES),
    HostileFile("docx-deep.docx", lambda: zipped(word_parts("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)), "deep"),
    HostileFile(
        "docx-huge-attribute.docx",
        lambda: zipped(word_parts(f'<w:p w:x="{"y" * 20 * MEGABYTE}"/>')),
        "XML can't be read",
    ),
    HostileFile(
        "docx-million-cells.docx",
        lambda: zipped(word_parts("<w:tbl><w:tr>" + "<w:tc/>" * 1_000_000 + "</w:tr></w:tbl>")),
        "split the file",
    ),
    HostileFile(
        "docx-archive-within.docx",
        lambda: word_with("word/embeddings/more.zip", zipped({"a.zip": zipped({"b": b"x"})})),
        "another file is embedded",
    ),
    HostileFile(
        "docx-many-parts.docx",
        lambda: zipped({**word_parts(), **{f"word/media/{n}.png": b"" for n in range(20_000)}}),
        "parts are too many",
    ),
    HostileFile("docx-is-excel.docx", excel, "of the kind Excel"),
    HostileFile("docx-encrypted.docx", lambda: OLE + noise(2000) + "EncryptedPackage".encode("utf-16-le"), "password"),
    HostileFile("docx-truncated.docx", lambda: half(word()), "damaged"),
    HostileFile("docx-random.docx", lambda: b"PK\x03\x04" + noise(100_000), "damaged"),
    HostileFile("html-deep.html", lambda: PAGE.format("", "<div>" * 500_000 + "Deep words.").encode(), "elements"),
    HostileFile("html-unclosed.html", lambda: PAGE.format("", "<b><i><u><a href=x>" * 100_000).encode()),
    HostileFile("html-million-tags.html", lambda: PAGE.format("", "<br>" * 2_000_000).encode(), "too many"),
    HostileFile(
        "html-huge-attribute.html",
        lambda: PAGE.format("", f'<p title="{"x" * 9 * MEGABYTE}">More.</p>').encode(),
        "too many",
    ),
    HostileFile(
        "html-huge-table.html",
        lambda: PAGE.format("", "<table><tr><td colspan=1000000000 rowspan=1000000000>a<tr><td>b</table>").encode(),
    ),
    HostileFile("html-entities.html", lambda: LAUGHS.encode() + b"<html><body><p>Words &a9; &a9;.</p></body></html>"),
    HostileFile("html-utf-16.html", lambda: PAGE.format("", "<p>Ünïcode.</p>").encode("utf-16")),
    HostileFile(
        "html-odd-charset.html",
        lambda: PAGE.format('<meta charset="x-utf-7-odd">', "<p>Caf\xe9.</p>").encode("latin-1"),
    ),
    HostileFile("html-random.html", lambda: noise(200_000), "does not begin as"),
    HostileFile("html-is-a-pdf.html", lambda: pdf_of(TEXT), "this is a PDF"),
    HostileFile("csv-never-closed.csv", lambda: b'Question,Answer\nWho?,"' + b"a,b\n" * 2_000_000, "never closed"),
    HostileFile("csv-random.csv", lambda: noise(200_000), "does not begin as"),
    HostileFile("csv-million-columns.csv", lambda: b"Question,Answer" + b",x" * 1_000_000 + b"\nWho?,Utah.\n"),
    HostileFile("csv-million-empty-rows.csv", lambda: b"Question,Answer\nWho?,Utah.\n" + b",\n" * 1_000_000),
    HostileFile(
        "csv-million-bad-rows.csv", lambda: b"Question,Answer\nWho?,Utah.\n" + b"a,\n" * 1_000_000, "rows; split"
    ),
    HostileFile("csv-utf-16.csv", lambda: "Question;Answer\nWho?;Ütah.\n".encode("utf-16")),
    HostileFile("csv-is-an-archive.csv", excel, "ZIP archive"),
    HostileFile("csv-no-columns.csv", lambda: b"Name,Phone\nAnn,1\n", "expected a column named Question"),
    HostileFile("xlsx-empty-rows.xlsx", lambda: excel(empty_rows()), "empty rows"),
    HostileFile("xlsx-zip-bomb.xlsx", lambda: excel_with("xl/styles.xml", spaces(250)), "unpacks to"),
    HostileFile("xlsx-zip-slip.xlsx", lambda: excel_with("xl\\..\\..\\evil.xml"), "a path that leaves the file"),
    HostileFile("xlsx-entities.xlsx", lambda: excel(NAMES + ENTRY.format("&a9;"), LAUGHS), ENTITIES),
    HostileFile("xlsx-outside-entity.xlsx", lambda: excel(NAMES + ENTRY.format("&a9;"), OUTSIDE), ENTITIES),
    HostileFile(
        "xlsx-deep.xlsx", lambda: zipped(excel_parts("<row>" * 250_000 + "</row>" * 250_000)), "table is empty"
    ),
    HostileFile(
        "xlsx-far-corner.xlsx",
        lambda: excel(NAMES + ENTRY.format("Utah.") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    HostileFile(
        "xlsx-merged-whole.xlsx", lambda: excel(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    HostileFile("xlsx-one-part-many-sheets.xlsx", lambda: excel(sheets=20_000), "sheets are too many"),
    HostileFile(
        "xlsx-missing-string.xlsx",
        lambda: excel(NAMES + '<row r="2"><c r="A2" t="s"><v>99999999</v></c></row>'),
        "no workbook that can be read",
    ),
    HostileFile("xlsx-encrypted.xlsx", lambda: OLE + noise(2000) + "EncryptedPackage".encode("utf-16-le"), "password"),
    HostileFile("xlsx-truncated.xlsx", lambda: half(excel()), "damaged"),
    HostileFile("xlsx-random.xlsx", lambda: b"PK\x03\x04" + noise(100_000), "damaged"),
    HostileFile("md-deep-quotation.md", lambda: b"# Page\n\n" + b"> " * 500_000 + b"Words.\n", "no text"),
    HostileFile("md-brackets.md", lambda: b"# Page\n\nWords.\n\n" + b"[" * 150_000),
    HostileFile("md-stars.md", lambda: b"# Page\n\nWords.\n\n" + b"*a **b _c " * 40_000),
    HostileFile("md-long-list.md", lambda: b"# Page\n\n" + b"- a\n" * 1_000_000, "seconds|split the file"),
    HostileFile("md-laughing-description.md", (YAML_LAUGHS + "---\nWords.\n").encode, "starters must be"),
    HostileFile("md-random.md", lambda: noise(200_000), "UTF-8"),
    HostileFile("txt-utf-16.txt", lambda: "Words.".encode("utf-16"), "UTF-8"),
    HostileFile("txt-nul.txt", lambda: b"Words.\0", "NUL"),
    HostileFile("txt-too-large.txt", lambda: b"a" * 6 * MEGABYTE, "too many"),
    HostileFile("txt-long-line.txt", lambda: b"Words. " * 600_000),
    HostileFile("txt-many-paragraphs.txt", lambda: b"a\n\n" * 300_000, "split the file"),
)


def write_files(folder: Path) -> None:
    """Write all files into a folder, with links out of it and a pipe among them."""
    for file in FILES:
        (folder / file.name).write_bytes(file.make())
    (folder / "link.md").symlink_to("/etc/hostname")
    (folder / "link.pdf").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
