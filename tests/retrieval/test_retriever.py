from __future__ import annotations

import numpy as np
import pytest
from bag_of_words import BagOfWords, SharedWords
from hypothesis import given
from hypothesis import strategies as st
from small_library import assistant_of, document
from strategies import pages, phrases

from assistant.documents.aliases import Alias
from assistant.documents.passages import Splitting, split_document
from assistant.errors import EmbeddingError
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.fusion import Fusion
from assistant.retrieval.retriever import Retriever, embedded_texts, keyword_text


class Broken(BagOfWords):
    """A model that gives NaN."""

    def embed(self, texts, progress=None):
        return super().embed(texts, progress) * np.float32("nan")


@pytest.mark.parametrize(
    ("query", "passage"),
    [
        ("What is an innovation zone?", "faq/what-is-an-innovation-zone"),
        ("define zones for innovators", "faq/what-is-an-innovation-zone"),
        ("attendance waivers", "states/kentucky-waivers"),
        ("ESSA", "faq/what-does-essa-allow"),
        ("islands without broadband", "notes/introduction"),
    ],
)
def test_the_best_hit(assistant, query, passage):
    """A query finds the passage by its question, another wording, its words or a name's initials."""
    assert assistant.search(query, 3).hits[0].passage.id == passage


def test_a_page_on_a_bill_is_before_one_that_names_it_in_passing():
    """Where a bill is asked about, the passage whose heading names it comes first, however near the other one is."""
    laws = "# Districts and rules\n\nDistricts are freed from rules by House Bill 37."
    page = "# House Bill 37\n\nDistricts are freed from rules."
    library = assistant_of(laws, page, "# Bread\n\nOvens bake.")
    hits = library.search("Which districts does HB 37 free from rules?", 3).hits
    assert [hit.passage.heading for hit in hits[:2]] == [("House Bill 37",), ("Districts and rules",)]
    assert hits[0].dense < hits[1].dense


@given(st.lists(pages, min_size=1, max_size=3), phrases, st.integers(1, 20))
def test_hits_are_sorted_and_each_passage_is_found_once(texts, query, count):
    """Hits come best first, at most as many as asked for, each passage once, with cosines and shares."""
    hits = assistant_of(*texts).search(query, count).hits
    assert len(hits) <= count
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.passage.id for hit in hits}) == len(hits)
    for hit in hits:
        assert len(hit.sentence_similarities) == len(hit.passage.sentences)
        assert all(-1.001 <= value <= 1.001 for value in (hit.passage_similarity, *hit.sentence_similarities))
        assert 0 <= hit.coverage.share <= 1 + 1e-9
        assert -8 <= hit.relevance <= 8


def test_similarities_are_those_of_the_sentences(assistant):
    """Each similarity belongs to the sentence in its place: the sentence itself is the nearest to itself."""
    for passage in assistant.version.passages:
        for number, sentence in enumerate(passage.sentences):
            query = passage.text[sentence.start : sentence.end]
            (hit,) = [hit for hit in assistant.search(query, 50).hits if hit.passage == passage]
            assert hit.sentence_similarities[number] == pytest.approx(1, abs=1e-5)


def test_same_query_same_hits(assistant):
    """Searching twice gives equal hits with equal scores."""
    assert assistant.search("waivers for districts", 10) == assistant.search("waivers for districts", 10)


def test_background_is_the_rest_of_the_library(assistant):
    """The background of a query is lower than its best hit where one passage stands out."""
    retrieval = assistant.search("How much does a pilot cost?", 10)
    assert retrieval.background < retrieval.hits[0].dense / 2


def test_what_is_embedded_and_indexed():
    """Questions, the passage under its title and heading, and each sentence are embedded; all of it is indexed."""
    (passage,) = split_document(document("# Why?\n\nAlso asked:\n\n- how\n\nSo. Thus."), Splitting())
    assert embedded_texts(passage) == ("Why?", "how", "Page. Why?\nSo. Thus.", "So.", "Thus.")
    assert keyword_text(passage) == "Page\nWhy?\nWhy?\nhow\nSo. Thus."


def test_embedder_that_fails(assistant):
    """A model that gives no usable vector for the question is an error and no empty result."""
    version = assistant.version
    retriever = Retriever(
        version.passages,
        version.vectors,
        version.keywords,
        expansion=Expansion(()),
        embedder=Broken(),
        reranker=SharedWords(),
        fusion=Fusion(),
    )
    with pytest.raises(EmbeddingError):
        retriever.retrieve("anything")


def test_aliases_are_searched_as_what_they_mean():
    """Who writes another name finds what stands under the library's, and who uses that finds the other name's page."""
    texts = ("# Kentucky\n\nKentucky grants waivers.", "# Costs\n\nThe budget is small.", "# Bread\n\nOvens bake.")
    assistant = assistant_of(*texts, aliases=(Alias("KY", "Kentucky"), Alias("budget", "cost")))
    assert assistant.search("KY", 1).hits[0].passage.document_id == "page-1"
    assert assistant_of(*texts).search("KY", 5).hits[0].score < assistant.search("KY", 1).hits[0].score
    assert assistant.search("KY", 1).query == "KY"


def test_what_is_read_again_is_the_query_with_its_aliases(assistant):
    """The reranker reads the library's name too; a query says how much it says."""
    retrieval = assistant.search("KY", 5)
    assert retrieval.hits[0].relevance == 0 > retrieval.hits[1].relevance
    assert 0 < assistant.search("students", 5).specificity < assistant.search("KY zebras", 5).specificity <= 1


def test_several_queries_are_ordered_together(assistant):
    """Of what several queries find, what answers the question itself comes first, as the first query found it."""
    queries = ("What is an innovation zone?", "attendance waivers")
    found = assistant._retriever.retrieve_any(queries, "attendance waivers", 1)
    assert found.hits[0].passage.id == "states/kentucky-waivers"
    assert found.query == "attendance waivers"
    about_zones = assistant._retriever.retrieve_any(queries, "What is an innovation zone?", 5)
    assert about_zones.hits[0].passage.id == "faq/what-is-an-innovation-zone"
    assert about_zones.query == queries[0]


@given(st.lists(pages, min_size=1, max_size=3), st.lists(phrases, min_size=2, max_size=3), st.integers(1, 20))
def test_several_queries_find_each_passage_once(texts, queries, count):
    """However many queries there are, hits come best first, as many as asked for at most, each passage once."""
    hits = assistant_of(*texts)._retriever.retrieve_any(queries, queries[0], count).hits
    assert len(hits) <= count
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
