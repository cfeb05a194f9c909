from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.spelling import Spelling

SPELLING = Spelling(
    [
        "Kentucky grants waivers to districts of innovation. Students show competency and competency again.",
        "ESSA, microschools, portfólios; the teacher’s lesson and Kyiv.",
    ]
)
_BETWEEN = st.text(st.characters(exclude_categories=["L"]), min_size=1, max_size=3)
_MISSPELT = [
    "competancy",
    "Kentuky",
    "districs",
    "KENTUKY",
    "inovation",
    "waivrs",
    "pilto",
    "Micorschools",
    "portfolios",
]
_typed = st.lists(st.sampled_from(_MISSPELT) | st.text(max_size=9) | _BETWEEN, max_size=8).map("".join)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Which districs in Kentuky?", "Which districts in Kentucky?"),
        ("competancy", "competency"),
        ("competancy2", "competency2"),
        ("compentecy-based learning", "competency-based learning"),
        ("Competancy", "Competency"),
        ("waviers (inovation)", "waivers (innovation)"),
        ("what do microschols do", "what do microschools do"),
    ],
)
def test_a_misspelt_word_becomes_the_librarys(typed, meant):
    """A word that is neither English nor the library's becomes the library's nearest word, its casing kept."""
    assert SPELLING.corrected(typed) == meant


@pytest.mark.parametrize(
    "query",
    [
        "Which districts in Kentucky grant microschools in Kyiv?",
        "the distinct waver of compliancy",
        "COMPETANCY and KENTUKY",
        "esse wavr kyi",
        "2019 40th HB110 3,5 %",
        "  two  spaces\tand\na line \u00a0 …!? ",
        "zzzzqqqq xylothrix",
        "don't, can't, teacher’s",
        "Zürich naïve portfólios",
        "日本語 competençzzzy",
        "",
    ],
)
def test_what_is_left_alone(query):
    """English, the library's words, capitals, short words, figures and all between words stay byte for byte."""
    assert SPELLING.corrected(query) == query


@pytest.mark.parametrize(
    "query", ["What are Kentucky's waivers?", "Kentucky’s districts", "competency's", "a student's"]
)
def test_possessives_are_no_mistake(query):
    """A word of the library, or of English, with an ’s is spelt right."""
    assert SPELLING.corrected(query) == query


def test_the_nearest_word_is_taken():
    """Of two words of the library the nearer is meant, of two as near the one that is used more often."""
    spelling = Spelling(["portfelio portfoliox portfoliox", "grantzes grantzer grantzer"])
    assert spelling.corrected("portfeli") == "portfelio"
    assert spelling.corrected("grantzew") == "grantzer"


def test_short_words_have_one_edit():
    """Two mistakes are too many for a word of up to six letters, not for a longer one."""
    spelling = Spelling(["wzxyq wzxyqwzxyq"])
    assert spelling.corrected("wzxyk wzxkk") == "wzxyq wzxkk"
    assert spelling.corrected("wzxyqwzxkk") == "wzxyqwzxyq"
    assert spelling.corrected("wzxyqwzkkk") == "wzxyqwzkkk"


@given(_typed)
def test_correcting_twice_changes_nothing_more(typed):
    """What was corrected is right."""
    once = SPELLING.corrected(typed)
    assert SPELLING.corrected(once) == once


@given(_typed)
def test_all_between_words_stays(typed):
    """Whatever is typed, only letters within words change."""
    word = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
    assert re.split(word, SPELLING.corrected(typed)) == re.split(word, typed)


@given(st.text())
def test_an_empty_library_corrects_nothing(typed):
    """Without a library every query stays as it was typed."""
    assert Spelling([]).corrected(typed) == typed
