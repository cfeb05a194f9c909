"""Brings what people write and what the library says together, by its aliases."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.documents.aliases import Alias
from assistant.retrieval.one_spelling import in_one_spelling, with_bills_in_full


class Expansion:
    """The aliases of a library."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._aliases = tuple((_pattern(a.written), _pattern(a.meaning.lower()), a) for a in aliases)

    def of_query(self, query: str) -> str:
        """Give the query in one spelling, with the library's name behind each alias unless it names that."""
        query = in_one_spelling(query)
        for written, meaning, alias in self._aliases:
            if written.search(query) and not meaning.search(query):
                query = _insert_behind(written, query, f" ({alias.meaning})")
        return query

    def of_text(self, text: str) -> str:
        """Give a text for keyword search, bills in one spelling, with the aliases of all that it names added."""
        text = with_bills_in_full(text)
        written = (alias.written for _, meaning, alias in self._aliases if meaning.search(text))
        return "\n".join((text, *written))


def _insert_behind(name: re.Pattern[str], query: str, addition: str) -> str:
    """Put an addition behind the first place where a name stands."""
    return name.sub(lambda found: found.group() + addition, query, count=1)


def _pattern(name: str) -> re.Pattern[str]:
    """Find a name as whole words: in any spelling if it has no capitals, else as it is."""
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE if name.islower() else 0)
