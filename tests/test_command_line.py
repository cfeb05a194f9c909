from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import no_bar, with_decision, write_corpus

from assistant.__main__ import main
from assistant.assistant import Assistant
from assistant.dialogue import wording
from assistant.publishing.build import build_index

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "docs" / "turn.schema.json"


@pytest.fixture
def run(capsys):
    """Give a function that runs the command in this process: exit code, standard output, standard error."""

    def command(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return code, printed.out, printed.err

    return command


@pytest.fixture
def options(unembedded_index, folder_model):
    """Options for an index that needs no model as long as nothing is searched."""
    return ["--index", unembedded_index, "--model", folder_model]


@pytest.fixture(scope="module")
def real_index(tmp_path_factory, real_embedder):
    """Give the small library, embedded by the real model."""
    folder = tmp_path_factory.mktemp("command-line")
    build_index(write_corpus(folder / "corpus"), folder / "index", real_embedder, no_bar)
    return folder / "index"


def valid(turn):
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(turn)
    return turn


@pytest.mark.parametrize("command", [[], ["ask"], ["passage"]])
def test_help(capsys, command):
    """Every command explains itself and its options."""
    with pytest.raises(SystemExit) as exited:
        main([*command, "--help"])
    assert exited.value.code == 0
    printed = capsys.readouterr().out
    assert "usage: python -m assistant" in printed
    assert not command or "--index DIR" in printed


@pytest.mark.parametrize("command", [[], ["aks", "x"], ["passage"], ["ask", "a", "b"]])
def test_wrong_usage(capsys, command):
    """A command that is none is refused with the usage."""
    with pytest.raises(SystemExit) as exited:
        main(command)
    assert exited.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err


def test_passage(run, options):
    """`passage` prints the text of a passage, nothing before or after it."""
    code, out, err = run("passage", "faq/how-much-does-a-pilot-cost", *options)
    assert (code, err) == (0, "")
    assert out == "A pilot costs about 40 dollars for each student. Most of it is spent on training."


def test_courtesy(run, options):
    """A greeting is answered in text, with questions to begin with."""
    code, out, _ = run("ask", "Hello!", *options)
    assert code == 0
    assert out.startswith("Hello. ")
    assert "\n- What is an innovation zone?\n" in out


def test_json(run, options):
    """`--json` prints the turn as one JSON value."""
    code, out, _ = run("ask", "Hello!", "--json", *options)
    assert code == 0
    assert valid(json.loads(out))["reply"]["kind"] == "courtesy"


@pytest.fixture
def unsure(monkeypatch, assistant):
    """Have questions answered by the small library with the bag of words, which shows what is near from little on."""
    decision = replace(assistant.version.manifest.decision, closest=0.05)
    unsure = Assistant(with_decision(assistant.version, decision), BagOfWords(), SharedWords())
    monkeypatch.setattr(Assistant, "open", lambda *_: unsure)


@pytest.mark.usefixtures("unsure")
def test_the_closest_passages(run):
    """Passages that may not answer stand below the doubt, each with its number; then where each stands, and questions."""
    code, out, _ = run("ask", "Which families opposed waivers?")
    assert code == 0
    first, _, rest = out.partition(f"\n\n{wording.OTHERS}\n\n")
    assert first.startswith(f"{wording.CLOSEST}\n\nKentucky grants waivers from attendance laws")
    assert first.endswith("can be renewed. [1]")
    assert rest.startswith("An innovation zone is a group")
    quotes, _, below = rest.partition("\n\n[1] States and districts › Kentucky waivers (Policy Institute, 2024)\n")
    assert "- to families. [2]" in quotes
    assert quotes.endswith(" [3]")
    assert "\n[2] Frequent questions › What is an innovation zone? (This library, 2026-03)\n" in below
    assert "\n[3] States and districts › Transcripts (Policy Institute, 2024)\n    states/transcripts\n" in below
    assert below.endswith("\n\n- What does “States and districts” say about Kentucky waivers?\n")


@pytest.mark.usefixtures("unsure")
def test_passages_beside_an_answer(run):
    """Below the references of an answer stands where else to look, in references alone."""
    _, out, _ = run("ask", "What is an innovation zone?")
    answer, _, more = out.partition(f"\n\n{wording.MORE}\n")
    assert answer.endswith("\n    faq/what-is-an-innovation-zone")
    assert more.startswith(
        "[2] States and districts › Kentucky waivers (Policy Institute, 2024)\n    states/kentucky-waivers\n[3] "
    )
    assert "attendance" not in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "give one question in quotes, or --batch FILE with many"),
        (["ask", "a", "--batch", "b"], "give one question in quotes, or --batch FILE with many"),
        (["ask", ""], "The question is empty."),
        (["ask", "?!"], "There are no words in the question."),
        (["ask", "x" * 10_000], "The question has 10,000 characters"),
        (["ask", "\udcff\udcfe"], "There are no words in the question."),
        (["ask", "hi", "--conversation", "no.json"], "no.json can't be read"),
        (["ask", "--batch", "no.jsonl"], "no.jsonl can't be read"),
        (["passage", "faq/nothing"], "the index has no passage 'faq/nothing'"),
        (["passage", "\udcff"], "the index has no passage"),
    ],
)
def test_what_can_not_be_done(run, options, arguments, message):
    """What can't be done is said in a line, on standard error, with exit code 2."""
    code, out, err = run(*arguments, *options)
    assert (code, out) == (2, "")
    assert err.startswith("assistant: ")
    assert message in err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a JSON list of questions or turns"),
        (b"no json", "expected a JSON list of questions or turns"),
        (b"\xff", "can't be read"),
        (b'{"question": "x"}', "a conversation is a JSON list of questions or turns"),
        (b'"hello"', "a conversation is a JSON list of questions or turns"),
        (b"[1]", "an earlier turn is a question or has one, found 1"),
        (b'[{"query": "x"}]', "an earlier turn is a question or has one"),
        (b'[""]', "The question is empty."),
        (b"[" * 100_000, "expected a JSON list of questions or turns"),
    ],
)
def test_conversations_that_can_not_be_used(run, options, tmp_path, content, message):
    """A file of earlier turns that can't be used is an error in words."""
    (tmp_path / "earlier.json").write_bytes(content)
    code, out, err = run("ask", "hello", "--conversation", tmp_path / "earlier.json", *options)
    assert (code, out) == (2, "")
    assert message in err


