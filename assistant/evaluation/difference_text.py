"""Writes a difference for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Answer
from assistant.dialogue.turn_json import reply_text
from assistant.documents.document import Document
from assistant.documents.passages import Passage
from assistant.evaluation.difference import ChangeKind, ContentChanges, Difference, Label, QuestionChange

KINDS: dict[ChangeKind, str] = {
    "lost": "No longer answered",
    "newly_answered": "Newly answered",
    "other_citation": "Answered from another place",
    "other_wording": "Answered in other words",
}
"""The kinds of change in the order they are told, as editors read them."""


def difference_text(difference: Difference) -> str:
    """Give the difference: a summary, then the questions, the documents, the passages."""
    return "\n".join(
        (
            f"From {label_text(difference.old)} to {label_text(difference.new)}",
            "",
            *summary(difference),
            *_questions(difference),
            *_contents("Documents", difference.documents),
            *_contents("Passages", difference.passages),
        )
    )


def label_text(label: Label) -> str:
    """Name a version with the date of its content."""
    return f"version {label.version}" + (f" (content of {label.content_date})" if label.content_date else "")


def summary(difference: Difference) -> Iterator[str]:
    """Give a line each for questions, documents and passages."""
    counts = ", ".join(
        f"{sum(change.kind == kind for change in difference.questions)} {name.lower()}" for kind, name in KINDS.items()
    )
    yield f"Questions: {difference.asked} asked, {len(difference.questions)} with another reply ({counts})"
    yield f"Documents: {_counts(difference.documents)}"
    yield f"Passages: {_counts(difference.passages)}"


def reply_lines(turn: Turn) -> tuple[str, ...]:
    """Give a reply as lines: each quote with the document and heading it stands under, or what else was said."""
    if not isinstance(turn.reply, Answer):
        return (" ".join(reply_text(turn.reply).split()),)
    return tuple(f"“{' '.join(c.quote.split())}” ({place_text(c.passage)})" for c in turn.reply.citations)


def place_text(passage: Passage) -> str:
    """Name the document and heading that a passage stands under."""
    return " › ".join((passage.document_id, *passage.heading))


def _counts(changes: ContentChanges[Document] | ContentChanges[Passage]) -> str:
    return f"{len(changes.added)} added, {len(changes.changed)} changed, {len(changes.removed)} removed"


def _questions(difference: Difference) -> Iterator[str]:
    for kind, name in KINDS.items():
        changes = [change for change in difference.questions if change.kind == kind]
        if changes:
            yield ""
            yield name
            yield from (line for change in changes for line in _question(change))


def _question(change: QuestionChange) -> Iterator[str]:
    yield f"  {change.question.id}: {' → '.join((*change.question.history, change.question.question))}"
    yield from (f"    - {line}" for line in reply_lines(change.before))
    yield from (f"    + {line}" for line in reply_lines(change.after))


def _contents(name: str, changes: ContentChanges[Document] | ContentChanges[Passage]) -> Iterator[str]:
    if changes.any:
        yield ""
        yield name
        yield from _marked("+", (content.id for content in changes.added))
        yield from _marked("~", (pair.after.id for pair in changes.changed))
        yield from _marked("-", (content.id for content in changes.removed))


def _marked(mark: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"  {mark} {identifier}" for identifier in ids)
