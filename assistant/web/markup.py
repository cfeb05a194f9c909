"""Makes text safe to stand in HTML, also where Gradio reads that HTML as Markdown."""

from __future__ import annotations

import html
import re

_MARKDOWN = re.compile(r"[\\`*_\[\]~$|\n\r\t]")


def escape(text: str) -> str:
    """Give text that shows as itself in an element or in a quoted attribute, all on one line."""
    return _MARKDOWN.sub(lambda match: f"&#{ord(match.group())};", html.escape(text))


def unescape(markup: str) -> str:
    """Give the text that `escape` was given."""
    return html.unescape(markup)


def link(url: str, text: str, kind: str) -> str:
    """Give a link of a CSS class; one to another site tells that site nothing of this page."""
    outside = "" if url.startswith(("/", "#")) else ' rel="noopener noreferrer"'
    return f'<a class="{kind}" href="{escape(url)}"{outside}>{escape(text)}</a>'
