"""Small well-formed files of each format, and random changes to them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from hostile_files import (
    CATALOG,
    ENTRY,
    FONT,
    NAMES,
    PAGE,
    PAGES,
    excel_parts,
    page,
    paragraph,
    pdf,
    stream,
    word_parts,
    zipped,
)

TOKENS = [
    *(b"<", b">", b"</", b'"', b"'", b"&", b"&x;", b"&#0;", b"&#xD800;", b"&#99999999;", b"<!--", b"<![CDATA[", b"]]>"),
    *(b"\0", b"\xff", b"\xfe\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b", b"\x0b", b"\x0c", b"\x85", b"\r", b"\n\n", b"\t"),
    *(b"-1", b"0", b"1e999", b"NaN", b"4294967296", b"9" * 30, b"99999999", b"0.0000001", b"1048577", b"XFD1048577"),
    *(
        b"[",
        b"]",
        b"<<",
        b">>",
        b"(",
        b")",
        b"/",
        b"%",
        b"stream\n",
        b"endstream",
        b"endobj",
        b"1 0 R",
        b"3 0 R",
        b"obj",
    ),
    *(
        b"BT",
        b"ET",
        b"Tj",
        b"TJ",
        b"Tm",
        b"Td",
        b"Tf",
        b"cm",
        b"q",
        b"Q",
        b"Do",
        b"BI",
        b"ID",
        b"EI",
        b"re",
        b"f",
        b"3 Tr",
    ),
    *(
        b"/Filter /FlateDecode",
        b"/Filter /LZWDecode",
        b"/Filter /ASCII85Decode",
        b"/Kids",
        b"/Encrypt 1 0 R",
        b"/Parent",
    ),
    *(b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:tc>", b"<w:del>", b"<w:numPr>", b"<w:vanish/>", b' w:val=""', b"<w:br/>"),
    *(
        b"<row>",
        b"<c>",
        b"<v>",
        b"<is>",
        b' t="s"',
        b' t="b"',
        b' t="d"',
        b' t="e"',
        b' r="A0"',
        b' s="9"',
        b' hidden="1"',
    ),
    *(b"<table>", b"<td colspan=-1>", b"<li>", b"<dl>", b"<p hidden>", b"<script>", b"<template>", b"<svg>", b"<math>"),
    *(
        b"# ",
        b"## ",
        b"- ",
        b"1. ",
        b"> ",
        b"```",
        b"| a | b |\n|---|---|\n",
        b"](",
        b"![",
        b"**",
        b"Also asked:\n\n- a\n",
    ),
    *(b"---\n", b"title: ", b": ", b"&a ", b"*a ", b"!!python/object ", b",", b";", b"|", b"=", b"Question", b"Answer"),
]


@dataclass(frozen=True, slots=True)
class Seed:
    """A well-formed file: its bytes, or the parts it is packed of."""

    suffix: str
    parts: dict[str, bytes]

    @property
    def is_packed(self) -> bool:
        return "" not in self.parts


def one(suffix: str, content: bytes | str) -> Seed:
    return Seed(suffix, {"": content if isinstance(content, bytes) else content.encode()})


TABLE = (
    "<w:tbl><w:tr>"
    + "".join(f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{paragraph(t)}</w:tc>" for t in "ab")
    + "</w:tr></w:tbl>"
)
STYLED = (
    "<w:p><w:pPr><w:pStyle w:val='Heading1'/><w:outlineLvl w:val='0'/></w:pPr><w:r><w:t>What is it?</w:t></w:r></w:p>"
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>An item</w:t></w:r></w:p>"
    "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
)
CONTENT = (
    b"BT /F1 18 Tf 72 720 Td (What is it?) Tj ET\nBT /F1 11 Tf 72 690 Td (It is a pilot. It ends in) Tj 0 -14 Td [(Ju) -20 (ne.)] TJ ET\n"
    b"q 1 0 0 1 300 400 cm BT /F1 11 Tf 1 0 0 1 10 10 Tm (- an item) Tj T* (- another) Tj ET Q\n72 100 200 1 re f\n"
)
OUTLINE = b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>"
TITLE = b"<< /Title (What is it?) /Parent 6 0 R /Dest [3 0 R /XYZ 0 720 0] >>"
CELLS = '<row r="3" hidden="0"><c r="A3" t="inlineStr"><is><r><t>When?</t></r></is></c><c r="B3" s="0"><v>45000.5</v></c></row>'
LAYOUT = '<mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells><hyperlinks><hyperlink ref="B2" location="A1"/></hyperlinks>'

SEEDS = (
    one(
        ".pdf",
        pdf([CATALOG.replace(b">>", b"/Outlines 6 0 R >>"), PAGES, page(), stream(CONTENT), FONT, OUTLINE, TITLE]),
    ),
    one(
        ".pdf",
        pdf(
            [
                CATALOG,
                PAGES,
                page(b"/XObject << /X 6 0 R >>"),
                stream(b"/X Do " + CONTENT),
                FONT,
                stream(
                    CONTENT, b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >>"
                ),
            ]
        ),
    ),
    Seed(".docx", word_parts(STYLED + TABLE + paragraph("Words."))),
    Seed(".xlsx", excel_parts(NAMES + ENTRY.format("Utah.") + CELLS, after=LAYOUT)),
    one(
        ".html",
        PAGE.format(
            "<meta charset=utf-8>",
            "<h2>What is it?</h2><ul><li>a<li>b</ul><table><tr><th>a<td colspan=2>b</table><dl><dt>c<dd>d</dl><a href=https://a.example/>e</a>",
        ),
    ),
    one(
        ".csv",
        'Question,Answer,Other wordings,URL,Date\nWho pays?,"The state.\n- a\n- b",payer; funds,https://a.example/,2024-03-01\nWhen?,Now.,,,\n',
    ),
    one(
        ".md",
        "---\ntitle: Page\nsource:\n  kind: news\n  url: https://a.example/\nstarters:\n- Who pays?\n---\n# Page\n\n## Who pays?\n\nAlso asked:\n\n- payer\n\nThe [state](https://a.example/).\n\n- a\n  - b\n\n| a | b |\n|---|---|\n| c | d |\n",
    ),
    one(".txt", "Who pays?\n\nThe state pays for\nit.\n\n- a\n- b\n\n1. c\n"),
)


def changed(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes: flip, cut out, double, replace by something that means something, or cut short."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 3, 5, 9])):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice([0, 1, 1, 4, 16, 200]))
        changed[start:end] = chance.choice(_CHANGES)(bytes(changed[start:end]), chance)
    return bytes(changed)


_CHANGES: list[Callable[[bytes, random.Random], bytes]] = [
    lambda piece, _: bytes(byte ^ 1 for byte in piece),
    lambda piece, chance: chance.randbytes(len(piece)),
    lambda _, __: b"",
    lambda piece, chance: piece * chance.choice([2, 3, 50]),
    lambda piece, chance: piece + chance.choice(TOKENS),
    lambda _, chance: chance.choice(TOKENS),
    lambda _, chance: chance.choice(TOKENS) * chance.choice([1, 2, 100]),
]


def mutant(seed: Seed, number: int) -> bytes:
    """Give the changed file of that number; of a packed one mostly a part is changed, else the package."""
    chance = random.Random(number)  # the same changes in each run
    if not seed.is_packed:
        return changed(seed.parts[""], chance)
    part = chance.choice([*seed.parts, ""])
    if part:
        return zipped({**seed.parts, part: changed(seed.parts[part], chance)})
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in seed.parts.items():
            packed.writestr(name, content)
    return changed(package.getvalue(), chance)
