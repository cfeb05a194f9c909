"""Recognises questions for advice that no library can give: legal, personal or political."""

from __future__ import annotations

import re

_ME = r"(i|we|my|our|me|us)"
_LEGAL = (
    rf"\b(can|could|should|may) {_ME} (\w+ )?(sue|be sued|take (\w+ ){{0,3}}to court|press charges)\b",
    rf"\b(am i|are we|is my \w+|will {_ME}) (\w+ )?(be )?(liable|breaking the law|in violation)\b",
    r"\b(legal advice|my lawyer|my attorney|my lawsuit)\b",
)
_POLITICAL = (
    rf"\b(should|would|do) {_ME} (\w+ )?(vote|campaign|lobby)\b",
    r"\bwho(m)? (should|do|would) (i|we|you) (vote|support)\b",
    r"\b(is|are) (the )?(democrats?|republicans?|liberals?|conservatives?) (right|wrong|better|worse|to blame)\b",
    r"\bwhich (party|candidate|governor|president) (is|was|would be) (\w+ )?(best|better|right|worse|worst)\b",
)
_PERSONAL = (
    rf"\bshould {_ME} (\w+ )?(send|move|enrol+|transfer|pull|take|put|switch) {_ME}\b",
    r"\bshould i (\w+ )?(quit|resign|become|marry|move|buy)\b",
    r"\b(what|how) do you (personally )?(think|feel)\b|\bwhat would you (personally )?(do|recommend|suggest)\b",
    r"\byour (own |personal )?opinion\b|\bdo you (personally )?(believe|agree)\b",
)
_ADVICE = re.compile("|".join((*_LEGAL, *_POLITICAL, *_PERSONAL)), re.IGNORECASE)


def asks_for_advice(question: str) -> bool:
    """Whether a question asks what someone should do in a case of their own, or for an opinion."""
    return _ADVICE.search(question) is not None