def test_batch_goes_on_after_a_bad_line(run, options, tmp_path):
    """In a batch each bad line prints its error with its place, the others their turns, and the exit code tells."""
    lines = [
        '{"question": "hello"}',
        "no json",
        "",
        '{"question": 5}',
        '["hello"]',
        '{"question": "?!"}',
        '{"question": "thanks", "conversation": "hello"}',
        '{"question": "thanks", "conversation": ["hello", {"question": "hi"}]}',
        '{"question": "bye\u2028bye"}',
        "[" * 100_000,
    ]
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    code, out, _ = run("ask", "--batch", path, "--json", *options)
    printed = [json.loads(line) for line in out.split("\n")[:-1]]
    assert code == 2
    assert [turn.get("line", turn.get("question")) for turn in printed] == [
        "hello",
        *(f"{path}:{number}" for number in (2, 4, 5, 6, 7)),
        "thanks",
        "bye bye",
        f"{path}:10",
    ]
    assert all(valid(turn) for turn in printed if "reply" in turn)


def test_batch_without_a_bad_line(run, options, tmp_path):
    """A batch in which all goes well exits with 0."""
    (tmp_path / "batch.jsonl").write_text('{"question": "hello"}\n')
    code, out, _ = run("ask", "--batch", tmp_path / "batch.jsonl", *options)
    assert code == 0
    assert len(out.splitlines()) == 1


def test_no_index(run, folder_model, tmp_path):
    """Without an index the command says how to build one."""
    code, _, err = run("ask", "hello", "--index", tmp_path / "no", "--model", folder_model)
    assert code == 2
    assert "run `python build_index.py` to build it" in err


def test_damaged_index(run, unembedded_index, options):
    """A damaged index is named with the file that is damaged, and nothing is answered."""
    (path,) = unembedded_index.glob("versions/*/passages.jsonl")
    path.write_bytes(path.read_bytes().replace(b"40 dollars", b"90 dollars"))
    code, out, err = run("ask", "hello", *options)
    assert (code, out) == (2, "")
    assert "passages.jsonl was cut short or altered" in err


