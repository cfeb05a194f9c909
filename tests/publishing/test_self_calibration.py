from __future__ import annotations

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import DECISION, document, version_of

from assistant.dialogue.decision import CAUTION
from assistant.publishing.self_calibration import calibrated
from assistant.retrieval.hits import Retrieval
from assistant.versions.version import make_retriever

TOPICS = "bread cheese glass paper silk steel wool salt coal gold rice tea cork lime hemp clay wax oil tin ink".split()


@pytest.fixture(scope="module")
def version():
    """Give a library of forty entries on twenty things, each in words of its own."""
    pages = (
        document(
            f"# What is {topic} made of?\n\nThe {topic} is made of {topic}-dust{number} by {topic}-makers.\n\n"
            f"# Where does {topic} come from?\n\nThe {topic} comes from {topic}-land{number} by {topic}-ships.",
            name=topic,
            title=topic.title(),
        )
        for number, topic in enumerate(TOPICS)
    )
    return version_of(*pages)


@pytest.fixture(scope="module")
def decision(version):
    return calibrated(version, BagOfWords(), SharedWords())


def test_more_caution_asks_for_more(decision):
    """A more careful level answers from a higher confidence, and no level answers more of the others than it says."""
    careful, balanced, helpful = decision.levels
    assert [level.name for level in decision.levels] == list(CAUTION)
    assert careful.answer >= balanced.answer >= helpful.answer
    assert all(level.missed <= CAUTION[level.name] for level in decision.levels)
    assert careful.own <= balanced.own <= helpful.own
    assert decision.answer == balanced.answer


def test_a_question_without_its_answer_is_told_from_one_with_it(decision):
    """A library whose pages differ answers more of its own questions than of those whose section is taken away."""
    assert decision.levels[-1].own > decision.levels[-1].missed


def test_what_answers_is_taken_away(version, monkeypatch):
    """No question counts as missed with the section in sight that it is a question of."""
    seen = []

    def confidence(_decision, retrieval: Retrieval):
        seen.append({(hit.passage.document_id, hit.passage.section) for hit in retrieval.hits})
        return 0.5

    monkeypatch.setattr("assistant.publishing.self_calibration.best_confidence", confidence)
    calibrated(version, BagOfWords(), SharedWords())
    pairs = list(zip(seen[0::2], seen[1::2], strict=False))[: len(TOPICS)]
    assert all(len(whole - without) == 1 for without, whole in pairs)


def test_the_same_library_gets_the_same(version, decision):
    """Nothing is left to chance."""
    assert calibrated(version, BagOfWords(), SharedWords()) == decision


def test_too_little_to_ask():
    """A library of a page or two keeps the decision it came with."""
    assert calibrated(version_of(document("# Bread\n\nOvens bake.")), BagOfWords(), SharedWords()) == DECISION


def test_a_label_is_taken_out(version):
    """A question asked with itself taken out is found by what is left of its entry."""
    retriever = make_retriever(version, BagOfWords(), SharedWords())
    question = "What is silk made of?"
    found = (retriever.retrieve(question, taken_out=out).hits for out in (None, question))
    with_it, without = (next(hit for hit in hits if hit.passage.questions == (question,)) for hits in found)
    assert without.label_similarity < with_it.label_similarity
    assert without.sentence_similarities == with_it.sentence_similarities
