from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import document, version_of

from assistant.__main__ import _readable
from assistant.assistant import Assistant
from assistant.dialogue.reply import Answer
from assistant.dialogue.turn_json import turn_to_json
from assistant.documents.document import Source
from assistant.web.listing import render_library
from assistant.web.reading import render_document
from assistant.web.rendering import render_turn

RULES = "## Deposit for instruments\n\nThe deposit for a borrowed violin is {}.\n"
ONLY_OLD = "\n## Lost bows\n\nWhoever loses a horsehair bow pays nine coins.\n"


def edition(year: str, text: str):
    page = document(text, name=f"rules-{year}", title=f"Orchestra rules, {year} edition")
    return replace(page, source=Source("government", "Music Board", published=f"{year}-02"))


@pytest.fixture(scope="module")
def orchestra() -> Assistant:
    old, new = edition("2011", RULES.format("3 coins") + ONLY_OLD), edition("2017", RULES.format("7 coins"))
    other = document("## Ovens\n\nOvens bake bread in the morning.", name="bread")
    return Assistant(version_of(old, new, other), BagOfWords(), SharedWords())


def cited(assistant, question):
    reply = assistant.ask(question).reply
    assert isinstance(reply, Answer)
    return [(c.passage.document_id, c.superseded_by and c.superseded_by.document) for c in reply.citations]


def test_the_edition_in_force_comes_first(orchestra):
    """Both editions are quoted, the one in force first, the older one marked with a link to the same section."""
    question = "What is the deposit for a borrowed violin?"
    assert cited(orchestra, question) == [("rules-2017", None), ("rules-2011", "rules-2017")]
    first, second = turn_to_json(orchestra.ask(question), "/site")["reply"]["citations"]
    assert first["superseded_by"] is None
    assert second["superseded_by"] == {
        "document": "rules-2017",
        "title": "Orchestra rules, 2017 edition",
        "url": "/site/library/rules-2017#deposit-for-instruments",
    }


def test_the_year_of_the_older_edition_gets_that_alone(orchestra):
    """Who names the year of the older edition gets its quote, still marked as superseded."""
    question = "What was the deposit for a borrowed violin in 2011?"
    assert cited(orchestra, question) == [("rules-2011", "rules-2017")]
    assert cited(orchestra, question.replace("2011", "2017"))[0] == ("rules-2017", None)


def test_what_only_the_older_edition_has_is_quoted_from_it(orchestra):
    """A section that the edition in force lacks is quoted, and links to the newer document as a whole."""
    turn = turn_to_json(orchestra.ask("What does one pay who loses a horsehair bow?"))
    assert turn["reply"]["citations"][0]["superseded_by"]["url"] == "/library/rules-2017"


def test_the_section_in_force_is_cited_where_only_the_older_one_was_found():
    """The same section of the edition in force stands first even if its words have nothing of the question."""
    old = edition("2011", RULES.format("3 coins"))
    new = edition("2017", "## Deposit for instruments\n\nNobody pays anything any more.\n")
    fillers = [document(f"## Violin {n}\n\nA borrowed violin number {n} sounds.", name=f"v{n}") for n in range(12)]
    assistant = Assistant(version_of(old, new, *fillers), BagOfWords(), SharedWords())
    question = "The deposit for a borrowed violin is how many coins?"
    assert cited(assistant, question)[:2] == [("rules-2017", None), ("rules-2011", "rules-2017")]


def test_every_face_says_which_edition_holds(orchestra):
    """The chat page, the copied references, the command line and the library say it in the same words."""
    turn = orchestra.ask("What is the deposit for a borrowed violin?")
    superseded, in_force = (
        "Superseded by “Orchestra rules, 2017 edition”",
        "In force; supersedes “Orchestra rules, 2011 edition”",
    )
    shown = render_turn(turn, 1, orchestra.documents, "/site")
    assert f'<p class="standing">{in_force}</p>' in shown
    assert 'href="/site/library/rules-2017#deposit-for-instruments"' in shown
    copied = json.loads(unescape(re.search('class="copy" type="button" value="([^"]*)"', shown)[1]))
    assert copied["references"][1]["text"].endswith(f"{superseded}.")
    assert shown.index(in_force) < shown.index(superseded)
    assert f"\n    {superseded}\n    rules-2011/" in _readable(turn)
    assert f"\n    {in_force}\n    rules-2017/" in _readable(turn)
    old, new = orchestra.documents["rules-2011"], orchestra.documents["rules-2017"]
    assert superseded in render_document(old, (), "", newer=orchestra.editions.in_force(old.id))
    assert in_force in render_document(new, (), "", older=orchestra.editions.older(new.id))
    listed = render_library(orchestra.documents.values(), superseded=orchestra.editions.superseded)
    assert listed.count(">superseded<") == 1
