from __future__ import annotations

import gzip
import http.client
import json
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from time import monotonic

import proxies
import pytest
from browser import Chat, Widget, free_port
from playwright.sync_api import expect
from proxies import HOST, Ports, fetch, serve_as_shipped
from served import serve_pages
from widget_site import KEY, PAGE

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.registry import Registry

QUESTION = "What is seat time?"
HELD = "What is a waiver?"
STRIPPING = {"nginx": {"proxy_pass http://127.0.0.1:7860;": "proxy_pass http://127.0.0.1:7860/;"}}
STRIPPING["caddy"] = {"handle /assistant/*": "handle_path /assistant/*"}


@dataclass(frozen=True, slots=True)
class Setup:
    """A way to deploy the assistant: the program before it, what starts that, and the path the assistant lies below."""

    program: str
    start: str = ""
    root: str = ""
    changed: tuple[tuple[str, str], ...] = ()


SETUPS = {
    "plain": Setup(""),
    "nginx": Setup("nginx", "nginx"),
    "caddy": Setup("caddy", "caddy"),
    "haproxy": Setup("haproxy", "haproxy"),
    "nginx-sub-path": Setup("nginx", "nginx_with_a_path", "/assistant"),
    "nginx-sub-path-stripped": Setup("nginx", "nginx_with_a_path", "/assistant", tuple(STRIPPING["nginx"].items())),
    "caddy-sub-path": Setup("caddy", "caddy_with_a_path", "/assistant"),
    "caddy-sub-path-stripped": Setup("caddy", "caddy_with_a_path", "/assistant", tuple(STRIPPING["caddy"].items())),
}
IN_BROWSERS = [
    "plain",
    "nginx",
    "caddy",
    "haproxy",
    pytest.param("nginx-sub-path", marks=pytest.mark.both_engines),
    "nginx-sub-path-stripped",
]
ELSEWHERE = [
    ("nginx", {"proxy_http_version 1.1;": "proxy_http_version 1.1; proxy_bind 127.0.0.2;"}),
    ("haproxy", {"server one 127.0.0.1:7860": "server one 127.0.0.1:7860 source 127.0.0.2"}),
]
PROXIED = [name for name, setup in SETUPS.items() if setup.program]


class Held:
    """Replies as another assistant does, to one question only once it is let."""

    def __init__(self, assistant) -> None:
        self._assistant = assistant
        self.go = threading.Event()

    def __getattr__(self, name):
        return getattr(self._assistant, name)

    def ask(self, question, conversation, *, as_typed):
        assert question != HELD or self.go.wait(60)
        return self._assistant.ask(question, conversation, as_typed=as_typed)


@dataclass(frozen=True, slots=True)
class Deployed:
    """The assistant as it is reached, a partner's page that embeds it, and the proxy's ports if there is one."""

    url: str
    partner: str
    ports: Ports | None
    root: str
    held: Held


@pytest.fixture(scope="module")
def deployed(assistant, program, tmp_path_factory):
    """Give what deploys the assistant in a setup, once for all tests."""
    with ExitStack() as running:
        known: dict[str, Deployed] = {}

        def deploy(name: str) -> Deployed:
            if name not in known:
                setup = SETUPS[name]
                if setup.program:
                    program(setup.program)
                known[name] = _deploy(running, assistant, setup, tmp_path_factory.mktemp(name))
            return known[name]

        yield deploy


def _deploy(running: ExitStack, assistant, setup: Setup, folder) -> Deployed:
    partner = free_port()
    registry = folder / "partners.toml"
    entry = f'[[partner]]\nname = "State"\nkey = "{KEY}"\norigins = ["http://partner.localhost:{partner}"]\n'
    registry.write_text(entry, encoding="utf-8")
    hosting = Hosting(root=setup.root, registry=Registry(registry), per_minute=100_000)
    held = Held(assistant)
    port = running.enter_context(serve_as_shipped(lambda: make_application(Serving(held), hosting)))
    ports = None
    if setup.program:
        ports = Ports.before(port)
        running.enter_context(getattr(proxies, setup.start)(folder, ports, dict(setup.changed)))
    origin = ports.origin if ports else f"http://{HOST}:{port}"
    url = origin + setup.root
    policy = f"default-src 'none'; script-src {origin}; frame-src {origin}"
    tags = f'<script src="{url}/widget.js" data-site="{KEY}" defer></script>'
    pages = {"/": PAGE.format(lang="en", body="", tags=tags)}
    running.enter_context(serve_pages(pages, partner, {"Content-Security-Policy": policy}))
    return Deployed(url, f"http://partner.localhost:{partner}/", ports, setup.root, held)


@pytest.fixture(params=IN_BROWSERS)
def site(request, deployed) -> Deployed:
    return deployed(request.param)


