from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from small_library import no_bar

from assistant.assistant import Assistant
from assistant.documents.document import Document
from assistant.documents.golden_questions import read_questions
from assistant.evaluation.gate import judge
from assistant.evaluation.gate_text import verdict_text
from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.rounds import ask_round, choose_for_gate
from assistant.publishing.build import make_version
from assistant.publishing.incremental import known_vectors
from assistant.retrieval.cross_encoder import CrossEncoder

pytestmark = pytest.mark.model
EVERY = 8
"""Of the questions that need not be answered, one of so many is asked: the test is of the gate, not of the library."""


@pytest.fixture(scope="module")
def models(real_embedder):
    return RememberingModels(real_embedder, CrossEncoder())


@pytest.fixture(scope="module")
def questions(shipped_corpus):
    chosen = choose_for_gate(read_questions(shipped_corpus / "questions.jsonl"))
    must = [question for question in chosen if question.must]
    return (*must, *[question for question in chosen if not question.must][::EVERY])


@pytest.fixture(scope="module")
def current(real_assistant, models):
    return Assistant(replace(real_assistant.version, id="current"), models, models)


@pytest.fixture(scope="module")
def known(current, questions):
    return ask_round(current, questions, no_bar)


@pytest.fixture(scope="module")
def judged(current, questions, known, models):
    """Give the verdict on other documents in place of the shipped ones."""
    vectors = known_vectors(current.version)

    def verdict(documents: Sequence[Document]):
        version = make_version(documents, current.version.aliases, "", models, no_bar, known=vectors)
        return judge(current, Assistant(version, models, models), questions, no_bar, known=known)

    return verdict


def test_what_must_be_answered_is(known):
    """The shipped library answers what it says must be answered: 12 plain questions of the calibration half."""
    must = [asked for asked in known.asked if asked.result.question.must]
    assert len(must) == 12
    assert [asked.result.question.id for asked in must if not asked.is_right] == []
    assert {asked.result.question.split for asked in must} == {"calibration"}
    assert {asked.result.question.kind for asked in must} == {"entry"}


def test_the_shipped_library_passes(judged, current):
    """The same documents again may be published."""
    assert judged(current.version.documents).passed


@pytest.mark.parametrize("deleted", ["navigating-the-future-of-learning", "about-this-library"])
def test_a_key_document_that_is_deleted_is_missed(judged, current, deleted):
    """Without a page that questions rely on, the version is refused and what it lacks is told."""
    verdict = judged([document for document in current.version.documents if document.id != deleted])
    assert not verdict.passed
    lost = [failure.question for failure in verdict.failures if failure.lost]
    assert deleted in {place.document for question in lost for place in question.expect}
    assert f"not in the library any more: {deleted} › " in verdict_text(verdict)


def test_answers_that_changed_places_are_noticed(judged, current):
    """Where the answers of a page's entries changed places, the version is refused though each entry is still found."""
    verdict = judged([_rotated(d) if d.id == "about-this-library" else d for d in current.version.documents])
    assert "(q017)." in " ".join(verdict.reasons)
    assert "the expected words do not stand in the expected section any more" in verdict_text(verdict)


def test_half_a_library_is_refused(judged, current):
    """With every second document gone, the verdict names the shrinkage and the questions."""
    verdict = judged(current.version.documents[::2])
    reasons = " ".join(verdict.reasons)
    assert re.search(r"shrinks from \d+ to \d+ documents, by (49|50) %; 20 % is allowed", reasons)
    assert "percentage points, where 2 are allowed." in reasons


def _rotated(document: Document) -> Document:
    """Give each entry of a document the answer of the next one."""
    entries = [section for section in document.sections if section.is_entry]
    following = dict(zip(entries, [*entries[1:], entries[0]], strict=True))
    moved = (
        replace(s, text=following[s].text, blocks=following[s].blocks, links=following[s].links) if s.is_entry else s
        for s in document.sections
    )
    return replace(document, sections=tuple(moved))
