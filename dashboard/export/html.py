"""A page as one HTML file, from the same tree as the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.addresses import Locale
from dashboard.figures.config import chart_config
from dashboard.markup import (
    ChartNode,
    ControlNode,
    Element,
    Node,
    chart_html,
    colours_html,
    data_html,
    page_markup,
    to_html,
    walk,
)
from dashboard.text.words import words
from dashboard.views.blocks import Block, FilterPanel, Page, Pager, Paragraph, SearchForm, Text

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page_html(
    page: Page, *, root: str, sheets: tuple[str, ...], alternates: Mapping[Locale, str]
) -> str:
    """Writes a page as one HTML file.

    Args:
        page: The page, with links between files.
        root: Way from the file to the folder of the export, e.g. `../`.
        sheets: Names of the style sheets, in order.
        alternates: Link to the same page per language.
    """
    tree = without_search(page_markup(still(page)))
    has_charts = any(isinstance(node, ChartNode) for node in walk(tree))
    return render(
        "page.html",
        page=page,
        root=root,
        sheets=sheets,
        alternates=alternates,
        has_charts=has_charts,
        content=Markup(to_html(tree, chart=_chart(page.locale), control=_no_control)),  # noqa: S704 - escaped by to_html
        colours=Markup(colours_html()),  # noqa: S704 - written here
    )


def render(template: str, **values: object) -> str:
    """Fills a template of the export; a value that is missing is an error."""
    return _TEMPLATES.get_template(template).render(**values)


def still(page: Page) -> Page:
    """Leaves out what only a server can answer: filters, search and turning pages.

    Where filters stood, the file says that it shows everything.
    """
    whole = Paragraph((Text(words(f"markup.{page.locale}")("export.whole")),), role="note")
    kept: list[Block] = []
    for block in page.blocks:
        if isinstance(block, FilterPanel):
            kept.append(whole)
        elif not isinstance(block, SearchForm | Pager):
            kept.append(block)
    return replace(page, blocks=tuple(kept))


def without_search(tree: Element) -> Element:
    """Leaves the search of the header out."""
    kept: tuple[Node, ...] = tuple(
        without_search(child) if isinstance(child, Element) else child
        for child in tree.children
        if not (isinstance(child, Element) and child.tag == "form")
    )
    return replace(tree, children=kept)


def _no_control(node: ControlNode) -> str:
    msg = f"The filter {node.id} is in the export, which has none."
    raise AssertionError(msg)


def _chart(locale: Locale) -> Any:  # noqa: ANN401 - a ChartWriter
    note = escape(words(f"markup.{locale}")("chart.no_script"))

    def write(node: ChartNode) -> str:
        figures = {
            "wide": node.figure,
            "narrow": node.figure_narrow or node.figure,
            "config": chart_config(locale),
        }
        plot = f"plot-{node.id}"
        return chart_html(
            node,
            f'<div class="chart__graph" id="{plot}"></div>',
            f'<noscript><p class="note-line">{note}</p></noscript>'
            f'<script type="application/json" data-figures="{plot}">{data_html(figures)}</script>',
        )

    return write
