from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.documents.formats.pdf_text import clean, joined

line = st.text(max_size=40).map(clean).filter(bool)


def test_ligatures_come_apart():
    """Ligatures become letters, so that what is typed is found."""
    assert clean("e\ufb03cient o\u21b5er \ufb01nds") == "efficient offer finds"


def test_bullets_of_symbol_fonts_are_bullets():
    """The bullet that a symbol font has at a place of its own is a bullet."""
    assert clean("\uf0b7\u00a0waivers") == "• waivers"


def test_leaders_shrink():
    """The dots that lead to a page number become one mark."""
    assert clean("Waivers ........... 12") == "Waivers … 12"


@given(st.text(max_size=60))
def test_clean_text_is_nfc_without_control_characters(text):
    """What is given is NFC, has single plain spaces and no control character but a soft hyphen at its end."""
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFC", cleaned)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"} for c in cleaned.rstrip("\u00ad"))
    assert "  " not in cleaned


@given(line, line)
def test_joining_loses_nothing_but_hyphens(before, after):
    """Two lines keep all their characters but white space and the hyphen between them."""
    kept = joined(before, after)
    assert kept.replace(" ", "").replace("\u00ad", "").replace("-", "").replace("‐", "") == (before + after).replace(
        " ", ""
    ).replace("\u00ad", "").replace("-", "").replace("‐", "")


def test_compounds_keep_their_hyphen():
    """The hyphen stays in a compound that the file knows, or whose parts it knows, and before a capital."""
    known = frozenset({"long-term", "evidence", "based", "compe", "tency"})
    assert joined("a long-", "term plan", known) == "a long-term plan"
    assert joined("is evidence-", "based", known) == "is evidence-based"
    assert joined("of Fig-", "ures", known) == "of Figures"
    assert joined("non-", "European", known) == "non-European"
    assert joined("Public Law 116-", "23 says", known) == "Public Law 116-23 says"


def test_soft_hyphens_go():
    """A soft hyphen at a line's end joins the parts of the word."""
    assert joined("compe\u00ad", "tency") == "competency"
