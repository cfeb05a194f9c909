"""Takes the path that the site lies below off each request, whether or not a proxy has done so before."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class BelowRoot:
    """Passes requests on with the site's own paths, so that whatever stands behind it knows no others.

    The root path is taken off once: what still begins with it afterwards is no path of the site.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app = app
        self._root = root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http":
            scope = {**scope, "path": self._own_path(scope["path"])}
        await self._app(scope, receive, send)

    def _own_path(self, path: str) -> str:
        if path == self._root:
            return "/"
        return path.removeprefix(self._root) if path.startswith(f"{self._root}/") else path
