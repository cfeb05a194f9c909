"""Text that would run if a page took it for markup, in every place where text can come from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from bag_of_words import BagOfWords, SharedWords
from browser import Chat, Widget
from playwright.sync_api import expect
from small_library import no_bar, with_threshold
from widget_site import KEY, Sites, served_sites

from assistant.assistant import Assistant
from assistant.publishing.build import build_index

PAYLOADS = """\
<script>alert(1)</script>
<img src=x onerror=alert(1)>
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<iframe src=javascript:alert(1)></iframe>
<a href=javascript:alert(1)>click</a>
[click](javascript:alert(1))
![x](x"onerror="alert(1))
<details open ontoggle=alert(1)>
<body onload=alert(1)>
<input autofocus onfocus=alert(1)>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<style>*{display:none}</style>
<base href=//evil.example>
<meta http-equiv=refresh content=0;url=//evil.example>
<form action=//evil.example><button>ok</button></form>
<img src=//evil.example/x.png>
![x](https://evil.example/x.png)
<link rel=stylesheet href=//evil.example>
<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>
<video><source onerror=alert(1)>
<marquee onstart=alert(1)>
"><script>alert(1)</script>
'><script>alert(1)</script>
</h2><script>alert(1)</script>
</textarea><script>alert(1)</script>
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
<<script>alert(1)//<</script>
<scr<script>ipt>alert(1)</script>
`<img src=x onerror=alert(1)>`
$$\\href{javascript:alert(1)}{x}$$
<custom-tag onclick=alert(1)>
<button class=ask value=x>ask</button>
<template><img src=x onerror=alert(1)></template>
"onmouseover="alert(1)" autofocus onfocus="alert(1)" x="
<img src="x" onerror="alert(1)">
<img src=x onerror=alert`1`>
<svg/onload=alert(1)>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x">
<math href=javascript:alert(1)>x</math>
<audio src=x onerror=alert(1)>
<video src=//evil.example/x.mp4 autoplay onerror=alert(1)></video>
<select autofocus onfocus=alert(1)>
<keygen autofocus onfocus=alert(1)>
<div style="background:url(//evil.example/x)">x</div>
<div style=width:expression(alert(1))>x</div>
<a href="&#106;avascript:alert(1)">x</a>
<a href="java&Tab;script:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
[x](<javascript:alert(1)>)
[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[x]: javascript:alert(1)
![x](//evil.example/x.png "onload=alert(1)")
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<textarea><img title="</textarea><img src=x onerror=alert(1)>">
<xmp><img title="</xmp><img src=x onerror=alert(1)>">
<!--><img src=x onerror=alert(1)>-->
<![CDATA[<img src=x onerror=alert(1)>]]>
<?xml version=1?><script>alert(1)</script>
%3Cscript%3Ealert(1)%3C/script%3E
\\u003cscript\\u003ealert(1)\\u003c/script\\u003e
{{constructor.constructor('alert(1)')()}}
${alert(1)}
<%= alert(1) %>
</mark></li></ul></div><script>alert(1)</script>
<a id=question name=turns href=//evil.example>x</a>
<form id=composer><input name=action></form>
<p data-site=x data-origins=* class=reply>x</p>""".splitlines()
START = "---\ntitle: Start\nsource: {kind: library}\n---\n## What is a start?\n\nIt is where the chat page begins.\n"
LIVE = "script, iframe, object, embed, style, img, svg, math, video, audio, marquee, base, meta, link, xmp, [onerror], [onload]"
"""What must never stand among words of the library or of a person."""
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[Sites]:
    """Serve a library with one document for each payload, which has it for title, heading, text, link and file name."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    for number, payload in enumerate(PAYLOADS):
        name = f"page {number} {payload}"[:80].replace("/", "\N{DIVISION SLASH}")
        (folder / "corpus" / f"{name}.md").write_text(_document(number, payload), encoding="utf-8")
    (folder / "corpus" / "start.md").write_text(START, encoding="utf-8")
    build_index(folder / "corpus", folder / "index", BagOfWords(), no_bar)
    assistant = with_threshold(Assistant.open(folder / "index", BagOfWords(), SharedWords()), 0.0)
    assert len(assistant.documents) == len(PAYLOADS) + 1
    with served_sites(assistant, folder) as sites:
        yield sites


def _document(number: int, payload: str) -> str:
    """Give a page that has a payload as mark-up, and where it says so as words that Markdown leaves alone."""
    words = re.sub(r"([^\w\s])", r"\\\1", payload, flags=re.ASCII)
    return f"""---
title: {json.dumps(f"{payload} title{number}")}
source:
  kind: research
  publisher: {json.dumps(payload)}
  title: {json.dumps(payload)}
  url: https://example.org/{number}
updated: 2026-03-31
---
## {words} heading{number}

The zebra{number} is a [{words}](https://example.org/{number}?{payload.replace(" ", "+")}) and also {payload} and {words} there.
"""


@pytest.fixture
def page(chromium, sites) -> Iterator:
    """Give a page of which nothing may run, break its policy, or ask another site for anything."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    ran, told, requests = [], [], []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    yield page
    assert ran == []
    assert told == []
    assert requests
    assert [url for url in requests if not url.startswith((sites.assistant, sites.partner, "data:"))] == []
    context.close()


def test_there_are_enough_payloads():
    """At least sixty different ways are tried."""
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def test_nothing_runs_in_the_widget(page, sites):
    """Asked about, and quoted with title, heading, text and link, every payload stands in the panel as its text."""
    widget = Widget(page, sites.partner).open()
    quoted = 0
    for number, payload in enumerate(PAYLOADS):
        reply = widget.ask(f"{payload} zebra{number}")
        expect(widget.frame.locator(".question").last).to_have_text(f"{payload} zebra{number}")
        quoted += f"zebra{number} " in reply.inner_text() and f"title{number}" in reply.inner_text()
    assert quoted >= 60
    assert widget.frame.locator(f"#turns :is({LIVE})").count() == 0
    protocols = widget.within("() => [...document.querySelectorAll('#turns a')].map((link) => link.protocol)")
    assert set(protocols) <= {"http:", "https:"}


def test_nothing_runs_in_the_chat(page, sites):
    """Asked about, and quoted with title, heading, text and link, every payload stands in the chat as its text."""
    chat = Chat(page, sites.assistant)
    quoted = 0
    for number, payload in enumerate(PAYLOADS):
        reply = chat.ask(f"{payload} zebra{number}")
        expect(page.locator(".question").last).to_have_text(f"{payload} zebra{number}")
        quoted += f"zebra{number} " in reply.inner_text()
    assert quoted >= 60
    assert page.locator(f".message-content :is({LIVE})").count() == 0


def test_nothing_runs_in_the_reading_view(page, sites):
    """The list of the library, and each of its pages, shows every payload as its text."""
    page.goto(f"{sites.assistant}/library")
    shown = page.locator("main").inner_text()
    assert all(f"title{number}" in shown for number in range(len(PAYLOADS)))
    addresses = page.locator(".entries .title").evaluate_all("links => links.map((link) => link.href)")
    assert len(addresses) == len(PAYLOADS) + 1
    for address in addresses:
        page.goto(address)
        assert page.locator(f"main :is({LIVE})").count() == 0
        assert page.locator("main a[href^=javascript], main a[href^=data]").count() == 0


def test_nothing_runs_from_feedback(page, sites):
    """Every payload can be sent as a comment from the panel, and comes back in nothing."""
    widget = Widget(page, sites.partner).open()
    reply = widget.ask("zebra1")
    version = reply.locator(".state").inner_text().split()[2].rstrip(",")
    texts = widget.within(
        """([payloads, site, version]) => Promise.all(payloads.map(async (text) => {
            const body = JSON.stringify({ version, verdict: "down", reason: "other", text });
            const headers = { "Content-Type": "application/json", "X-Site": site };
            return (await fetch("/api/feedback", { method: "POST", headers, body })).text();
        }))""",
        [PAYLOADS, KEY, version],
    )
    assert not any(payload in text for payload, text in zip(PAYLOADS, texts, strict=True))
