"""The choices of a run, read from a mapping such as the environment and checked once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

from assistant.dialogue.decision import CAUTION
from assistant.errors import SettingError
from assistant.retrieval.sentence_embedder import DEFAULT_MODEL

_HIGHEST_PORT = 65535
_FEWEST_VERSIONS = 2
_ROOT_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
_TAKEN = re.compile(r"/(api|assets|config|embed|gradio_api|healthz|library|readyz|static|theme\.css|widget\.js)(/.*)?")
"""What paths of the site itself begin with: below such a root path, both could be meant."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie, where and for whom to serve, and how much; the command line overrides the first of these.

    `reading_seconds` are those of the processor that one file may take to be read.
    """

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    model: str = DEFAULT_MODEL
    host: str = "127.0.0.1"
    port: int = 7860
    keep: int = 5
    reading_seconds: int = 9
    partners: Path = Path("partners.toml")
    origins: tuple[str, ...] = ()
    root_path: str = ""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    per_minute: int = 60
    at_once: int = 2
    feedback: Path | None = None
    caution: str = "balanced"


def read_settings(mapping: Mapping[str, str]) -> Settings:
    """Read `ASSISTANT_CORPUS`, `_INDEX`, `_MODEL`, `_HOST`, `_PORT`, `_KEEP_VERSIONS` and `_READING_SECONDS`.

    Of the API are `ASSISTANT_PARTNERS`, `_ORIGIN` (separated by spaces), `_PER_MINUTE`, `_AT_ONCE` and `_FEEDBACK`;
    `_ROOT_PATH` and `_TRUSTED_PROXIES` (separated by spaces) are of sites behind a proxy; `_CAUTION` says how sure an
    answer must be.
    Raises `SettingError` that names the setting and its value.
    """
    default = Settings()
    return Settings(
        corpus=Path(mapping.get("ASSISTANT_CORPUS") or default.corpus),
        index=Path(mapping.get("ASSISTANT_INDEX") or default.index),
        model=mapping.get("ASSISTANT_MODEL") or default.model,
        host=mapping.get("ASSISTANT_HOST") or default.host,
        port=parse_port(mapping.get("ASSISTANT_PORT") or str(default.port)),
        keep=_parse_keep(mapping.get("ASSISTANT_KEEP_VERSIONS") or str(default.keep)),
        reading_seconds=_parse_count("ASSISTANT_READING_SECONDS", mapping, default.reading_seconds),
        partners=Path(mapping.get("ASSISTANT_PARTNERS") or default.partners),
        origins=tuple(mapping.get("ASSISTANT_ORIGIN", "").split()),
        root_path=_parse_root_path(mapping.get("ASSISTANT_ROOT_PATH", "")),
        trusted_proxies=_parse_proxies(mapping.get("ASSISTANT_TRUSTED_PROXIES", "")) or default.trusted_proxies,
        per_minute=_parse_count("ASSISTANT_PER_MINUTE", mapping, default.per_minute),
        at_once=_parse_count("ASSISTANT_AT_ONCE", mapping, default.at_once),
        feedback=Path(mapping["ASSISTANT_FEEDBACK"]) if mapping.get("ASSISTANT_FEEDBACK") else default.feedback,
        caution=_parse_caution(mapping.get("ASSISTANT_CAUTION") or default.caution),
    )


def parse_port(text: str) -> int:
    """Give a port number.

    Raises `SettingError` unless it is a whole number from 1 to 65535.
    """
    if not text.isdecimal() or not 0 < int(text) <= _HIGHEST_PORT:
        raise SettingError(f"the port must be a whole number from 1 to 65535, found {text!r}")
    return int(text)


def _parse_keep(text: str) -> int:
    if not text.isdecimal() or int(text) < _FEWEST_VERSIONS:
        raise SettingError(
            f"ASSISTANT_KEEP_VERSIONS must be a whole number from {_FEWEST_VERSIONS} on (the served version and "
            f"the one to go back to), found {text!r}"
        )
    return int(text)


def _parse_count(name: str, mapping: Mapping[str, str], default: int) -> int:
    text = mapping.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise SettingError(f"{name} must be a whole number from 1 on, found {text!r}")
    return int(text)


def _parse_caution(text: str) -> str:
    if text not in CAUTION:
        raise SettingError(f"ASSISTANT_CAUTION must be one of {', '.join(CAUTION)}, found {text!r}")
    return text


def _parse_root_path(text: str) -> str:
    if text and not _ROOT_PATH.fullmatch(text):
        raise SettingError(
            "ASSISTANT_ROOT_PATH must be a path such as /assistant, of letters, digits and -_.~ with a slash first and "
            f"none last, found {text!r}; leave it out where the site has a host of its own"
        )
    if _TAKEN.fullmatch(text):
        raise SettingError(
            f"ASSISTANT_ROOT_PATH must not begin as a path of the site itself does, found {text!r}; take another name"
        )
    return text


def _parse_proxies(text: str) -> tuple[str, ...]:
    for item in text.split():
        try:
            is_everyone = ip_network(item).prefixlen == 0
        except ValueError as error:
            raise SettingError(
                "ASSISTANT_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.5 or 10.0.0.0/24, "
                f"separated by spaces, found {item!r} ({error})"
            ) from error
        if is_everyone:
            raise SettingError(
                f"ASSISTANT_TRUSTED_PROXIES has {item!r}, which is every address there is: any visitor could then "
                "claim to be another; name the addresses or networks of your proxies"
            )
    return tuple(text.split())
