from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import FAQ, assistant_of, no_bar, open_small, with_threshold, write_corpus

from assistant import Abstention, Answer, Assistant, Clarification, Conversation, Courtesy
from assistant.dialogue.reply import Closest
from assistant.documents.aliases import Alias
from assistant.errors import IndexMismatch, QuestionError
from assistant.publishing.build import build_index
from assistant.versions.store import Store


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("How much does a pilot cost?", "A pilot costs about 40 dollars for each student."),
        ("innovation zone meaning", "An innovation zone is a group of districts that a state frees from some rules."),
        (
            "Which waivers does Kentucky grant?",
            "Kentucky grants waivers from attendance laws to districts of innovation.",
        ),
        ("What are the stages of reform?", "1. exploration of new ideas by volunteers;"),
        ("ESSA", "The Every Student Succeeds Act lets up to seven states try another test."),
    ],
)
def test_answers(assistant, question, quote):
    """A question that the library answers is answered by the words that do."""
    turn = assistant.ask(question)
    assert isinstance(turn.reply, Answer)
    assert quote in turn.reply.citations[0].quote
    assert turn.query == turn.question == question


def test_a_misspelt_question(assistant):
    """A misspelt question is answered: what was searched is spelt right, what was asked stays as it was typed."""
    turn = assistant.ask("Which waivrs does Kentuky  grant for atendance?")
    assert turn.question == "Which waivrs does Kentuky grant for atendance?"
    assert turn.query == "Which waivers does Kentucky grant for attendance?"
    assert "Kentucky grants waivers" in turn.reply.citations[0].quote
    assert assistant.interpret("Kentuky?", Conversation()).query == "Kentucky?"


def test_aliases(assistant):
    """What people call by another name is answered, and the question is shown as they asked it."""
    turn = assistant.ask("Which waivers does KY grant?")
    assert turn.query == turn.question == "Which waivers does KY grant?"
    assert "Kentucky grants waivers" in turn.reply.citations[0].quote
    assert "40 dollars" in assistant.ask("What is the budget of a pilot?").reply.citations[0].quote


def test_names_of_aliases_are_not_corrected():
    """Another name that people write is a word of the library too."""
    assistant = assistant_of("# Zenthros\n\nZenthros is a zone.", aliases=[Alias("zenthrox", "Zenthros")])
    assert assistant.ask("what is zenthrox").query == "what is zenthrox"


def test_several_questions_after_a_conversation(assistant):
    """Of several questions the first leans on the conversation, the second on the first: its "it" is another."""
    conversation = assistant.converse(["Which waivers does Kentucky grant?"])
    turn = assistant.ask("What is an innovation zone? How does it report results?", conversation)
    assert turn.query == turn.question
    assert turn.reply.citations[0].passage.anchor == "what-is-an-innovation-zone"
    assert {citation.passage.document_id for citation in turn.reply.citations} == {"faq"}
    resolved = assistant.ask("How long do they last? What do pilots cost?", conversation)
    assert resolved.query.endswith("? What do pilots cost?")
    assert "Kentucky" in resolved.query.partition("?")[0]


@pytest.mark.parametrize(
    "question", ["How do I bake bread with rye flour?", "Which waivers does Oregon grant?", "zzz qqq"]
)
def test_abstentions(assistant, question):
    """What the library does not say is not answered."""
    assert isinstance(assistant.ask(question).reply, Abstention)


def test_source_of_a_quote(assistant):
    """A citation says who said it and when."""
    (citation,) = assistant.ask("Which waivers does Kentucky grant?").reply.citations
    assert (citation.source.publisher, citation.source.published) == ("Policy Institute", "2024")


@pytest.mark.parametrize("question", ["hello", "thanks!", "bye", "Who are you?"])
def test_courtesies(assistant, question):
    """A courtesy is answered without a search, and with questions to begin with."""
    turn = assistant.ask(question)
    assert isinstance(turn.reply, Courtesy)
    assert turn.query == ""
    assert turn.reply.suggestions == assistant.starter_questions()


