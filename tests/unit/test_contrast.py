"""The colours of the site, read from the style sheet, are far enough apart in both themes."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "assets" / "10-tokens.css"
TEXT = 4.5
"""WCAG 2.2, 1.4.3: contrast of text with what is behind it."""
SIGN = 3.0
"""WCAG 2.2, 1.4.11: contrast of the edge of a control or of a mark."""

SURFACES = ("page", "surface", "band", "tint")
SECTORS = ("wijkverpleging", "ggz-basis", "ggz", "huisartsenzorg", "multidisciplinair", "wlz")

PAIRS = [
    *((text, behind, TEXT) for text, behind in product(("ink", "ink-2", "brand"), SURFACES)),
    *((sector, behind, TEXT) for sector, behind in product(SECTORS, ("page", "band"))),
    *((f"on-map-{step}", f"map-{step}", TEXT) for step in range(1, 6)),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("ink", "caution", TEXT),
    ("caution-edge", "caution", SIGN),
    ("on-example", "example", TEXT),
    ("on-focus", "focus", TEXT),
    ("control", "page", SIGN),
    ("control", "surface", SIGN),
]


def tokens(theme: int) -> dict[str, str]:
    """Returns the colours of the light (0) or the dark (1) theme by name."""
    found = {}
    for name, value in re.findall(r"--([\w-]+): ([^;]+);", TOKENS.read_text(encoding="utf-8")):
        colours = re.findall(r"#[0-9a-f]{6}\b", value)
        if colours and name not in found:
            found[name] = colours[theme] if value.startswith("light-dark") else colours[0]
    return found


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "behind", "least"), PAIRS)
def test_contrast_is_enough(front: str, behind: str, least: float, theme: int) -> None:
    colours = tokens(theme)
    measured = contrast(colours[front], colours[behind])
    assert measured >= least, f"{front} on {behind}: {measured:.2f}, needed {least}"


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
