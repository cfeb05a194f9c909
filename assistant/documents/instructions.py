"""Finds text that speaks to a machine instead of a reader, so that an editor can look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.documents.document import Section
from assistant.documents.reading import Remark

_MACHINES = r"(?:AIs?|artificial\s+intelligence|(?:large\s+)?language\s+models?|chat\s?bots?|LLMs?|GPT)\b"
_EARLIER = r"(?:your|previous|prior|preceding|above|earlier|foregoing|former)"
_SPEAKS_TO_A_MACHINE = re.compile(
    rf"""
      \b(?:ignore|disregard|forget)\s+(?:(?:all|any|the|of|these|those)\s+)*{_EARLIER}\W+(?:\w+\W+)?
        (?:instructions?|prompts?|rules?|guidelines|directions|context|messages?)\b
    | \b(?:ignore|disregard|forget)\s+(?:all|your)\s+(?:of\s+)?(?:your\s+|the\s+)?(?:instructions|prompts?)\b
    | \b(?:system|developer|hidden|initial)\s+prompt\b
    | \byou\s+are\s+(?:now\s+)?(?:an?\s+)?{_MACHINES}
    | \bas\s+an?\s+(?:AI|artificial\s+intelligence|large\s+language\s+model)\s*(?:assistant|model|language\s+model)?\s*,
    | \b(?:do\s+not|don['’]t|never)\s+(?:mention|reveal|disclose|tell)\s+(?:\w+\s+){{0,3}}(?:instructions?|prompts?)\b
    | \b(?:reveal|print|repeat|show)\s+(?:\w+\s+){{0,3}}(?:system\s+prompt|instructions\s+above)\b
    | \bnew\s+instructions?\s*:
    | \b(?:note|message|attention|instructions?)\s+(?:to|for)\s+(?:all\s+|any\s+|the\s+)?{_MACHINES}
    | \bjailbreak(?:ing|en)?\b
    | <\|?(?:im_start|im_end|endoftext|system)\|?>
    | \[/?INST\]
    | ^\s*\#*\s*(?:system|assistant)\s*:\s
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_AROUND = 40
_ADVICE = "nothing obeys it here, but look whether it belongs in the library"


def find_instructions(sections: Sequence[Section]) -> tuple[Remark, ...]:
    """Give a remark for each section that has such text, with its words; an editor decides what becomes of it."""
    return tuple(remark for section in sections for remark in _of_section(section))


def _of_section(section: Section) -> Iterator[Remark]:
    for text in (section.text, *section.heading[-1:], *section.questions):
        if found := _SPEAKS_TO_A_MACHINE.search(text):
            page = section.page_at(found.start() if text is section.text else 0)
            place = f"page {page}" if page else f"the section {' › '.join(section.heading) or 'at the top'!r}"
            yield Remark(page or 1, f"{place} seems to give orders to a machine: “…{_words(text, found)}…”; {_ADVICE}")
            return


def _words(text: str, found: re.Match[str]) -> str:
    return " ".join(text[max(0, found.start() - _AROUND) : found.end() + _AROUND].split())
