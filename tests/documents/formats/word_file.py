"""Makes Word files out of the XML of their paragraphs."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OTHERS = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{style}"><w:name w:val="{name}"/>{more}</w:style>'
    for kind, style, name, more in [
        ("paragraph", "Titel", "Title", ""),
        ("paragraph", "berschrift1", "heading 1", ""),
        ("paragraph", "berschrift2", "heading 2", ""),
        ("paragraph", "Chapter", "Our chapter", '<w:basedOn w:val="berschrift1"/>'),
        ("paragraph", "Deep", "Deep", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("paragraph", "Ring", "Ring", '<w:basedOn w:val="Gnir"/>'),
        ("paragraph", "Gnir", "Gnir", '<w:basedOn w:val="Ring"/>'),
        ("paragraph", "TOC1", "toc 1", ""),
        ("paragraph", "Quote", "Quote", ""),
        ("paragraph", "Points", "Points", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        ("character", "Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>"),
        (
            "table",
            "Dark",
            "Dark",
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:fill="000000"/></w:tcPr></w:tblStylePr>',
        ),
    ]
)


def _numbering():
    def level(number, form, pattern):
        return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'

    bullets = "".join(level(n, "bullet", "o") for n in range(9))
    decimals = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerRoman", "(%3)")
    letters = level(0, "lowerLetter", "(%1)")
    abstracts = enumerate((bullets, decimals, letters))
    return (
        "".join(f'<w:abstractNum w:abstractNumId="{n}">{levels}</w:abstractNum>' for n, levels in abstracts)
        + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3))
        + '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def run(text, properties=""):
    """Write a run of text with properties such as `<w:b/>`."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, style="", properties=""):
    """Write a paragraph of runs; plain text becomes a run."""
    inside = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inside}</w:p>"


def point(text, number=1, level=0):
    """Write a paragraph of a list: 1 bullets, 2 decimals, 3 letters, 4 decimals that begin anew."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows, properties=""):
    """Write a table of rows of cells; plain text becomes a cell."""

    def cell(inside):
        return inside if inside.startswith("<w:tc>") else f"<w:tc>{paragraph(inside)}</w:tc>"

    written = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{written}</w:tbl>"


def note_mark(number, kind="footnote"):
    """Write the place of a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def text_box(*paragraphs):
    """Write a drawing with text, as newer Word writes it beside the form for older ones."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{inside}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def word_file(*blocks, notes=(), links=(), core="", extra=None, document=None):
    """Give the bytes of a Word file; `notes` are footnotes 1, 2 and so on, `links` the addresses of rId1, rId2 and so on."""
    kinds = ("styles", "numbering", "footnotes")
    related = "".join(f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>' for kind in kinds)
    related += "".join(
        f'<Relationship Id="rId{n}" Type="{_KIND}/hyperlink" Target="{url}" TargetMode="External"/>'
        for n, url in enumerate(links, 1)
    )
    footnotes = '<w:footnote w:type="separator" w:id="0"/>' + "".join(
        f'<w:footnote w:id="{n}">{paragraph(note)}</w:footnote>' for n, note in enumerate(notes, 1)
    )
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="x/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": '<p xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{core}</p>",
        "word/document.xml": document
        or f'<w:document xmlns:w="{W}" {_OTHERS}><w:body>{"".join(blocks)}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{_numbering()}</w:numbering>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}" {_OTHERS}>{footnotes}</w:footnotes>',
        "word/_rels/document.xml.rels": f"<Relationships>{related}</Relationships>",
        **(extra or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return packed.getvalue()
