"""Finds what a question compares, and the query for each side."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.retrieval.names import STATE
from assistant.retrieval.terms import terms

_ABOUT = r"on|in terms of|regarding|concerning|with regard to|when it comes to|in their|in its|about"
_ASPECT = rf"(?: (?:{_ABOUT}) (?P<aspect>.+))?"
_ONE = r"(?P<one>.+?),?"
_TWO = rf"(?P<two>.+?){_ASPECT}"
_FRAMES = tuple(
    re.compile(rf"^(?:please |can you |could you )?{frame}$", re.IGNORECASE)
    for frame in (
        rf"(?:compare|contrast|compare and contrast) {_ONE} (?:and|with|to|versus|vs\.?|against) {_TWO}",
        rf"(?:what(?:'s| is| are) )?(?:the )?(?:main |key )?(?:differences?|distinction) between {_ONE} and {_TWO}",
        rf"how (?:do|does|did) {_ONE} and (?P<two>.+?) (?:differ|compare){_ASPECT}",
        rf"how (?:do|does|did) {_ONE} (?:compare|differ) (?:with|to|from) {_TWO}",
        rf"how (?:is|are) {_ONE} different (?:from|to|than) {_TWO}",
        rf"{_ONE} (?:versus|vs\.?|compared (?:with|to)) {_TWO}",
    )
)
_SHARED = re.compile(r"^(?P<shared>.* (?:in|of|for|at|under|by|from|about)) (?P<name>[^,]+)$", re.IGNORECASE)
_NUMBER = re.compile(r"(the )?\d+", re.IGNORECASE)
_LONGEST = 8
"""Words that one side of a comparison may have."""
_STATES = re.compile(
    rf"(?P<first>{STATE.pattern})(?P<more>(?:, {STATE.pattern})*),? (?:and|or|&) (?P<last>{STATE.pattern})",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\bdo $", re.IGNORECASE)
"""The verb before several states, which is "does" before one."""
_MOST = 4
"""Sides beyond which a question is searched whole."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name, and the query for it."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides that a question compares; `places` if each is a state, of which one alone can be told."""

    sides: tuple[Side, ...]
    places: bool


def compared_sides(question: str) -> Comparison | None:
    """Give what a question compares, or `None`; two states named together count as compared."""
    bare = question.rstrip("?!. ")
    match = next((found for frame in _FRAMES if (found := frame.match(bare))), None)
    sides = _sides(match) if match else _states(bare)
    if not 1 < len(sides) <= _MOST or not all(
        terms(side.name) and len(side.name.split()) <= _LONGEST for side in sides
    ):
        return None
    return Comparison(sides, places=all(STATE.fullmatch(side.name) for side in sides))


def _sides(match: re.Match[str]) -> tuple[Side, ...]:
    """Give the sides of a comparison; what stands before the first name holds for the others too."""
    found = match.groupdict()
    one, last, aspect = found["one"], found["two"], found["aspect"]
    shared = _SHARED.match(one)
    before = shared["shared"] if shared and not _SHARED.match(last) else ""
    first, *more = one.removeprefix(before).strip().split(", ")
    names = (*(_with_noun(name, last) for name in (first, *more)), last)
    return tuple(Side(name, _query(before, name, aspect)) for name in names)


def _query(before: str, name: str, aspect: str | None) -> str:
    if aspect and not before and STATE.fullmatch(name):
        return f"{aspect} in {name}"
    if before or aspect:
        return f"{before} {name}".strip() + (f": {aspect}" if aspect else "")
    return f"What does {name} do?" if STATE.fullmatch(name) else f"What is {name}?"


def _with_noun(name: str, last: str) -> str:
    """Give a name that is but a number the noun of the last one: the 2019 and 2025 editions."""
    number, _, noun = last.partition(" ")
    return f"{name} {noun}" if _NUMBER.fullmatch(name) and _NUMBER.fullmatch(number) else name


def _states(question: str) -> tuple[Side, ...]:
    """Give the question once for each of the states that it names side by side."""
    found = _STATES.search(question)
    if found is None:
        return ()
    names = [match.group() for match in STATE.finditer(found.group())]
    before, after = question[: found.start()], question[found.end() :]
    if STATE.search(before) or STATE.search(after):
        return ()
    before = _OF_ONE.sub(lambda verb: "Does " if verb.group() == "Do " else "does ", before)
    return tuple(Side(name, f"{before}{name}{after}?") for name in names)
