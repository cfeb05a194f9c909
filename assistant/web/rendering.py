"""Renders a turn as one line of HTML that Gradio shows as a message."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from assistant.dialogue import wording
from assistant.dialogue.conversation import Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest, Courtesy, Reason, Reply
from assistant.dialogue.turn_json import not_covered_text, reply_text, text_language
from assistant.documents.document import Document
from assistant.web.cards import (
    Cited,
    cited,
    reference_text,
    render_card,
    render_folded,
    render_gist,
    render_passage,
    render_quote,
    render_rest,
    render_standing,
)
from assistant.web.dates import readable_date
from assistant.web.markup import escape

STARTERS_PLACE = '<div class="starters-place"></div>'
"""What Gradio shows in an empty chat: made once at the start, so it holds nothing of any version."""
_LABELS = {"complete": "From the library", "partial": "From the library: part of an answer"}
_GAP_LABEL = "What the library does not have"
_CLOSEST_LABELS = {"one": "Not sure: the closest passage", "several": "Not sure: the closest passages"}
_MORE_IS = "These passages are near to the question, and no part of the answer."
_ABSTENTION_LABELS: dict[Reason, str] = {
    "not_covered": "Not found in the library",
    "out_of_scope": "Another subject",
    "too_vague": "Too little to search by",
    "not_understood": "Not understood",
    "other_language": "Not in English",
    "advice": "No advice",
}
_RIGHT_TO_LEFT = ("ar",)


def render_turn(turn: Turn, number: int, documents: Mapping[str, Document], root: str = "") -> str:
    """Give the reply of the turn with that number in its chat; the ids in it begin `answer-NUMBER`.

    Links lead below the path `root`.
    """
    name = f"answer-{number}"
    above = _interpretation(turn)
    match turn.reply:
        case Answer() as answer:
            return _answer(turn, answer, name, documents, root)
        case Closest() as closest:
            return _closest(turn, closest, name, documents, root)
        case Clarification(options=options):
            body = above + _said(turn.reply) + _questions(options) + _foot(turn)
            return _reply("clarification", "Which do you mean?", name, body)
        case Abstention(reason=reason, nearest=nearest):
            below = f"<h4>{escape(wording.NEAREST)}</h4>{_questions(nearest)}" if nearest else ""
            body = above + _said(turn.reply) + below + _foot(turn)
            return _reply("abstention", _ABSTENTION_LABELS[reason], name, body)
        case Courtesy(suggestions=suggestions):
            body = _said(turn.reply) + _questions(suggestions) + _foot(turn)
            return _reply("courtesy", "About this assistant", name, body)
        case _:
            assert_never(turn.reply)


def render_notice(text: str, number: int) -> str:
    """Give what is said of a question that can't be searched."""
    return _reply("notice", "Not searched", f"answer-{number}", f'<p class="said">{escape(text)}</p>')


def render_refusal(text: str, number: int) -> str:
    """Give what is said of a question that is not taken now; the page's script puts it into the field again."""
    return _reply("notice refused", "Not asked yet", f"answer-{number}", f'<p class="said">{escape(text)}</p>')


def render_failure(number: int) -> str:
    """Give what is said when we broke; it looks like no answer does."""
    said = f'<p class="said">{escape(wording.FAILURE)}</p>'
    return _reply("failure", "Error: no answer was made", f"answer-{number}", said)


def render_starters(questions: Sequence[str]) -> str:
    """Give what an empty chat shows: questions to begin with. The page's script sets it in the place for it."""
    return f'<div class="starters"><h2>Questions to begin with</h2>{_questions(questions)}</div>'


def _answer(turn: Turn, answer: Answer, name: str, documents: Mapping[str, Document], root: str) -> str:
    sources = _sources(answer.citations, documents, root)
    quotes = "".join(_quote(source, name) for source in sources)
    missing = [not_covered_text(part) for part in answer.not_covered]
    uncovered = "".join(f'<p class="uncovered">{escape(text)}</p>' for text in missing)
    cards = "".join(render_card(source, name) for source in sources)
    next_ones = f"<h4>You could ask next</h4>{_questions(answer.suggestions)}" if answer.suggestions else ""
    body = (
        f'<div class="columns"><div class="quotes said">{quotes}{uncovered}</div>'
        f'<div class="sources"><h4>Sources</h4><ol class="cards">{cards}</ol></div>'
        f'<div class="next">{next_ones}</div></div>{_more(_sources(answer.more, documents, root), name)}'
        f"{_colophon(turn, sources, missing=missing)}"
    )
    is_gap = all(citation.role == "gap" for citation in answer.citations)
    kind, label = ("answer gap", _GAP_LABEL) if is_gap else ("answer", _LABELS[answer.completeness])
    return _reply(kind, label, name, _interpretation(turn) + body)


