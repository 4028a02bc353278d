"""The site as gunicorn serves it, with beside it a callback that returns a ready-made response.

Both go through the same server, compression and headers, and through Dash alike; the second one
does nothing but return what the first one made once. Served by `filter_step.py`.
"""

from __future__ import annotations

import os

from dash import Dash, Input, Output

from dashboard.app import create_app
from dashboard.markup import page_markup
from dashboard.pages.content import layout
from dashboard.pages.maker import PageMaker
from dashboard.pages.render import render
from dashboard.site import open_site

READY = "/ready/"

app = create_app(open_site)
_ready = Dash(
    "ready",
    server=app,  # type: ignore[arg-type]  # Dash takes a Flask; its types do not say so
    url_base_pathname=READY,
    compress=False,
    suppress_callback_exceptions=True,
)
_ready.layout = layout
_made: list[object] = []


@_ready.callback(
    Output("content", "html"),
    Output("content", "children"),
    Input("address", "pathname"),
    Input("address", "search"),
)
def ready_made(_path: str, _query: str) -> object:
    """Return the response that was made at the first request of this process."""
    if not _made:
        place = os.environ["READY_MADE"]
        path, _, query = place.partition("?")
        page, _ = PageMaker(open_site).page(path, query)
        _made.append(render(page_markup(page, address=place), page.locale))
    return _made[0]
