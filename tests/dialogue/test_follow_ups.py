from __future__ import annotations

from dataclasses import replace

import pytest
from conversations import after, answered, offering, turn
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of
from strategies import phrases

from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.follow_ups import offered, retried, standalone
from assistant.dialogue.reply import Abstention, Courtesy

STAGES = answered(
    "what are the three stages",
    "Stages",
    "There are three stages:\n\n1. exploration: new ideas\n2. replication of what worked\n3. transformation",
)
TABLE = answered(
    "which cards are there", "Cards", "| Card | Fee |\n|---|---|\n| Debit card | none |\n| Gold card | 90 |"
)
COMMITMENTS = answered("What are the core commitments?", "Commitments", "They are alignment, equity and quality.")
OPTIONS = ("What is a waiver?", "Who grants waivers?", "How long do waivers last?")


@pytest.mark.parametrize(
    ("earlier", "question", "query"),
    [
        ("What is an innovation zone?", "Who decides on it?", "Who decides on an innovation zone?"),
        ("What is an innovation zone?", "what are its goals?", "What are an innovation zone’s goals?"),
        ("What are innovation zones?", "Who pays for them", "Who pays for innovation zones"),
        ("What is KnowledgeWorks?", "is it a charity?", "Is KnowledgeWorks a charity?"),
        ("What is competency-based education?", "tell me about that", "Tell me about competency-based education"),
        (
            "What are Kentucky's Districts of Innovation?",
            "who criticizes it?",
            "Who criticizes Kentucky's Districts of Innovation?",
        ),
        ("What is a waiver?", "how do they work?", "How do waivers work?"),
        ("Who is Betsy DeVos?", "when did she resign?", "When did Betsy DeVos resign?"),
    ],
)
def test_pronouns(earlier, question, query):
    """A word that points back is replaced by what was just asked about, in its number; both are searched behind it."""
    found = standalone(question, after(earlier))
    assert found.query == query
    assert found.others[0].startswith(earlier.rstrip("?"))
    assert not found.asked


@pytest.mark.parametrize(
    ("earlier", "question", "query"),
    [
        (
            "Which waivers does Kentucky grant?",
            "How long do they last?",
            "Which waivers does Kentucky grant? How long do they last?",
        ),
        ("should unions back it", "do they have to by law?", "should unions back it? Do they have to by law?"),
        (
            "Which states have run pilots?",
            "Which ones ended?",
            "Which states have run pilots? Which ones ended?",
        ),
        ("What is seat time?", "do those policies work?", "What is seat time? Do those policies work?"),
        ("What is seat time?", "why?", "What is seat time? Why?"),
        ("What is seat time?", "For example?", "What is seat time? For example?"),
        ("What is seat time?", "ok go on", "What is seat time? Go on"),
        ("Does ESSA fund pilots?", "since when?", "Does ESSA fund pilots? Since when?"),
        ("does my child still get an IEP", "and a 504?", "does my child still get an IEP? A 504?"),
        ("Who directed the film Arrival?", "any awards?", "Who directed the film Arrival? Any awards?"),
        ("Is soccer like rugby?", "how many teams?", "Is soccer like rugby? How many teams?"),
        ("How do state tests work?", "no, federal tests", "How do state tests work? Federal tests"),
        ("What is seat time? Any awards?", "and when?", "What is seat time? Any awards? When?"),
    ],
)
def test_what_has_no_sound_sentence(earlier, question, query):
    """What can't be put into one sound sentence is searched behind the question before it, both as they were typed."""
    found = standalone(question, after(earlier))
    assert found.query == query
    assert query.casefold().endswith(found.asked.casefold())


