from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue import wording
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest, Courtesy
from assistant.documents.document import Source
from assistant.documents.sentences import Span
from assistant.web.cards import provenance
from assistant.web.rendering import render_failure, render_notice, render_starters, render_turn

OURS = set(
    "a blockquote button code details div footer h3 h4 li mark ol p span strong summary table tbody td th thead tr ul".split()
)


def cite(assistant, passage_id: str, words: str, number: int = 1) -> Citation:
    passage = assistant.passage(passage_id)
    start = passage.text.index(words)
    source = assistant.documents[passage.document_id].source
    return Citation(number, passage, source, start, start + len(words), words)


def turn(reply, question="What is seat time?", query=None) -> Turn:
    return Turn(question, question if query is None else query, reply, "abc123", "2026-11-23")


@pytest.fixture
def answered(assistant) -> str:
    first = cite(assistant, "guide/introduction", "It is old.")
    listed = "- waivers, as in Ohio;\n- credit flexibility\n  1. by test\n  2. by project"
    second = cite(assistant, "guide/ways-to-loosen-seat-time", listed, 2)
    reply = Answer((first, second), "complete", ("What is seat time?",))
    return render_turn(turn(reply), 3, assistant.documents)


def test_every_quote_has_its_chip_and_card(answered):
    """A chip behind each quote leads to the card with that number, the card's number back to the quote."""
    for number in (1, 2):
        assert f'href="#answer-3-source-{number}"' in answered
        assert f'id="answer-3-source-{number}"' in answered
        assert f'href="#answer-3-quote-{number}"' in answered
        assert f'id="answer-3-quote-{number}"' in answered


def test_lists_are_quoted_as_lists(answered):
    """A quoted list is a list, the chip behind its last item."""
    assert "<ul><li>waivers, as in <a " in answered
    assert '<ol start="1"><li>by test</li><li>by project</li></ol> <a class="cite"' in answered


def test_the_quote_is_marked_in_its_passage(answered):
    """The card shows the whole passage with the quoted words highlighted, and those only."""
    assert "<p>Seat time is the rule that credit depends on hours. <mark>It is old.</mark></p>" in answered


def test_later_passages_of_a_section_are_quoted_where_they_stand(assistant):
    """A quote from the second passage of a long section shows its own words, there and in its passage."""
    words = "Sentence number 15 tells of seat time in the year 1915."
    citation = cite(assistant, "guide/a-long-story--2", words)
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, assistant.documents)
    assert f"<p>{words} <a " in shown
    assert f"<mark>{words}</mark>" in shown
    assert "#a-long-story--2" in shown
    lit = marked(citation, "year 1915")
    shown = render_turn(turn(Answer((lit,), "complete", ())), 1, assistant.documents)
    assert "<p>Sentence number 15 tells of seat time in the <mark>year 1915</mark>. <a " in shown


def test_the_card_says_whose_words_these_are(assistant, answered):
    """The quoted words are the library's; the publisher is named as what the page is based on."""
    assert "Library page · based on KnowledgeWorks, August 2019 · updated 23 November 2026" in answered
    hostile = assistant.documents["hostile"]
    assert provenance(hostile, hostile.source) == "Library page · updated 23 November 2026"


def test_the_card_links_to_the_passage_and_to_the_original(answered):
    """One link opens the reading view at the quote, the other the source the page is based on."""
    assert re.search(r'href="/library/guide\?cite=introduction\.52-62\.[0-9a-f]{8}#introduction"', answered)
    assert 'href="https://example.org/guide?a=1&amp;b=2" rel="noopener noreferrer">Original source' in answered


def test_the_card_of_a_publisher_s_file(assistant):
    """A quote in the source's own words says so with its page, and its original opens there."""
    source = Source("research", "Institute", url="https://institute.example/report.pdf", published="2024")
    citation = replace(cite(assistant, "guide/introduction", "It is old."), source=source, page=3)
    documents = {"guide": replace(assistant.documents["guide"], is_original=True)}
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, documents)
    assert "In the words of Institute, 2024 · page 3 · updated" in shown
    assert 'href="https://institute.example/report.pdf#page=3" rel="noopener noreferrer">Original source' in shown
    landing = replace(citation, source=replace(source, url="https://institute.example/report"))
    shown = render_turn(turn(Answer((landing,), "complete", ())), 1, documents)
    assert 'href="https://institute.example/report" rel' in shown