@pytest.fixture
def page(browser) -> Iterator:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    broken: list[str] = []
    page.on("response", lambda response: response.status >= 400 and broken.append(f"{response.status} {response.url}"))
    yield page
    context.close()
    assert not broken


@pytest.mark.browser
def test_the_chat_answers_and_follows_up(page, site):
    """The page loads whole, a question is answered with quotes, and a follow-up is understood from it."""
    chat = Chat(page, f"{site.url}/")
    expect(chat.ask(QUESTION)).to_have_class("reply answer")
    expect(chat.ask("How old is it?").locator(".interpreted")).to_contain_text("seat time")
    expect(page.locator("#elsewhere")).to_be_hidden()


@pytest.mark.browser
def test_a_citation_opens_at_its_quote(page, site):
    """The link on a card opens the page of the library with the quoted words marked and in view."""
    link = Chat(page, f"{site.url}/").ask(QUESTION).locator(".card a.open").first
    page.goto(page.evaluate("link => link.href", link.element_handle()))
    assert page.url.startswith(f"{site.url}/library/guide?cite=")
    expect(page.locator("mark#cited")).to_be_in_viewport()
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.browser
def test_the_library_can_be_walked(page, site):
    """From the list to a page and back to the assistant, by the links of the pages themselves."""
    page.goto(f"{site.url}/library")
    page.get_by_role("link", name="Seat time: a *guide*").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seat time: a *guide*")
    page.get_by_role("link", name="Ask the assistant").click()
    page.locator(".starters button").first.wait_for()
    assert page.url == f"{site.url}/"


@pytest.mark.browser
def test_the_widget_answers_on_a_partner_s_page(page, site):
    """The snippet finds all it needs by its own address; a citation in it opens in the library."""
    widget = Widget(page, site.partner).open()
    reply = _asked(widget, QUESTION)
    expect(reply).to_have_class("reply answer")
    expect(_asked(widget, "How old is it?").locator(".interpreted")).to_contain_text("seat time")
    page.goto(reply.locator(".links a").first.get_attribute("href"))
    assert page.url.startswith(f"{site.url}/library/guide?cite=")
    expect(page.locator("mark#cited")).to_be_in_viewport()


def _asked(widget, question):
    """Ask by the form itself: in Firefox, Playwright's keys and clicks do not reach a page of another site."""
    number = widget.frame.locator(".reply").count()
    widget.field.fill(question)
    widget.within("document.getElementById('composer').requestSubmit()")
    return widget.reply(number)


@pytest.mark.browser
def test_the_embed_page_answers(page, site):
    """The page of the widget answers where it is opened by itself, and knows where it is."""
    page.goto(f"{site.url}/embed?site={KEY}")
    page.fill("#question", QUESTION)
    page.press("#question", "Enter")
    expect(page.locator(".reply.answer")).to_be_visible(timeout=20_000)
    expect(page.locator("#elsewhere")).to_be_hidden()


@pytest.mark.parametrize("name", PROXIED)
def test_events_come_when_they_are_sent(deployed, name):
    """No proxy holds events back: the first one is there before there is a second, and then that one is."""
    site = deployed(name)
    headers = {"Origin": site.ports.origin, "Accept": "text/event-stream", "Content-Type": "application/json"}
    started = monotonic()
    with fetch(site.ports, f"{site.root}/api/ask", headers, json.dumps({"question": HELD}).encode()) as response:
        assert response.status == 200
        assert response.readline() == b"event: status\n"
        print(f"{name}: first event after {1000 * (monotonic() - started):.0f} ms")
        site.held.go.set()
        assert b"event: reply" in response.read()
    site.held.go.clear()


@pytest.mark.parametrize("name", PROXIED)
def test_pages_come_compressed_once(deployed, name):
    """A page is compressed by the assistant, and no proxy does it again or undoes it."""
    site = deployed(name)
    with fetch(site.ports, f"{site.root}/library/guide", {"Accept-Encoding": "gzip"}) as response:
        assert response.headers["content-encoding"] == "gzip"
        assert b"Seat time" in gzip.decompress(response.read())


@pytest.mark.parametrize("name", PROXIED)
def test_a_long_chat_passes(deployed, name):
    """A body nearly as large as the assistant takes reaches it: that this one is no question is told by it, in words."""
    site = deployed(name)
    own = {"Origin": site.ports.origin, "Content-Type": "application/json"}
    with fetch(site.ports, f"{site.root}/gradio_api/run/predict", own, b"x" * 1_990_000) as response:
        assert response.status == 422
        assert json.loads(response.read())["detail"] == "The request is no question."


