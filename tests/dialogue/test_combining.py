from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of, document, with_threshold
from strategies import pages, phrases

from assistant.dialogue.combining import combine
from assistant.dialogue.follow_ups import Standalone
from assistant.dialogue.parts import Part, Split, split_question
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest, Unanswered
from assistant.documents.document import Source
from assistant.documents.passages import Splitting, split_document

KENTUCKY = "# Kentucky waivers\n\nKentucky grants waivers from attendance laws."
OHIO = "# Ohio waivers\n\nOhio grants waivers from statutes with union consent."
BREAD = "# Bread\n\nOvens bake bread with flour and heat."
ACT = "# The act\n\nThe school act is a federal law. The school act was signed in 2015."


def quotes(question, *texts, threshold=0.9):
    reply = with_threshold(assistant_of(*texts), threshold).ask(question).reply
    return reply, [citation.quote for citation in getattr(reply, "citations", ())]


def test_each_side_of_a_comparison_is_quoted():
    """A comparison of two states quotes the page of each, numbered through."""
    reply, quoted = quotes("Compare Kentucky and Ohio on waivers", KENTUCKY, OHIO, BREAD)
    assert quoted == ["Kentucky grants waivers from attendance laws.", OHIO.split("\n\n")[1]]
    assert [citation.number for citation in reply.citations] == [1, 2]
    assert (reply.completeness, reply.not_covered) == ("complete", ())


def test_the_part_that_is_not_covered_is_named():
    """Where one part has no answer, the other is answered and this one named in the asker's words."""
    reply, quoted = quotes("Compare Kentucky and Oregon on waivers", KENTUCKY, OHIO, BREAD)
    assert quoted == ["Kentucky grants waivers from attendance laws."]
    assert (reply.completeness, reply.not_covered) == ("partial", ("Oregon",))
    reply, _ = quotes("Which waivers does Kentucky grant and how much does it cost?", KENTUCKY, OHIO, BREAD)
    assert reply.not_covered == ("how much does it cost?",)
    assert reply.unanswered == (Unanswered("how much does it cost?", "nothing"),)


def test_a_passage_that_answers_all_is_enough():
    """One passage that has what each question asks is the whole answer."""
    reply, quoted = quotes("What is the school act? When was it signed?", ACT, KENTUCKY, BREAD)
    assert len(quoted) == 1
    assert "signed in 2015" in quoted[0]
    assert reply.completeness == "complete"


def test_a_passage_that_names_both_states_is_no_comparison():
    """Where neither state has an answer, the nearest of each is shown, and not what names both for another reason."""
    names_both = "# Ovens\n\nOvens and waivers compare: Kentucky and Ohio bake."
    asked = "Compare Kentucky and Ohio on waivers"
    split = split_question(asked)
    found = [quotes(part.query, KENTUCKY, OHIO, BREAD, threshold=0)[0] for part in split.parts]
    sides = [Closest(tuple(replace(c, role="closest") for c in reply.citations), ()) for reply in found]
    whole = quotes(asked, names_both, BREAD, threshold=0)[0]
    assert isinstance(whole, Answer)
    reply = combine(split, whole, sides)
    assert isinstance(reply, Closest)
    assert [citation.passage.heading for citation in reply.citations] == [("Kentucky waivers",), ("Ohio waivers",)]


@pytest.mark.parametrize("question", ["bread vs granite", "difference between bread and granite"])
def test_one_side_is_no_comparison(question):
    """Where things are compared that are no states, one side alone is no answer."""
    reply, _ = quotes(question, KENTUCKY, BREAD, ACT, threshold=2.0)
    assert isinstance(reply, Abstention)


def test_nothing_is_covered():
    """Where neither the whole nor a part has an answer, the question is declined as any other."""
    reply, _ = quotes("What is granite and what are tulips?", KENTUCKY, BREAD)
    assert isinstance(reply, Abstention)


def test_long_entries_are_quoted_whole():
    """Two answers of long prose are both quoted to their ends."""
    prose = " ".join(f"The rule number{n} tells of schools and of hours." for n in range(12))
    reply, quoted = quotes(
        "What is mastery and what is flexibility?",
        f"# What is mastery?\n\nMastery is proof. {prose}",
        f"# What is flexibility?\n\nFlexibility is choice. {prose.replace('rule', 'law').replace('hours', 'days')}",
        BREAD,
    )
    assert [quote.split(".")[0] for quote in quoted[:2]] == ["Mastery is proof", "Flexibility is choice"]
    assert all(quote.endswith(("hours.", "days.")) for quote in quoted[:2])
    assert reply.completeness == "complete"


