"""Tells greetings, thanks and questions about the assistant from questions about the library."""

from __future__ import annotations

import re
from typing import Literal

Route = Literal["greeting", "thanks", "farewell", "about", "question"]

_GREETING = (
    r"(hi+|hello+|hey+|howdy|greetings|good (morning|afternoon|evening|day)|dear)( there| all| everyone| team| folks)?"
)
_WELL = r"(you are|you're|all is|this (email |message )?finds you)( all)?( doing)? (well|good|fine)"
_THANKS = r"(ok(ay)?,? )?(many )?(thanks?( you)?|thx|ty|cheers|much appreciated)( a lot| so much| very much| again)?"
_PRAISE = r"((that('?s| is| was)|this (is|was)) )?(very |really |so )?(great|helpful|perfect|good|useful|awesome)"
_ACKNOWLEDGED = (
    r"(ok(ay)?|alright|all right|i see|got it|understood|makes sense|that makes sense|interesting|fair enough|"
    r"sounds good|right|cool|nice|wow|i understand)( then| now)?"
)
_FAREWELL = r"(good)?bye( bye)?|see you( later)?|have a (good|nice|great) (day|night|evening|weekend)"
_DONE = (
    r"(no |nope |ok(ay)? |well |great |perfect |i think |yes |alright )*"
    r"((that('?s| is| was| will be|'ll be)|this is|that) (all|it|everything)"
    r"( for (now|today|me|this))?( (i|we) (need|needed|wanted|had|have))?( to (know|ask))?( thanks?)?"
    r"|nothing (else|more|further)( for (now|today))?|no (more|further|other) questions?( for (now|today))?"
    r"|no thank(s| you)"
    r"|(i('m| am)|we('re| are)|i am all|all) (done|good|finished|set)( (here|now|for (now|today)))?"
    r"|(have|got) (what|everything|all) (i|we) need(ed)?|i (have|got) (what|everything|all) (i|we) need(ed)?)"
)
_PARTING = (
    r"(good)?bye( bye| now| for now)?|see (you|ya)( later| soon| tomorrow| next time)?|good night|so long|farewell|"
    r"cya|ciao|"
    r"have a (good|nice|great|wonderful|lovely) (day|night|evening|weekend|week|one|afternoon)|take care|"
    r"(talk|speak) to you (later|soon)|until next time|i('m| am) off|gotta go|(got|have) to go( now)?|signing off|"
    r"(end|close|quit|exit|stop)( the)? (chat|conversation|session)|quit|exit"
)
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
    (
        "greeting",
        re.compile(
            rf"{_GREETING}( how are you( today)?| nice to meet you| (i |we )?hope {_WELL})?"
            r"|how are you( doing)?( today)?"
        ),
    ),
    (
        "thanks",
        re.compile(
            rf"({_THANKS}( for (your|the|all your|that|this)( (help|time|answer|information|info))?)?)( {_PRAISE})?"
            rf"( {_FAREWELL})?|{_PRAISE}( {_THANKS})?|{_ACKNOWLEDGED}( {_THANKS})?"
        ),
    ),
    (
        "farewell",
        re.compile(
            rf"(({_THANKS}|{_PRAISE}|{_ACKNOWLEDGED}) )*({_PARTING}|{_DONE})"
            rf"( ({_THANKS}|{_PARTING}|{_DONE}|{_PRAISE}|for (your|the|all your) help|everyone|all|folks|then))*"
        ),
    ),
    ("about", re.compile(rf"({_GREETING} )?({_ABOUT})")),
)


def route(question: str) -> Route:
    """Give where a question goes; only one that is nothing but a courtesy is taken for one."""
    plain = " ".join(re.sub(r"[^\w' ]", " ", question.lower().replace("’", "'")).split())
    return next((name for name, pattern in _ROUTES if pattern.fullmatch(plain)), "question")
