"""Reads web origins: exact ones of others, and those this site itself is reached at."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import Scope

_HOST = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:.]+\]"
_ORIGIN = re.compile(rf"(?P<scheme>https?)://(?P<host>{_HOST})(:(?P<port>[1-9]\d{{0,4}}))?")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_HIGHEST_PORT = 65535


def parse_origin(text: str) -> str:
    """Give an origin as browsers send it: scheme, host, and the port unless it is the scheme's own.

    Raises `ValueError` for anything else, however near: compared are whole strings, so there must be one spelling.
    """
    found = _ORIGIN.fullmatch(text)
    if found is None:
        raise ValueError(
            f"expected an origin such as https://www.example.org (lower case, no path, no *), found {text[:200]!r}"
        )
    port = found["port"]
    if port and int(port) > _HIGHEST_PORT:
        raise ValueError(f"expected a port up to {_HIGHEST_PORT}, found {text[:200]!r}")
    if port == _DEFAULT_PORTS[found["scheme"]]:
        raise ValueError(f"browsers leave :{port} out of {found['scheme']} origins; leave it out of {text[:200]!r} too")
    return text


def own_origins(scope: Scope, configured: Sequence[str]) -> tuple[str, ...]:
    """Give the origins of this site: the configured ones, else the address that this request names as its host."""
    if configured:
        return tuple(configured)
    host = Headers(scope=scope).get("host", "").lower()
    scheme = scope["scheme"]
    try:
        return (parse_origin(f"{scheme}://{host.removesuffix(':' + _DEFAULT_PORTS[scheme])}"),)
    except (ValueError, KeyError):
        return ()
