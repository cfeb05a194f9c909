"""Golden questions about the small library, and assistants on altered copies of it."""

from __future__ import annotations

from collections.abc import Mapping

from bag_of_words import BagOfWords, SharedWords
from small_library import DECISION, FAQ, FILES, no_bar, with_decision, write_corpus

from assistant.assistant import Assistant
from assistant.documents.corpus import read_corpus
from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.publishing.build import make_version
from assistant.versions.store import Store

ZONE = Place("faq", "What is an innovation zone?")
COST = Place("faq", "How much does a pilot cost?")
ESSA = Place("faq", "What does ESSA allow?")
WAIVERS = Place("states", "Kentucky waivers")


def golden(name, question, *expect, phrase=None, split="calibration", must=False, history=()):
    return GoldenQuestion(name, "entry", question, expect, phrase, split, history, must=must)


QUESTIONS = (
    golden("zone", ZONE.heading, ZONE, phrase="frees from some rules"),
    golden("cost", COST.heading, COST, phrase="about 40 dollars"),
    golden("essa", ESSA.heading, ESSA, phrase="seven states try another test"),
    golden("waivers", "Kentucky waivers", WAIVERS, phrase="from attendance laws"),
    golden("spent", "What is it spent on?", COST, history=(COST.heading,)),
    golden("bread", "How do I bake bread with rye flour?"),
)
SWAPPED = FAQ.replace("A pilot costs about 40 dollars for each student. Most of it is spent on training.", "X X X").replace(
    "The Every Student Succeeds Act lets up to seven states try another test.",
    "A pilot costs about 40 dollars for each student. Most of it is spent on training.",
).replace("X X X", "The Every Student Succeeds Act lets up to seven states try another test.")  # fmt: skip


def library(folder, files: Mapping[str, str] = FILES) -> Assistant:
    """Give an assistant on files as they would be published."""
    folder.mkdir()
    corpus = read_corpus(write_corpus(folder / "corpus", files))
    version = make_version(corpus.documents, corpus.aliases, corpus.fingerprint, BagOfWords(), no_bar)
    store = Store(folder / "index")
    store.publish(store.add(with_decision(version, DECISION)))
    return Assistant.open(folder / "index", BagOfWords(), SharedWords())


def without(*names):
    """Give the files of the small library but these."""
    return {name: text for name, text in FILES.items() if name not in names}
