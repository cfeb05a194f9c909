"""Tells what of a page a reader does not see, by its attributes and the styles written into them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.documents.formats.element import Element

_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|em|rem|pt|%|vw|vh|in|cm|ch)?")
_FAR_OFF = {"px": 900, "pt": 700, "em": 60, "rem": 60, "ch": 100, "in": 9, "cm": 23, "%": 100, "vw": 100, "vh": 100}
_PLAIN_TAGS = frozenset({"span", "p", "font", "div", "b", "i", "em", "strong", "a", "u", "small", "big"})
_WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class Colors:
    """The color of the text and of its ground as far as they are known; `guessed` if style sheets may set others."""

    text: str = ""
    ground: str = ""
    guessed: bool = True

    @property
    def hide(self) -> bool:
        """Whether text has the color of its ground."""
        return self.text != "" and self.text == self.ground

    def within(self, element: Element) -> Colors:
        """Give the colors inside of an element."""
        if not element.attributes and (element.tag in _PLAIN_TAGS or not self.ground):
            return self
        styles = _styles(element)
        text = _color(styles.get("color") or (element.get("color") if element.tag == "font" else ""))
        ground = _color(styles.get("background-color") or styles.get("background") or element.get("bgcolor"))
        named = element.get("class") or element.get("id") or element.tag not in _PLAIN_TAGS
        has_ground = bool(styles.get("background-color") or styles.get("background") or element.get("bgcolor"))
        around = "" if self.guessed and named else self.ground
        return Colors(text or self.text, ground if has_ground else around, self.guessed)


def first_colors(root: Element) -> Colors:
    """Give the colors of a page: on white, unless a style sheet may say otherwise."""
    sheets = any(
        element.tag == "style" or "stylesheet" in element.get("rel").lower()
        for element in root.descendants("style", "link")
    )
    return Colors("", "" if sheets else _WHITE, sheets)


def revealed_ids(root: Element) -> frozenset[str]:
    """Give the ids of what a control of the page can show: the panels of an accordion are no hidden text."""
    found: set[str] = set()
    for element in root.descendants("a", "button", "summary", "div", "span", "label", "h2", "h3", "h4", "li", "dt"):
        for attribute in ("aria-controls", "data-target", "data-bs-target", "for", "href"):
            value = element.get(attribute)
            if attribute != "href" or value.startswith("#"):
                found.update(name.removeprefix("#") for name in value.split())
    return frozenset(found)


def is_hidden(element: Element) -> bool:
    """Whether an element is not shown, has no size, or lies off the screen."""
    attributes = element.attributes
    if "hidden" in attributes or (element.tag == "dialog" and "open" not in attributes):
        return True
    styles = _styles(element)
    return bool(styles) and (_is_not_shown(styles) or _has_no_size(styles) or _is_off_screen(styles))


def _is_not_shown(styles: dict[str, str]) -> bool:
    return (
        styles.get("display") == "none"
        or styles.get("visibility") in ("hidden", "collapse")
        or _size(styles, "opacity") == 0
        or styles.get("transform", "").replace(" ", "") == "scale(0)"
    )


def _has_no_size(styles: dict[str, str]) -> bool:
    cut_off = "hidden" in (styles.get("overflow"), styles.get("overflow-x"), styles.get("overflow-y"))
    smallest = min((_size(styles, name) for name in ("width", "height", "max-height", "max-width")), default=2)
    clipped = styles.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px,1px"))
    cut_away = styles.get("clip-path", "").replace(" ", "").startswith(("inset(50%", "inset(100%"))
    return _size(styles, "font-size") == 0 or (cut_off and smallest <= 1) or clipped or cut_away


def _is_off_screen(styles: dict[str, str]) -> bool:
    placed = styles.get("position") in ("absolute", "fixed")
    sides = ("left", "top", "right", "bottom") if placed else ()
    return any(_is_far_off(styles.get(name, "")) for name in (*sides, "text-indent", "margin-left"))


def _is_far_off(length: str) -> bool:
    found = _LENGTH.fullmatch(length)
    return found is not None and float(found[1]) <= -_FAR_OFF[found[2] or "px"]


def _size(styles: dict[str, str], name: str) -> float:
    """Give a length without its unit, 2 where it is not given: more than nothing."""
    found = _LENGTH.fullmatch(styles.get(name, ""))
    return float(found[1]) if found else 2


def _styles(element: Element) -> dict[str, str]:
    written = element.get("style")
    if not written:
        return {}
    pairs = (declaration.partition(":") for declaration in written.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def _color(written: str) -> str:
    """Give a color as `#rrggbb`; nothing for one that is written in another way than pages hide text with."""
    color = written.strip().lower()
    named = {"white": _WHITE, "black": "#000000"}
    rgb = re.fullmatch(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*1(?:\.0)?\s*)?\)", color)
    if rgb:
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in rgb.groups())
    if re.fullmatch(r"#[0-9a-f]{3}", color):
        return "#" + "".join(digit * 2 for digit in color[1:])
    if re.fullmatch(r"[0-9a-f]{6}", color):
        return f"#{color}"
    return color if re.fullmatch(r"#[0-9a-f]{6}", color) else named.get(color, "")
