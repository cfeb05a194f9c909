"""An index version as files: written once, verified before anything of it is used."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic

from assistant.dialogue.decision import Decision
from assistant.documents.aliases import Alias
from assistant.documents.document import Document
from assistant.documents.file_kinds import READING
from assistant.documents.original import Original
from assistant.documents.passages import Passage, Splitting
from assistant.documents.source_document import ReadFile
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.retrieval.embedding import Embedder
from assistant.retrieval.expansion import Expansion
from assistant.retrieval.fusion import Fusion
from assistant.retrieval.keyword_index import KeywordIndex
from assistant.retrieval.reranking import Reranker
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.vector_index import VectorIndex
from assistant.versions.digests import FileDigest, digests, read_bytes, verified
from assistant.versions.originals import list_originals, write_originals

FORMAT = 5
"""Raised when the files of a version change their meaning."""

MANIFEST = "manifest.json"
_DOCUMENTS = "documents.jsonl"
_SOURCES = "sources.jsonl"
_ALIASES = "aliases.jsonl"
_PASSAGES = "passages.jsonl"
_VECTORS = "vectors.faiss"
_KEYWORDS = "keywords"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version's description of itself: equal inputs give equal manifests.

    `fingerprint` is that of the corpus; `content_date` the latest date a document was updated; `reading` the number of
    the way in which files are read.
    """

    format: int
    model: str
    dimension: int
    fingerprint: str
    splitting: Splitting
    fusion: Fusion
    decision: Decision
    content_date: str | None
    documents: int
    sections: int
    passages: int
    reading: int = READING
    files: tuple[FileDigest, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """Everything a reader needs, loaded but for the originals. `id` is the start of the manifest's SHA-256."""

    id: str
    manifest: Manifest
    documents: tuple[Document, ...]
    aliases: tuple[Alias, ...]
    passages: tuple[Passage, ...]
    vectors: VectorIndex
    keywords: KeywordIndex
    sources: tuple[ReadFile, ...] = ()
    originals: tuple[Original, ...] = ()


def make_retriever(version: IndexVersion, embedder: Embedder, reranker: Reranker) -> Retriever:
    """Give what searches a version.

    Raises `IndexMismatch` for a version whose vectors are not those of its passages.
    """
    return Retriever(
        version.passages,
        version.vectors,
        version.keywords,
        expansion=Expansion(version.aliases),
        embedder=embedder,
        reranker=reranker,
        fusion=version.manifest.fusion,
    )


def write_files(folder: Path, version: IndexVersion) -> None:
    """Write the files of a version, all but its manifest."""
    _write_lines(folder / _DOCUMENTS, Document, version.documents)
    _write_lines(folder / _SOURCES, ReadFile, version.sources)
    _write_lines(folder / _ALIASES, Alias, version.aliases)
    _write_lines(folder / _PASSAGES, Passage, version.passages)
    (folder / _VECTORS).write_bytes(version.vectors.to_bytes())
    version.keywords.save(folder / _KEYWORDS)
    write_originals(folder, version.originals)


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest of the files that lie in `folder`; give its SHA-256.

    The manifest's own list of files is not read: it follows from what lies there.
    """
    fields = pydantic.TypeAdapter(Manifest).dump_python(manifest, mode="json")
    fields["files"] = [pydantic.TypeAdapter(FileDigest).dump_python(d) for d in digests(folder)]
    content = (json.dumps(fields, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
    (folder / MANIFEST).write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def damages(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """Say what is wrong with the files of a version whose manifest was verified; nothing if they are intact."""
    found: list[str] = []
    for digest in manifest.files:
        try:
            verified(folder, digest)
        except IndexDamaged as error:
            found.append(str(error))
    expected = {MANIFEST, *(digest.name for digest in manifest.files)}
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    return (*found, *(f"{folder / name} does not belong to the version" for name in sorted(names - expected)))


def read_manifest(folder: Path, sha256: str) -> Manifest:
    """Read the manifest of a version whose SHA-256 is known.

    Raises `IndexDamaged` if it is missing or altered, `IndexMismatch` if it is of another format.
    """
    content = read_bytes(folder / MANIFEST)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise IndexDamaged(f"{folder / MANIFEST} was altered; run `python build_index.py` to build the index again")
    try:
        fields = json.loads(content)
        if fields["format"] != FORMAT:
            raise IndexMismatch(
                f"{folder} has format {fields['format']}, this program reads format {FORMAT}; "
                "run `python build_index.py` to build the index again"
            )
        return pydantic.TypeAdapter(Manifest).validate_python(fields)
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{folder / MANIFEST} can't be read: {error}") from error


def read_version(folder: Path, sha256: str) -> IndexVersion:
    """Verify and load a version.

    Raises `IndexDamaged` or `IndexMismatch`; nothing of a version that fails is used.
    """
    manifest = read_manifest(folder, sha256)
    contents = {digest.name: verified(folder, digest) for digest in manifest.files}
    try:
        return IndexVersion(
            sha256[:12],
            manifest,
            _parse_lines(contents[_DOCUMENTS], Document),
            _parse_lines(contents[_ALIASES], Alias),
            _parse_lines(contents[_PASSAGES], Passage),
            VectorIndex.from_bytes(contents[_VECTORS]),
            KeywordIndex.load(folder / _KEYWORDS),
            _parse_lines(contents[_SOURCES], ReadFile),
            list_originals(folder, manifest.files),
        )
    except (ValueError, KeyError) as error:
        raise IndexDamaged(f"{folder} can't be read: {error}") from error


def _write_lines(path: Path, kind: type[Any], values: Iterable[object]) -> None:
    adapter = pydantic.TypeAdapter(kind)
    path.write_bytes(b"".join(adapter.dump_json(value, exclude_none=True) + b"\n" for value in values))


def _parse_lines(content: bytes, kind: type[Any]) -> tuple[Any, ...]:
    adapter = pydantic.TypeAdapter(kind)
    return tuple(adapter.validate_json(line) for line in content.splitlines())
