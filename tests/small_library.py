"""A library of three files, small enough to know by heart, and ways to make an index of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import fields, replace
from pathlib import Path

from bag_of_words import BagOfWords, SharedWords

from assistant.assistant import Assistant
from assistant.dialogue.decision import Decision, Evidence
from assistant.documents.aliases import Alias
from assistant.documents.document import Document, Source
from assistant.documents.markdown import parse_markdown
from assistant.publishing.build import make_version
from assistant.retrieval.embedding import Progress
from assistant.versions.version import IndexVersion

FAQ = """---
title: Frequent questions
source:
  kind: library
  publisher: This library
  published: "2026-03"
updated: 2026-03-31
---
These answers are short.

## What is an innovation zone?

Also asked:

- innovation zone meaning
- define zones for innovators

An innovation zone is a group of districts that a state frees from some rules. The zone reports its results:

- to the legislature;
- to families.

## How much does a pilot cost?

A pilot costs about 40 dollars for each student. Most of it is spent on training.

## What does ESSA allow?

The Every Student Succeeds Act lets up to seven states try another test.
"""

STATES = """---
title: States and districts
source:
  kind: research
  publisher: Policy Institute
  url: https://policy.example/states
  published: 2024
updated: 2025-11-02
---
## Kentucky waivers

Kentucky grants waivers from attendance laws to districts of innovation. They last five years and can be renewed.

## Stages of reform

Reform passes through three stages:

1. exploration of new ideas by volunteers;
2. replication of whatever worked;
3. transformation of the entire system.

Volunteers are hard to keep without [stipends](https://policy.example/stipends).

## Transcripts

| Transcript | Accepted by |
|---|---|
| Letter grades | all colleges |
| Competency transcript | most colleges |
"""

NOTES = """Broadband in rural schools

Rural schools lacked broadband in 2019. This changed after the grants of 2021.

Remaining gaps:

- mountain valleys
- islands
"""

ALIASES = """people write,the library says
KY,Kentucky
budget,cost
"""

FILES = {"aliases.csv": ALIASES, "faq.md": FAQ, "states.md": STATES, "notes.txt": NOTES}


NOTHING = Evidence(*[0.0] * len(fields(Evidence)))
DECISION = Decision(
    intercept=-3.5,
    weights=replace(NOTHING, dense=4.3, coverage=1.5, missing=-0.5, margin=2.6, relevance=0.7, specificity=1.0),
    answer=0.75,
    closest=0.75,
)
"""What the fakes are decided by: the shipped figures were fitted to real models, whose similarities are others."""


def write_corpus(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def no_bar(_texts: int) -> AbstractContextManager[Progress]:
    return nullcontext(lambda _count: None)


def document(text: str, *, name: str = "page", title: str = "Page") -> Document:
    return Document(name, title, Source(), parse_markdown(text))


def version_of(*documents: Document) -> IndexVersion:
    return with_decision(make_version(documents, (), "", BagOfWords(), no_bar), DECISION)


def with_decision(version: IndexVersion, decision: Decision) -> IndexVersion:
    return replace(version, manifest=replace(version.manifest, decision=decision))


def assistant_of(*texts: str, aliases: Sequence[Alias] = ()) -> Assistant:
    """Give an assistant on Markdown texts, one document each."""
    documents = [document(text, name=f"page-{number}") for number, text in enumerate(texts, 1)]
    version = make_version(documents, aliases, "", BagOfWords(), no_bar)
    return Assistant(with_decision(version, DECISION), BagOfWords(), SharedWords())


def open_small(index_folder: Path) -> Assistant:
    """Give an assistant on an index of the small library."""
    version = Assistant.open(index_folder, BagOfWords(), SharedWords()).version
    return Assistant(with_decision(version, DECISION), BagOfWords(), SharedWords())


def with_threshold(assistant: Assistant, threshold: float) -> Assistant:
    """Give the same assistant, quoting from another confidence on."""
    decision = replace(assistant.version.manifest.decision, answer=threshold, closest=threshold)
    return Assistant(with_decision(assistant.version, decision), BagOfWords(), SharedWords())


def section_text(assistant: Assistant, document_id: str, anchor: str) -> str:
    sections: Sequence[str] = [s.text for s in assistant.documents[document_id].sections if s.anchor == anchor]
    (text,) = sections
    return text
