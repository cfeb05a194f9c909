"""Tells text that a reader of the page can't see from text that can be seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.documents.formats.pdf_geometry import Box
from assistant.documents.formats.pdf_runs import Colour, PaintedPage, Run
from assistant.documents.formats.pdf_text import clean
from assistant.documents.reading import Remark

_SMALLEST = 1.0
_FAINTEST = 0.05
_ALIKE = 0.06
_WHITE: Colour = (1.0, 1.0, 1.0)
_INVISIBLE_MODES = {3, 7}
_SHOWN_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to hide text, and how it is told."""

    told: str
    hides: Callable[[Run, PaintedPage], bool]


def visible(page: PaintedPage) -> tuple[Run, ...]:
    """Give the runs of a page that can be seen, and invisible ones that are the text of a picture they lie on."""
    return tuple(run for run in page.runs if not any(way.hides(run, page) for way in _WAYS))


def hidden_remarks(page: PaintedPage) -> list[Remark]:
    """Give a remark for each way in which text of a page is hidden, with how it begins."""
    remarks = []
    for way in _WAYS:
        words = clean(" ".join(run.text for run in page.runs if way.hides(run, page))).split()
        if words:
            begins = " ".join(words[:_SHOWN_WORDS]) + (" …" if len(words) > _SHOWN_WORDS else "")
            message = f"page {page.number}: hidden text ({way.told}) is left out: “{begins}”"
            remarks.append(Remark(page.number, message))
    return remarks


def _is_tiny(run: Run, _page: PaintedPage) -> bool:
    return run.size < _SMALLEST or run.right - run.left <= 0


def _is_off_page(run: Run, page: PaintedPage) -> bool:
    box, shown = run.box, page.box
    return box.right <= shown.left or box.left >= shown.right or box.top <= shown.bottom or box.bottom >= shown.top


def _is_invisible(run: Run, page: PaintedPage) -> bool:
    """Whether a run is set without ink and is not the text layer of a scan."""
    return run.mode in _INVISIBLE_MODES and not any(patch.image and _on(run, patch.box) for patch in page.patches)


def _is_transparent(run: Run, _page: PaintedPage) -> bool:
    return run.opacity < _FAINTEST


def _is_like_ground(run: Run, page: PaintedPage) -> bool:
    """Whether a run has the colour of what it lies on."""
    if run.colour is None or run.mode in _INVISIBLE_MODES:
        return False
    below = (patch for patch in reversed(page.patches[: run.painted]) if _on(run, patch.box))
    patch = next(below, None)
    ground = _WHITE if patch is None else patch.colour
    return ground is not None and all(abs(a - b) <= _ALIKE for a, b in zip(run.colour, ground, strict=True))


def _on(run: Run, box: Box) -> bool:
    return box.holds((run.box.left + run.box.right) / 2, (run.box.bottom + run.box.top) / 2)


_WAYS = (
    _Way("too small to see", _is_tiny),
    _Way("off the page", _is_off_page),
    _Way("set without ink", _is_invisible),
    _Way("transparent", _is_transparent),
    _Way("of the colour of what it lies on", _is_like_ground),
)
