"""Renders the description of the API as a page to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.web.api.problems import KINDS
from assistant.web.markup import escape

_Schema = Mapping[str, Any]


def render_reference(description: dict[str, Any], root: str = "") -> str:
    """Give the page for an OpenAPI document of an API that lies below the path `root`."""
    schemas = description["components"]["schemas"]
    routes = "".join(
        _route(method, f"{root}/api{path}", operation, schemas)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    )
    problems = "".join(
        f'<div id="{kind.name}"><dt>{kind.status} <code>{kind.name}</code></dt><dd>{escape(kind.title)}</dd></div>'
        for kind in KINDS
    )
    return (
        f'<div class="inner reading"><main id="main"><h1>{escape(description["info"]["title"])}</h1>'
        f'<p><a href="{root}/api/openapi.json">OpenAPI description</a></p>{routes}'
        f'<h2>Problems</h2><dl class="dates">{problems}</dl></main></div>'
    )


def _route(method: str, path: str, operation: _Schema, schemas: _Schema) -> str:
    described = "".join(f"<p>{escape(text)}</p>" for text in operation.get("description", "").split("\n\n"))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    reply = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return (
        f"<h2>{escape(operation['summary'])}</h2><p><code>{method.upper()} {escape(path)}</code></p>{described}"
        f"{_table('Parameters', map(_parameter, operation.get('parameters', ())))}"
        f"{_table('Body', _fields(body, schemas))}{_table('Reply', _fields(reply, schemas))}"
    )


def _parameter(parameter: _Schema) -> str:
    name = f"{parameter['name']} ({parameter['in']})"
    return _row(name, _kind(parameter["schema"]), is_needed=parameter["required"])


def _fields(schema: _Schema | None, schemas: _Schema, path: str = "") -> Iterator[str]:
    """Give a row for each field, and for each field of what it holds, as `citations[].quote`."""
    found = _resolved(schema or {}, schemas)
    for name, field in found.get("properties", {}).items():
        yield _row(path + name, _kind(field), is_needed=name in found.get("required", ()))
        inner = field.get("items", field)
        yield from _fields(inner, schemas, f"{path}{name}{'[]' if 'items' in field else ''}.")


def _resolved(schema: _Schema, schemas: _Schema) -> _Schema:
    found: _Schema = schemas[_name(schema)] if "$ref" in schema else schema
    return found


def _name(schema: _Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _kind(schema: _Schema) -> str:
    """Say in words what a value must be."""
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "$ref" in schema:
        return _name(schema).removesuffix("Json")
    if "enum" in schema:
        return " or ".join(f"“{value}”" for value in schema["enum"])
    if "items" in schema:
        return f"list of {_kind(schema['items'])}{_most(schema, 'maxItems', 'values')}"
    return f"{schema.get('type', 'any')}{_most(schema, 'maxLength', 'characters')}"


def _most(schema: _Schema, limit: str, of_what: str) -> str:
    return f", at most {schema[limit]:,} {of_what}" if limit in schema else ""


def _row(name: str, kind: str, *, is_needed: bool) -> str:
    always = "always" if is_needed else "optional"
    return f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{always}</td></tr>"


def _table(heading: str, rows: Iterable[str]) -> str:
    body = "".join(rows)
    head = '<thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">There</th></tr></thead>'
    return f'<h3>{heading}</h3><div class="table"><table>{head}<tbody>{body}</tbody></table></div>' if body else ""