def test_clarification():
    """A question that points at nothing is asked back, with two questions or more to choose from."""
    assistant = assistant_of(
        "# What is a zone?\n\nA zone frees districts.", "# What is a pilot?\n\nA pilot tries a policy."
    )
    reply = assistant.ask("Who pays for it?").reply
    assert isinstance(reply, Clarification)
    assert set(reply.options) == {"What is a zone?", "What is a pilot?"}


def test_a_guess_is_no_answer():
    """A question that points at nothing is asked back however near a passage is, unless the rest of it says enough."""
    assistant = assistant_of(
        "# What is a zone?\n\nA zone frees districts.", "# Who pays for a pilot?\n\nParents in Kansas hate pilots."
    )
    eager = with_threshold(assistant, -9)
    assert isinstance(eager.ask("Who pays for it?").reply, Clarification)
    assert isinstance(eager.ask("Did Kansas parents hate it?").reply, Answer)


def test_pointing_at_nothing_with_nothing_to_choose_from():
    """Where there is nothing to choose from, a question that points at nothing is declined."""
    assert isinstance(assistant_of("# Zones\n\nA zone frees districts.").ask("Who pays for it?").reply, Abstention)


def test_follow_up(assistant):
    """A follow-up is searched as the standalone question that the turn shows."""
    conversation = assistant.converse(["Which waivers does Kentucky grant?"])
    turn = assistant.ask("How long do they last?", conversation)
    assert turn.question == "How long do they last?"
    assert "Kentucky" in turn.query
    assert "They last five years" in turn.reply.citations[0].quote


def test_follow_up_about_another_state(assistant):
    """The same question about a state that the library does not have is declined."""
    turn = assistant.ask("And in Oregon?", assistant.converse(["Which waivers does Kentucky grant?"]))
    assert turn.query == "Which waivers does Oregon grant?"
    assert isinstance(turn.reply, Abstention)


def test_a_follow_up_is_not_answered_by_the_same_words_again():
    """Who asks for something new of what was just defined does not get the definition once more."""
    assistant = assistant_of("# What is seat time?\n\nSeat time is time in class.", "# Zones\n\nZones free districts.")
    conversation = assistant.converse(["What is seat time?"])
    turn = assistant.ask("who criticizes it?", conversation)
    assert turn.query == "Who criticizes seat time?"
    reply = with_threshold(assistant, -9).ask("who criticizes it?", conversation).reply
    assert isinstance(reply, Closest)
    assert [citation.quote for citation in reply.citations] == ["Zones free districts."]
    assert isinstance(with_threshold(assistant, -9).ask("how long is that class?", conversation).reply, Answer)


@pytest.mark.parametrize("question", ["why?", "yes", "and there?"])
def test_options_where_nothing_is_near(question):
    """A question that names nothing is asked back with the questions to begin with."""
    assistant = assistant_of(
        "# What is a zone?\n\nA zone frees districts.", "# What is a pilot?\n\nA pilot tries a policy."
    )
    assert assistant.ask(question).reply == Clarification(assistant.starter_questions())


def test_the_offered_options_are_offered_again(assistant):
    """Who answers "yes" to a choice is given the choice again; who names a position is asked that question."""
    conversation = assistant.converse(["why?"])
    options = conversation.turns[-1].reply.options
    assert assistant.ask("yes", conversation).reply.options == options
    assert assistant.ask("the second one", conversation).query == options[1]


def test_a_topic_does_not_answer_for_what_was_asked():
    """A short question about something else is declined, though the topic of the turn before would find a quote."""
    assistant = assistant_of("# Credit flexibility\n\nOhio has credit flexibility.", "# Zones\n\nZones free districts.")
    conversation = assistant.converse(["What is credit flexibility in Ohio?"])
    assert isinstance(conversation.turns[0].reply, Answer)
    for question in ("who won the election", "weather tomorrow", "bitcoin price"):
        assert isinstance(assistant.ask(question, conversation).reply, Abstention)


