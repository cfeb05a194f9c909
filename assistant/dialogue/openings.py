"""Takes off the words that lead into a follow-up, and tells what they announce."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Announced = Literal["nothing", "more", "correction", "new_topic"]

_COURTESY = re.compile(
    r"(?:(?:(?:ok(?:ay)?|thanks?(?: you)?|thx|cheers)(?: a lot| so much| very much| again)?\b"
    r"|(?:great|good|perfect|cool|nice|awesome|interesting|got it|i see|alright|all right|right|well|hm+|wow|"
    r"by the way|btw|very helpful|that(?:['’]s| is| was) (?:very )?(?:helpful|great|good|useful))"
    r"(?=\s*[,.!;:–—]|-\s|\s+-))"
    r"\s*(?:[,.!;:–—-]+\s*)?)+",
    re.IGNORECASE,
)
_SO = re.compile(r"(?:(?:so|also|then|plus)\b,?\s*)+", re.IGNORECASE)
_NEW_TOPIC = re.compile(
    r"(?:(?:an?|my|on|to)\s+)*(?:completely\s+|totally\s+)?"
    r"(?:(?:different|new|another|next|separate|unrelated|other)\s+(?:question|topic|subject|thing|note)"
    r"|chang(?:e|ing) (?:of )?(?:the )?(?:topic|subject)|switching topics?|moving on|(?:let['’]?s )?change (?:the )?"
    r"(?:topic|subject)|anyways?)(?: then| now| please)?\s*[,.:;!–—-]+\s*",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?:(?:no(?:pe)?|sorry|oops|wait|actually|my mistake)\b(?:,|\.|!|:|;)?\s+)*"
    r"(?:i|we)(?: just| actually)? (?:mean|meant|was asking about|wanted|was thinking of)\b,?\s*"
    r"|(?:(?:no(?:pe)?|sorry|oops|wait|actually|my mistake)\s*[,.!:;–—]\s*)+",
    re.IGNORECASE,
)
_MEANT_LAST = re.compile(r"^(?:no,?\s+)?(?P<rest>.+?),?\s+(?:is what )?i mean(?:t)?\W*$", re.IGNORECASE)
_MORE = re.compile(
    r"(?:(?:and|but|or)\b,?\s*)*(?:what about|how about|what of|same for)\b\s*"
    r"|(?:(?:and|but|or)\b,?\s*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a question begins by announcing, and what is left of it without that."""

    announces: Announced
    rest: str


def take_opening(question: str) -> Opening:
    """Tell whether a question goes on, corrects or leaves the one before; thanks before it are no matter."""
    rest = _without(_SO, _without(_COURTESY, question))
    if (changed := _without(_NEW_TOPIC, rest)) != rest:
        return Opening("new_topic", _without(_MORE, changed))
    if last := _MEANT_LAST.match(rest):
        return Opening("correction", last["rest"])
    if (corrected := _without(_CORRECTION, rest)) != rest:
        return Opening("correction", corrected)
    if (more := _without(_MORE, rest)) != rest:
        return Opening("more", more)
    return Opening("nothing", rest)


def _without(opening: re.Pattern[str], text: str) -> str:
    """Take off an opening, unless it is all there is."""
    found = opening.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text
