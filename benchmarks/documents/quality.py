"""Compares what is read of PDF and DOCX files with what pdftotext and markitdown give.

    python -m benchmarks.documents.quality DIR [--markitdown PROGRAM] [--headings FILE.jsonl] [--files]

Words and their order are judged by `pdftotext` without `-layout`, or by the text runs of a DOCX. `kept` is the share of
those words that come out, `order` the longest common subsequence of words as a share of them, `running` the share of
headers, footers and page numbers that are left in: lines at the edge of two or more pages that differ in numbers only.
`headings` is the share of those that a line of FILE names, `{"path", "headings": [...]}`, that come out as headings.
`--files` gives a line a file.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from assistant.errors import DocumentError
from benchmarks.documents.lcs import common_words
from benchmarks.documents.readers import read_file, text

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
_EDGE_LINES = 2
_FEWEST_WORDS = 20
_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Output:
    """What a tool gives of a file: all of its text, and the lines it calls headings."""

    text: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a file says: its words in order, without running lines, and those lines."""

    words: tuple[str, ...]
    running: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How good an output is, each from 0 to 1; `None` where the file has nothing to judge by."""

    kept: float
    order: float
    running: float | None
    headings: float | None


def main(arguments: Sequence[str]) -> None:
    """Print a line for each tool and format."""
    options = _options(arguments)
    labelled = _labelled(options.headings)
    tools: dict[str, Callable[[Path], Output | None]] = {"ours": _ours, "pdftotext -layout": _layout}
    if options.markitdown:
        tools["markitdown"] = lambda path: _markitdown(options.markitdown, path)
    print(f"{'format':<8}{'tool':<20}{'files':>6}{'kept':>8}{'order':>8}{'running':>9}{'headings':>10}")
    for suffix in (".pdf", ".docx"):
        scores: dict[str, list[Score]] = {name: [] for name in tools}
        for path in sorted(options.folder.rglob(f"*{suffix}")):
            reference = _reference(path)
            outputs = {name: tool(path) for name, tool in tools.items()}
            if len(reference.words) < _FEWEST_WORDS or outputs["ours"] is None:
                continue
            for name, output in outputs.items():
                if output is not None:
                    score = _score(output, reference, labelled.get(path.name))
                    scores[name].append(score)
                    if options.files:
                        print(_row(path.name, name, [score]))
        for name, judged in scores.items():
            if judged:
                print(_row(suffix, name, judged))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents.quality")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--markitdown", default="")
    parser.add_argument("--headings", type=Path)
    parser.add_argument("--files", action="store_true")
    return parser.parse_args(arguments)


def _labelled(path: Path | None) -> dict[str, list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    return {Path(label["path"]).name: label["headings"] for label in map(json.loads, lines)}


def _row(first: str, tool: str, scores: list[Score]) -> str:
    running = [score.running for score in scores if score.running is not None]
    headings = [score.headings for score in scores if score.headings is not None]
    return (
        f"{first[:40]:<8}{tool:<20}{len(scores):>6}{mean(s.kept for s in scores):>8.3f}"
        f"{mean(s.order for s in scores):>8.3f}{_mean(running):>9}{_mean(headings):>10}"
    )


def _mean(shares: list[float]) -> str:
    return f"{mean(shares):.3f}" if shares else "-"


def _ours(path: Path) -> Output | None:
    try:
        reading = read_file(path)
    except DocumentError:
        return None
    if reading is None:
        return None
    return Output(text(reading), tuple(heading for section in reading.sections for heading in section.heading))


def _layout(path: Path) -> Output | None:
    return Output(_run("pdftotext", "-layout", str(path), "-")) if path.suffix == ".pdf" else None


def _markitdown(program: str, path: Path) -> Output:
    markdown = _run(program, str(path))
    return Output(markdown, tuple(line.strip("# ") for line in markdown.splitlines() if line.startswith("#")))


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    return done.stdout.decode("utf-8", errors="replace")


def _reference(path: Path) -> Reference:
    if path.suffix == ".docx":
        return Reference(tuple(_words(_text_runs(path))), ())
    pages = [
        [line for line in page.splitlines() if line.strip()] for page in _run("pdftotext", str(path), "-").split("\f")
    ]
    edges = Counter(
        shape for page in pages for shape in {_shape(line) for line in [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]}
    )
    repeated = {shape for shape, count in edges.items() if count > 1}
    running = [
        line for page in pages for line in [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]] if _shape(line) in repeated
    ]
    left = Counter(running)
    words: list[str] = []
    for line in (line for page in pages for line in page):
        if left[line] > 0:
            left[line] -= 1
        else:
            words.extend(_words(line))
    return Reference(tuple(words), tuple(line for line in running if len(_words(line)) > 1))


def _text_runs(path: Path) -> str:
    """Give the text runs of a DOCX as they stand in its main part, a paragraph a line."""
    with zipfile.ZipFile(path) as parts:
        markup = parts.read("word/document.xml").decode("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>|<w:br/>", " ", markup)))


def _shape(line: str) -> str:
    return _NUMBER.sub("#", " ".join(_words(line)))


def _words(line: str) -> list[str]:
    return _WORD.findall(line.casefold())


def _score(output: Output, reference: Reference, headings: list[str] | None) -> Score:
    words = _words(output.text)
    kept = sum((Counter(words) & Counter(reference.words)).values())
    joined = f" {' '.join(words)} "
    found = {" ".join(_words(heading)) for heading in output.headings}
    wanted = [" ".join(_words(heading)) for heading in headings or []]
    return Score(
        kept / len(reference.words),
        common_words(words, reference.words) / len(reference.words),
        mean(f" {' '.join(_words(line))} " in joined for line in reference.running) if reference.running else None,
        mean(heading in found for heading in wanted) if wanted else None,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
