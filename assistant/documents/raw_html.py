"""Turns a stretch of HTML that stands in a page of Markdown into Markdown."""

from __future__ import annotations

from html.parser import HTMLParser

_UNREAD = frozenset({"script", "style", "template"})
_HEADINGS = {f"h{level}": f"\n\n{'#' * level} " for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article blockquote br dd details div dl dt footer form header hr main nav ol p pre section summary table "
    "tbody thead tr ul".split()
)


def markdown_of_html(html: str) -> str:
    """Give the words with headings, list items and blocks marked; what runs or styles is left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()).removesuffix(" |") for line in reader.text.split("\n"))
    return "\n".join(lines)


class _Reader(HTMLParser):
    """Collects text; Markdown within it stays as it is. A row of a table is one line, whatever is in its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self._unread = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unread += tag in _UNREAD
        mark = "\n- " if tag == "li" else _HEADINGS.get(tag) or self._edge(tag)
        self.text += " " if self._in_row else mark
        self._in_row = self._in_row or tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0
        self._in_row = self._in_row and tag not in ("tr", "table")
        self.text += " | " if tag in ("td", "th") else self._edge(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.text += data.replace("\n", " ") if self._in_row else data

    def _edge(self, tag: str) -> str:
        is_block = tag in _BLOCKS or tag in _HEADINGS
        return ("\n\n", " ")[self._in_row] if is_block else ""
