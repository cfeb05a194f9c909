"""Answers questions about personalized-learning policy with quotes from a curated library.

`Assistant.open` loads a published index, `ask` gives a `Turn` whose `reply` is an `Answer` made of
citations, `Closest` passages, a `Clarification`, an `Abstention` or a `Courtesy`.
"""

from assistant.assistant import Assistant
from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest, Courtesy, Reply
from assistant.errors import AssistantError

__all__ = [
    "Abstention",
    "Answer",
    "Assistant",
    "AssistantError",
    "Citation",
    "Clarification",
    "Closest",
    "Conversation",
    "Courtesy",
    "Reply",
    "Turn",
]
