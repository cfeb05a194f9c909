from __future__ import annotations

import asyncio
import json
import logging
import socket

import pytest
from proxies import serve_as_shipped
from starlette.testclient import TestClient

from assistant.errors import SettingError
from assistant.serving.serving import Serving
from assistant.settings import read_settings
from assistant.web.application import make_application
from assistant.web.connections import Forwarded
from assistant.web.hosting import Hosting

OWN = {"sec-fetch-site": "same-origin"}
TRUSTED = ("10.0.0.0/24", "192.0.2.7", "2001:db8::/64")


async def echo(scope, _receive, send):
    """Answer with the visitor's address and the scheme as the application sees them."""
    body = json.dumps([scope["client"][0], scope["scheme"]]).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


def seen(application, peer, headers):
    """Give address and scheme that the application sees of a request of a peer."""
    return TestClient(application, client=(peer, 1)).get("/", headers=headers).json()


@pytest.mark.parametrize("peer", ["10.0.0.5", "192.0.2.7", "2001:db8::5", "::ffff:10.0.0.5"])
def test_what_a_trusted_proxy_says_counts(peer):
    """Address and scheme are the visitor's, whichever way the socket names the proxy."""
    said = {"x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https"}
    assert seen(Forwarded(echo, TRUSTED), peer, said) == ["198.51.100.1", "https"]


@pytest.mark.parametrize("peer", ["10.0.1.5", "192.0.2.8", "2001:db8:0:1::5", "127.0.0.1", "::ffff:10.0.1.5"])
def test_what_others_say_does_not(peer):
    """Of anyone else, what counts is where the connection comes from."""
    said = {"x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https"}
    assert seen(Forwarded(echo, TRUSTED), peer, said) == [peer, "http"]


@pytest.mark.parametrize(
    ("said", "visitor"),
    [
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.9, 127.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1, 10.0.0.6", "198.51.100.1"),
        ("203.0.113.9,,198.51.100.1,192.0.2.7", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1:4711", "198.51.100.1"),
        ("203.0.113.9, [2001:db8:1::1]:4711", "2001:db8:1::1"),
    ],
)
def test_a_visitor_can_not_choose_an_address(said, visitor):
    """The last address that is no trusted proxy's counts; whatever a visitor wrote before it does not."""
    assert seen(Forwarded(echo, TRUSTED), "10.0.0.5", {"x-forwarded-for": said})[0] == visitor


def test_an_untrusted_proxy_is_warned_of_once(caplog):
    """The first forwarded header that does not count is told with the peer and the setting, the second is not."""
    application = Forwarded(echo, TRUSTED)
    with caplog.at_level(logging.WARNING, "assistant"):
        seen(application, "10.0.0.5", {"x-forwarded-for": "198.51.100.1"})
        seen(application, "10.9.9.9", {})
        assert not caplog.records
        for _ in range(3):
            seen(application, "10.9.9.9", {"x-forwarded-for": "198.51.100.1"})
    (told,) = caplog.messages
    assert told.startswith("A request from 10.9.9.9 has X-Forwarded-For")
    assert "ASSISTANT_TRUSTED_PROXIES (10.0.0.0/24 192.0.2.7 2001:db8::/64)" in told
    assert "198.51.100.1" not in told


@pytest.mark.parametrize("peer", ["8.8.8.8", "::ffff:8.8.8.8", "2600::1"])
def test_no_visitor_is_named_in_the_log(caplog, peer):
    """A public address may be a visitor's, who can send such headers too: it stays out of the log."""
    with caplog.at_level(logging.WARNING, "assistant"):
        seen(Forwarded(echo, TRUSTED), peer, {"x-forwarded-proto": "https"})
    (told,) = caplog.messages
    assert told.startswith("A request from a public address has")
    assert peer.removeprefix("::ffff:") not in told


def test_three_visitors_behind_a_proxy_have_a_limit_each(assistant):
    """With the proxy trusted each visitor has a limit of their own, which no invented address escapes; else they share one."""

    async def made():
        return make_application(Serving(assistant), Hosting(per_minute=2))

    def answers(trusted, claims=""):
        application = Forwarded(asyncio.run(made()), trusted)
        client = TestClient(application, client=("10.0.0.5", 1), headers=OWN)
        visitors = [f"198.51.100.{number}" for number in (1, 2, 3)]
        sent = [{"x-forwarded-for": claims.format(turn) + visitor} for turn in range(3) for visitor in visitors]
        return [client.get("/api/version", headers=headers).status_code for headers in sent]

    each = [200] * 6 + [429] * 3
    assert answers(TRUSTED) == each
    assert answers(TRUSTED, "203.0.113.{}, ") == each
    assert answers(("127.0.0.1",)) == [200] * 2 + [429] * 7


@pytest.mark.parametrize("text", ["10.0.0.5 10.1.0.0/16 fd00::/8", "127.0.0.1"])
def test_proxies_can_be_set(text):
    """Addresses and networks are separated by spaces, and take the place of the default."""
    assert read_settings({"ASSISTANT_TRUSTED_PROXIES": text}).trusted_proxies == tuple(text.split())
    assert read_settings({}).trusted_proxies == ("127.0.0.1", "::1")


@pytest.mark.parametrize("text", ["*", "proxy", "10.0.0.5/24", "10.0.0.1,10.0.0.2", "10.0.0.0/33", "https://10.0.0.1"])
def test_proxies_that_are_none(text):
    """What is no address or network would trust nobody, silently; it is refused."""
    with pytest.raises(SettingError, match="ASSISTANT_TRUSTED_PROXIES must be addresses or networks such as"):
        read_settings({"ASSISTANT_TRUSTED_PROXIES": text})


@pytest.mark.parametrize("text", ["0.0.0.0/0", "10.0.0.1 ::/0"])
def test_everyone_can_not_be_trusted(text):
    """Where every address is a proxy's, every visitor could choose one: that is refused."""
    with pytest.raises(SettingError, match="every address there is"):
        read_settings({"ASSISTANT_TRUSTED_PROXIES": text})


def test_the_server_heeds_whom_it_is_told_to(assistant):
    """The setting reaches the server: over a real connection the limit is the visitor's, or the proxy's."""

    def made():
        return make_application(Serving(assistant), Hosting(per_minute=1))

    def statuses(trusted):
        with serve_as_shipped(made, trusted) as port:
            return [_status(port, f"198.51.100.{number}") for number in (1, 2, 1)]

    assert statuses(("127.0.0.1",)) == [200, 200, 429]
    assert statuses(("10.0.0.1",)) == [200, 429, 429]


def _status(port, visitor):
    lines = ["GET /api/version HTTP/1.1", "Host: here", "Connection: close", "Sec-Fetch-Site: same-origin"]
    with socket.create_connection(("127.0.0.1", port), 20) as connection:
        connection.sendall("\r\n".join([*lines, f"X-Forwarded-For: {visitor}", "", ""]).encode())
        return int(connection.makefile("rb").readline().split()[1])
