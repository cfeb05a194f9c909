"""Renders a difference as one HTML page without scripts, fit to be sent by mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from html import escape

from assistant.dialogue.conversation import Turn
from assistant.documents.passages import Passage
from assistant.evaluation.difference import ContentChanges, Difference, Pair, QuestionChange
from assistant.evaluation.difference_text import KINDS, label_text, place_text, reply_lines, summary

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #8a929c; --old: #ffe3e0; --new: #dcf5e1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #16191d; --line: #7d8590; --old: #4a1f1c; --new: #163d22; }
}
body { margin: 0 auto; max-width: 48rem; padding: 1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
article, details { border-top: 1px solid var(--line); padding: .5rem 0; }
h3 { margin: .5rem 0; font-size: 1.05rem; }
dl { margin: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; padding: .25rem .75rem; border-left: 4px solid var(--line); }
dd p, details p { margin: .25rem 0; white-space: pre-line; }
summary { cursor: pointer; padding: .25rem 0; }
del { background: var(--old); }
ins { background: var(--new); }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_WORDS = re.compile(r"\s+|\S+")


def difference_page(difference: Difference) -> str:
    """Give the whole page: a summary, then the questions, the documents, the passages."""
    title = "What changes in the library"
    main = f"{_summary(difference)}{_questions(difference)}{_documents(difference)}{_passages(difference.passages)}"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p>From {escape(label_text(difference.old))} to {escape(label_text(difference.new))}.</p>
{main}
</main>
</body>
</html>
"""


def _summary(difference: Difference) -> str:
    return _list(escape(line) for line in summary(difference))


def _questions(difference: Difference) -> str:
    parts = []
    for kind, name in KINDS.items():
        changes = [change for change in difference.questions if change.kind == kind]
        if changes:
            parts.append(f"<h2>{name} ({len(changes)})</h2>{''.join(map(_question, changes))}")
    return "".join(parts) or "<h2>Questions</h2><p>Every question gets the same reply.</p>"


def _question(change: QuestionChange) -> str:
    asked = " → ".join((*change.question.history, change.question.question))
    return (
        f"<article><h3>{escape(asked)}</h3>"
        f"<dl><dt>Before</dt><dd>{_reply(change.before)}</dd><dt>After</dt><dd>{_reply(change.after)}</dd></dl></article>"
    )


def _reply(turn: Turn) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in reply_lines(turn))


def _documents(difference: Difference) -> str:
    documents = difference.documents
    listed = {
        "Added": documents.added,
        "Changed": tuple(pair.after for pair in documents.changed),
        "Removed": documents.removed,
    }
    lists = "".join(
        f"<h3>{name}</h3>{_list(escape(f'{document.title} ({document.id})') for document in found)}"
        for name, found in listed.items()
        if found
    )
    return f"<h2>Documents</h2>{lists or '<p>No document changes.</p>'}"


def _passages(passages: ContentChanges[Passage]) -> str:
    parts = (
        *(_details("Added", passage, f"<ins>{escape(passage.text)}</ins>") for passage in passages.added),
        *(_details("Changed", pair.after, _compared(pair)) for pair in passages.changed),
        *(_details("Removed", passage, f"<del>{escape(passage.text)}</del>") for passage in passages.removed),
    )
    return f"<h2>Passages</h2>{''.join(parts) or '<p>No passage changes.</p>'}"


def _details(what: str, passage: Passage, text: str) -> str:
    return f"<details><summary>{what}: {escape(place_text(passage))}</summary><p>{text}</p></details>"


def _compared(pair: Pair[Passage]) -> str:
    """Mark the words that go and come; where the text is the same, its title, heading or questions changed."""
    if pair.before.text == pair.after.text:
        return "The text is the same; the title, the heading or the other wordings of its question changed."
    before, after = _WORDS.findall(pair.before.text), _WORDS.findall(pair.after.text)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return "".join(
        escape("".join(after[new:new_end]))
        if step == "equal"
        else _marked("del", before[old:old_end]) + _marked("ins", after[new:new_end])
        for step, old, old_end, new, new_end in steps
    )


def _marked(tag: str, words: Iterable[str]) -> str:
    text = "".join(words)
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _list(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>"
