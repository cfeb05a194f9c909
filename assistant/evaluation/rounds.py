"""Asks one version the golden questions, as an editor would judge it: by place and by words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.documents.golden_questions import GoldenQuestion, Place
from assistant.evaluation.golden import Result, ask_all
from assistant.publishing.incremental import ProgressBar
from assistant.retrieval.embedding import Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """A golden question on one version; `gone` are the expected sections that this version does not have.

    `words_gone` if all of them are there but none holds the expected words any more: the question is then not
    answered right, though the right section is quoted.
    """

    result: Result
    gone: tuple[Place, ...]
    words_gone: bool

    @property
    def is_right(self) -> bool:
        """Whether the person got what the question's author promised."""
        return self.result.is_good and not (self.words_gone and self.result.outcome == "right")


@dataclass(frozen=True, slots=True)
class Round:
    """What became of golden questions on the version with that id, in the order they were given."""

    version: str
    asked: tuple[Asked, ...]

    @property
    def questions(self) -> tuple[GoldenQuestion, ...]:
        """The questions of the round."""
        return tuple(asked.result.question for asked in self.asked)


def choose_for_gate(questions: Sequence[GoldenQuestion]) -> tuple[GoldenQuestion, ...]:
    """Give the questions that decide on publishing: those choices may be made on, and those that must be answered."""
    return tuple(question for question in questions if question.must or question.split == "calibration")


def ask_round(assistant: Assistant, questions: Sequence[GoldenQuestion], progress_bar: ProgressBar) -> Round:
    """Ask all questions, telling a progress bar of each."""
    texts = _texts(assistant)
    asked = []
    with progress_bar(len(questions)) as progress:
        for result in ask_all(assistant, questions):
            asked.append(_compared(result, texts))
            progress(1)
    return Round(assistant.version.id, tuple(asked))


@contextmanager
def asking_bar(questions: int) -> Iterator[Progress]:
    """Open a bar over that many questions on standard error."""
    with tqdm(total=questions, desc="asking", unit=" questions") as bar:
        yield bar.update


def _texts(assistant: Assistant) -> Mapping[Place, str]:
    """Give the text of every section, white space evened out."""
    places: dict[Place, str] = {}
    for document in assistant.version.documents:
        for section in document.sections:
            place = Place(document.id, section.heading[-1] if section.heading else "")
            places[place] = f"{places.get(place, '')} {' '.join(section.text.split())}"
    return places


def _compared(result: Result, texts: Mapping[Place, str]) -> Asked:
    """Compare what a question expects with what the version has."""
    question = result.question
    gone = tuple(place for place in question.expect if place not in texts)
    held = question.phrase is None or any(
        question.phrase in texts[place] for place in question.expect if place in texts
    )
    return Asked(result, gone, words_gone=not (gone or held))
