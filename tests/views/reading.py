"""Reads pages as data: every text, every chart, every string of a figure."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.blocks import Chart, Finding, Link, Page, Text
from dashboard.views.context import Context

_TAG = re.compile(r"<[^>]+>")


def context_of(site: Site, address: Address) -> Context:
    """Returns what the views of a page get."""
    with site._reading(address, "site") as (ctx, _):
        return ctx


def parts_of(value: Any) -> Iterator[Any]:
    """Yields every dataclass and every text within a page, depth first."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for item in value:
            yield from parts_of(item)
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for one in fields(value):
            if one.name in ("figure", "figure_narrow", "data"):
                continue
            yield from parts_of(getattr(value, one.name))


def charts_of(page: Page) -> list[Chart]:
    """Returns the charts of a page, those of the overview's findings included."""
    found = [part for part in parts_of(page.blocks) if isinstance(part, Chart)]
    findings = [part.chart for part in parts_of(page.blocks) if isinstance(part, Finding)]
    return list({id(chart): chart for chart in (*found, *findings)}.values())


def links_of(page: Page) -> list[Link]:
    """Returns every link of a page."""
    return [part for part in parts_of(page) if isinstance(part, Link)]


def dutch_and_other_texts(page: Page) -> list[tuple[str, str | None]]:
    """Returns the running texts of a page with their language, where it is not the page's."""
    return [(part.text, part.lang) for part in parts_of(page) if isinstance(part, Text | Link)]


def strings_of(figure: Any) -> Iterator[str]:
    """Yields every text of a Plotly figure, without markup and on one line."""
    if isinstance(figure, str):
        yield html.unescape(_TAG.sub("", figure.replace("<br>", " ")))
    elif isinstance(figure, dict):
        for value in figure.values():
            yield from strings_of(value)
    elif isinstance(figure, list | tuple):
        for value in figure:
            yield from strings_of(value)


def numbers_of(value: Any) -> Iterator[float]:
    """Yields every number in the data of a Plotly figure."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from numbers_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers_of(one)
