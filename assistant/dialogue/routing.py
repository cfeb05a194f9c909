"""Tells greetings, thanks and questions about the assistant from questions about the library."""

from __future__ import annotations

import re
from typing import Literal

Route = Literal["greeting", "thanks", "farewell", "about", "question"]

_GREETING = r"(hi+|hello+|hey+|howdy|greetings|good (morning|afternoon|evening|day))( there| all| everyone)?"
_THANKS = r"(ok(ay)?,? )?(many )?(thanks?( you)?|thx|ty|cheers|much appreciated)( a lot| so much| very much| again)?"
_PRAISE = r"((that('s| is| was)|this (is|was)) )?(very |really |so )?(great|helpful|perfect|good|useful|awesome)"
_ACKNOWLEDGED = (
    r"(ok(ay)?|alright|all right|i see|got it|understood|makes sense|that makes sense|interesting|fair enough|"
    r"sounds good|right|cool|nice|wow|i understand)( then| now)?"
)
_FAREWELL = r"(good)?bye( bye)?|see you( later)?|have a (good|nice|great) (day|night|evening|weekend)"
_SELF = r"(you|this( (assistant|chatbot|bot|tool|site|page|thing|service))?)"
_ABOUT = "|".join(
    (
        r"(so )?(who|what) (exactly )?(are you|is this( (assistant|chatbot|bot|tool|site|page|thing|service))?)",
        rf"what (can|do|does) {_SELF} (do|know|answer|help with)( about)?( for me)?",
        rf"how (can|do|does) {_SELF} (work|help( me)?)",
        r"how can i use (you|this.*)",
        r"(are you|is this) (a |an )?(ai|bot|chatbot|robot|human|person|real.*|chat ?gpt|llm)",
        r"what should i ask( you)?|what can i ask( you)?|help( me)?( please)?|introduce yourself",
        r"your name|what('s| is) your name",
    )
)
_ROUTES: tuple[tuple[Route, re.Pattern[str]], ...] = (
    ("greeting", re.compile(rf"{_GREETING}( how are you( today)?| nice to meet you)?|how are you( doing)?( today)?")),
    (
        "thanks",
        re.compile(rf"({_THANKS})( {_PRAISE})?( {_FAREWELL})?|{_PRAISE}( {_THANKS})?|{_ACKNOWLEDGED}( {_THANKS})?"),
    ),
    ("farewell", re.compile(_FAREWELL)),
    ("about", re.compile(rf"({_GREETING} )?({_ABOUT})")),
)


def route(question: str) -> Route:
    """Give where a question goes; only one that is nothing but a courtesy is taken for one."""
    plain = " ".join(re.sub(r"[^\w' ]", " ", question.lower().replace("’", "'")).split())
    return next((name for name, pattern in _ROUTES if pattern.fullmatch(plain)), "question")