def test_index_of_another_model(run, index_folder, folder_model):
    """An index of another model is refused, both models named."""
    code, _, err = run("ask", "hello", "--index", index_folder, "--model", folder_model)
    assert code == 2
    assert "embedded by bag-of-words, questions would be by folder-model@" in err


def test_bad_setting(run, monkeypatch):
    """A setting in the environment that can't be used is named."""
    monkeypatch.setenv("ASSISTANT_PORT", "0")
    code, _, err = run("ask", "hello")
    assert code == 2
    assert "the port must be a whole number from 1 to 65535, found '0'" in err


@pytest.mark.model
def test_numbered_references(run, real_index):
    """An answer is printed as quotes with numbers, and below them where each number stands."""
    code, out, _ = run("ask", "Which waivers does Kentucky grant?", "--index", real_index)
    assert code == 0
    answer, _, references = out.partition("\n\n[1] ")
    assert answer.startswith("Kentucky grants waivers from attendance laws to districts of innovation.")
    assert "[1]" in answer
    assert references.startswith(
        "States and districts › Kentucky waivers (Policy Institute, 2024)\n    states/kentucky-waivers"
    )


@pytest.mark.model
def test_parts_not_covered(run, real_index):
    """A question of several parts is answered in part, and the part without an answer is named."""
    question = "Which waivers does Kentucky grant and what is the capital of France?"
    code, out, _ = run("ask", question, "--index", real_index)
    assert code == 0
    assert "attendance laws" in out
    assert "No answer was found to this part of the question: “what is the capital of France?”" in out
    _, out, _ = run("ask", question, "--json", "--index", real_index)
    assert valid(json.loads(out))["reply"]["not_covered"] == ["what is the capital of France?"]


@pytest.mark.model
def test_the_quote_is_a_slice_of_the_passage(run, real_index):
    """The passage that a citation names, cut at its offsets, is the quote."""
    _, out, _ = run("ask", "What are the stages of reform?", "--json", "--index", real_index)
    (citation, *_) = valid(json.loads(out))["reply"]["citations"]
    _, text, _ = run("passage", citation["passage"], "--index", real_index)
    assert text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.model
@pytest.mark.parametrize("as_turns", [False, True], ids=["questions", "turns"])
def test_conversation(run, real_index, tmp_path, as_turns):
    """A follow-up is understood from a file of earlier questions, and as well from the turns that were printed."""
    earlier = ["Which waivers does Kentucky grant?"]
    if as_turns:
        earlier = [json.loads(run("ask", earlier[0], "--json", "--index", real_index)[1])]
    (tmp_path / "earlier.json").write_text(json.dumps(earlier))
    question = ["ask", "How long do they last?", "--conversation", tmp_path / "earlier.json", "--index", real_index]
    _, out, _ = run(*question, "--json")
    turn = valid(json.loads(out))
    assert "Kentucky" in turn["query"]
    assert turn["reply"]["citations"][0]["passage"] == "states/kentucky-waivers"
    _, out, _ = run(*question)
    assert out.startswith(f"Interpreted as: {turn['query']}\n\n")


@pytest.mark.model
def test_batch_equals_single_questions(run, real_index, tmp_path):
    """A batch gives for each line the turn that asking it alone gives."""
    question = "How much does a pilot cost?"
    (tmp_path / "batch.jsonl").write_text(json.dumps({"question": question, "conversation": ["hello"]}))
    _, alone, _ = run("ask", question, "--json", "--index", real_index)
    _, batch, _ = run("ask", "--batch", tmp_path / "batch.jsonl", "--json", "--index", real_index)
    assert json.loads(batch) == json.loads(alone)


@pytest.mark.model
def test_in_a_process_of_its_own(real_index):
    """From a shell, a question on another subject is declined in one line: nothing that is far is offered, and no noise."""
    command = [sys.executable, "-m", "assistant", "ask", "How do I bake rye bread?", "--index", str(real_index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "This library is about personalized-learning policy, and nothing near to the question was found in it.\n"
    )
