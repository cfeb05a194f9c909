"""Command line: ask one question or many, or show a passage."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.dialogue.conversation import Conversation, Turn
from assistant.dialogue.reply import Abstention, Answer, Citation, Clarification, Closest, Courtesy, Reply
from assistant.dialogue.turn_json import reply_text, turn_to_json
from assistant.errors import AssistantError, ConversationError, QuestionError
from assistant.retrieval.cross_encoder import CrossEncoder
from assistant.retrieval.sentence_embedder import SentenceEmbedder
from assistant.settings import read_settings
from assistant.small_machine import refusal
from assistant.telemetry import opt_out


def main(arguments: Sequence[str]) -> int:
    """Run one command; give the exit code: 0 done, 2 could not be done."""
    opt_out(os.environ)
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options))
    except AssistantError as error:
        print(f"assistant: {error}", file=sys.stderr)
    except OSError as error:
        print(f"assistant: {refusal(error)}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    settings = read_settings(os.environ)
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description="Ask the library about personalized-learning policy."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ask = commands.add_parser("ask", help="answer a question with quotes and references")
    ask.add_argument("question", nargs="?", help="the question, in quotes")
    ask.add_argument("--json", action="store_true", help="print the whole turn as JSON")
    ask.add_argument("--conversation", type=Path, metavar="FILE", help="JSON list of earlier questions or turns")
    ask.add_argument(
        "--batch", type=Path, metavar="FILE", help='JSON Lines of {"question", "conversation"?}; prints a turn a line'
    )
    ask.set_defaults(run=_ask)
    passage = commands.add_parser("passage", help="show a passage that a citation names")
    passage.add_argument("id", help="the id in the citation's field `passage`")
    passage.set_defaults(run=_passage)
    for command in (ask, passage):
        command.add_argument(
            "--index", type=Path, default=settings.index, metavar="DIR", help="the index (default: %(default)s)"
        )
        command.add_argument(
            "--model", default=settings.model, metavar="MODEL", help="the model that embedded it (default: %(default)s)"
        )
    return parser


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.batch is None):
        raise QuestionError("give one question in quotes, or --batch FILE with many")
    assistant = Assistant.open(options.index, SentenceEmbedder(options.model), CrossEncoder())
    if options.batch is not None:
        return _ask_all(assistant, options.batch)
    earlier = _read_json(options.conversation) if options.conversation else []
    turn = assistant.ask(options.question, _conversation(assistant, earlier, str(options.conversation)))
    print(json.dumps(turn_to_json(turn), ensure_ascii=False, indent=2) if options.json else _readable(turn))
    return 0


def _ask_all(assistant: Assistant, path: Path) -> int:
    """Print a turn a line; a question that can't be answered prints its error, and the rest goes on."""
    failed = 0
    for place, line in _batch_lines(path):
        try:
            turn = turn_to_json(_ask_line(assistant, line, place))
            print(json.dumps(turn, ensure_ascii=False), flush=True)
        except (QuestionError, ConversationError) as error:
            failed += 1
            print(json.dumps({"error": str(error), "line": place}, ensure_ascii=False), flush=True)
    return 2 if failed else 0


def _batch_lines(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_read_text(path).split("\n"), 1):
        if line.strip():
            yield f"{path}:{number}", line


def _ask_line(assistant: Assistant, line: str, place: str) -> Turn:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConversationError(f"{place}: expected JSON, found {line[:60]!r}") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("question"), str):
        raise ConversationError(f'{place}: expected {{"question": "…", "conversation": […]}}, found {line[:60]!r}')
    conversation = _conversation(assistant, fields.get("conversation") or [], place)
    return assistant.ask(fields["question"], conversation)


def _conversation(assistant: Assistant, earlier: object, place: str) -> Conversation:
    """Make the conversation again by asking the earlier questions."""
    if not isinstance(earlier, list):
        raise ConversationError(f"{place}: a conversation is a JSON list of questions or turns, found {earlier!r:.60}")
    return assistant.converse([_earlier_question(item, place) for item in earlier])


def _earlier_question(item: object, place: str) -> str:
    question = item.get("question") if isinstance(item, dict) else item
    if not isinstance(question, str):
        raise ConversationError(f"{place}: an earlier turn is a question or has one, found {item!r:.60}")
    return question


def _read_json(path: Path) -> object:
    try:
        return json.loads(_read_text(path))
    except (ValueError, RecursionError) as error:
        raise ConversationError(f"{path}: expected a JSON list of questions or turns ({error})") from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConversationError(f"{path} can't be read: {error}") from error


def _passage(options: argparse.Namespace) -> int:
    assistant = Assistant.open(options.index, SentenceEmbedder(options.model), CrossEncoder())
    passage = assistant.passage(options.id)
    if passage is None:
        raise QuestionError(f"the index has no passage {options.id!r}; ids stand in a citation's field `passage`")
    sys.stdout.write(passage.text)
    return 0


def _readable(turn: Turn) -> str:
    interpreted = [f"Interpreted as: {turn.query}"] if turn.query not in ("", turn.question) else []
    return "\n\n".join([*interpreted, reply_text(turn.reply), *_below(turn.reply)])


def _below(reply: Reply) -> list[str]:
    match reply:
        case Answer(citations=citations, more=more):
            return [_references(citations), *([f"{wording.MORE}\n{_references(more)}"] if more else [])]
        case Closest(citations=citations, nearest=questions):
            others = [f"{citation.quote} [{citation.number}]" for citation in citations[1:]]
            also = [wording.OTHERS, *others] if others else []
            return [*also, _references(citations), *_listed(questions)]
        case Clarification(options=questions) | Abstention(nearest=questions) | Courtesy(suggestions=questions):
            return _listed(questions)


def _listed(questions: Sequence[str]) -> list[str]:
    return ["\n".join(f"- {question}" for question in questions)] if questions else []


def _references(citations: Sequence[Citation]) -> str:
    return "\n".join(_reference(citation) for citation in citations)


def _reference(citation: Citation) -> str:
    passage, source = citation.passage, citation.source
    path = " › ".join((passage.title, *passage.heading))
    origin = ", ".join(part for part in (source.publisher, source.published) if part)
    below = (wording.standing(citation), passage.id)
    lines = (f"[{citation.number}] {path}" + f" ({origin})" * bool(origin), *(f"    {line}" for line in below if line))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
