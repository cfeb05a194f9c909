from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pydantic
import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import assistant_of, with_decision

from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.dialogue.reply import Abstention, Answer, Clarification, Closest, Courtesy
from assistant.dialogue.turn_json import TurnJson, reply_text, turn_to_json
from assistant.documents.sentences import Span

SCHEMA = Path(__file__).parent.parent.parent / "docs" / "turn.schema.json"
FIELDS = {
    "kind",
    "completeness",
    "not_covered",
    "unanswered",
    "reason",
    "language",
    "text",
    "parts",
    "citations",
    "more",
    "options",
    "nearest",
    "suggestions",
}


@pytest.fixture(scope="module")
def schema():
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def turns(assistant):
    """Give a turn of each kind."""
    plain = assistant_of(
        "# What is a zone?\n\nA zone frees districts.", "# What is a pilot?\n\nA pilot tries a policy."
    )
    decision = replace(assistant.version.manifest.decision, closest=0.05)
    unsure = Assistant(with_decision(assistant.version, decision), BagOfWords(), SharedWords())
    asked = {
        Closest: unsure.ask("Which families opposed waivers?"),
        Answer: unsure.ask("What is an innovation zone?"),
        Abstention: assistant.ask("How do I bake bread with rye flour?"),
        Clarification: plain.ask("Who pays for it?"),
        Courtesy: assistant.ask("Hello!"),
    }
    assert all(type(turn.reply) is kind for kind, turn in asked.items())
    return asked


def test_the_schema_is_that_of_the_types(schema):
    """The published JSON Schema is the one that the types give."""
    assert schema == pydantic.TypeAdapter(TurnJson).json_schema()
    assert SCHEMA.read_text(encoding="utf-8") == json.dumps(schema, indent=2, sort_keys=True) + "\n"


@pytest.mark.parametrize("kind", [Answer, Closest, Abstention, Clarification, Courtesy])
def test_turns_are_as_the_schema_says(schema, turns, kind):
    """A turn of each kind validates against the published schema, after a round trip as JSON."""
    written = json.loads(json.dumps(turn_to_json(turns[kind])))
    jsonschema.Draft202012Validator(schema).validate(written)
    assert written["reply"]["kind"] == kind.__name__.lower()
    assert written["reply"]["text"] == reply_text(turns[kind].reply)
    assert set(written["reply"]) == FIELDS


def test_a_turn_says_what_was_asked_and_of_which_version(turns, assistant):
    """A turn names question, searched query, version and the date of the content."""
    written = turn_to_json(turns[Answer])
    assert written["question"] == written["query"] == "What is an innovation zone?"
    assert written["version"] == assistant.version.id
    assert written["content_date"] == "2026-03-31"


def test_an_answer(assistant):
    """Each part of an answer is the quote of its citation, which can be found in the passage and opened."""
    turn = assistant.ask("Which waivers does Kentucky grant?")
    reply = turn_to_json(turn)["reply"]
    assert reply["completeness"] == "complete"
    (citation,) = reply["citations"]
    assert reply["parts"] == [{"text": citation["quote"], "citation": 1}]
    assert reply["text"] == f"{citation['quote']} [1]"
    assert assistant.passage(citation["passage"]).text[citation["start"] : citation["end"]] == citation["quote"]
    assert (citation["document"], citation["title"], citation["heading"]) == (
        "states",
        "States and districts",
        ["Kentucky waivers"],
    )
    assert (citation["publisher"], citation["published"]) == ("Policy Institute", "2024")
    assert citation["source_url"] == "https://policy.example/states"
    assert citation["page"] is None
    digest = hashlib.sha256(citation["quote"].encode()).hexdigest()[:8]
    assert citation["url"] == f"/library/states?cite=kentucky-waivers.0-{citation['end']}.{digest}#kentucky-waivers"


