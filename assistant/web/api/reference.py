"""Renders the description of the API as a page to read."""

from __future__ import annotations

from typing import Any

from assistant.web.api.problems import KINDS
from assistant.web.markup import escape


def render_reference(description: dict[str, Any]) -> str:
    """Give the page for an OpenAPI document."""
    routes = "".join(
        _route(method, "/api" + path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    )
    problems = "".join(
        f'<div id="{kind.name}"><dt>{kind.status} <code>{kind.name}</code></dt><dd>{escape(kind.title)}</dd></div>'
        for kind in KINDS
    )
    return (
        f'<div class="inner reading"><main id="main"><h1>{escape(description["info"]["title"])}</h1>'
        f'<p><a href="/api/openapi.json">OpenAPI description</a></p>{routes}'
        f'<h2>Problems</h2><dl class="dates">{problems}</dl></main></div>'
    )


def _route(method: str, path: str, operation: dict[str, Any]) -> str:
    described = "".join(f"<p>{escape(text)}</p>" for text in operation.get("description", "").split("\n\n"))
    return f"<h2>{escape(operation['summary'])}</h2><p><code>{method.upper()} {escape(path)}</code></p>{described}"
