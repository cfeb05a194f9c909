from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of
from strategies import phrases

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.reply import Abstention, Courtesy
from assistant.dialogue.rewriting import completed, standalone, topic

DECLINED = Abstention("not_covered", ())


def after(*questions):
    return Conversation(tuple(Turn(question, question, DECLINED, "v", None) for question in questions))


@pytest.mark.parametrize(
    ("earlier", "question", "query"),
    [
        ("What is an innovation zone?", "Who decides on it?", "Who decides on innovation zone?"),
        ("What is an innovation zone?", "what are its goals?", "What are innovation zone’s goals?"),
        ("What are innovation zones?", "Who pays for them", "Who pays for innovation zones"),
        ("How does mastery grading work?", "their transcripts", "Mastery grading work’s transcripts"),
        ("What is KnowledgeWorks?", "is it a charity?", "Is KnowledgeWorks a charity?"),
        (
            "What is competency-based education?",
            "do those policies work?",
            "Do those policies work (competency-based education)?",
        ),
        (
            "What is competency-based education?",
            "tell me more about that",
            "Tell me more about competency-based education",
        ),
    ],
)
def test_pronouns(earlier, question, query):
    """A word that points back is replaced by, or explained with, what was asked about before."""
    assert standalone(question, after(earlier)).query == query


@pytest.mark.parametrize(
    ("earlier", "question", "query"),
    [
        ("What is seat time?", "why?", "Why: seat time?"),
        ("What is seat time?", "For example?", "For example: seat time?"),
        ("What is seat time?", "Tell me more.", "Tell me more: seat time?"),
        ("What is seat time?", "go on", "Go on: seat time?"),
        ("How are students tested?", "what about English learners?", "Students tested: English learners?"),
        ("How are students tested?", "and in rural schools", "Students tested: in rural schools?"),
    ],
)
def test_ellipses(earlier, question, query):
    """A question of a word or two is completed from the one before."""
    assert standalone(question, after(earlier)).query == query


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("And in Utah?", "Which waivers does Utah grant?"),
        ("what about West Virginia?", "Which waivers does West Virginia grant?"),
        ("How about Ohio", "Which waivers does Ohio grant?"),
    ],
)
def test_another_state(question, query):
    """Naming another state asks the same of that one."""
    assert standalone(question, after("Which waivers does Kentucky grant?")).query == query


@pytest.mark.parametrize(
    "question",
    [
        "What is competency-based education?",
        "Is it true that Ohio pays for state tests?",
        "Is it legal to waive seat time?",
        "If a state adopts a waiver, does it expire?",
        "What does this library hold?",
        "Which districts have a plan that is approved?",
        "seat time waivers",
        "And how do districts pay teachers for summer work?",
    ],
)
def test_self_contained_questions_are_left_alone(question):
    """A question that needs nothing from the conversation is searched as it was typed."""
    assert standalone(question, after("What is an innovation zone?")).query == question


@pytest.mark.parametrize("question", ["What is it?", "why?", "their goals?", "tell me more", "How do those work?"])
def test_pointing_at_nothing(question):
    """What points back where nothing was said is known to, and is searched as it was typed."""
    found = standalone(question, Conversation())
    assert found.query == question
    assert found.unresolved


def test_the_latest_answer_is_what_is_meant():
    """A follow-up leans on the latest question that was answered, over declined ones and courtesies."""
    assistant = assistant_of("# Zones\n\nInnovation zones free districts.", "# Bread\n\nOvens bake bread.")
    conversation = assistant.converse(
        ["What do innovation zones free?", "How tall is the highest mountain in Asia by far?", "thanks"]
    )
    assert "innovation zones" in standalone("Who wants them?", conversation).query


@pytest.mark.parametrize("follow_up", ["why?", "tell me more", "for example?", "and in rural schools?"])
def test_follow_ups_of_follow_ups(follow_up):
    """However it was asked about, the topic of a conversation stays the topic, and nothing sticks to it."""
    conversation = after("What is seat time?")
    conversation = after("What is seat time?", standalone(follow_up, conversation).query)
    assert standalone("Who pays for it?", conversation).query.lower() == "who pays for seat time?"


def test_courtesies_are_no_topic():
    """A greeting says nothing that a later question could point at."""
    greeted = Conversation((Turn("hello", "", Courtesy("Hello.", ()), "v", None),))
    assert standalone("why?", greeted).unresolved


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("rural schools", "Seat time: rural schools?"),
        ("why do rural schools personalize algebra lessons", None),
        ("what is it", None),
    ],
)
def test_short_questions_that_found_nothing(question, query):
    """A short question that found nothing may be meant as a follow-up; a long or empty one is not."""
    assert completed(question, after("What is seat time?")) == query
    assert completed(question, Conversation()) is None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("What is an innovation zone?", "innovation zone"),
        ("How can state policymakers support personalized learning?", "personalized learning"),
        ("What is the definition of seat time", "seat time"),
        ("define competency-based education", "competency-based education"),
        ("seat time", "seat time"),
        ("what is it", "what is it"),
    ],
)
def test_topic(query, expected):
    """The topic of a question is what is left without the words that make it one."""
    assert topic(query) == expected


@given(st.text(max_size=60) | phrases, st.lists(phrases | st.text(max_size=30), max_size=3))
def test_any_question_gives_a_query(question, earlier):
    """Whatever was typed before, a question gives a query, and the same one each time."""
    conversation = after(*earlier)
    found = standalone(question, conversation)
    assert found.query or not question
    assert found == standalone(question, conversation)