def test_the_closest_passages(turns, schema):
    """Passages that may not answer come as such, with highlights and the word that their sections go on."""
    turn = turns[Closest]
    first, *others = turn.reply.citations
    lit = replace(first, highlights=(Span(first.start, first.start + 8),), continues=True)
    written = turn_to_json(replace(turn, reply=replace(turn.reply, citations=(lit, *others))))
    jsonschema.Draft202012Validator(schema).validate(written)
    reply = written["reply"]
    assert reply["text"] == f"{wording.CLOSEST}\n\n{first.quote} [1]"
    assert {citation["role"] for citation in reply["citations"]} == {"closest"}
    assert reply["citations"][0]["highlights"] == [{"start": first.start, "end": first.start + 8}]
    assert reply["citations"][0]["continues"] is True
    assert reply["nearest"] == list(turn.reply.nearest)
    assert reply["completeness"] is reply["reason"] is None


def test_passages_beside_an_answer(turns):
    """Passages of other sections are numbered on from the answer, in a list of their own."""
    reply = turn_to_json(turns[Answer])["reply"]
    assert [citation["number"] for citation in reply["citations"] + reply["more"]] == [1, 2, 3]
    assert {citation["role"] for citation in reply["citations"]} == {"answer"}
    assert {citation["role"] for citation in reply["more"]} == {"closest"}
    assert len(reply["parts"]) == 1


def test_links_of_the_source(assistant):
    """A link that stands in a quote comes with its citation, at the offsets of its words in the passage."""
    (citation,) = turn_to_json(assistant.ask("Why are volunteers hard to keep?"))["reply"]["citations"]
    (link,) = citation["links"]
    text = assistant.passage(citation["passage"]).text
    assert (text[link["start"] : link["end"]], link["url"]) == ("stipends", "https://policy.example/stipends")
    assert turn_to_json(assistant.ask("What does ESSA allow?"))["reply"]["citations"][0]["links"] == []


def test_the_address_counts_from_the_section(assistant):
    """The address of a quote in a later passage of its section opens at that passage, with the section's offsets."""
    filler = " ".join(f"Sentence number{n} is about filler{n} only." for n in range(40))
    assistant = assistant_of(f"# Long\n\n{filler} Waivers expire in Ohio after five years.", "# Bread\n\nOvens bake.")
    (citation,) = turn_to_json(assistant.ask("When do waivers expire in Ohio?"))["reply"]["citations"]
    section = assistant.documents["page-1"].sections[0].text
    span, _, anchor = citation["url"].partition("?cite=long.")[2].partition("#")
    start, end = map(int, span.partition(".")[0].split("-"))
    assert section[start:end] == citation["quote"]
    assert anchor.startswith("long--")


def test_declining(turns):
    """A declined question has its reason, on another subject no questions, and nothing that looks like an answer."""
    reply = turn_to_json(turns[Abstention])["reply"]
    assert (reply["reason"], reply["language"]) == ("out_of_scope", "en")
    assert reply["nearest"] == []
    assert reply["parts"] == reply["citations"] == []
    assert reply["completeness"] is None


def test_asking_back(turns):
    """A question back offers two options or more."""
    reply = turn_to_json(turns[Clarification])["reply"]
    assert len(reply["options"]) >= 2


def test_courtesy(turns):
    """A courtesy was not searched for and offers questions to begin with."""
    written = turn_to_json(turns[Courtesy])
    assert written["query"] == ""
    assert written["reply"]["suggestions"][0] == "What is an innovation zone?"


def test_parts_that_are_not_covered(assistant, schema):
    """A partial answer names the parts that are not covered, as a field and in its text below the quotes."""
    written = turn_to_json(assistant.ask("Which waivers does Kentucky grant and how many tulips bloom?"))
    reply = written["reply"]
    assert (reply["completeness"], reply["not_covered"]) == ("partial", ["how many tulips bloom?"])
    assert reply["unanswered"] == [{"text": "how many tulips bloom?", "state": "nothing"}]
    assert reply["text"].endswith("\n\nNo answer was found to this part of the question: “how many tulips bloom?”")
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(written)))


def test_older_readers_and_writers(schema, turns):
    """A turn that was written before the fields `not_covered` and `links` existed is still as the schema says."""
    written = json.loads(json.dumps(turn_to_json(turns[Answer])))
    del written["reply"]["not_covered"]
    del written["reply"]["citations"][0]["links"]
    jsonschema.Draft202012Validator(schema).validate(written)
