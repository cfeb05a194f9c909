from __future__ import annotations

import re

import pytest
from small_library import assistant_of, document

from assistant.dialogue.conversation import Conversation
from assistant.dialogue.reply import Abstention, Answer, Clarification
from assistant.dialogue.suggesting import can_be_asked, heading_as_question, nearest_questions, question_of
from assistant.documents.golden_questions import read_questions
from assistant.documents.passages import Splitting, split_document

WORDED = """# Waivers

Also asked:

- waivers
- which waivers does the zone grant
- how long do they last

The zone grants waivers of hours.

# Glossary R to S

Also asked:

- glossary of zone waivers

Waivers of the zone, in alphabetical order.

## What does a waiver cost?

A waiver of hours costs nothing.
"""


def test_the_nearest_question_of_a_section():
    """Of a section's wordings the nearest that can be asked by itself is offered, written as a question."""
    hits = assistant_of(WORDED).search("waivers of the zone", 5).hits
    assert nearest_questions(hits, _never) == ("Which waivers does the zone grant?", "What does a waiver cost?")


def _never(_first: str, _second: str) -> float:
    return 0.0


def test_what_was_asked_is_not_offered():
    """Neither what was asked, however it is written, nor the sections that answered are offered."""
    hits = assistant_of(WORDED).search("waivers of the zone", 5).hits
    asked = nearest_questions(hits, _never, "which waivers does the zone grant?!")
    assert asked == ("What does a waiver cost?",)
    section = next(hit.passage.section for hit in hits if "cost" in hit.passage.section)
    assert nearest_questions(hits, _never, besides=[("page-1", section)]) == ("Which waivers does the zone grant?",)


def test_entries_of_other_pages_are_offered_whatever_their_anchor():
    """A section is offered although another page's section with the same anchor answered."""
    hits = assistant_of(WORDED, WORDED).search("waivers of the zone", 9).hits
    besides = [("page-1", hit.passage.section) for hit in hits if hit.passage.document_id == "page-1"]
    assert "What does a waiver cost?" in nearest_questions(hits, _never, besides=besides)


def test_two_that_ask_the_same():
    """Of two questions that say the same, by their words or by their vectors, the nearer one is offered."""
    hits = assistant_of(WORDED).search("waivers of the zone", 5).hits
    assert nearest_questions(hits, lambda _first, _second: 0.9) == ("Which waivers does the zone grant?",)


def test_what_is_far():
    """What is far is not offered: nothing rather than something on another subject."""
    assert nearest_questions(assistant_of(WORDED).search("bread of rye", 5).hits, _never) == ()
    assert nearest_questions((), _never) == ()


def test_the_likeness_of_the_library_s_questions():
    """Two of the library's questions are as like as their vectors; another text is like none."""
    assistant = assistant_of(WORDED)
    first, second = "which waivers does the zone grant", "What does a waiver cost?"
    likeness = assistant._retriever.likeness
    assert likeness(first, first) == pytest.approx(1, abs=1e-5)
    assert likeness(first, second) < likeness(first, first)
    assert likeness(first, "What is bread?") == 0


def test_what_was_asked_before_is_not_suggested(assistant):
    """No suggestion of a turn was asked in an earlier one."""
    first = assistant.ask("What is an innovation zone?")
    assert "How much does a pilot cost?" in first.reply.suggestions or first.reply.suggestions == ()
    conversation = assistant.converse(["How much does a pilot cost?", "What does ESSA allow?"])
    for question in ("What is an innovation zone?", "innovation zone meaning"):
        reply = assistant.ask(question, conversation).reply
        assert isinstance(reply, Answer)
        assert not {"How much does a pilot cost?", "What does ESSA allow?"} & set(reply.suggestions)


@pytest.mark.parametrize(
    "text",
    [
        "Glossary R to S",
        "Definition in seven parts (2019)",
        "CBE meaning",
        "how long does it last",
        "who is behind this",
        "what is it",
        "What is a zone? And a pilot?",
        "what can you do",
        "should I send my child to a pilot",
    ],
)
def test_no_question_to_offer(text):
    """A heading, keywords, what leans on something else, two questions, talk and asking for advice are not offered."""
    assert not can_be_asked(text)


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Waivers in Kentucky", "What does “Page” say about waivers in Kentucky?"),
        ("What Ohio's pilot cannot waive", "What does “Page” say about what Ohio's pilot cannot waive?"),
        ("Aurora Institute and others", "What does “Page” say about Aurora Institute and others?"),
        ("Texas House Bill", "What does “Page” say about Texas House Bill?"),
        ("iNACOL's four strategies", "What does “Page” say about iNACOL's four strategies?"),
        ("Glossary R to S", None),
        ("Definition in seven parts (2019)", None),
        ("Create your account", None),
        ("Related articles", None),
        ("Introduction", None),
        ("No price per pupil", None),
        ("2.1 Waivers of hours", None),
    ],
)
def test_a_heading_as_a_question(heading, question):
    """A heading is put as a question only where that is sound English: a name, a plural or a clause."""
    (passage,) = split_document(document(f"# {heading}\n\nText."), Splitting())
    assert heading_as_question(passage) == question


def test_a_library_without_questions():
    """Staff's own files have no questions: their headings are put as such, or there is nothing to offer."""
    page = "# Waivers of hours\n\nThe zone grants waivers of hours.\n\n# Annex 2\n\nThe zone has waivers."
    hits = assistant_of(page, "# Bread\n\nOvens bake bread.").search("zone waivers of hours", 5).hits
    assert nearest_questions(hits, _never) == ("What does “Page” say about waivers of hours?",)
    assert [question_of(hit) for hit in hits if "annex" in hit.passage.section] == [None]


@pytest.mark.model
def test_what_is_suggested_is_a_question_and_has_an_answer(real_assistant, shipped_corpus):
    """Whatever is offered on the shipped library is a question, none twice, and nearly all are answered when asked."""
    golden = read_questions(shipped_corpus / "questions.jsonl", "calibration")[::6]
    offered: dict[str, bool] = {}
    for question in golden:
        reply = real_assistant.ask(question.question, real_assistant.converse(question.history)).reply
        questions = _offered(reply)
        assert len(set(questions)) == len(questions) <= 4
        for text in questions:
            assert re.match(r"[A-Z0-9][^.!]*\?$", text), text
            assert text.casefold() != question.question.casefold().rstrip("?") + "?"
            if text not in offered:
                offered[text] = isinstance(real_assistant.ask(text, Conversation()).reply, Answer)
    assert sum(offered.values()) >= 0.95 * len(offered), [text for text, good in offered.items() if not good]


@pytest.mark.model
@pytest.mark.parametrize("question", ["how do I make lasagna", "asdkjh qwe zzz", "hotels near the beach in Miami"])
def test_nothing_is_offered_beside_the_subject(real_assistant, question):
    """A question on something else, or in no words, is offered nothing."""
    reply = real_assistant.ask(question).reply
    assert isinstance(reply, Abstention)
    assert reply.nearest == ()


def _offered(reply):
    match reply:
        case Answer(suggestions=questions) | Abstention(nearest=questions) | Clarification(options=questions):
            return questions
    return ()
