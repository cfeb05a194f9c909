"""Renders the page that a partner's site shows in an iframe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.web.markup import escape
from assistant.web.partners import Partner

FOLDER = Path(__file__).parent / "widget"


def render_embed(partner: Partner, language: str, starters: Sequence[str], host: str) -> str:
    """Give the page for a partner's visitors, in `language` if there are strings for it, else in the partner's own."""
    items = "".join(f"<li>{escape(question)}</li>" for question in partner.starters or starters)
    return (
        f'<!doctype html><html lang="{escape(language or partner.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(host)}</title></head>"
        f'<body data-site="{escape(partner.key)}" data-origins="{escape(" ".join(partner.origins))}">'
        f"<p>{escape(partner.greeting or '')}</p><ul>{items}</ul></body></html>"
    )
