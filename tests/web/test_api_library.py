from __future__ import annotations

import asyncio

import pytest
from bag_of_words import BagOfWords, SharedWords
from small_library import document, version_of
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.documents.document import Block, Document, PageStart, Section, Source
from assistant.serving.serving import Serving
from assistant.web.application import make_application


def test_every_document_is_listed(client, assistant):
    """The list has each document of the version once, with whose words it is based on and where it is read."""
    listed = client.get("/api/documents").json()
    assert listed["version"] == assistant.version.id
    assert [one["id"] for one in listed["documents"]] == list(assistant.documents)
    (guide,) = (one for one in listed["documents"] if one["id"] == "guide")
    assert guide == {
        "id": "guide",
        "title": "Seat time: a *guide*",
        "topic": "",
        "publisher": "KnowledgeWorks",
        "kind": "advocate",
        "published": "2019-08",
        "updated": "2026-11-23",
        "url": "/library/guide",
        "source_url": "https://example.org/guide?a=1&b=2",
    }
    assert all(client.get(one["url"]).status_code == 200 for one in listed["documents"])


def test_a_document_has_all_its_sections(client, assistant):
    """A document comes with the text of every section in order, and each address is one on its page."""
    found = client.get("/api/documents/guide").json()
    sections = assistant.documents["guide"].sections
    assert found["document"]["id"] == "guide"
    assert [one["text"] for one in found["sections"]] == [section.text for section in sections]
    assert [one["heading"] for one in found["sections"]] == [list(section.heading) for section in sections]
    page = client.get("/library/guide").text
    for one in found["sections"]:
        assert one["url"] == f"/library/guide#{one['anchor']}"
        assert f'id="{one["anchor"]}"' in page
        assert one["page"] is None


def test_a_section_tells_its_page():
    """A section of a source with pages tells the one it begins on."""
    section = Section(("Waivers",), "waivers", "Waivers last.", (Block("paragraph", 0, 13),), pages=(PageStart(0, 7),))
    version = version_of(Document("paged", "Paged", Source(), (section,)), document("Other words."))

    async def made():
        return make_application(Serving(Assistant(version, BagOfWords(), SharedWords())))

    with TestClient(asyncio.run(made()), headers={"sec-fetch-site": "same-origin"}) as client:
        (found,) = client.get("/api/documents/paged").json()["sections"]
    assert found["page"] == 7


def test_a_passage_has_the_links_of_its_source(client):
    """A passage comes with the links that stand in it, at the offsets of its text."""
    found = client.get("/api/passages/guide/ways-to-loosen-seat-time").json()
    linked = [(found["text"][link["start"] : link["end"]], link["url"]) for link in found["links"]]
    assert linked == [("Ohio", "https://example.org/ohio")]


@pytest.mark.parametrize("name", ["nothing", "guide/introduction", "%00", "guide%2Fx"])
def test_what_is_no_document_is_told_so(client, name):
    """An id that no document has gets 404 as problem details."""
    response = client.get(f"/api/documents/{name}")
    assert response.status_code == 404
    assert response.json()["type"] == "/api/docs#not-found"


def test_the_description_tells_every_route(client):
    """The OpenAPI description has each route, and each of its fields that are given."""
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/ask",
        "/suggestions",
        "/documents",
        "/documents/{document_id}",
        "/passages/{passage_id}",
        "/version",
        "/feedback",
    }
    fields = described["components"]["schemas"]["DocumentJson"]["properties"]
    assert set(fields) == set(client.get("/api/documents").json()["documents"][0])