def test_short_question_that_means_the_topic():
    """A short question that finds nothing by itself is tried again as a follow-up."""
    assistant = assistant_of(
        "# Credit flexibility\n\nOhio has credit flexibility. The audit of credit flexibility in Ohio took nine months.",
        "# Zones\n\nZones free districts from rules about teachers, grades, hours and money.",
    )
    conversation = assistant.converse(["What is credit flexibility in Ohio?"])
    assert isinstance(assistant.ask("audit months").reply, Abstention)
    turn = assistant.ask("audit months", conversation)
    assert isinstance(turn.reply, Answer)
    assert turn.query == "What is credit flexibility in Ohio? Audit months"


def test_asking_is_the_same_each_time(assistant, index_folder):
    """The same question on the same version gets the same reply, after other questions and in another process' copy."""
    first = assistant.ask("What are the stages of reform?")
    assistant.ask("something else entirely")
    assert assistant.ask("What are the stages of reform?") == first
    assert open_small(index_folder).ask("What are the stages of reform?") == first


def test_conversations_are_bounded(assistant):
    """A conversation of a hundred questions keeps the latest six."""
    conversation = assistant.converse(["Which waivers does Kentucky grant?"] * 20)
    assert len(conversation.turns) == 6


def test_a_turn_names_its_version(assistant, index_folder):
    """Each turn names the version that it came from and how new its content is."""
    turn = assistant.ask("hello", Conversation())
    assert turn.version == Store(index_folder).load_current().id
    assert turn.content_date == "2026-03-31"


@pytest.mark.parametrize("question", ["", "?!", "x" * 2000])
def test_questions_that_can_not_be_searched(assistant, question):
    """A question that can't be searched is an error and not an abstention."""
    with pytest.raises(QuestionError):
        assistant.ask(question)


def test_passages_by_id(assistant):
    """A passage can be had by its id; an id of nothing gives none."""
    assert assistant.passage("states/kentucky-waivers").text.startswith("Kentucky grants waivers")
    assert assistant.passage("states/nothing") is None


def test_starter_questions(assistant, tmp_path):
    """A conversation begins with the starters that a page names, else with the first entries."""
    assert assistant.starter_questions()[0] == "What is an innovation zone?"
    chosen = FAQ.replace("updated:", "starters:\n- What does ESSA allow?\nupdated:")
    build_index(write_corpus(tmp_path / "c", {"faq.md": chosen}), tmp_path / "index", BagOfWords(), no_bar)
    assert Assistant.open(tmp_path / "index", BagOfWords(), SharedWords()).starter_questions() == (
        "What does ESSA allow?",
    )


def test_vectors_that_do_not_fit_the_passages(index_folder):
    """An index whose vectors were made for other passages is refused, not searched."""
    version = Store(index_folder).load_current()
    with pytest.raises(IndexMismatch, match=r"vectors, its passages need .*; run `python build_index.py`"):
        Assistant(
            replace(version, passages=version.passages[1:]),
            BagOfWords(),
            SharedWords(),
        )


def test_the_log_keeps_no_question(assistant, caplog):
    """A line is logged for each question: outcome, time and passages, never the question."""
    with caplog.at_level(logging.INFO, logger="assistant"):
        assistant.ask("Which waivers does Kentucky grant?")
        assistant.ask("my secret plan to bake bread")
    first, second = [record.getMessage() for record in caplog.records if record.name.startswith("assistant")]
    assert first.startswith("answer ")
    assert first.endswith(" ms states/kentucky-waivers")
    assert second.startswith("abstention ")
    assert "secret" not in second


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What is personalized learning?", "policy-faq"),
        ("Will universities take a transcript that has no letter grades?", "policy-faq"),
        ("How many conditions does the framework have?", "policy-faq"),
    ],
)
def test_real_answers(real_assistant, question, document):
    """On the project's library the real model finds what a policymaker asks for, in other words too."""
    reply = real_assistant.ask(question).reply
    assert isinstance(reply, Answer)
    assert document in {citation.passage.document_id for citation in reply.citations}


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "banana bread recipe without eggs",
        "What did Oregon pass about innovation zones?",
    ],
)
def test_real_abstentions(real_assistant, question):
    """On the project's library the real model does not answer what is not in it."""
    assert not isinstance(real_assistant.ask(question).reply, Answer)


