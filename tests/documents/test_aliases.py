from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FAQ, FILES, write_corpus

from assistant.documents.aliases import Alias, parse_aliases
from assistant.documents.corpus import read_corpus
from assistant.documents.source_files import list_files
from assistant.errors import DocumentError
from assistant.retrieval.expansion import Expansion

HEADER = "people write,the library says\n"
_names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("rows", "aliases"),
    [
        ("KY,Kentucky\nbudget,cost\n", [("KY", "Kentucky"), ("budget", "cost")]),
        ("KY,Kentucky", [("KY", "Kentucky")]),
        ("\n , \n\nKY,Kentucky\n\n,\n", [("KY", "Kentucky")]),
        ('"HB 1, 2019","the bill, called ""reform"""\n', [("HB 1, 2019", 'the bill, called "reform"')]),
        ("  K  12 ,\tschools  of the state \n", [("K 12", "schools of the state")]),
        ('KY,"Kentucky\nand more"\n', [("KY", "Kentucky and more")]),
        ("KY,Kentucky\nKY,Kyiv\n", [("KY", "Kentucky"), ("KY", "Kyiv")]),
        ("café,naïve\n", [("café", "naïve")]),
        ("", []),
    ],
)
def test_rows(rows, aliases):
    """Each row is an alias, in order; blank rows are skipped, quotes taken off and white space is single."""
    assert parse_aliases("aliases.csv", HEADER + rows) == tuple(Alias(*names) for names in aliases)


@pytest.mark.parametrize("header", ["People Write,The library says", " people write , the library says "])
def test_header_in_another_spelling(header):
    """Capitals and spaces in the first line make no difference."""
    assert parse_aliases("aliases.csv", f"{header}\nKY,Kentucky\n") == (Alias("KY", "Kentucky"),)


@pytest.mark.parametrize(
    "text", ["", "\n" + HEADER, "KY,Kentucky\n", "people write;the library says\n", "people write"]
)
def test_wrong_header(text):
    """A file that does not begin with the two heads is refused, with what was expected and found."""
    with pytest.raises(DocumentError, match=r"aliases\.csv:1: expected the first line 'people write,the library says'"):
        parse_aliases("aliases.csv", text)


@pytest.mark.parametrize("row", ["KY", "KY,", ",Kentucky", "KY, ", "KY,Kentucky,USA", "KY,Kentucky,", "KY;Kentucky"])
def test_a_row_that_is_no_pair(row):
    """A row without two names is refused with its line and what stands there."""
    with pytest.raises(DocumentError, match=r"aliases\.csv:4: expected two names with a comma between them, found '"):
        parse_aliases("aliases.csv", f"{HEADER}budget,cost\n\n{row}\nzone,area\n")


@given(st.lists(st.tuples(_names, _names), max_size=5))
def test_round_trip(pairs):
    """Any two names, quoted as a table program does, are read as they are."""
    rows = "".join('"{}","{}"\n'.format(*(name.replace('"', '""') for name in pair)) for pair in pairs)
    assert parse_aliases("aliases.csv", HEADER + rows) == tuple(Alias(*pair) for pair in pairs)


@given(st.text() | st.text().map(HEADER.__add__))
def test_any_text_gives_aliases_or_an_error(text):
    """Whatever the file holds, it is read or refused, never anything else."""
    with suppress(DocumentError):
        assert all(alias.written and alias.meaning for alias in parse_aliases("aliases.csv", text))


def test_a_quote_that_is_never_closed():
    """A stray quote before a long rest of the file is an error in words."""
    with pytest.raises(DocumentError, match=r"aliases\.csv:\d+: "):
        parse_aliases("aliases.csv", f'{HEADER}"{"KY,Kentucky " * 20_000}')


def test_aliases_of_a_corpus(corpus_folder):
    """The aliases stand beside the documents, are none themselves, and are nothing to complain about."""
    corpus = read_corpus(corpus_folder)
    assert corpus.aliases == (Alias("KY", "Kentucky"), Alias("budget", "cost"))
    assert "aliases" not in [document.id for document in corpus.documents]
    assert "aliases.csv" not in [problem.file for problem in corpus.problems]


def test_a_corpus_without_aliases(tmp_path):
    """A library may do without aliases."""
    corpus = read_corpus(write_corpus(tmp_path, {"faq.md": FAQ}))
    assert (corpus.aliases, corpus.problems) == ((), ())


def test_windows_file(tmp_path):
    """A byte order mark and Windows line ends, as a table program writes them, make no difference."""
    written = b"\xef\xbb\xbf" + (HEADER + "KY,Kentucky\n").replace("\n", "\r\n").encode()
    corpus = read_corpus(write_corpus(tmp_path, {"faq.md": FAQ, "aliases.csv": written}))
    assert corpus.aliases == (Alias("KY", "Kentucky"),)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (HEADER.encode() + b"caf\xe9,cost\n", "error: aliases.csv:2: byte 33 is not UTF-8"),
        (b"KY,Kentucky\n", "error: aliases.csv:1: expected the first line"),
        (HEADER.encode() + b"KY\n", "error: aliases.csv:2: expected two names"),
        (HEADER.encode() + b"KY,\0\n", "error: aliases.csv:2: a NUL character"),
    ],
)
def test_broken_aliases_are_left_out_and_the_rest_goes_on(corpus_folder, content, problem):
    """A broken file of aliases is reported with its line and costs the aliases only."""
    (corpus_folder / "aliases.csv").write_bytes(content)
    corpus = read_corpus(corpus_folder)
    assert [str(p).startswith(problem) for p in corpus.problems if p.file == "aliases.csv"] == [True]
    assert corpus.aliases == ()
    assert [document.id for document in corpus.documents] == ["faq", "notes", "states"]


def test_aliases_are_part_of_the_fingerprint(tmp_path):
    """Another alias makes the index stale, and so does taking the file away."""
    others = [{**FILES, "aliases.csv": HEADER}, {n: text for n, text in FILES.items() if n != "aliases.csv"}, FILES]
    folders = [write_corpus(tmp_path / str(number), files) for number, files in enumerate(others)]
    assert len({read_corpus(folder).fingerprint for folder in folders}) == 3
    assert [file.name for file in list_files(folders[2])][-1] == "aliases.csv"


def test_capitals_are_meant():
    """An alias with a capital is meant as it is written, one without in any spelling."""
    expansion = Expansion(parse_aliases("aliases.csv", f"{HEADER}IDEA,the Disabilities Act\nbudget,cost\n"))
    assert expansion.of_query("an idea of IDEA, BUDGET") == "an idea of IDEA (the Disabilities Act), BUDGET (cost)"
