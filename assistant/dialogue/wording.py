"""Every fixed sentence the assistant says."""

from __future__ import annotations

from assistant.dialogue.reply import Reason
from assistant.dialogue.routing import Route

NAME = "Personalized Learning Policy Assistant"
WHAT_IT_IS = (
    "Answers questions about personalized-learning policy by quoting a curated library, "
    "with a citation for every quote; it is not legal advice, and it says so when the library has no answer."
)

COURTESIES: dict[Route, str] = {
    "greeting": "Hello. Ask me about personalized-learning policy, and I will quote what the library says.",
    "thanks": "You are welcome. Is there anything else you would like to look up?",
    "farewell": "Goodbye. The library is here whenever you need it.",
    "about": (
        "I am a search assistant for a curated library on personalized-learning policy. I find the passages "
        "that answer a question and quote them word for word, each with a citation that opens the passage. "
        "I write nothing of my own, and when the library has no answer I say so. I give no legal advice."
    ),
}

ABSTENTIONS: dict[Reason, str] = {
    "not_covered": (
        "The library may not cover this: nothing in it answers the question surely enough to be quoted as an answer."
    ),
    "out_of_scope": "This library is about personalized-learning policy, and has nothing on that.",
    "too_vague": "The question says too little to search by. Please say what it is about, in a sentence.",
    "advice": (
        "That asks for advice or an opinion, legal, personal or political, which this library does not give. "
        "It can say what laws, programs and studies say."
    ),
    "other_language": (
        "The library is in English and can only be searched in English. Please ask the question in English."
    ),
}

NOT_COVERED = "The library does not cover this part of the question:"
CLARIFICATION = "It is not clear from the question what it is about. Which of these do you mean?"
NEAREST = "Questions the library does answer:"
FAILURE = "Something went wrong on our side, and the question was not answered. Please try again in a moment."
