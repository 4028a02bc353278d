"""From the blocks of a page to semantic, accessible elements; known to app and export alike."""

from __future__ import annotations

from dashboard.markup.data import colours_html, data_html
from dashboard.markup.element import ChartNode, ControlNode, Element, Node, el, walk
from dashboard.markup.figure import chart_html
from dashboard.markup.html import VOID, to_html
from dashboard.markup.page import MAIN, page_markup

__all__ = [
    "MAIN",
    "VOID",
    "ChartNode",
    "ControlNode",
    "Element",
    "Node",
    "chart_html",
    "colours_html",
    "data_html",
    "el",
    "page_markup",
    "to_html",
    "walk",
]
