from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_library import assistant_of, section_text, with_threshold
from strategies import markup, pages, phrases

from assistant.dialogue.reply import Answer
from assistant.errors import QuestionError

OTHER = "# Bread\n\nOvens bake bread."
LONG = "The committee met in spring and heard from parents, teachers, students and others who had much to say about it all."


FILLER = f"{LONG} {LONG} {LONG} {LONG} {LONG}"
"""A paragraph about anything, so long that three of them are no passage that is quoted whole."""


def first_citation(text, question):
    reply = with_threshold(assistant_of(text, OTHER), 0.3).ask(question).reply
    assert isinstance(reply, Answer)
    return reply.citations[0]


def first_quote(text, question):
    return first_citation(text, question).quote


def first_lights(text, question):
    citation = first_citation(text, question)
    return [citation.passage.text[light.start : light.end] for light in citation.highlights]


@pytest.mark.parametrize("text", [pages, markup], ids=["pages", "markup"])
def test_every_quote_is_in_the_source(text):
    """Every shown quote is found, character for character, at its offsets in its section."""

    @given(st.lists(text.map("Pilot. ".__add__), min_size=1, max_size=3), phrases | st.text(max_size=20))
    def check(texts, question):
        assistant = with_threshold(assistant_of(*texts), -9)
        try:
            reply = assistant.ask(question).reply
        except QuestionError:
            return
        for citation in getattr(reply, "citations", ()):
            passage = citation.passage
            source = section_text(assistant, passage.document_id, passage.section)
            start = passage.start + citation.start
            assert source[start : start + len(citation.quote)] == citation.quote
            _check_whole_sentences(citation)

    check()


def _check_whole_sentences(citation):
    assert citation.start in {sentence.start for sentence in citation.passage.sentences}
    assert citation.end in {sentence.end for sentence in citation.passage.sentences}


def test_an_entry_is_quoted_whole():
    """The answer to a question that the library asks itself is quoted from its first word to its last."""
    answer = f"A zone frees districts.\n\n- from hours;\n- from grades.\n\n{LONG} {LONG} {LONG}"
    assert first_quote(f"# What is an innovation zone?\n\n{answer}", "What is an innovation zone?") == answer


@pytest.mark.parametrize("question", ["What are the stages of reform?", "list the stages of reform"])
def test_a_list_is_quoted_whole_with_its_introduction(question):
    """Who asks for a list gets all of it, with the paragraph that introduces it."""
    whole = "Reform passes three stages:\n\n1. exploration stage;\n2. replication stage;\n3. transformation stage."
    text = f"# Reform\n\n{FILLER}\n\n{whole}\n\n{FILLER}"
    citation = first_citation(text, question)
    assert whole in citation.quote
    assert citation.continues


def test_a_short_section_is_quoted_whole():
    """A section of 150 words at most is quoted whole, and what of it answers is highlighted."""
    answer = "Waivers end after five years."
    text = f"# Kentucky\n\n{LONG}\n\n{answer} {LONG}\n\n{LONG}"
    citation = first_citation(text, "When do waivers end?")
    assert citation.quote == citation.passage.text
    assert not citation.continues
    assert first_lights(text, "When do waivers end?") == [answer]


def test_nothing_is_highlighted_where_all_of_it_answers():
    """A quote of one sentence has nothing to be set off."""
    assert first_lights("# Kentucky\n\nWaivers end after five years.", "When do waivers end?") == []


def test_an_item_of_a_long_list_comes_with_the_list():
    """Who asks for one item gets it highlighted in the list it belongs to."""
    items = [f"- place{n} has river{n} and mountain{n} with bridges{n}" for n in range(12)]
    text = "# Places\n\nThese are all:\n\n" + "\n".join(items)
    assert first_quote(text, "Where is river7 with mountain7?").startswith("These are all:")
    assert first_lights(text, "Where is river7 with mountain7?") == [items[7]]


def test_a_table_row_comes_with_its_table():
    """Who asks for a table gets its rows."""
    text = "# Costs\n\nThe costs are these:\n\n| Item | Dollars |\n|---|---|\n| Pilot | 40 |\n| Audit | 9 |"
    assert "Pilot | 40" in first_quote(text, "What are the costs in dollars of pilot and audit?")


