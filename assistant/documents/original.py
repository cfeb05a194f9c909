"""A source file that readers may have as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Original:
    """The file a document was read from, in the corpus or in an index version, and the SHA-256 of its bytes."""

    document: str
    path: Path
    sha256: str