def test_each_place_is_quoted_though_one_passage_names_both():
    """A passage that names both states does not stand in for what each state's page says."""
    both = "# Comparison\n\nThis page compares waivers in Kentucky and Ohio."
    _, quoted = quotes("Compare waivers in Kentucky and Ohio", KENTUCKY, OHIO, BREAD, both)
    assert {"Kentucky grants waivers from attendance laws.", OHIO.split("\n\n")[1]} <= set(quoted)


def test_one_passage_is_preferred_to_two():
    """Where one passage has what each part asks, what was found for the parts is not added."""
    whole, one, two = (_reply(page) for page in ("Zones cost money.", "Zones are areas.", "Money is spent."))
    assert combine(Split((Part("zones?", "q"), Part("money?", "q")), "questions"), whole, [one, two]) == whole
    assert combine(Split((Part("zones?", "q"), Part("bread?", "q")), "questions"), whole, [one, two]) != whole


def test_what_answers_the_whole_is_kept_where_a_part_is_not_covered():
    """If only some parts are covered, the answer to the whole question comes first; if none is, it is all there is."""
    whole, one = _reply("Zones cost money."), _reply("Districts are areas.")
    split = Split((Part("districts?", "q"), Part("bread?", "q")), "questions")
    declined = Abstention("not_covered", ())
    reply = combine(split, whole, [one, declined])
    assert [citation.quote for citation in reply.citations] == ["Zones cost money.", "Districts are areas."]
    assert reply.not_covered == ("bread?",)
    assert combine(split, whole, [declined, declined]) == whole


def test_the_closest_passage_of_a_part_is_told():
    """A part with no sure answer says so, and the passage closest to it comes first of what may be read beside."""
    split = Split((Part("Zones?", "q"), Part("bread?", "q")), "questions")
    near = _near("Ovens bake.")
    reply = combine(split, Abstention("not_covered", ()), [_reply("Zones are areas."), near])
    assert reply.unanswered == (Unanswered("bread?", "closest"),)
    assert [(c.number, c.quote, c.role) for c in reply.more] == [(2, "Ovens bake.", "closest")]


def test_both_sides_are_shown_though_none_is_sure():
    """What is nearest to each side of a comparison is shown as near, where there is something for each."""
    split = Split((Part("Idaho", "q"), Part("Utah", "q")), "places")
    declined, idaho, utah = Abstention("not_covered", ()), _near("Idaho pays."), _near("Utah waits.")
    reply = combine(split, declined, [idaho, utah])
    assert [(c.number, c.quote) for c in reply.citations] == [(1, "Idaho pays."), (2, "Utah waits.")]
    assert combine(split, declined, [idaho, declined]) == declined
    sides = Split(split.parts, "sides")
    assert isinstance(combine(sides, declined, [_reply("Idaho pays."), utah]), Closest)


def _near(text):
    return Closest((replace(_reply(text).citations[0], role="closest"),), ())


def _reply(text):
    (passage,) = split_document(document(text, name=text.split()[0]), Splitting())
    return Answer((Citation(1, passage, Source(), 0, len(text), text),), "complete", ())


_joined = st.tuples(phrases, st.sampled_from(["? What is ", " and how many ", " vs ", " and Ohio "]), phrases)


@given(st.lists(pages, min_size=1, max_size=3), _joined.map("".join).map("What is ".__add__))
def test_splitting_takes_no_answer_away(texts, question):
    """A question that is answered whole is answered when split; nothing is quoted twice."""
    assistant = with_threshold(assistant_of(*texts), 0.8)
    whole = assistant._replying._answer(assistant._retriever.retrieve(question))
    _, reply = assistant._replying._search(Standalone(question))
    assert isinstance(reply, Answer | Clarification) or not isinstance(whole, Answer)
    if isinstance(reply, Answer):
        spans = [(c.passage.id, n) for c in reply.citations for n in range(c.start, c.end)]
        assert len(spans) == len(set(spans))
        assert len({c.quote for c in reply.citations}) == len(reply.citations)
        assert split_question(question) is not None or reply.completeness == "complete"
