"""Tries weights of the fusion on labelled questions, one changed at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from assistant.assistant import Assistant
from assistant.documents.passages import Passage
from assistant.evaluation.remembering import RememberingModels
from assistant.retrieval.fusion import Fusion

_TRIED = {
    "question": (0.4, 0.5, 0.7, 0.8),
    "heading": (0.0, 0.3, 0.45),
    "sentence": (0.0, 0.3, 0.7, 1.0),
    "keyword": (0.0, 0.1, 0.2, 0.3, 0.5),
    "text_keyword": (0.0, 0.1, 0.3, 0.4),
    "relevance": (0.0, 0.015, 0.045, 0.06),
    "text_relevance": (0.0, 0.03, 0.045, 0.1),
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A standalone query, and whether a passage answers it."""

    query: str
    answers: Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """Weights, and for how many of the labelled queries the first passage answers."""

    fusion: Fusion
    first_right: int


def try_weights(assistant: Assistant, labelled: Sequence[Labelled], models: RememberingModels) -> Iterator[Trial]:
    """Rank for all queries with the weights as they are, then with each weight changed."""
    for fusion in _settings(assistant.version.manifest.fusion):
        version = replace(assistant.version, manifest=replace(assistant.version.manifest, fusion=fusion))
        trial = Assistant(version, models, models)
        hits = ((one, trial.search(one.query, 10).hits) for one in labelled)
        yield Trial(fusion, sum(bool(found) and one.answers(found[0].passage) for one, found in hits))


def _settings(fusion: Fusion) -> Iterable[Fusion]:
    yield fusion
    for field in fields(Fusion):
        yield from (replace(fusion, **{field.name: value}) for value in _TRIED[field.name])
