from __future__ import annotations

import logging
from types import MappingProxyType

from assistant.dialogue import wording
from assistant.web.chat import answer
from assistant.web.history import Message, question_message


def test_a_question_is_answered_from_the_library(assistant):
    """A question the library holds word for word is answered with a quote."""
    message = answer(assistant, "What is seat time?", [], alone=False)
    assert message.role == "assistant"
    assert '<div class="reply answer" id="answer-1">' in message.html


def test_a_follow_up_leans_on_the_questions_before(assistant):
    """The conversation is made again from the chat: nothing is kept on the server."""
    earlier = [question_message("What is seat time?", alone=False), Message("assistant", "<p>…</p>")]
    assert "Interpreted as" in answer(assistant, "Why does it matter?", earlier, alone=False).html
    assert "Interpreted as" not in answer(assistant, "Why does it matter?", earlier, alone=True).html
    assert 'id="answer-2"' in answer(assistant, "Why does it matter?", earlier, alone=False).html


def test_what_cannot_be_searched_gets_a_notice(assistant):
    """A question without words is no error of ours and no answer."""
    message = answer(assistant, "???", [], alone=False)
    assert 'class="reply notice"' in message.html
    assert "There are no words in the question." in message.html


class Broken:
    """An assistant that breaks, with the question in its error."""

    documents = MappingProxyType({})

    def converse(self, _questions):
        return None

    def ask(self, question, _conversation, *, as_typed):  # noqa: ARG002  # named by the caller
        raise RuntimeError(question)


def test_our_failure_is_shown_as_one_and_logged_without_the_question(caplog):
    """When we break, the person reads that we did, and the log says where but not what was asked."""
    with caplog.at_level(logging.ERROR):
        message = answer(Broken(), "my private question", [], alone=False)
    assert 'class="reply failure"' in message.html
    assert wording.FAILURE in message.html
    assert "RuntimeError" in caplog.text
    assert "test_chat.py" in caplog.text
    assert "private" not in caplog.text
