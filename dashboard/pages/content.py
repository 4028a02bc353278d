"""The layout of the app and its callbacks: the address asks, a page answers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import dash_mantine_components as dmc
from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, ctx, dcc
from dash.development.base_component import Component
from dash.exceptions import MissingCallbackContextException

from dashboard.addresses import Locale
from dashboard.markup import Element, el
from dashboard.pages.component import PagePart
from dashboard.pages.maker import PageMaker
from dashboard.pages.render import render
from dashboard.text.words import words

_LOG = logging.getLogger(__name__)


def layout() -> Component:
    """Lays out the app: an address, and the place where its page is drawn."""
    provider: Component = dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh=False),
            # Changes when the width or the theme does, so that charts are drawn again.
            dcc.Store(id="screen", data={}),
            PagePart(id="content"),
        ],
        withGlobalClasses=False,
    )
    return provider


def add_callbacks(app: Dash, maker: PageMaker) -> None:
    """Connects the address with the page, and the controls with the address."""

    @app.callback(
        Output("content", "html"),
        Output("content", "children"),
        Input("address", "pathname"),
        Input("address", "search"),
    )
    def show(path: str | None, query: str | None) -> tuple[str, list[Component]]:
        return maker.drawn(path or "/", query or "")

    connect: Callable[..., None] = app.clientside_callback
    connect(
        ClientsideFunction("monitor", "draw"),
        Output({"type": "chart", "chart": MATCH}, "figure"),
        Input({"type": "figures", "chart": MATCH}, "data"),
        Input("screen", "data"),
    )
    connect(
        ClientsideFunction("monitor", "choose"),
        Input({"type": "filter", "name": ALL}, "value"),
        State({"type": "filter", "name": ALL}, "id"),
        State({"type": "filter", "name": ALL}, "data"),
        State({"type": "filter-drawn", "name": ALL}, "data"),
        prevent_initial_call=True,
    )


def failure(error: Exception) -> tuple[str, list[Component]]:
    """Says in words that a page could not be made; the error goes to the log.

    The reader hears it in both languages, because the error may be in reading the address.
    It is a page like any other, so that it takes the place of the one before it.
    """
    _LOG.error("A page could not be made", exc_info=error)
    place = _asked()
    spoken: Locale = "en" if place.startswith("/en") else "nl"
    other: Locale = "nl" if spoken == "en" else "en"
    return render(
        el(
            "div",
            el("main", _apology(spoken, "h1"), _apology(other, "h2"), id="main",
               class_="main main--failed"),
            class_="page",
            lang=spoken,
            data_address=place or None,
            data_title=words(f"markup.{spoken}")("failed.title"),
        ),
        spoken,
    )  # fmt: skip


def _apology(locale: Locale, heading: str) -> Element:
    own = words(f"markup.{locale}")
    return el(
        "section",
        el(heading, own("failed.title")),
        el("p", own("failed.text")),
        el("p", el("a", own("failed.home"), href=f"/{quote(locale)}/")),
        lang=locale,
    )


def _asked() -> str:
    """Returns the address that the app asked a page for; empty outside a request of the app."""
    try:
        given = ctx.inputs
    except MissingCallbackContextException:
        return ""
    return f"{given.get('address.pathname') or ''}{given.get('address.search') or ''}"
