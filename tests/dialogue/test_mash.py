from __future__ import annotations

import pytest

from assistant.dialogue.mash import is_mash
from assistant.retrieval.spelling import Spelling, english_words

SPELLING = Spelling(["The library knows nclb, iada and Zenthros."])
MASHED = (
    "asdkjh qwe zzz|asdf|qwerty|asdfghjkl|zzz|aaaaaaa|sdfjkl ghfjdk|fjdksl vnxmz|dfgdfg|lkjsdf|hfjskahf skjdhf|"
    "uhiuh oiwejf|iuytr mnbvc|aslkdjf weoiru|kjhkjh|sdfsdf sdfsdf?|ASDKJH QWE ZZZ|asd asd asd|qwe asd zxc|jkl;jkl;|"
    "xcvxcv wqeqwe|nvbnvb rtyfgh|qqq www eee|fdsafdsa 123"
)
WORDS = (
    "What is personalized learning?|persnalized lerning polcy|compentency based edcation|CBE|ESSA|IEP|SB2186|sb2186|hb 37|"
    "cbe|nclb|iada|nwea|ccsso|FERPA COPPA PPRA|what does fjdksl mean|asdf in Kentucky|Nguyen|Szymanski|Krzyzewski|"
    "Zenthros|zenthros|que estados tienen programas|szkoly czy moga prowadzic pilotaze|okul nedir|shule ni nini|"
    "was kostet das|39|2019|why|the|were|power|rhythm|wert|teh condtions|wich sttes hav pilts|k-12|pbl vs cbl|Iowa|"
    "ysgolion cynradd yng nghymru|学区"
)


@pytest.mark.parametrize("question", MASHED.split("|"))
def test_keys_pressed_at_random(question):
    """What is no word, hit beside each other, again and again or without any order, is mash."""
    assert is_mash(question, SPELLING.is_known, english_words)


@pytest.mark.parametrize("question", WORDS.split("|"))
def test_words(question):
    """English, misspelt or not, acronyms, bills, names and words of other languages are no mash."""
    assert not is_mash(question, SPELLING.is_known, english_words)
