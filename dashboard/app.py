"""The Dash application, put together; opens nothing until the first request."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from dash import Dash
from flask import Flask, Response, after_this_request, request
from flask_compress import Compress

from dashboard.pages.content import add_callbacks, failure, layout
from dashboard.pages.headers import add_headers
from dashboard.pages.maker import PageMaker
from dashboard.pages.routes import add_routes
from dashboard.pages.shell import index_html
from dashboard.site import Site

ASSETS = Path(__file__).resolve().parent.parent / "assets"
EARLY_SCRIPTS = ("theme.js",)
"""Scripts that must run before the first paint, so they stand in the head."""
ICON = "icons/icon.svg"
LARGEST_REQUEST = 64 * 1024
"""Bytes that a reader may send: an address and the state of the filters take one or two kB."""


class Monitor(Dash):
    """Dash, with HTML of our own around it for every request."""

    def __init__(self, maker: PageMaker, server: Flask) -> None:
        """Set Dash up without anything that it would fetch, invent or write by itself."""
        self._maker = maker
        super().__init__(
            "contracteermonitor",
            server=server,  # type: ignore[arg-type]  # Dash takes a Flask; its types do not say so
            assets_folder=str(ASSETS),
            assets_ignore=r"^theme\.js$",
            use_pages=False,
            serve_locally=True,
            update_title="",
            # Filters come and go with the pages, so they are not in the first layout.
            suppress_callback_exceptions=True,
            compress=False,
            on_error=failure,
        )
        self.layout = layout
        add_callbacks(self, maker)

    def interpolate_index(
        self,
        metas: str = "",
        title: str = "",  # noqa: ARG002 - the page has its own
        css: str = "",
        config: str = "",
        scripts: str = "",
        app_entry: str = "",  # noqa: ARG002 - Dash's own says "Loading…"
        favicon: str = "",  # noqa: ARG002 - the page has its own
        renderer: str = "",
    ) -> str:
        """Writes the page that was asked for, readable before any script has run."""
        parts = {
            "metas": metas,
            "css": css,
            "config": config,
            "scripts": scripts,
            "renderer": renderer,
        }
        query = request.query_string.decode("utf-8", "replace")
        with self._maker.site.pinned():
            page, found = self._maker.page(request.path, query)
            links = self._maker.alternates(request.path, query) if found else {}
        if not found:
            after_this_request(_not_found)
        return index_html(
            page,
            links=links,
            site_url=self._maker.site.settings.site_url,
            early_scripts=tuple(self._asset(name) for name in EARLY_SCRIPTS),
            icon=self._asset(ICON),
            parts=parts,
        )

    def _asset(self, name: str) -> str:
        changed = int((ASSETS / name).stat().st_mtime)
        return f"{self.get_asset_url(name)}?m={changed}"


def create_app(open_site: Callable[[], Site]) -> Flask:
    """Puts the application together.

    Args:
        open_site: Opens the site; called once per process, at its first request.

    Returns:
        The WSGI application.
    """
    server = Flask("contracteermonitor", static_folder=None)
    server.config["COMPRESS_MIMETYPES"] = [
        "text/html",
        "text/css",
        "text/csv",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/atom+xml",
        "image/svg+xml",
    ]
    # Brotli at 5 takes a tenth off what zstd at its usual 3 leaves, in the same time.
    order = ["br", "zstd", "gzip"]
    server.config |= {
        "COMPRESS_ALGORITHM": order,
        "COMPRESS_ALGORITHM_STREAMING": order[:2],
        "COMPRESS_BR_LEVEL": 5,
    }
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    maker = PageMaker(open_site)
    add_routes(server, maker)
    app = Monitor(maker, server)
    # After Dash, so that the headers are sent with every answer of Dash as well.
    add_headers(server, app.csp_hashes, ASSETS)
    Compress(server)
    return server


def _not_found(response: Response) -> Response:
    response.status_code = HTTPStatus.NOT_FOUND
    return response
