from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from golden_library import ESSA, QUESTIONS, golden, library, without
from hypothesis import given
from hypothesis import strategies as st
from small_library import FAQ, FILES, no_bar

from assistant.evaluation.difference import Pair, compare
from assistant.evaluation.difference_page import _compared, difference_page
from assistant.evaluation.difference_text import difference_text
from assistant.evaluation.rounds import ask_round

ASKED = (*QUESTIONS, golden("badge", "What is a micro-credential?", ESSA))
BADGE = "\n## What is a micro-credential?\n\nA micro-credential is a \\<b>badge\\</b> for one skill & nothing else.\n"
CHANGED = without("states.md") | {
    "faq.md": FAQ.replace("about 40 dollars", "about 55 dollars") + BADGE,
    "new.txt": "Essays on <script>alert(1)</script>\n\nA page about nothing in particular.\n",
}


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    return library(tmp_path_factory.mktemp("old") / "library")


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    return library(tmp_path_factory.mktemp("new") / "library", CHANGED)


@pytest.fixture(scope="module")
def difference(old, new):
    return compared(old, new)


def compared(old, new, questions=ASKED):
    return compare(old, new, ask_round(old, questions, no_bar), ask_round(new, questions, no_bar))


def test_each_kind_of_change(difference, old, new):
    """A question is lost, newly answered, or answered in other words; those with the same reply are not told."""
    kinds = {change.question.id: change.kind for change in difference.questions}
    assert kinds == {"cost": "other_wording", "waivers": "lost", "badge": "newly_answered", "spent": "other_wording"}
    assert (difference.asked, difference.old.version, difference.new.version) == (7, old.version.id, new.version.id)


def test_another_place_is_another_citation(old, tmp_path):
    """An answer that is quoted from another passage is told apart from one in other words."""
    moved = FAQ.replace("## What does ESSA allow?", "## What does the ESSA law allow?")
    (change,) = compared(old, library(tmp_path / "moved", {**FILES, "faq.md": moved})).questions
    assert (change.question.id, change.kind) == ("essa", "other_citation")


def test_documents_and_passages(difference):
    """What was added, changed and removed is told by id; the passages that nobody touched are not."""
    documents, passages = difference.documents, difference.passages
    assert [document.id for document in documents.added] == ["new"]
    assert [pair.after.id for pair in documents.changed] == ["faq"]
    assert [document.id for document in documents.removed] == ["states"]
    assert [pair.after.id for pair in passages.changed] == ["faq/how-much-does-a-pilot-cost"]
    assert "faq/what-is-a-micro-credential" in [passage.id for passage in passages.added]
    assert {passage.document_id for passage in passages.removed} == {"states"}


def test_nothing_changes(old):
    """A version compared with itself differs in nothing, and both forms say so."""
    same = compared(old, old)
    assert same.questions == ()
    assert not same.documents.any
    assert not same.passages.any
    assert difference_text(same).endswith("Passages: 0 added, 0 changed, 0 removed")
    assert "Every question gets the same reply." in difference_page(same)


def test_the_other_way_round(difference, old, new):
    """Seen from the new version, what was added is removed, and what was lost is newly answered."""
    back = compared(new, old)
    assert [d.id for d in back.documents.added] == [d.id for d in difference.documents.removed]
    assert {p.id for p in back.passages.removed} == {p.id for p in difference.passages.added}
    assert {c.question.id for c in back.questions if c.kind == "lost"} == {"badge"}


def test_rounds_must_fit(old, new):
    """Rounds of another version, or of other questions, are refused instead of compared wrongly."""
    rounds = ask_round(old, ASKED, no_bar), ask_round(new, ASKED, no_bar)
    with pytest.raises(ValueError, match="a round of each version"):
        compare(new, old, *rounds)
    with pytest.raises(ValueError, match="the same questions"):
        compare(old, new, rounds[0], ask_round(new, ASKED[1:], no_bar))


def test_the_text_for_a_terminal(difference):
    """The text tells the worst first, with the old reply, the new one, and where each stands."""
    text = difference_text(difference)
    assert "Questions: 7 asked, 4 with another reply (1 no longer answered, 1 newly answered" in text
    assert text.index("\nNo longer answered\n") < text.index("\nNewly answered\n") < text.index("\nAnswered in other")
    assert "    - “A pilot costs about 40 dollars for each student." in text
    assert "    + “A pilot costs about 55 dollars for each student." in text
    assert "(faq › How much does a pilot cost?)" in text
    assert "  + new\n  ~ faq\n  - states\n" in text


def test_the_page(difference):
    """The page has the same facts, marks the words that changed, and loads and runs nothing."""
    page = difference_page(difference)
    assert "<del>40</del><ins>55</ins>" in page
    assert "<h2>No longer answered (1)</h2>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;badge&lt;/b&gt; for one skill &amp; nothing else" in page
    assert not re.search(r"<script|<b>|<link|<img|\bsrc=|\bhref=|\bon\w+=|url\(", page)
    assert "default-src 'none'" in page


@given(
    before=st.text(st.characters(codec="utf-8"), min_size=1), after=st.text(st.characters(codec="utf-8"), min_size=1)
)
def test_marked_words_lose_nothing(comparing, before, after):
    """Whatever two passages hold, the page shows all of both, and no tag but its own."""
    marked = comparing(before, after)
    assert set(re.findall(r"<[^>]*>", marked)) <= {"<del>", "</del>", "<ins>", "</ins>"}
    if before != after:
        assert unescape(re.sub(r"<ins>.*?</ins>|</?del>", "", marked, flags=re.DOTALL)) == before
        assert unescape(re.sub(r"<del>.*?</del>|</?ins>", "", marked, flags=re.DOTALL)) == after


@pytest.fixture(scope="module")
def comparing(old):
    """Give what marks the words of a passage that has one text before and another after."""
    passage = old.version.passages[0]
    return lambda before, after: _compared(Pair(replace(passage, text=before), replace(passage, text=after)))
