"""Frames a page: what every page of the site has around its content."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dialogue import wording
from assistant.web.markup import escape


@dataclass(frozen=True, slots=True)
class Frame:
    """What a page is called, which area of the site is current, and the tags its head needs beyond the shared ones.

    `attributes` are those of its root element, which its scripts read; `root` is the path that the site lies below.
    """

    title: str
    area: str
    head: str = ""
    attributes: str = ""
    root: str = ""


def frame_page(frame: Frame, main: str, foot: str) -> str:
    """Give a whole HTML page around the content of its main part and foot."""
    name = escape(wording.NAME)
    title = name if frame.title == wording.NAME else f"{escape(frame.title)} · {name}"
    return f"""<!doctype html>
<html {" ".join(filter(None, ('lang="en"', frame.attributes)))}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{escape(wording.WHAT_IT_IS)}">
<title>{title}</title>
<link rel="icon" href="{frame.root}/static/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{frame.root}/static/site.css">
{frame.head}
</head>
<body class="{frame.area}">
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead"><div class="inner">
{_name(frame)}
<nav aria-label="Site">{_area("ask", "/", "Ask", frame)}{_area("library", "/library", "The library", frame)}</nav>
</div></header>
{main}
<footer class="foot"><div class="inner">{foot}</div></footer>
</body>
</html>
"""


def _name(frame: Frame) -> str:
    """Give the name of the site: the heading of the first page, a way back to it on the others."""
    name = escape(wording.NAME)
    if frame.title == wording.NAME:
        return f'<h1 class="name">{name}</h1>'
    return f'<a class="name" href="{frame.root}/">{name}</a>'


def _area(area: str, path: str, text: str, frame: Frame) -> str:
    current = ' aria-current="page"' if area == frame.area else ""
    return f'<a href="{frame.root}{path}"{current}>{text}</a>'
