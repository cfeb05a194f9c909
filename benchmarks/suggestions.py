"""Measure what is offered to golden questions: how many offers, how near, and how many of them are answered when asked.

python -m benchmarks.suggestions [--index DIR] [--questions FILE] [--split calibration]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import assert_never

from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.reply import Abstention, Answer, Clarification, Closest, Courtesy, Reply
from assistant.dialogue.suggesting import can_be_asked
from assistant.documents.golden_questions import GoldenQuestion, read_questions
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

_QUESTIONS = Path("corpus/questions.jsonl")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reply offers, and the cosine of the nearest question of the library that could be offered at all."""

    kind: str
    questions: tuple[str, ...]
    nearest: float


def main() -> None:
    """Ask the questions, then each question that was offered, and print a line a kind of reply."""
    parser = argparse.ArgumentParser(description="Measure what is offered to golden questions.")
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--questions", type=Path, default=_QUESTIONS)
    parser.add_argument("--split", choices=("calibration", "held_out"), default="calibration")
    options = parser.parse_args()
    assistant = Assistant.open(options.index, SentenceEmbedder(), CrossEncoder())
    golden = read_questions(options.questions, options.split)
    offers = [_offer(assistant, question) for question in tqdm(golden, desc="asking")]
    is_answered = cache(lambda text: isinstance(assistant.ask(text).reply, Answer))
    print(f"{'reply':<26}{'asked':>6}{'offering':>9}{'offers':>8}{'answered':>9}{'nearest: median':>17}{'highest':>9}")
    for kind in (*sorted({offer.kind for offer in offers}), "all"):
        print(_line(kind, [offer for offer in offers if kind in (offer.kind, "all")], is_answered))


def _offer(assistant: Assistant, question: GoldenQuestion) -> Offer:
    turn = assistant.ask(question.question, assistant.converse(question.history))
    hits = assistant.search(turn.query, 10).hits if turn.query else ()
    rated = (rated for hit in hits for rated in zip(hit.question_similarities, hit.passage.questions, strict=True))
    nearest = max((value for value, text in rated if can_be_asked(text)), default=0.0)
    return Offer(*_offered(turn.reply), nearest)


def _offered(reply: Reply) -> tuple[str, tuple[str, ...]]:
    match reply:
        case Answer(suggestions=questions):
            return "answer", questions
        case Closest(nearest=questions):
            return "closest", questions
        case Abstention(reason=reason, nearest=questions):
            return f"abstention {reason}", questions
        case Clarification(options=questions):
            return "clarification", questions
        case Courtesy(suggestions=questions):
            return "courtesy", questions
        case _:
            assert_never(reply)


def _line(kind: str, offers: Sequence[Offer], is_answered: Callable[[str], bool]) -> str:
    questions = [question for offer in offers for question in offer.questions]
    answered = [is_answered(question) for question in tqdm(questions, desc=kind)]
    share = sum(answered) / len(answered) if answered else 0.0
    offering = sum(bool(offer.questions) for offer in offers)
    nearest = sorted(offer.nearest for offer in offers)
    median = nearest[len(nearest) // 2]
    return f"{kind:<26}{len(offers):>6}{offering:>9}{len(answered):>8}{share:>9.3f}{median:>17.2f}{nearest[-1]:>9.2f}"


if __name__ == "__main__":
    main()
