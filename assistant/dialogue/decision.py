"""Decides whether the library answers a query, by a model and a threshold that were fitted on labelled questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from math import exp
from types import MappingProxyType

from assistant.retrieval.hits import LEAST_RELEVANCE, Hit, Retrieval
from assistant.retrieval.names import names_missing

_FIRST = 3
_ASKED = 0.95
"""Cosine from which one of a passage's own questions is what was asked, if the passage has every term of it: another
year or number leaves two questions as near (`docs/decisions/0025-closest-blocks-calibration.md`)."""
_SURE = 0.99
"""The least confidence in such a passage, however few and common the words of the question are."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a hit.

    `dense` as in a hit, `coverage` the share of the query's terms that the passage has, `missing` the
    rarity of the rarest it lacks, `margin` how far `dense` stands out from the library as a whole,
    `relevance` the reranker's log-odds by tens, `relevance_margin` how far these are from those of the other hits
    that were read, `likely` how many of these the reading finds likelier than not to answer, by tens, `lead` how far
    its score is before that of the next section, `specificity` how much the query says, `asked` 1 if the passage has
    questions of its own to be found by, else 0: all of a size.
    """

    dense: float
    coverage: float
    missing: float
    margin: float
    relevance: float
    relevance_margin: float
    likely: float
    lead: float
    specificity: float
    asked: float


CAUTION: Mapping[str, float] = MappingProxyType({"careful": 0.28, "balanced": 0.4, "helpful": 0.6})
"""The share of questions that are made without an answer in the library and would get one all the same.

They are far nearer to it than people's: at these shares .06, .08 and .13 of the answers to the golden questions of the
calibration half are wrong (`docs/decisions/0025-closest-blocks-calibration.md`).
"""


@dataclass(frozen=True, slots=True)
class Level:
    """A confidence from which to answer, and what it means in the library it was measured on.

    `own` is the share of the library's own questions that are answered, `missed` that of the questions made without an
    answer.
    """

    name: str
    answer: float
    own: float
    missed: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A logistic model of the evidence, and the confidence from which a passage is quoted as an answer, or as closest.

    All figures are what `python -m assistant.evaluation calibrate` gives (`docs/decisions/0006-abstention.md`);
    `questions` is the beginning of the SHA-256 of the questions they come from. `levels` are measured on the library
    itself when its index is built, and `answer` is then the balanced one.
    """

    intercept: float = -2.655
    weights: Evidence = Evidence(
        dense=1.764,
        coverage=1.595,
        missing=-1.117,
        margin=1.375,
        relevance=1.327,
        relevance_margin=0.641,
        likely=-1.472,
        lead=1.117,
        specificity=1.825,
        asked=0.114,
    )
    answer: float = 0.719
    closest: float = 0.13
    questions: str = "6cdc572b96dd0ae3"
    levels: tuple[Level, ...] = ()

    def at(self, caution: str) -> Decision:
        """Give the decision at one of its levels; as it is where these were not measured."""
        return next((replace(self, answer=level.answer) for level in self.levels if level.name == caution), self)

    @property
    def model(self) -> Decision:
        """The decision without what was measured on one library."""
        return replace(self, answer=Decision().answer, levels=())


def evidence(retrieval: Retrieval, hit: Hit) -> Evidence:
    """Give what speaks for a hit of a retrieval."""
    return Evidence(
        hit.dense,
        hit.coverage.share,
        hit.coverage.missing,
        hit.dense - retrieval.background,
        hit.relevance / 10,
        (hit.relevance - _relevance_behind(retrieval)) / 10,
        sum(other.relevance > 0 for other in retrieval.hits) / 10,
        _lead(retrieval, hit),
        retrieval.specificity,
        float(bool(hit.passage.questions)),
    )


def _relevance_behind(retrieval: Retrieval) -> float:
    """Give the mean log-odds of the hits that were read, but for the most relevant one; the least of none."""
    read = sorted((hit.relevance for hit in retrieval.hits if hit.relevance > LEAST_RELEVANCE), reverse=True)[1:]
    return sum(read) / len(read) if read else LEAST_RELEVANCE


def _lead(retrieval: Retrieval, hit: Hit) -> float:
    """Give how far a hit's score is before the best of another section; nothing where that is before it."""
    section = (hit.passage.document_id, hit.passage.section)
    others = (o.score for o in retrieval.hits if (o.passage.document_id, o.passage.section) != section)
    return max(0.0, hit.score - max(others, default=0.0))


def best_hit(retrieval: Retrieval) -> Hit | None:
    """Give the first hit that names each state and bill that the query names, `None` if there is none."""
    return next((hit for hit in retrieval.hits if names_all(retrieval.query, hit)), None)


def confidence(decision: Decision, retrieval: Retrieval, hit: Hit) -> float:
    """Give the probability, 0 to 1, that a hit answers the query, as far as the model can tell.

    0 if the query names a state or a bill that the passage does not; nearly 1 if it is a question of the passage.
    """
    if not names_all(retrieval.query, hit):
        return 0.0
    terms = zip(astuple(decision.weights), astuple(evidence(retrieval, hit)), strict=True)
    told = 1 / (1 + exp(-decision.intercept - sum(weight * value for weight, value in terms)))
    is_its_own = bool(hit.passage.questions) and hit.label_similarity >= _ASKED and not hit.coverage.missing
    return max(told, _SURE) if is_its_own else told


def best_confidence(decision: Decision, retrieval: Retrieval) -> float:
    """Give the highest confidence in one of the first hits that name what is asked about, as `best_hit`.

    A query is answered if this reaches the threshold. Where several passages say nearly the same, the surest speaks for
    the one that is ranked first.
    """
    named = [hit for hit in retrieval.hits if names_all(retrieval.query, hit)]
    return max((confidence(decision, retrieval, hit) for hit in named[:_FIRST]), default=0.0)


def hits_from(least: float, decision: Decision, retrieval: Retrieval) -> Retrieval:
    """Give a retrieval with the hits of at least a confidence."""
    return replace(retrieval, hits=tuple(h for h in retrieval.hits if confidence(decision, retrieval, h) >= least))


def names_all(query: str, hit: Hit) -> bool:
    """Whether a hit's passage names each state and bill that a query names."""
    passage = hit.passage
    return not names_missing(query, "\n".join((passage.title, *passage.heading, *passage.questions, passage.text)))
