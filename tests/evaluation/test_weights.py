from __future__ import annotations

from bag_of_words import BagOfWords, SharedWords

from assistant.evaluation.remembering import RememberingModels
from assistant.evaluation.weights import Labelled, try_weights
from assistant.retrieval.fusion import Fusion


class Counting:
    """Models that count the texts they are given."""

    def __init__(self):
        self.embedder, self.reranker = BagOfWords(), SharedWords()
        self.model, self.dimension = self.embedder.model, self.embedder.dimension
        self.texts = []

    def embed(self, texts, progress=None):
        self.texts += texts
        return self.embedder.embed(texts, progress)

    def embed_query(self, text):
        return self.embed([text])

    def relevance(self, query, texts):
        self.texts += texts
        return self.reranker.relevance(query, texts)


def test_the_same_is_worked_out_once():
    """Asked again, the models give the same figures and read nothing; what is new is read."""
    models = Counting()
    remembering = RememberingModels(models, models)
    vectors = remembering.embed(["zones"])
    assert (remembering.embed(["zones"]) == vectors).all()
    assert (vectors == BagOfWords().embed(["zones"])).all()
    assert models.texts == ["zones"]
    assert (remembering.embed_query("rules") == remembering.embed_query("rules")).all()
    assert models.texts == ["zones", "rules"]
    first = remembering.relevance("zones", ["a zone", "bread"])
    assert remembering.relevance("zones", ["bread", "a pilot", "a zone"]) == (first[1], -8, first[0])
    assert first == SharedWords().relevance("zones", ["a zone", "bread"])
    assert models.texts == ["zones", "rules", "a zone", "bread", "a pilot"]
    remembering.relevance("pilots", ["a pilot"])
    assert models.texts[-1] == "a pilot"
    assert (remembering.model, remembering.dimension) == (models.model, models.dimension)


def test_trials(assistant):
    """The weights as they are come first, then each changed alone, each with the queries it gets right."""
    labelled = [
        Labelled("How much does a pilot cost?", lambda passage: passage.anchor == "how-much-does-a-pilot-cost"),
        Labelled("attendance waivers", lambda passage: passage.anchor == "kentucky-waivers"),
        Labelled("bread", lambda _: False),
    ]
    trials = list(try_weights(assistant, labelled, RememberingModels(BagOfWords(), SharedWords())))
    assert trials[0].fusion == assistant.version.manifest.fusion
    assert trials[0].first_right == 2
    assert all(0 <= trial.first_right <= 2 for trial in trials)
    assert len({trial.fusion for trial in trials}) == len(trials) > 15
    weights = Fusion.__dataclass_fields__
    for trial in trials[1:]:
        assert sum(getattr(trial.fusion, w) != getattr(trials[0].fusion, w) for w in weights) == 1
