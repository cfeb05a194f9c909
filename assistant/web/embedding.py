"""Renders the page that a partner's site shows in an iframe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from assistant.dialogue.question import LONGEST
from assistant.web.partners import Partner

FOLDER = Path(__file__).parent / "widget"
_PRELOADED = '<link rel="modulepreload" href="{}/embed/{}">'
_FIRST = ("widget.js", "embed.js")


def render_embed(
    partner: Partner,
    language: str,
    starters: Sequence[str],
    own: Sequence[str],
    *,
    keeps_words: bool = False,
    root: str = "",
) -> str:
    """Give the page for a partner's visitors, in `language` if there are strings for it, else in the partner's own.

    `starters` are offered if the partner names none; `own` are the origins of this site, whose host is that of the
    first. Comments are asked for only where the site `keeps_words`. The site lies below the path `root`.
    """
    languages = _strings()
    chosen = language if language in languages else partner.language
    strings = languages[chosen]
    shown = {
        **strings,
        "lang": chosen,
        "site": partner.key,
        "origins": " ".join(partner.origins),
        "accent": partner.accent or "",
        "greeting": partner.greeting or strings["greeting"],
        "privacy": strings["privacy"].format(host=own[0].split("://")[1] if own else ""),
        "questions": json.dumps(list(partner.starters or starters)),
        "strings": json.dumps(strings),
        "longest": str(LONGEST),
        "root": root,
        "own": " ".join(own),
        "words": _words(keeps_words=keeps_words),
    }
    escaped = {name: escape(text) for name, text in shown.items()}
    return _page().substitute(escaped, preloads=_preloads(root))


def script_attributes(*, keeps_words: bool) -> str:
    """Give what the root element of the assistant's own page tells the scripts that it shares with this one."""
    return f'data-strings="{escape(json.dumps(_strings()["en"]))}" data-words="{_words(keeps_words=keeps_words)}"'


def _words(*, keeps_words: bool) -> str:
    return "kept" if keeps_words else "dropped"


@cache
def _strings() -> Mapping[str, Mapping[str, str]]:
    """Give the strings of the page by language and name."""
    languages: Mapping[str, Mapping[str, str]] = json.loads((FOLDER / "strings.json").read_text(encoding="utf-8"))
    return languages


@cache
def _page() -> Template:
    return Template((FOLDER / "embed.html").read_text(encoding="utf-8"))


@cache
def _preloads(root: str) -> str:
    """Give the tags that have the browser fetch all modules at once, not one after the other."""
    modules = sorted(path.name for path in FOLDER.glob("*.js") if path.name not in _FIRST)
    return "\n".join(_PRELOADED.format(root, name) for name in modules)