@pytest.mark.model
@pytest.mark.parametrize("question", ["What is it?", "why?", "tell me more about that", "how long do they last?"])
def test_real_clarifications(real_assistant, question):
    """On the project's library a question that points at nothing is asked back."""
    assert isinstance(real_assistant.ask(question).reply, Clarification)


@pytest.mark.model
def test_real_follow_up(real_assistant):
    """On the project's library a follow-up is understood."""
    conversation = real_assistant.converse(["What is an innovation zone?"])
    turn = real_assistant.ask("which states have them?", conversation)
    assert "innovation zone" in turn.query


@pytest.mark.model
def test_real_quotes(real_assistant):
    """On the project's library every quote stands in its section at its offsets: asked of every fourth section."""
    for entry in [passage.questions[0] for passage in real_assistant.version.passages if passage.questions][::4]:
        for citation in getattr(real_assistant.ask(entry).reply, "citations", ()):
            passage = citation.passage
            sections = real_assistant.documents[passage.document_id].sections
            (text,) = [section.text for section in sections if section.anchor == passage.section]
            start = passage.start + citation.start
            assert text[start : start + len(citation.quote)] == citation.quote


class CountingEmbedder(BagOfWords):
    """Notes every text that it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.embedded: list[str] = []

    def embed(self, texts, progress=None):
        self.embedded += texts
        return super().embed(texts, progress)


def test_a_follow_up_costs_no_more_than_its_own_search(assistant):
    """Earlier questions come back with each request and are not searched again; one asked as typed counts for itself."""
    embedder = CountingEmbedder()
    asked = Assistant(assistant.version, embedder, SharedWords())
    questions = ("How much does a pilot cost?", "What is an innovation zone?", "What does ESSA allow?")
    for number, question in enumerate(questions):
        asked.ask(question, asked.converse(questions[:number]))
        assert len(embedder.embedded) == number + 1
    assert asked.ask("Which waivrs does Kentuky grant?", as_typed=True).query == "Which waivrs does Kentuky grant?"
    assert asked.ask("Which waivrs does Kentuky grant?").query == "Which waivers does Kentucky grant?"


def test_what_is_remembered_of_one_version_is_not_told_by_another(assistant):
    """Two versions asked the same by turns each give their own quotes, also for what was asked before."""
    other = assistant_of(FAQ.replace("40 dollars", "70 dollars"))
    questions = ("What is an innovation zone?", "How much does a pilot cost?")
    for _ in range(2):
        for one, price in ((assistant, "40 dollars"), (other, "70 dollars")):
            turns = one.converse(questions).turns
            assert {turn.version for turn in turns} == {one.version.id}
            assert price in turns[-1].reply.citations[0].quote


def test_a_denied_question_is_not_answered_with_what_is_so():
    """Also after another question: what states the opposite of what is asked for is no answer to it."""
    page = "## Which states have waivers?\n\nTwo states have waivers: Ohio and Utah.\n\n## Money\n\nPilots cost forty dollars."
    asked = assistant_of(page)
    for history in ((), ("Which states have waivers?",)):
        turn = asked.ask("Which states do not have waivers?", asked.converse(history))
        assert not isinstance(turn.reply, Answer), history
        assert turn.query == "Which states do not have waivers?"


def test_what_a_follow_up_demands_is_its_own():
    """A follow-up for a number is answered by a number, whatever the question before it could be answered by."""
    page = "## Which states have waivers?\n\nOhio and Utah are the states that have waivers.\n\n## Money\n\nPilots cost forty dollars."
    asked = assistant_of(page)
    turn = asked.ask("How many states?", asked.converse(("Which states have waivers?",)))
    assert turn.query != "How many states?"
    assert not isinstance(turn.reply, Answer)
