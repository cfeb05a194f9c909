"""Makes PDF files for the tests: pages of content streams, set in Helvetica."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

WIDTH, HEIGHT = 612, 792
LEADING = 14


def show(words, x=72, y=720, size=11, *, bold=False, before=""):
    """Give the operators that set words at a place; `before` goes inside of BT."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {before} /{'B' if bold else 'F'} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def show_lines(lines, x=72, y=720, size=11, *, bold=False, leading=LEADING):
    """Set lines below each other."""
    return "".join(show(line, x, y - i * leading, size, bold=bold) for i, line in enumerate(lines))


def make_pdf(*contents, info=None, outline=(), user_password=None, owner_password="", crop=None, base=None):
    """Give a PDF with a page for each content stream; `/Im` is an image, `/Inner` a form that shows text."""
    writer = PdfWriter()
    fonts = DictionaryObject(
        {
            NameObject("/F"): writer._add_object(_font("Helvetica")),
            NameObject("/B"): writer._add_object(_font("Helvetica-Bold")),
        }
    )
    outside = DictionaryObject(
        {
            NameObject("/Im"): writer._add_object(_image()),
            NameObject("/Inner"): writer._add_object(_form(fonts)),
        }
    )
    states = DictionaryObject({NameObject("/Clear"): DictionaryObject({NameObject("/ca"): NumberObject(0)})})
    for content in contents:
        page = writer.add_blank_page(WIDTH, HEIGHT)
        stream = DecodedStreamObject()
        stream.set_data(content.encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/Font"): fonts,
                NameObject("/XObject"): outside,
                NameObject("/ExtGState"): states,
            }
        )
        if crop:
            page[NameObject("/CropBox")] = ArrayObject(FloatObject(edge) for edge in crop)
    for title, page_number in outline:
        writer.add_outline_item(title=title, page_number=page_number - 1)
    if info:
        writer.add_metadata(info)
    if base:
        writer.root_object[NameObject("/URI")] = DictionaryObject({NameObject("/Base"): TextStringObject(base)})
    if user_password is not None:
        writer.encrypt(user_password, owner_password or None, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _font(name):
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject(f"/{name}"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )


def _image():
    image = DecodedStreamObject()
    image.set_data(b"\0")
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(1),
            NameObject("/Height"): NumberObject(1),
            NameObject("/BitsPerComponent"): NumberObject(8),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
        }
    )
    return image


def _form(fonts):
    form = DecodedStreamObject()
    form.set_data(show("Shown by a form.", 0, 0).encode())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(NumberObject(edge) for edge in (0, 0, 300, 20)),
            NameObject("/Matrix"): ArrayObject(FloatObject(number) for number in (1, 0, 0, 1, 72, 400)),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
        }
    )
    return form
