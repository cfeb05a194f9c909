"""What the widget's tests serve: the assistant, a partner that embeds it, and a site that may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from browser import free_port
from served import serve_application, serve_pages

from assistant.serving.serving import Serving
from assistant.web.application import make_application
from assistant.web.hosting import Hosting
from assistant.web.registry import Registry
from assistant.web.widget_script import integrity_of, read_script, versioned_name

KEY = "demo-state"
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>State department</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>State department</h1><p><a href="/second">Another page</a></p>{body}</main>{tags}</body></html>"""


@dataclass(frozen=True, slots=True)
class Sites:
    """The addresses of the assistant, of a partner's pages, of pages that are not registered, and the registry's file."""

    assistant: str
    partner: str
    stranger: str
    registry: Path
    followed: Registry

    def allow(self, **more: object) -> None:
        """Register the partner from the next request on; `more` are further lines of the registry."""
        lines = "".join(f"{name} = {value}\n" for name, value in more.items())
        self.registry.write_text(
            f'[[partner]]\nname = "State"\nkey = "{KEY}"\norigins = ["{self.partner}"]\n{lines}', encoding="utf-8"
        )
        self.followed._next_look = 0.0  # or it would look within a second


@contextmanager
def served_sites(assistant, folder: Path, *, at_once: int = 2, feedback: Path | None = None) -> Iterator[Sites]:
    """Serve all three sites, the partner's pages under a policy as strict as the snippet works with."""
    ours, partners = free_port(), free_port()
    sites = Sites(
        f"http://faq.localhost:{ours}",
        f"http://partner.localhost:{partners}",
        f"http://stranger.localhost:{partners}",
        folder / "partners.toml",
        Registry(folder / "partners.toml"),
    )
    sites.allow()
    hosting = Hosting(registry=sites.followed, per_minute=100_000, at_once=at_once, feedback=feedback)
    policy = (
        f"default-src 'none'; script-src {sites.assistant}; frame-src {sites.assistant}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    with (
        serve_application(lambda: make_application(Serving(assistant), hosting), ours),
        serve_pages(_pages(sites.assistant), partners, {"Content-Security-Policy": policy}),
    ):
        yield sites


def _pages(host: str) -> dict[str, str]:
    script = read_script("widget.js")
    assert script is not None
    pinned = f'integrity="{integrity_of(script)}" crossorigin="anonymous"'
    inline = f'<policy-assistant data-site="{KEY}"></policy-assistant>'
    return {
        "/": _page(host),
        "/second": _page(host),
        "/opened": _page(host, more="data-open"),
        "/spanish": _page(host, more='data-lang="es"'),
        "/coloured": _page(host, more='data-accent="#f5c400" data-position="start" data-label="Ask us"'),
        "/wrong-key": _page(host, key="nobody-here"),
        "/pinned": _page(host, script=versioned_name(), more=pinned),
        "/altered": _page(host, more=pinned.replace("sha384-", "sha384-AAAA")),
        "/inline": PAGE.format(lang="en", body=inline, tags=f'<script src="{host}/widget.js" defer></script>'),
        "/rtl": _page(host).replace("<html", '<html dir="rtl"'),
        "/framing": PAGE.format(
            lang="en", body=f'<iframe title="framed" src="{host}/embed?site={KEY}"></iframe>', tags=""
        ),
    }


def _page(host: str, *, key: str = KEY, script: str = "widget.js", more: str = "") -> str:
    tags = f'<script src="{host}/{script}" data-site="{key}" {more} defer></script>'
    return PAGE.format(lang="en", body="<button>Before</button>", tags=tags)
