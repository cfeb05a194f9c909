from __future__ import annotations

import re

import pytest

from assistant.web.markup import unescape


@pytest.fixture
def description(client):
    return client.get("/api/openapi.json").json()


def found_refs(value):
    """Give every `$ref` within a JSON value."""
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from found_refs(inner)


def test_every_name_in_the_description_is_defined(description):
    """What the description points at stands in it, and every error it tells of is problem details."""
    assert {ref.removeprefix("#/components/schemas/") for ref in found_refs(description)} <= set(
        description["components"]["schemas"]
    )
    for methods in description["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if status != "200":
                    assert list(response["content"]) == ["application/problem+json"], (operation["summary"], status)


def test_the_page_shows_every_field(client, description):
    """The page has each route with its parameters, and the fields of its body and of its reply, those within too."""
    page = unescape(client.get("/api/docs").text)
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert f"<code>{method.upper()} /api{path}</code>" in page
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']} ({parameter['in']})</code>" in page
    for field in ("question", "conversation", "reply.citations[].quote", "verdict", "documents[].source_url", "kept"):
        assert f"<code>{field}</code>" in page
    assert "<td>string, at most 1,000 characters</td><td>always</td>" in page
    assert "<td>“up” or “down”</td>" in page


def test_the_page_needs_nothing_from_elsewhere(client):
    """Every file the page loads is this site's own, and every problem that is told has its place on it."""
    page = client.get("/api/docs").text
    assert [one for one in re.findall(r"(?:src|href)=\"([^\"]+)\"", page) if not one.startswith(("/", "#"))] == []
    type_of_problem = client.post("/api/ask", json={}).json()["type"]
    assert f'id="{type_of_problem.partition("#")[2]}"' in page