def test_copying_takes_words_references_and_version(answered):
    """What is copied for a briefing has the quotes with numbers, a reference each, and the library's version."""
    value = re.search(r'class="copy" type="button" value="([^"]*)"', answered)
    copied = json.loads(html.unescape(value.group(1)))
    assert copied["quotes"][0] == "It is old."
    assert any("1. by test" in quote for quote in copied["quotes"])
    assert (copied["version"], copied["missing"]) == ("abc123", [])
    assert copied["references"][0]["text"].startswith(
        "[1] Seat time: a *guide*. Library page · based on KnowledgeWorks"
    )
    assert copied["references"][0]["url"].startswith("/library/guide?cite=")
    assert "Library version abc123, content of 23 November 2026." in copied["colophon"]


def test_each_turn_has_a_link_to_what_was_searched(assistant):
    """Whatever was replied, the question can be shared as it was searched; where nothing was searched it can't."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "complete", ())
    for reply in (answer, Abstention("not_covered", ()), Clarification(("a?", "b?"))):
        shown = render_turn(turn(reply, "and in Utah?", "Seat time in Utah?"), 1, assistant.documents)
        assert '<button class="share" type="button" value="Seat time in Utah?">' in shown
    assert 'class="share" type="button" value="Hello">' in render_turn(
        turn(Courtesy("Hi.", ()), "Hello", ""), 1, assistant.documents
    )
    assert "share" not in render_notice("Too long.", 1) + render_failure(1)


def test_an_interpretation_is_shown_and_can_be_undone(assistant):
    """When another question was searched than was typed, the page says so and offers the words as typed."""
    reply = Abstention("not_covered", ())
    html_shown = render_turn(turn(reply, "and in Utah?", "Seat time in Utah?"), 1, assistant.documents)
    assert "Interpreted as: <strong>Seat time in Utah?</strong>" in html_shown
    assert 'class="ask-alone" type="button" value="and in Utah?"' in html_shown
    assert "Interpreted as" not in render_turn(turn(reply), 1, assistant.documents)


def test_outcomes_differ_in_words_and_class(assistant):
    """Answer, abstention, clarification, courtesy, notice and failure are never mistaken for one another."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "complete", ())
    gap = replace(answer, citations=(replace(answer.citations[0], role="gap"),))
    closest = Closest((near(assistant, "guide/introduction", "It is old."),), ())
    quoting = [render_turn(turn(reply), 1, assistant.documents) for reply in (answer, gap, closest)]
    replies = [Abstention("not_covered", ("a?",)), Clarification(("a?", "b?")), Courtesy("Hello.", ("a?",))]
    shown = [render_turn(turn(reply), 1, assistant.documents) for reply in replies]
    shown += [render_turn(turn(Abstention("other_language", ())), 1, assistant.documents)]
    shown += [render_notice("Too long.", 1), render_failure(1)]
    labels = [re.search(r'<h3 class="kind">([^<]*)</h3>', html_shown).group(1) for html_shown in quoting + shown]
    kinds = [re.search(r'<div class="reply ([a-z ]*)"', html_shown).group(1) for html_shown in quoting]
    assert kinds == ["answer", "answer gap", "closest"]
    assert len(set(labels)) == len(labels)
    assert wording.FAILURE in shown[-1]
    assert "blockquote" not in "".join(shown)


def near(assistant, passage_id: str, words: str, number: int = 1) -> Citation:
    return replace(cite(assistant, passage_id, words, number), role="closest")


def copied_from(shown: str) -> dict:
    return json.loads(html.unescape(re.search(r'class="copy" type="button" value="([^"]*)"', shown).group(1)))


def marked(citation: Citation, *words: str) -> Citation:
    """Give a citation with these words of its passage as highlights."""
    starts = [citation.passage.text.index(light) for light in words]
    lights = tuple(Span(start, start + len(light)) for start, light in zip(starts, words, strict=True))
    return replace(citation, highlights=lights)


@pytest.fixture
def doubtful(assistant) -> str:
    listed = "- waivers, as in Ohio;\n- credit flexibility"
    first = near(assistant, "guide/introduction", "It is old.")
    others = near(
        assistant, "guide/what-is-seat-time", "Seat time is the hours that a student spends in class for credit.", 2
    )
    third = near(assistant, "guide/ways-to-loosen-seat-time", listed, 3)
    reply = Closest((first, others, third), ("What is seat time?",))
    return render_turn(turn(reply, "and in Utah?", "Seat time in Utah?"), 3, assistant.documents)


def test_the_closest_passages_are_no_answer(doubtful):
    """Below a sentence of doubt stands the closest passage with its place and links, and no label of an answer."""
    before, _, after = doubtful.partition('<div class="passage" id="answer-3-source-1">')
    assert "Not sure: the closest passages" in before
    assert f'<p class="said">{wording.CLOSEST}</p>' in before
    assert "Interpreted as: <strong>Seat time in Utah?</strong>" in before
    passage = after.partition("<details")[0]
    assert "Seat time: a &#42;guide&#42;</span></h4>" in passage
    assert "<p>It is old.</p></blockquote>" in passage
    assert re.search(r'href="/library/guide\?cite=introduction\.52-62\.[0-9a-f]{8}#introduction"', passage)
    assert "Library page · based on KnowledgeWorks" in passage
    assert "From the library" not in doubtful
    assert 'value="What is seat time?">' in doubtful