@given(st.lists(pages.map("Pilot. ".__add__), min_size=1, max_size=2), phrases)
def test_no_list_is_quoted_in_part_beside_other_text(texts, question):
    """A quote that holds a list together with its introduction or other sentences holds all of that list."""
    reply = with_threshold(assistant_of(*texts), -9).ask(question).reply
    for citation in getattr(reply, "citations", ()):
        inside = [s for s in citation.passage.sentences if citation.start <= s.start and s.end <= citation.end]
        others = [s for s in citation.passage.sentences if s not in inside]
        if len({sentence.kind for sentence in inside}) > 1:
            for edge, beyond in (
                (inside[0], [s for s in others if s.end <= inside[0].start][-1:]),
                (inside[-1], [s for s in others if s.start >= inside[-1].end][:1]),
            ):
                assert edge.kind == "sentence" or [s.kind for s in beyond] != [edge.kind]


def test_a_paragraph_is_quoted_to_its_end():
    """A sentence in a long section brings all of its paragraph, and no other paragraph."""
    paragraph = f"Volunteers are hard to keep without stipends. {LONG} So says the report."
    text = f"# Reform\n\n{paragraph}\n\n" + "\n\n".join(f"Ovens{n} bake. {LONG} {LONG}" for n in range(4))
    quote = first_quote(text, "volunteers without stipends")
    assert quote.startswith(paragraph)
    assert len(quote.split()) <= 150


def test_an_introduction_is_not_left_hanging():
    """A quote never ends with the sentence that introduces a list without that list."""
    text = "# Four essentials\n\nEssentials are told in a post. These are the four:\n\n" + "\n".join(
        f"- part{n} whole{n} of something{n} else{n} entirely{n}" for n in range(4)
    )
    assert "part3" in first_quote(text, "four essentials")


def test_quotes_do_not_grow_without_end():
    """A short question about a page that is one endless paragraph gets a passage of it and not all."""
    text = "# Kentucky\n\n" + " ".join(
        f"Waivers of kind{number} free districts in county{number}." for number in range(80)
    )
    assert len(first_quote(text, "waivers free districts").split()) <= 150


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was the castle built?", "The castle was built by Edward in 1290."),
        ("Why was the castle built?", "The castle was built because raiders came."),
        ("How many towers was the castle built with?", "The castle was built with 14 towers."),
    ],
)
def test_the_sentence_with_what_is_asked_for(question, sentence):
    """A question for a date, a reason or a number has the sentence highlighted that gives it, not one that is as near."""
    far = " ".join(["and parents and teachers and pupils and members"] * 5)
    plain = "The castle was built with towers of stone."
    for text in (
        f"# Harwick\n\n{plain} They met {far}. {sentence}",
        f"# Harwick\n\n{sentence} They met {far}. {plain}",
    ):
        assert first_lights(text, question) == [sentence]


def test_a_number_under_a_heading_that_was_named():
    """Who asks for a number in the words of a heading has the number highlighted and not what the section opens with."""
    text = f"# How a state adopts a plan\n\nA plan is posted. {LONG} A state plan runs for five years."
    assert first_lights(text, "How long does a state plan last?") == ["A state plan runs for five years."]
    assert first_lights(text, "state plan") == ["A plan is posted."]


@settings(max_examples=500)
@given(st.lists(st.lists(phrases.map(str.capitalize), min_size=1, max_size=6), min_size=1, max_size=4), st.data())
def test_ten_thousand_pairs(pages_of_phrases, data):
    """For 10,000 pairs of a library and a question, each quote is byte for byte what stands at its offsets."""
    texts = [f"# {lines[0]}\n\n{'. '.join(lines)}. Pilot é – 😀." for lines in pages_of_phrases]
    assistant = with_threshold(assistant_of(*texts), 0.5)
    for question in data.draw(st.lists(phrases, min_size=20, max_size=20)):
        for citation in getattr(assistant.ask("Pilot " + question).reply, "citations", ()):
            passage = citation.passage
            source = section_text(assistant, passage.document_id, passage.section).encode("utf-32-le")
            start = 4 * (passage.start + citation.start)
            assert source[start:].startswith(citation.quote.encode("utf-32-le"))
