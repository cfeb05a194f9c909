"""Random texts that look like what people write, for the properties."""

from __future__ import annotations

from hypothesis import strategies as st

_MARKUP = """# |## |### |- |* |1. |  - |> |```|    |**|_|`|| a | b |
|[link](https://a.example/)|[other](mailto:a@b.example)|![picture](https://a.example/p.png)|<b>|</b>|<script>|&amp;|&nbsp;|&#10;|---
|Also asked:

- """.split("|")
_PIECES = [
    *_MARKUP,
    "| a | b |\n|---|---|\n| c | d |\n",
    "[a&#10;](https://a.example/)",
    "\n",
    "\n\n",
    " ",
    ". ",
    "? ",
    ": ",
    "U.S. ",
    "e.g. ",
    "café ",
    "naïve ",
    "😀 ",
    "“quoted” ",
    "\u2028",
    "\u00a0",
    "\x1c",
    "\x0c",
    "\t",
]
_WORDS = "pilot state zone district waiver credit funds test Utah Kentucky they this stages are the of What 40".split()

markup = st.lists(
    st.sampled_from(_PIECES) | st.sampled_from([word + " " for word in _WORDS]) | st.text(max_size=5), max_size=40
).map("".join)
"""Text full of Markdown, entities and odd white space, most of it malformed."""

phrases = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=9).map(" ".join)
"""Words that a question and a page may share."""

_sentences = phrases.map(lambda phrase: phrase.capitalize() + ". ")
_lists = st.lists(phrases, min_size=1, max_size=4).map(lambda items: "\n\n" + "".join(f"- {i}\n" for i in items) + "\n")
_headings = phrases.map(lambda phrase: f"\n\n## {phrase}\n\n") | phrases.map(lambda phrase: f"\n\n## {phrase}?\n\n")
pages = st.lists(_sentences | _lists | _headings | st.just("These are the stages:"), min_size=1, max_size=14).map(
    lambda parts: "Pilot. " + "".join(parts)
)
"""Well-formed Markdown pages of sentences, lists, headings and FAQ entries."""
