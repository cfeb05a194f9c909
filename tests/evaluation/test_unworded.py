from __future__ import annotations

import pytest
from bag_of_words import BagOfWords
from small_library import document, version_of

from assistant.evaluation.unworded import without_wordings

PAGE = """# What is an innovation zone?

Also asked:

- define zones for innovators

A zone frees districts.

# Waivers

Also asked:

- who may be excused

Kentucky grants waivers.
"""


class NeverAsked(BagOfWords):
    """An embedder that embeds nothing new."""

    def embed(self, texts, progress=None):
        pytest.fail(f"embedded again: {texts} {progress}")


def test_only_headings_are_left():
    """Of a library without wordings an entry is found by its question and any other section by its heading."""
    version = version_of(document(PAGE))
    stripped = without_wordings(version, BagOfWords())
    assert [passage.questions for passage in stripped.passages] == [("What is an innovation zone?",), ()]
    assert [passage.text for passage in stripped.passages] == [passage.text for passage in version.passages]


def test_nothing_is_embedded_again():
    """All vectors come from the version that has them."""
    version = version_of(document(PAGE))
    stripped = without_wordings(version, NeverAsked())
    assert len(stripped.vectors) == len(version.vectors) - 2
