"""Runs real proxies before the assistant, each with its configuration of docs/deployment on free ports."""

from __future__ import annotations

import asyncio
import http.client
import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from browser import free_port
from programs import find_program
from served import wait_for
from starlette.types import ASGIApp

from assistant.web.connections import make_server

CONFIGURATIONS = Path(__file__).parents[2] / "docs" / "deployment"
HOST = "faq.localhost"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NGINX = """daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{sites}
}}
"""
_SITE_WITH_A_PATH = """server {{
    listen 443 ssl;
    ssl_certificate     /etc/ssl/faq.example.org.pem;
    ssl_certificate_key /etc/ssl/faq.example.org.key;
    location / {{ return 200 "Another site of this host."; }}
{path}
}}
"""
_CADDY = """{
	admin off
	auto_https disable_redirects
	skip_install_trust
	local_certs
	default_bind 127.0.0.1
}
"""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where a proxy listens, for http and https, and where the assistant does."""

    http: int
    https: int
    assistant: int

    @classmethod
    def before(cls, assistant: int) -> Ports:
        """Give free ports for a proxy before an assistant."""
        return cls(free_port(), free_port(), assistant)

    @property
    def origin(self) -> str:
        """Give the origin at which the proxy is reached."""
        return f"https://{HOST}:{self.https}"


@contextmanager
def serve_as_shipped(
    make: Callable[[], ASGIApp], trusted: Sequence[str] = ("127.0.0.1", "::1"), host: str = "127.0.0.1"
) -> Iterator[int]:
    """Serve what `make` makes as `app.py` does, in a thread of this process, and give the port."""
    with socket.socket() as listening:
        listening.bind((host, 0))
        listening.listen(128)
        stop = threading.Event()

        async def serve() -> None:
            server = make_server(make(), trusted)
            serving = asyncio.create_task(server.serve([listening]))
            await asyncio.to_thread(stop.wait)
            server.should_exit = True
            await serving

        thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
        thread.start()
        port = int(listening.getsockname()[1])
        wait_for(f"http://{host}:{port}/healthz")
        try:
            yield port
        finally:
            stop.set()
            thread.join(15)


@contextmanager
def nginx(folder: Path, ports: Ports, changed: Mapping[str, str] = _NOTHING) -> Iterator[None]:
    """Run nginx with the assistant on a host of its own."""
    with _nginx(folder, ports, changed, _read("nginx.conf")):
        yield


@contextmanager
def nginx_with_a_path(folder: Path, ports: Ports, changed: Mapping[str, str] = _NOTHING) -> Iterator[None]:
    """Run nginx with the assistant at a path of a host that has another site."""
    with _nginx(folder, ports, changed, _SITE_WITH_A_PATH.format(path=_read("nginx-sub-path.conf"))):
        yield


@contextmanager
def caddy(folder: Path, ports: Ports, changed: Mapping[str, str] = _NOTHING, file: str = "Caddyfile") -> Iterator[None]:
    """Run Caddy with a certificate of its own authority, writing nowhere but in the folder."""
    path = folder / "Caddyfile"
    names = {"faq.example.org {": f"{ports.origin} {{", "www.example.org {": f"{ports.origin} {{"}
    path.write_text(_CADDY + _with(_read(file), {**changed, **names, **_addresses(ports)}), encoding="utf-8")
    homes = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    with _running(["caddy", "run", "--config", str(path)], folder, ports, homes):
        yield


@contextmanager
def caddy_with_a_path(folder: Path, ports: Ports, changed: Mapping[str, str] = _NOTHING) -> Iterator[None]:
    """Run Caddy with the assistant at a path of a host that has another site."""
    with caddy(folder, ports, changed, "Caddyfile.sub-path"):
        yield


@contextmanager
def haproxy(folder: Path, ports: Ports, changed: Mapping[str, str] = _NOTHING) -> Iterator[None]:
    """Run HAProxy with the assistant on a host of its own."""
    _make_certificate(folder)
    bound = {"bind :80": f"bind 127.0.0.1:{ports.http}", "bind :443": f"bind 127.0.0.1:{ports.https}"}
    files = {"/etc/ssl/faq.example.org.pem": f"{folder}/both.pem"}
    path = folder / "haproxy.cfg"
    path.write_text(_with(_read("haproxy.cfg"), {**changed, **bound, **files, **_addresses(ports)}), encoding="utf-8")
    with _running(["haproxy", "-db", "-f", str(path)], folder, ports):
        yield


@contextmanager
def _nginx(folder: Path, ports: Ports, changed: Mapping[str, str], sites: str) -> Iterator[None]:
    _make_certificate(folder)
    lines = [line for line in sites.splitlines() if "[::]" not in line]  # a machine of tests may have no IPv6
    bound = {"listen 80": f"listen 127.0.0.1:{ports.http}", "listen 443": f"listen 127.0.0.1:{ports.https}"}
    files = {f"/etc/ssl/faq.example.org.{end}": f"{folder}/site.{end}" for end in ("pem", "key")}
    names = {"server_name faq.example.org": f"server_name {HOST}"}
    written = _with("\n".join(lines), {**changed, **bound, **files, **names, **_addresses(ports)})
    user = "user root;" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(_NGINX.format(folder=folder, user=user, sites=written), encoding="utf-8")
    with _running(["nginx", "-p", str(folder), "-e", f"{folder}/error.log", "-c", str(path)], folder, ports):
        yield


def _read(name: str) -> str:
    return (CONFIGURATIONS / name).read_text(encoding="utf-8")


def _with(text: str, changed: Mapping[str, str]) -> str:
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


def _addresses(ports: Ports) -> dict[str, str]:
    return {"127.0.0.1:7860": f"127.0.0.1:{ports.assistant}"}


def _make_certificate(folder: Path) -> None:
    """Make a certificate that no authority signed, and a file of it with its key as HAProxy reads it."""
    certificate, key = folder / "site.pem", folder / "site.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-days", "2"]
    written = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*command, *named, *written], check=True, capture_output=True)
    (folder / "both.pem").write_bytes(certificate.read_bytes() + key.read_bytes())


@contextmanager
def _running(
    command: Sequence[str], folder: Path, ports: Ports, environment: Mapping[str, str] = _NOTHING
) -> Iterator[None]:
    """Run a proxy in its folder until the block ends, from when it answers on."""
    program = find_program(command[0])
    assert program, command[0]
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            [program, *command[1:]], cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=output
        )
    try:
        _wait_for_proxy(process, folder, ports)
        yield
    finally:
        process.terminate()
        process.wait(15)


def _wait_for_proxy(process: subprocess.Popen[bytes], folder: Path, ports: Ports) -> None:
    for _ in range(200):
        assert process.poll() is None, (folder / "output").read_text()
        try:
            with fetch(ports, "/") as response:
                if response.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError((folder / "output").read_text())


def unverified() -> ssl.SSLContext:
    """Give what speaks TLS with a site whose certificate no authority signed."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class _Connection(http.client.HTTPSConnection):
    """A connection to the proxy under the name of the site, whatever names the machine knows."""

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout, self.source_address)
        try:
            self.sock = unverified().wrap_socket(plain, server_hostname=HOST)
        except OSError:
            plain.close()
            raise


@contextmanager
def fetch(
    ports: Ports,
    path: str,
    headers: Mapping[str, str] = _NOTHING,
    body: bytes | None = None,
    visitor: str = "127.0.0.1",
) -> Iterator[http.client.HTTPResponse]:
    """Send a request through the proxy from a visitor's address, and give its response, not yet read."""
    connection = _Connection(HOST, ports.https, timeout=30, source_address=(visitor, 0))
    with closing(connection):
        connection.request("GET" if body is None else "POST", path, body, dict(headers))
        with connection.getresponse() as response:
            yield response