@pytest.mark.parametrize("name", [name for name in PROXIED if "sub-path" in name])
def test_the_path_without_its_slash_leads_to_the_page(deployed, name):
    """Whoever leaves out the last slash is led to the page; the rest of the host is another site's."""
    site = deployed(name)
    with fetch(site.ports, site.root) as response:
        assert response.headers["location"].endswith(f"{site.root}/")
    with fetch(site.ports, "/") as response:
        assert response.read() == b"Another site of this host."


@pytest.mark.parametrize("name", ["nginx", "haproxy"])
def test_plain_http_leads_to_https(deployed, name):
    """A request over plain http is answered with where to go over https."""
    with closing(http.client.HTTPConnection("127.0.0.1", deployed(name).ports.http, timeout=10)) as connection:
        connection.request("GET", "/library?x=1", headers={"Host": HOST})
        with connection.getresponse() as response:
            assert (response.status, response.headers["location"]) == (301, f"https://{HOST}/library?x=1")


@pytest.mark.parametrize("name", PROXIED)
def test_own_pages_are_told_by_what_the_proxy_says(deployed, name):
    """Without ASSISTANT_ORIGIN the address is that of the proxy, with https: another one is refused in a sentence."""
    site = deployed(name)
    body = json.dumps({"question": QUESTION}).encode()
    for origin, status in ((site.ports.origin, 200), (site.ports.origin.replace("https", "http"), 403)):
        headers = {"Origin": origin, "Content-Type": "application/json"}
        with fetch(site.ports, f"{site.root}/api/ask", headers, body) as response:
            assert response.status == status
            told = json.loads(response.read())
        assert status == 200 or f"a page at {origin}. Pages at {site.ports.origin} may ask" in told["detail"]


@pytest.mark.browser
def test_a_proxy_that_does_not_pass_on_the_host_does_no_harm(assistant, chromium, program, tmp_path):
    """Where the address is set, the page asks at the very address that it was opened at, whatever host comes through."""
    program("nginx")
    https = free_port()
    hosting = Hosting(origins=("https://other.example.org", f"https://{HOST}:{https}"))
    silent = {"proxy_set_header Host $http_host;": "", "proxy_set_header X-Forwarded-Proto $scheme;": ""}
    with (
        serve_as_shipped(lambda: make_application(Serving(assistant), hosting)) as port,
        proxies.nginx(tmp_path, Ports(free_port(), https, port), silent),
        chromium.new_context(ignore_https_errors=True) as context,
    ):
        chat = Chat(context.new_page(), f"https://{HOST}:{https}/")
        expect(chat.ask(QUESTION)).to_have_class("reply answer")


@pytest.mark.parametrize("proxy", ELSEWHERE, ids=[name for name, _ in ELSEWHERE])
def test_visitors_of_a_proxy_elsewhere_have_a_limit_each_once_it_is_trusted(
    assistant, program, tmp_path, caplog, proxy
):
    """A real proxy at another address: trusted, each visitor has a limit; else they share one, and the log says so once."""
    program(proxy[0])
    asked = {
        trusted: _statuses_of_three_visitors(assistant, tmp_path, trusted, proxy)
        for trusted in ("127.0.0.2", "127.0.0.1")
    }
    assert asked["127.0.0.2"] == [200, 200, 200, 429, 429, 429]
    assert asked["127.0.0.1"] == [200, 429, 429, 429, 429, 429]
    (told,) = [message for message in caplog.messages if "X-Forwarded-For" in message]
    assert told.startswith("A request from 127.0.0.2 has")


def _statuses_of_three_visitors(assistant, folder, trusted, proxy):
    """Have three visitors ask twice each through a proxy, the second time with an invented address."""
    start, changed = proxy
    hosting = Hosting(per_minute=1)
    with serve_as_shipped(lambda: make_application(Serving(assistant), hosting), [trusted]) as port:
        ports = Ports.before(port)
        with getattr(proxies, start)(folder, ports, changed):
            return [
                _status(ports, f"127.0.0.{number}", f"203.0.113.{number}" if turn else "")
                for turn in range(2)
                for number in (11, 12, 13)
            ]


def _status(ports, visitor, invented):
    headers = {"Sec-Fetch-Site": "same-origin", **({"X-Forwarded-For": invented} if invented else {})}
    with fetch(ports, "/api/version", headers, visitor=visitor) as response:
        return response.status


def test_the_document_shows_every_configuration():
    """The page for operators shows each file that is run here as it is, and no other one."""
    page = (proxies.CONFIGURATIONS.parent / "deployment.md").read_text(encoding="utf-8")
    files = {path.name: path.read_text(encoding="utf-8") for path in proxies.CONFIGURATIONS.iterdir()}
    assert set(re.findall(r"\(deployment/([\w.-]+)\)", page)) == set(files)
    for text in files.values():
        assert f"\n{text}```\n" in page
