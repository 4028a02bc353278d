"""The place of a drawn chart: its size is kept, and its sentence is there before it is."""

from __future__ import annotations

from html import escape

from dashboard.markup.element import ChartNode


def chart_html(node: ChartNode, inside: str, after: str = "") -> str:
    """Writes the place of a chart.

    Args:
        node: The chart.
        inside: HTML of the drawing, or nothing where it is drawn later.
        after: HTML after the image, e.g. what to read with scripts off.
    """
    size = f"--chart-height:{node.height}px;--chart-height-narrow:{node.height_narrow}px"
    return (
        f'<div class="chart__plot" style="{size}">'
        f'<div class="chart__image" role="img" aria-label="{escape(node.alt)}">{inside}</div>'
        f"{after}</div>"
    )
