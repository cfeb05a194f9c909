from __future__ import annotations


def test_the_process_says_that_it_is_up(client):
    """A monitor learns that the process answers."""
    assert client.get("/healthz").json() == {"status": "up"}


def test_readiness_names_what_is_served(client, assistant):
    """An operator sees which version of the library answers, how new it is, and how large."""
    manifest = assistant.version.manifest
    assert client.get("/readyz").json() == {
        "status": "ready",
        "degraded": None,
        "version": assistant.version.id,
        "content_date": "2026-11-23",
        "documents": 2,
        "passages": manifest.passages,
    }


def test_the_library_can_be_read(client):
    """The list, each page, and a citation's address open."""
    assert "/library/guide" in client.get("/library").text
    page = client.get("/library/guide?cite=introduction.52-62")
    assert '<mark id="cited" tabindex="-1">It is old.</mark>' in page.text
    assert page.text.startswith("<!doctype html>")


def test_a_lost_address_is_told_so(client):
    """An unknown page is a 404 in the site's own design, with ways on."""
    for path in ("/library/nowhere", "/nowhere", "/library/guide/x"):
        response = client.get(path)
        assert response.status_code == 404
        assert 'href="/library"' in response.text


def test_the_chat_page_works_without_script_as_far_as_it_can(client):
    """Name, purpose and the way to the library are there before any script runs."""
    page = client.get("/").text
    assert "<h1" in page
    assert "by quoting a curated library" in page
    assert "<noscript>" in page


def test_the_chat_keeps_no_interface_for_programs(client):
    """Gradio's configuration is served for the page, and names no public endpoint."""
    config = client.get("/config").json()
    assert config["dependencies"]
    assert all(dependency["api_visibility"] == "private" for dependency in config["dependencies"])
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


def test_a_file_that_readers_may_have(client, assistant):
    """The file itself is served from the version, as a download of which a browser runs nothing."""
    response = client.get("/library/hostile/original")
    assert response.status_code == 200
    assert response.content == assistant.version.originals[0].path.read_bytes()
    assert b"<script>alert(1)" in response.content
    assert response.headers["content-type"].startswith("text/markdown")
    assert response.headers["content-disposition"] == 'attachment; filename="hostile.md"'
    assert response.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert 'href="/library/hostile/original"' in client.get("/library/hostile").text


def test_a_file_that_readers_may_not_have(client):
    """A file whose description does not say so is at no address, and no link leads there."""
    assert client.get("/library/guide/original").status_code == 404
    assert client.get("/library/nowhere/original").status_code == 404
    assert "/original" not in client.get("/library/guide").text
