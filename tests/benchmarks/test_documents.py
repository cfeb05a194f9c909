from __future__ import annotations

import json
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.documents.expected import main
from benchmarks.documents.lcs import common_words
from benchmarks.documents.speed import measure

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@given(WORDS, WORDS)
def test_common_words_are_the_longest_common_subsequence(words, others):
    """The count by bits is that of the plain recursion."""

    @cache
    def longest(i, j):
        if i == len(words) or j == len(others):
            return 0
        if words[i] == others[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    assert common_words(words, others) == longest(0, 0)


def test_what_is_not_as_expected_is_named(tmp_path, capsys):
    """The table counts files by format, and a line names each file with what it lacks."""
    (tmp_path / "a.md").write_text("# Waivers\n\nThey end, in June.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"no PDF")
    (tmp_path / "c.xyz").write_bytes(b"")
    lines = [
        {"path": "a.md", "expect": "text", "must_contain": ["waivers they END in june", "in July"]},
        {"path": "b.pdf", "expect": "encrypted", "must_contain": []},
        {"path": "b.pdf", "expect": "any", "must_contain": []},
        {"path": "c.xyz", "expect": "any", "must_contain": []},
    ]
    (tmp_path / "manifest.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    main([str(tmp_path)])
    printed = capsys.readouterr().out
    assert [line.split() for line in printed.splitlines()[1:4]] == [
        [".md", "1", "0", "0"],
        [".pdf", "2", "1", "0"],
        [".xyz", "1", "0", "1"],
    ]
    assert "a.md: lacks 'in July'\n" in printed
    assert "b.pdf: refused: this is no whole PDF" in printed


def test_a_refused_file_has_no_pages_in_the_figures(tmp_path):
    """A file that is refused is timed, and counts no page."""
    (tmp_path / "a.pdf").write_bytes(b"no PDF")
    measured = measure(tmp_path / "a.pdf")
    assert measured.pages == 0
    assert measured.megabytes > 1
