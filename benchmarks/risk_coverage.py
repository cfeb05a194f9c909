"""Draws how the risk of a wrong answer falls as fewer questions are answered: `docs/images/risk-coverage.svg`.

python -m benchmarks.risk_coverage [--split held_out] [--index DIR]
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt
from tqdm import tqdm

from assistant.assistant import Assistant
from assistant.dialogue.decision import best_confidence, best_hit
from assistant.documents.golden_questions import GoldenQuestion, place_of, read_questions
from assistant.evaluation.intervals import risk_bound
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder

_PICTURE = Path("docs/images/risk-coverage.svg")


def main() -> None:
    """Ask each question once and sort them by confidence."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.risk_coverage", description=__doc__)
    parser.add_argument("--split", choices=["calibration", "held_out"], default="held_out")
    parser.add_argument("--index", type=Path, default=Path("index"))
    options = parser.parse_args()
    assistant = Assistant.open(options.index, SentenceEmbedder(), CrossEncoder())
    questions = read_questions(Path("corpus/questions.jsonl"), options.split)
    rated = sorted((_rated(assistant, question) for question in tqdm(questions)), reverse=True)
    _draw(np.array([confidence for confidence, _ in rated]), np.array([right for _, right in rated]), assistant)


def _rated(assistant: Assistant, question: GoldenQuestion) -> tuple[float, bool]:
    """Give the confidence in the best passage, none for a question that points at nothing, and whether it answers."""
    resolved = assistant.interpret(question.question, assistant.converse(question.history))
    retrieval = assistant.search(resolved.query, 10)
    hit = best_hit(retrieval)
    if resolved.unresolved or hit is None:
        return 0.0, False
    return best_confidence(assistant.version.manifest.decision, retrieval), place_of(hit.passage) in question.expect


def _draw(confidences: np.ndarray, right: np.ndarray, assistant: Assistant) -> None:
    mpl.rcParams.update({"svg.hashsalt": "risk", "font.size": 10})
    answers = np.arange(1, len(right) + 1)
    wrong = np.cumsum(~right)
    bounds = [risk_bound(int(count), int(number)) for count, number in zip(wrong, answers, strict=True)]
    figure, axes = plt.subplots(figsize=(7, 4))
    axes.plot(answers / len(right), wrong / answers, label="share of answers that are wrong")
    axes.plot(answers / len(right), bounds, linestyle="--", label="upper bound at 95 % confidence")
    threshold = assistant.version.manifest.decision.answer
    axes.axvline(float((confidences >= threshold).mean()), color="grey", label=f"threshold, {threshold:.2f}")
    axes.set(xlabel="share of all held-out questions that get an answer", ylabel="risk", xlim=(0, 1), ylim=(0, 0.6))
    axes.legend(frameon=False)
    figure.savefig(_PICTURE, metadata={"Date": None}, bbox_inches="tight")


if __name__ == "__main__":
    main()