def _closest(turn: Turn, closest: Closest, name: str, documents: Mapping[str, Document], root: str) -> str:
    first, *others = _sources(closest.citations, documents, root)
    folded = "".join(render_folded(source, name) for source in others)
    also = f'<div class="others"><h4>{escape(wording.OTHERS)}</h4>{folded}</div>' if others else ""
    nearest = f"<h4>{escape(wording.NEAREST)}</h4>{_questions(closest.nearest)}" if closest.nearest else ""
    body = (
        f'<p class="said">{escape(wording.CLOSEST)}</p>{render_passage(first, name)}{also}'
        f'<div class="next">{nearest}</div>{_colophon(turn, [first], doubt=wording.CLOSEST)}'
    )
    label = _CLOSEST_LABELS["several" if others else "one"]
    return _reply("closest", label, name, _interpretation(turn) + body)


def _sources(citations: Iterable[Citation], documents: Mapping[str, Document], root: str) -> list[Cited]:
    return [cited(citation, documents[citation.passage.document_id], root) for citation in citations]


def _more(sources: Sequence[Cited], name: str) -> str:
    """Give what may be looked at beside an answer, folded: it is no part of the answer."""
    if not sources:
        return ""
    folded = "".join(render_folded(source, name) for source in sources)
    return f'<details class="more"><summary>{escape(wording.MORE)}</summary><p>{_MORE_IS}</p>{folded}</details>'


def _quote(source: Cited, name: str) -> str:
    """Give a quote of an answer with its chip, between what of it answers and the way to the rest of its section.

    Above it stands which edition this is, where there are several.
    """
    before = render_standing(source) + render_gist(source)
    return f"{before}{_with_chip(render_quote(source), source, name)}{render_rest(source)}"


def _with_chip(quote: str, source: Cited, name: str) -> str:
    """Set the chip that leads to the card at the end of the quote's last paragraph or item."""
    number = source.citation.number
    chip = (
        f'<a class="cite" href="#{name}-source-{number}" title="{escape(source.document.title)}">'
        f'<span class="unseen">Source </span>[{number}]</a>'
    )
    end = next((closing for closing in ("</p>", "</li></ul>", "</li></ol>") if quote.endswith(closing)), "")
    body = f"{quote.removesuffix(end)} {chip}{end}" if end else f"{quote}<p>{chip}</p>"
    return f'<blockquote class="quote" id="{name}-quote-{number}" tabindex="-1">{body}</blockquote>'


def _interpretation(turn: Turn) -> str:
    """Show the query that was searched if it is not what was typed, with a way to search the words as typed."""
    if turn.query in ("", turn.question):
        return ""
    return (
        f'<p class="interpreted">Interpreted as: <strong>{escape(turn.query)}</strong> '
        f'<button class="ask-alone" type="button" value="{escape(turn.question)}">Search my words as typed</button></p>'
    )


def _colophon(turn: Turn, sources: Sequence[Cited], *, missing: Sequence[str] = (), doubt: str = "") -> str:
    """Give the foot of a reply that quotes: copying, and which state of the library it came from.

    The button's value is what the page's script copies, and what it says of the turn with an opinion.
    """
    dated = f", content of {readable_date(turn.content_date)}" if turn.content_date else ""
    state = f"Library version {turn.version}{dated}"
    copied = {
        "version": turn.version,
        "query": turn.query,
        "question": turn.question,
        "doubt": doubt,
        "quotes": [source.citation.quote for source in sources],
        "missing": missing,
        "references": [{"text": reference_text(source), "url": source.url} for source in sources],
        "colophon": f"Quoted by the {wording.NAME}. {state}.",
    }
    copy = f'<button class="copy" type="button" value="{escape(json.dumps(copied))}">Copy with references</button>'
    return _foot(turn, copy, f'<span class="state">{escape(state)}</span>')


def _foot(turn: Turn, before: str = "", after: str = "") -> str:
    """Give the foot of a reply; the link is to the question as it was searched, which needs no conversation."""
    question = escape(turn.query or turn.question)
    share = f'<button class="share" type="button" value="{question}">Copy link to this question</button>'
    return f'<footer class="colophon">{before}{share}{after}</footer>'


def _said(reply: Reply) -> str:
    language = text_language(reply)
    direction = ' dir="rtl"' if language in _RIGHT_TO_LEFT else ""
    marked = "" if language == "en" else f' lang="{language}"{direction}'
    return f'<p class="said"{marked}>{escape(reply_text(reply))}</p>'


def _questions(questions: Iterable[str]) -> str:
    """Give questions as buttons that ask them; they are in the library's language, whatever stands around them."""
    items = (
        f'<li lang="en"><button class="ask" type="button" value="{escape(q)}">{escape(q)}</button></li>'
        for q in questions
    )
    return f'<ul class="questions">{"".join(items)}</ul>'


def _reply(kind: str, label: str, name: str, body: str) -> str:
    return f'<div class="reply {kind}" id="{name}"><h3 class="kind">{escape(label)}</h3>{body}</div>'
