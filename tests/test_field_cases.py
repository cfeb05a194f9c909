"""What people who run such assistants reported as faults, on the project's library: what each question gives now."""

from __future__ import annotations

import pytest

from assistant.dialogue.reply import Answer, Closest
from assistant.dialogue.turn_json import reply_text

pytestmark = pytest.mark.model
DISTRICTS = "state-kentucky", ("Kentucky Districts of Innovation law (House Bill 37, 2012)",)
WAIVER = "state-north-dakota", ("North Dakota innovation waiver (Senate Bill 2186, 2017)",)


def places(reply):
    return [(citation.passage.document_id, citation.passage.heading) for citation in reply.citations]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("what is House Bill 37", DISTRICTS),
        ("HB 37", DISTRICTS),
        ("H.B. 37", DISTRICTS),
        ("What does HB 37 allow?", DISTRICTS),
        ("SB2186", WAIVER),
    ],
)
def test_a_bill_in_any_spelling_gets_the_page_on_it(real_assistant, question, place):
    """The page on the bill comes first, as an answer or as near."""
    reply = real_assistant.ask(question).reply
    assert isinstance(reply, Answer | Closest)
    assert places(reply)[0] == place


@pytest.mark.parametrize(
    "question",
    [
        "Which states do not have IADA approval?",
        "Who has not signed ESSA?",
        "Which states don't have districts of innovation?",
    ],
)
def test_what_is_so_is_no_answer_to_what_is_not(real_assistant, question):
    """A question for what is not so is not answered by what is."""
    assert not isinstance(real_assistant.ask(question).reply, Answer)


def test_a_negative_that_the_library_states_is_quoted(real_assistant):
    """A question for a negative that a page states gets that page."""
    reply = real_assistant.ask("Is a competency-based diploma not required in Maine?").reply
    assert isinstance(reply, Answer)
    assert "no longer requires" in reply.citations[0].quote


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("How does Idaho differ from Utah?", ("Idaho", "Utah")),
        ("What do Vermont and Kentucky require?", ("Vermont", "Kentucky")),
        ("Compare Kentucky and North Dakota on waivers", ("Kentucky", "North Dakota")),
    ],
)
def test_both_states_are_quoted_and_none_is_said_to_be_missing(real_assistant, question, states):
    """A comparison quotes each state, and never says that the library lacks one that it has pages on."""
    reply = real_assistant.ask(question).reply
    quoted = "\n".join(citation.quote for citation in reply.citations)
    assert all(state in quoted for state in states)
    assert "not cover" not in reply_text(reply)


@pytest.mark.parametrize("question", ["What are the 12 conditions", "what are the twelve conditions?"])
def test_figures_words_and_marks_make_no_difference(real_assistant, question):
    """A number in words or figures, with a question mark or without, gets the same reply."""
    reply = real_assistant.ask("What are the 12 conditions?").reply
    assert places(reply)
    assert places(real_assistant.ask(question).reply) == places(reply)
