"""Writes the published library and its golden questions as a labelled set, so that peers can be tried on them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from assistant.documents.golden_questions import GoldenQuestion, Split, place_of, read_questions
from assistant.documents.passages import Passage
from assistant.versions.store import Store


def main(arguments: Sequence[str]) -> None:
    """Write the set; only one half of the questions is read from, so that the other stays unseen."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers.golden_set", description=__doc__)
    parser.add_argument("out", type=Path, metavar="DIR", help="where the set goes")
    parser.add_argument("--split", choices=get_args(Split), default="calibration", help="default: %(default)s")
    parser.add_argument("--index", type=Path, default=Path("index"), metavar="DIR", help="default: %(default)s")
    parser.add_argument(
        "--questions", type=Path, default=Path("corpus/questions.jsonl"), metavar="FILE", help="default: %(default)s"
    )
    options = parser.parse_args(arguments)
    passages = Store(options.index).load_current().passages
    write_set(options.out, passages, read_questions(options.questions, options.split))


def write_set(folder: Path, passages: Sequence[Passage], questions: Sequence[GoldenQuestion]) -> None:
    """Write `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`: every passage of an expected section is relevant.

    A passage's title is that of its document and its headings; the other wordings of an entry are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_text("".join(_line(_row(p)) for p in passages), encoding="utf-8")
    (folder / "queries.jsonl").write_text("".join(_line(_query(q)) for q in questions), encoding="utf-8")
    relevant = ((q.id, p.id) for q in questions for p in passages if place_of(p) in q.expect)
    (folder / "qrels.tsv").write_text("".join(f"{q}\t{p}\t1\n" for q, p in relevant), encoding="utf-8")


def _row(passage: Passage) -> dict[str, object]:
    return {"id": passage.id, "title": ": ".join((passage.title, *passage.heading)), "text": passage.text}


def _query(question: GoldenQuestion) -> dict[str, object]:
    history = [{"role": "user", "text": said} for said in question.history]
    return {"id": question.id, "text": question.question, "history": history, "answerable": question.answerable}


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
