"""Finds the main content of a page, and what in it is navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.documents.formats.element import Element
from assistant.documents.formats.html_visibility import is_hidden

UNREAD = frozenset(
    """script style template noscript iframe object embed audio video canvas svg map head title select datalist textarea
    input progress meter rt rp annotation annotation-xml frameset applet""".split()
)
"""Elements without text for readers of the page."""
_AROUND = {"nav", "header", "footer", "aside"}
_AROUND_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar"}
_NAVIGATION_ROLES = {"navigation", "menu", "menubar", "toolbar", "search"}
_OVERLAY_ROLES = {"dialog", "alertdialog"}
_COOKIES = re.compile(
    r"(cookie|consent|gdpr|ccpa)s?[-_]?(banner|bar|notice|consent|message|popup|overlay|modal|prompt|law|wall|alert|info)"
    r"|onetrust|cookiebot|cc-window|cky-consent",
    re.IGNORECASE,
)
_LONGEST_BANNER = 3000
_LEAST_SHARE = 0.2
_FEWEST_LANGUAGES = 3
_CONTROLS = {"mw-editsection", "skip-link", "skiplink", "skipnav", "usa-skipnav", "sr-only-focusable"}


def main_content(root: Element) -> tuple[Element, ...]:
    """Give the elements that hold the main content of a page.

    These are its `main` elements; where it has none, or they hold less than a fifth of its text, the
    body without what the page declares to stand around its content. Where that leaves nothing, the whole body.
    """
    body = next(root.descendants("body"), root)
    mains = tuple(_outermost(body))
    rest = without_surroundings(body)
    if mains and sum(map(_length, mains)) >= _LEAST_SHARE * _length(rest):
        return mains
    return (rest,) if _length(rest) else (body,)


def is_unread(element: Element) -> bool:
    """Whether an element holds nothing to read: scripts, fields of forms, banners over the page, controls."""
    if element.tag in UNREAD or element.get("role") in _OVERLAY_ROLES or element.get("aria-modal") == "true":
        return True
    names = element.get("class")
    if not names and not element.get("id"):
        return False
    return not _CONTROLS.isdisjoint(names.split()) or _is_cookie_banner(element)


def is_navigation(element: Element) -> bool:
    """Whether an element within the main content holds ways to other pages."""
    return element.tag == "nav" or element.get("role") in _NAVIGATION_ROLES or _offers_languages(element)


def _offers_languages(element: Element) -> bool:
    """Whether a list links to the same page in other languages."""
    if element.tag != "ul":
        return False
    links = list(element.descendants("a"))
    return len(links) >= _FEWEST_LANGUAGES and all(link.get("hreflang") or link.get("lang") for link in links)


def without_surroundings(element: Element, *, in_article: bool = False) -> Element:
    """Leave out what stands around the content; headers, footers and asides of an article are part of it."""
    children = tuple(
        without_surroundings(child, in_article=in_article or child.tag in ("article", "section", "main", "blockquote"))
        if isinstance(child, Element)
        else child
        for child in element.children
        if isinstance(child, str) or not _stands_around(child, in_article=in_article)
    )
    return Element(element.tag, element.attributes, children)


def _stands_around(element: Element, *, in_article: bool) -> bool:
    if in_article:
        return is_navigation(element)
    return element.tag in _AROUND or element.get("role") in _AROUND_ROLES


def _outermost(element: Element) -> Iterator[Element]:
    for child in element.elements:
        if (child.tag == "main" or child.get("role") == "main") and not is_hidden(child):
            yield child
        else:
            yield from _outermost(child)


def _length(element: Element) -> int:
    """Count the letters that a reader would see."""
    if element.tag in UNREAD or is_hidden(element):
        return 0
    return sum(len("".join(c.split())) if isinstance(c, str) else _length(c) for c in element.children)


def _is_cookie_banner(element: Element) -> bool:
    return _COOKIES.search(f"{element.get('id')} {element.get('class')}") is not None and (
        next(element.descendants("h1", "main", "article"), None) is None
        and sum(map(len, element.texts())) <= _LONGEST_BANNER
    )