@pytest.mark.parametrize(
    ("earlier", "question", "query"),
    [
        ("Does Kentucky let districts waive laws?", "and in Utah?", "Does Utah let districts waive laws?"),
        ("Does Kentucky let districts waive laws?", "Utah?", "Does Utah let districts waive laws?"),
        (
            "Does Kentucky let districts waive laws?",
            "what about West Virginia",
            "Does West Virginia let districts waive laws?",
        ),
        ("What are Kentucky's plans?", "great, what about Maine?", "What are Maine's plans?"),
        ("What is seat time?", "And in Ohio?", "What is seat time in Ohio?"),
        (
            "How many conditions are in the 2019 framework?",
            "what about 2015?",
            "How many conditions are in the 2015 framework?",
        ),
        (
            "What time does the library open on Saturdays?",
            "and on Sundays?",
            "What time does the library open on Sundays?",
        ),
        ("How do I share a folder?", "and with people outside?", "How do I share a folder with people outside?"),
        ("How many states have graduate profiles?", "which ones?", "Which states have graduate profiles?"),
        (
            "Will colleges accept transcripts?",
            "outside New England too?",
            "Will colleges accept transcripts outside New England?",
        ),
        ("Does Kentucky waive laws?", "no, I meant Ohio", "Does Ohio waive laws?"),
        ("Does Idaho waive laws?", "sorry, Ohio not Idaho", "Does Ohio waive laws?"),
        ("Does Idaho waive laws?", "not Idaho, Ohio", "Does Ohio waive laws?"),
        ("What did RAND find in 2015?", "no i meant 2017", "What did RAND find in 2017?"),
    ],
)
def test_fragments(earlier, question, query):
    """A name is put in place of another of its kind, and a place is added where there is none."""
    assert standalone(question, after(earlier)).query == query


@pytest.mark.parametrize(
    ("turns", "question", "query"),
    [
        ([STAGES], "tell me more about the second one", "Tell me more about replication of what worked"),
        ([STAGES], "and the last one?", "Tell me more about transformation"),
        ([STAGES], "what happens in the first one?", "What happens in exploration?"),
        ([STAGES], "the first two", "Tell me more about exploration and replication of what worked"),
        ([STAGES, turn("what happens in exploration")], "and the third one", "What happens in transformation?"),
        ([TABLE], "how do I get the second one?", "How do I get Gold card?"),
        ([TABLE], "tell me about both", "Tell me about Debit card and Gold card"),
        ([COMMITMENTS], "tell me more about the first one", "Tell me more about alignment"),
        ([COMMITMENTS], "the last?", "Tell me more about quality"),
        ([offering("waivers", *OPTIONS)], "the second one", OPTIONS[1]),
        ([offering("waivers", *OPTIONS)], "3", OPTIONS[2]),
        ([offering("waivers", *OPTIONS)], "number 1 please", OPTIONS[0]),
        ([turn("waivers", Abstention("not_covered", OPTIONS))], "the last one", OPTIONS[2]),
        (
            ["What are the commitments?"],
            "tell me about the first one",
            "What are the commitments? Tell me about the first one",
        ),
    ],
)
def test_positions(turns, question, query):
    """A position is what stands there in the latest list that was quoted or offered."""
    assert standalone(question, after(*turns)).query == query


def test_a_clause_is_no_list():
    """What a sentence says of one thing is no list to point into; a list of a further quote is."""
    said = answered("what are the stages", "Order", "It is said: the framework is not linear and not fixed.")
    assert "fixed" not in standalone("the second one", after(said)).query.rsplit("?", 1)[-1]
    both = replace(
        said, reply=replace(said.reply, citations=(*said.reply.citations, replace(STAGES.reply.citations[0], number=2)))
    )
    assert "replication" in standalone("the second one", after(both)).query


@pytest.mark.parametrize("question", ["the fourth one", "both", "the first two", "yes", "no"])
def test_positions_that_are_not_there(question):
    """What no offered question stands at is asked back, with the same questions to choose from."""
    conversation = after(offering("waivers", *OPTIONS))
    assert standalone(question, conversation).unresolved
    assert offered(conversation) == OPTIONS


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("different question: how many states have one?", "How many states have one?"),
        ("ok new topic. what about Florida", "Florida"),
        ("anyway, what is seat time?", "What is seat time?"),
        ("thanks! and how is it funded?", "How is an innovation zone funded?"),
        ("Great, who runs it?", "Who runs an innovation zone?"),
    ],
)
def test_openings(question, query):
    """Thanks are no part of a query, and a new topic leans on nothing."""
    assert standalone(question, after("What is an innovation zone?")).query == query


LEFT_ALONE = (
    "What is ESSA?|What one thing should a state do first?|Who is Betsy DeVos?|What is competency-based education?|Is it true that Ohio pays for state tests?|"
    "Is it legal to waive seat time?|If a state adopts a waiver, does it expire?|What does this library hold?|"
    "Which districts have a plan that is approved?|seat time waivers|And how do districts pay teachers for summer work?|"
    "And what is ESSA?|Do states fund districts for their pilots?|Can a school set its own calendar?|"
    "Do critics say that it harms students?|What is the policy this year?|Is there a federal definition?|"
    "No Child Left Behind|Right to repair laws|Great schools in Utah|CIS Kubernetes Benchmark|Value|"
    "When applying for a mortgage, can it also cover outstanding debts?|How do versions work, and do they expire?|"
    "Where can people report a scam that they have been affected by?|Is it hard to get a loan?|"
    "How long does it take to open an account?|Can I borrow a laptop?|What do students think of their plans?|"
    "How can I get this Vulnerability Advisor v4?|I can see that there are a lot of scams out there.|"
    "That was not my question.|How many states are there?|Sorry state of roads in Ohio|Also sprach Zarathustra author|"
    "thanks to whom did ESSA pass?|What do you know about Maine|Is it safe to pay online?|so who is Arne Duncan?|"
    "What is FICO? Is that the same as a credit score?"
).split("|")


