"""Turns the bytes of a page into text: by its mark of order, by what it declares, or as browsers guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,40})",
    re.IGNORECASE,
)
_LATIN = re.compile(r"(us-)?ascii|latin-?1|l1|iso-?8859-?1|cp819|(windows-|cp)1252|x-cp1252", re.IGNORECASE)
_KNOWN = re.compile(
    r"utf-?8|iso-?8859-?\d{1,2}|(windows-|cp)125\d|koi8-[ru]|shift[_-]jis|sjis|euc-(jp|kr)|gb2312|gbk|gb18030|big5|"
    r"iso-2022-jp|macintosh|ibm866",
    re.IGNORECASE,
)
"""Encodings that pages use; Python's other codecs (`punycode`, `unicode_escape`) are not for bytes of strangers."""
_WESTERN = "cp1252"


@dataclass(frozen=True, slots=True)
class DecodedPage:
    """The text of a page; `doubt` says why its encoding may be wrong, nothing if it is certain."""

    text: str
    doubt: str = ""


def decode_page(content: bytes) -> DecodedPage:
    """Give the text of a page, as the WHATWG's Encoding Standard would with no word from a server.

    ISO 8859-1 and ASCII are read as Windows-1252, which browsers do too.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return DecodedPage(_readable(content[len(codecs.BOM_UTF8) :] if encoding == "utf-8" else content, encoding))
    declared = _declared(content[:_HEAD])
    text = _strictly(content, declared) if declared else None
    if text is not None:
        return DecodedPage(text)
    text = _strictly(content, "utf-8")
    if text is not None:
        return DecodedPage(text)
    found = f"declares {declared}, which it is not" if declared else "declares no encoding"
    doubt = f"{found}: it was read as Windows-1252; save it as UTF-8 if letters are wrong"
    return DecodedPage(_readable(content, _WESTERN), doubt)


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    if found is None:
        return ""
    label = (found[1] or found[2]).decode("ascii", "replace")
    if _LATIN.fullmatch(label):
        return _WESTERN
    return label if _KNOWN.fullmatch(label) else ""


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding).replace("\0", "")
    except (UnicodeDecodeError, LookupError):
        return None


def _readable(content: bytes, encoding: str) -> str:
    return content.decode(encoding, "replace").replace("\0", "")
