from __future__ import annotations

import asyncio
from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks
from starlette.testclient import TestClient

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting

CASES = 40
"""Of each route and mode: seven routes in two modes make more than 500."""
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
GENERATING = settings(
    max_examples=CASES, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None, deadline=None
)


@pytest.fixture(scope="module")
def site(assistant):
    """Give a site that raises what it did not expect, so that no failure can hide behind a 500."""

    async def made():
        return make_application(Serving(assistant), Hosting(per_minute=100_000))

    with TestClient(asyncio.run(made()), headers={"origin": "http://testserver"}) as client:
        yield client


@pytest.fixture(scope="module")
def described(site):
    return schemathesis.openapi.from_dict(site.get("/api/openapi.json").json())


def test_only_what_is_documented_is_answered(site, described):
    """Whatever is sent to any route, as described or not, the response is one that the description tells of."""
    seen: Counter[int] = Counter()
    for found in described.get_all_operations():
        for mode in GenerationMode:
            _try(site, found.ok(), mode, seen)
    assert seen.total() >= 500
    assert set(seen) >= {200, 404, 422}
    assert max(seen) < 500
    print(f"{seen.total()} cases: {dict(sorted(seen.items()))}")


def _try(site, operation, mode, seen):
    @seed(1)
    @GENERATING
    @given(operation.as_strategy(generation_mode=mode))
    def send(case):
        sent = case.as_transport_kwargs(base_url="http://testserver/api")
        del sent["cookies"]
        sent["headers"].pop("x-site", None)  # a made-up key is refused, and nothing behind it would be tried
        raw = {"content": sent.pop("data")} if "data" in sent else {}
        response = site.request(**sent, **raw)
        seen[response.status_code] += 1
        assert "Traceback" not in response.text
        case.validate_response(response, checks=CHECKS)

    send()


@pytest.mark.parametrize(
    "path", ["/api/documents/a%0Ab", "/api/passages/%0A", "/api/a%0A/b", "/api/", "/api/%E2%80%A8"]
)
def test_odd_addresses_are_told_as_problems(site, path):
    """An address that no route can match gets problem details like any other below `/api`, no page."""
    response = site.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
