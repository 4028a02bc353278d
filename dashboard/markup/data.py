"""Data that a page hands to its scripts, as JSON that cannot end its own element."""

from __future__ import annotations

import json

from dashboard.figures.style import DARK_OF_LIGHT


def data_html(value: object) -> str:
    """Writes data so that no text in it can end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def colours_html() -> str:
    """Hands the dark colour of every light one to the script that draws charts."""
    colours = {light.lower(): dark for light, dark in DARK_OF_LIGHT.items()}
    return f'<script type="application/json" id="dark-colours">{data_html(colours)}</script>'