def test_one_passage_is_one(assistant):
    """Where one passage alone is near, the label says so, and nothing is offered beside it."""
    shown = render_turn(
        turn(Closest((near(assistant, "guide/introduction", "It is old."),), ())), 1, assistant.documents
    )
    assert '<h3 class="kind">Not sure: the closest passage</h3>' in shown
    assert "<details" not in shown
    assert wording.OTHERS not in shown


def test_the_other_passages_are_folded(doubtful):
    """Each further passage is folded below its place and its first sentence, and opens to its quote."""
    folded = re.findall(r'<details class="passage"[^>]*><summary>(.*?)</summary>(.*?)</details>', doubtful)
    assert len(folded) == 2
    (summary, inside), (listed, _) = folded
    assert "Seat time: a &#42;guide&#42; › Questions › What is seat time?" in summary
    assert "Seat time is the hours that a student spends in class for credit.</span>" in summary
    assert "<blockquote" in inside
    assert "Open in the library" in inside
    assert '<span class="first">waivers, as in Ohio;</span>' in listed
    assert " open" not in doubtful


def test_a_doubt_is_copied_with_its_passage(doubtful):
    """Copying takes the sentence of doubt and the passage that was shown, not those that were folded."""
    copied = copied_from(doubtful)
    assert copied["doubt"] == wording.CLOSEST
    assert (copied["quotes"], copied["missing"]) == (["It is old."], [])
    assert [reference["text"][:3] for reference in copied["references"]] == ["[1]"]
    assert (copied["version"], copied["query"]) == ("abc123", "Seat time in Utah?")


def test_further_passages_are_no_part_of_an_answer(assistant):
    """Below an answer passages of other sections are folded away, and copying leaves them out."""
    first = cite(assistant, "guide/introduction", "It is old.")
    more = near(assistant, "guide/ways-to-loosen-seat-time", "States loosen seat time in these ways:", 2)
    shown = render_turn(turn(Answer((first,), "complete", (), more=(more,))), 1, assistant.documents)
    opening, _, below = shown.partition(f'<details class="more"><summary>{wording.MORE}</summary>')
    assert "States loosen" not in opening
    assert '<details class="passage" id="answer-1-source-2">' in below
    assert (copied_from(shown)["quotes"], copied_from(shown)["doubt"]) == (["It is old."], "")
    assert "more" not in render_turn(turn(Answer((first,), "complete", ())), 1, assistant.documents)


def test_what_answers_is_marked_in_the_quote(assistant):
    """Each highlight is marked in the quote, and what stands at its beginning is not told twice."""
    citation = cite(assistant, "guide/introduction", "Seat time is the rule that credit depends on hours. It is old.")
    shown = render_turn(turn(Answer((marked(citation, "It is old."),), "complete", ())), 1, assistant.documents)
    quote = shown.partition('<div class="sources">')[0]
    assert "<p>Seat time is the rule that credit depends on hours. <mark>It is old.</mark> <a" in quote
    assert "gist" not in shown


@pytest.mark.parametrize(("number", "is_deep"), [(5, False), (6, True), (8, True)])
def test_what_answers_deep_in_a_quote_stands_above_it_too(assistant, number, is_deep):
    """What begins behind sixty words of a quote is shown before it too, as taken from the quote below."""
    story = assistant.passage("guide/a-long-story").text
    words = [f"Sentence number {at} tells of seat time in the year {1900 + at}." for at in (number, number + 1)]
    citation = marked(cite(assistant, "guide/a-long-story", story), *words)
    assert len(story[: citation.highlights[0].start].split()) == 11 * number
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, assistant.documents)
    gist = f'<div class="gist"><p class="whence">From the quote below:</p><p>{words[0]}</p><p>{words[1]}</p></div>'
    assert (f"{gist}<blockquote" in shown) is is_deep
    assert ("gist" in shown) is is_deep
    assert f"<mark>{words[0]}</mark> <mark>{words[1]}</mark>" in shown


def test_the_rest_of_a_section_can_be_read(assistant):
    """Where a section says more than is quoted, a link behind the quote opens it; else none is there."""
    citation = cite(assistant, "guide/introduction", "It is old.")
    for is_there in (True, False):
        first = replace(citation, continues=is_there)
        for reply in (Answer((first,), "complete", ()), Closest((replace(first, role="closest"),), ())):
            shown = render_turn(turn(reply), 1, assistant.documents)
            rest = '</blockquote><p class="rest">The section says more. <a class="whole" href="/library/guide?cite='
            assert (rest in shown) is is_there
            assert ("Read the whole section" in shown) is is_there