@pytest.mark.parametrize("question", LEFT_ALONE)
@pytest.mark.parametrize("earlier", ["What is an innovation zone?", "Which waivers does Kentucky grant?"])
def test_self_contained_questions_are_left_alone(earlier, question):
    """A question that needs nothing from the conversation is searched as it was typed, after any other."""
    assert standalone(question, after(earlier)).query == question
    assert not standalone(question, Conversation()).unresolved


@pytest.mark.parametrize(
    "question",
    "What is it?|why?|their goals?|tell me more|How do those work?|what about it?|and there?|the second one|yes|"
    "and in Utah?|who pays for it?|is that still in force".split("|"),
)
def test_pointing_at_nothing(question):
    """What points back where nothing was said is known to, and is searched as it was typed."""
    found = standalone(question, Conversation())
    assert found.query == question
    assert found.unresolved


def test_pointing_at_nobody():
    """Who points at a person where none was named is asked back."""
    assert standalone("did she win an award?", after("What is seat time?")).unresolved


def test_washington_may_be_a_person():
    """A namesake of a state is no place to go on with."""
    conversation = after("Who was George Washington?")
    assert standalone("when did he die?", conversation).query == "When did George Washington die?"


def test_another_subject_is_passed_over():
    """A follow-up leans on the latest question that the library is about, over those on other subjects and courtesies."""
    assistant = assistant_of("# Zones\n\nInnovation zones free districts.", "# Bread\n\nOvens bake bread.")
    conversation = assistant.converse(
        ["What do innovation zones free?", "How tall is the highest mountain in Asia by far?", "thanks"]
    )
    assert standalone("Who wants them?", conversation).query == "What do innovation zones free? Who wants them?"


@pytest.mark.parametrize("follow_up", ["why?", "tell me more", "for example?", "and in rural schools?", "any awards?"])
def test_follow_ups_of_follow_ups(follow_up):
    """However it was asked about, the topic of a conversation stays the topic, and nothing sticks to it."""
    conversation = after("What is seat time?")
    conversation = after("What is seat time?", standalone(follow_up, conversation).query)
    assert standalone("Who pays for it?", conversation).query.startswith("Who pays for seat time")


def test_nothing_accumulates():
    """The fourth turn does not carry the words of the first three."""
    turns = ["Does Kentucky let districts waive laws?"]
    for question in ("and in Utah?", "why?", "what about Ohio?", "since when?"):
        turns.append(standalone(question, after(*turns)).query)
    assert turns[-1] == "Does Ohio let districts waive laws? Since when?"


def test_courtesies_are_no_topic():
    """A greeting says nothing that a later question could point at."""
    greeted = Conversation((Turn("hello", "", Courtesy("Hello.", ()), "v", None),))
    assert standalone("why?", greeted).unresolved


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("rural schools", "What is seat time? Rural schools"),
        ("why do rural schools personalize algebra lessons", None),
        ("what is it", None),
    ],
)
def test_short_questions_that_found_nothing(question, query):
    """A short question that found nothing may be meant as a follow-up; a long or empty one is not."""
    assert retried(question, after("What is seat time?")) == query
    assert retried(question, Conversation()) is None


@given(st.text(max_size=60) | phrases, st.lists(phrases | st.text(max_size=30), max_size=3))
def test_any_question_gives_a_query(question, earlier):
    """Whatever was typed before, a question gives a query, and the same one each time."""
    conversation = after(*earlier)
    found = standalone(question, conversation)
    assert found.query or not question
    assert found == standalone(question, conversation)


@pytest.mark.parametrize("question", ["Right-to-work?", "What law is Utah based on?"])
def test_no_word_is_taken_off_another(question):
    """A question that begins like a courtesy, or has its words in an odd order, is searched as it was typed."""
    assert standalone(question, after("Does Utah fund pilots?")).candidates == (question,)
