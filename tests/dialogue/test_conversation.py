from __future__ import annotations

from assistant.dialogue.conversation import LONGEST, Conversation, Turn
from assistant.dialogue.reply import Abstention


def turn(number):
    return Turn(f"question {number}", f"query {number}", Abstention("not_covered", ()), "v", None)


def test_conversation_is_bounded():
    """However long a conversation, only its latest turns are remembered, oldest first."""
    conversation = Conversation()
    for number in range(100):
        conversation = conversation.with_turn(turn(number))
    assert [t.question for t in conversation.turns] == [f"question {n}" for n in range(100 - LONGEST, 100)]


def test_conversations_are_values():
    """Going on with a conversation leaves the one before as it was."""
    first = Conversation().with_turn(turn(1))
    first.with_turn(turn(2))
    assert first == Conversation((turn(1),))
