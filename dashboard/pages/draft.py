"""The first paint: a page as HTML text that is there before any script has run."""

from __future__ import annotations

from html import escape

from dashboard.markup import ChartNode, ControlNode, chart_html, page_markup, to_html
from dashboard.text.words import words
from dashboard.views.blocks import Page


def draft(page: Page) -> str:
    """Writes a page as HTML text; the app takes its place once it has drawn the same page."""
    return to_html(
        page_markup(page), chart=lambda node: _chart(node, page.locale), control=_control
    )


def _chart(node: ChartNode, locale: str) -> str:
    """Keeps the place of a chart, so that nothing moves when it is drawn."""
    note = escape(words(f"markup.{locale}")("chart.no_script"))
    return chart_html(node, "", f'<noscript><p class="note-line">{note}</p></noscript>')


def _control(node: ControlNode) -> str:
    """Shows what is chosen, at the size of the control that takes its place."""
    given = node.filter
    labels = {option.value: option.label for option in given.options}
    chosen = ", ".join(labels.get(value, value) for value in given.value)
    return (
        f'<div class="control control--draft"><span class="field__label">{escape(given.label)}'
        f'</span><span class="control__input">{escape(chosen or given.placeholder)}</span></div>'
    )