def test_a_mixed_answer_is_an_answer(assistant):
    """Only an answer that tells nothing but gaps is labelled as one."""
    first = cite(assistant, "guide/introduction", "It is old.")
    gap = replace(cite(assistant, "guide/what-is-seat-time", "Seat time is the hours", 2), role="gap")
    shown = render_turn(turn(Answer((first, gap), "complete", ())), 1, assistant.documents)
    assert '<h3 class="kind">From the library</h3>' in shown


@pytest.mark.parametrize(
    ("language", "attributes"), [("es", ' lang="es"'), ("ar", ' lang="ar" dir="rtl"'), ("other", "")]
)
def test_a_notice_is_marked_by_its_language(assistant, language, attributes):
    """What is said in the visitor's language is marked as such; the English questions below it as English."""
    shown = render_turn(turn(Abstention("other_language", ("What is it?",), language)), 1, assistant.documents)
    said = wording.NOTICES.get(language, wording.ABSTENTIONS["other_language"])
    assert f'<p class="said"{attributes}>{said}</p>' in shown
    assert '<li lang="en"><button class="ask"' in shown


def test_partial_answers_say_so(assistant):
    """An answer to a part of the question is not labelled as the answer, and says as text which part is missing."""
    answer = Answer((cite(assistant, "guide/introduction", "It is old."),), "partial", (), ("What does it <b>cost?",))
    shown = render_turn(turn(answer), 1, assistant.documents)
    assert "part of an answer" in shown
    assert f'<p class="uncovered">{wording.NOT_COVERED} “What does it &lt;b&gt;cost?”</p>' in shown


def test_offered_questions_can_be_asked(assistant):
    """Nearest questions, options, suggestions and starters are buttons that hold the question."""
    for reply in (
        Abstention("not_covered", ("a & b?",)),
        Clarification(("a & b?", "c?")),
        Courtesy("Hi.", ("a & b?",)),
    ):
        assert 'class="ask" type="button" value="a &amp; b?">' in render_turn(turn(reply), 1, assistant.documents)
    assert 'value="a &amp; b?"' in render_starters(["a & b?"])


class _Tags(HTMLParser):
    def __init__(self, shown: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.feed(shown)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links.extend(value for name, value in attrs if name == "href")


def assert_harmless(shown: str) -> None:
    parsed = _Tags(shown)
    assert parsed.found <= OURS
    assert parsed.attributes <= set("class dir href id lang rel scope start tabindex title type value".split())
    assert all(re.match(r"#answer-|/library/|https?://", url) for url in parsed.links)
    assert "\n" not in shown


@given(st.text(min_size=1), st.text())
def test_no_question_makes_a_live_tag(assistant, question, query):
    """Whatever is typed, and whatever it is taken to mean, shows as text."""
    for reply in (
        Abstention("not_covered", (question,)),
        Clarification((question, query)),
        Courtesy(query, (question,)),
    ):
        assert_harmless(render_turn(turn(reply, question, query), 1, assistant.documents))
    assert_harmless(render_notice(question, 1))


@given(st.text(min_size=1), st.text(), st.text())
def test_no_document_makes_a_live_tag(assistant, title, publisher, heading):
    """Whatever a source document says of itself shows as text."""
    citation = cite(assistant, "guide/introduction", "It is old.")
    document = assistant.documents["guide"]
    section = replace(document.sections[0], heading=(heading,))
    source = replace(document.source, publisher=publisher, published=None)
    altered = replace(document, title=title, source=source, sections=(section, *document.sections[1:]))
    more = replace(citation, number=2, role="closest")
    closest = Closest((replace(citation, role="closest"), more), (title,))
    for reply in (Answer((citation,), "complete", (title,), more=(more,)), closest):
        assert_harmless(render_turn(turn(reply), 1, {"guide": altered}))


def test_hostile_sources_are_quoted_as_text(assistant):
    """A source that holds scripts is quoted with their text, and nothing in it runs."""
    passage = next(p for p in assistant.version.passages if p.document_id == "hostile")
    source = assistant.documents["hostile"].source
    citation = Citation(1, passage, source, 0, len(passage.text), passage.text)
    others = tuple(replace(citation, number=number, role="closest") for number in (1, 2))
    assert_harmless(render_turn(turn(Closest(others, ())), 1, assistant.documents))
    shown = render_turn(turn(Answer((citation,), "complete", ())), 1, assistant.documents)
    assert_harmless(shown)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
