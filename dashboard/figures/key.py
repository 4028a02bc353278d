"""A key above the plot, for figures whose marks have no room for their own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dashboard.figures import shapes
from dashboard.figures.labels import Spot, annotate, line_of_text, text_width
from dashboard.figures.style import FigureStyle, SeriesStyle

_SAMPLE: Final = 32
_ROW: Final = 24
_SIZE: Final = 14


@dataclass(frozen=True)
class Path:
    """A part of a sample: pixels right of its left end, and above its middle."""

    path: str
    line: dict[str, Any]
    fill: str | None = None
    shift: float = 0


@dataclass(frozen=True)
class Entry:
    """A sample of a mark and what it stands for."""

    text: str
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Key:
    """Entries in rows; `height` is what they need above the plot."""

    rows: tuple[tuple[Entry, ...], ...] = ()

    @property
    def height(self) -> float:
        """Pixels from the top of the first row to the foot of the last."""
        return len(self.rows) * _ROW + 8 if self.rows else 0.0

    def draw(
        self, style: FigureStyle, *, left: float, top: float
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Returns shapes and annotations.

        Args:
            style: The figure's style.
            left: Pixels from the edge of the figure to the plot.
            top: Pixels from the top of the key to the plot.
        """
        drawn: list[dict[str, Any]] = []
        texts: list[dict[str, Any]] = []
        for number, row in enumerate(self.rows):
            x, y = -left, top - _ROW * (number + 0.5)
            for entry in row:
                for part in entry.paths:
                    drawn.append(
                        shapes.pixel_path(
                            shapes.moved(part.path, x + part.shift, y),
                            x=0,
                            y=1,
                            xref="paper",
                            yref="paper",
                            line=part.line,
                            fill=part.fill,
                            name="key",
                        )
                    )
                text = line_of_text(entry.text, style.colour("ink"), size=_SIZE)
                texts += annotate(
                    text, x=0, y=1, xref="paper", yref="paper", spot=Spot(x + _SAMPLE, y, "left")
                )
                x += _entry_width(entry)
        return drawn, texts


def _entry_width(entry: Entry) -> float:
    return _SAMPLE + text_width(entry.text, _SIZE) + 22


def key_of(entries: Sequence[Entry], style: FigureStyle, *, least: int = 2) -> Key:
    """Sets entries in as many rows as the width asks for; fewer than `least` need no key."""
    if len(entries) < least:
        return Key()
    # A phone may be narrower than the width that figures are drawn for.
    room = style.drawing_width - (60 if style.narrow else 20)
    rows: list[list[Entry]] = [[]]
    used = 0.0
    for entry in entries:
        if rows[-1] and used + _entry_width(entry) > room:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += _entry_width(entry)
    return Key(tuple(tuple(row) for row in rows))


def series_key(named: Sequence[tuple[str, SeriesStyle]], style: FigureStyle) -> Key:
    """A key of line and marker per series."""
    entries = []
    for name, series in named:
        line = Path("M0,0L26,0", {"color": series.colour, "width": 2.4, "dash": series.dash})
        marker = marker_entry(name, series, style)
        entries.append(Entry(name, (line, *marker.paths)))
    return key_of(entries, style)


def marker_entry(name: str, series: SeriesStyle, style: FigureStyle) -> Entry:
    """A marker without a line, and its name."""
    fill = style.colour("page") if series.hollow else series.colour
    outline = {"color": series.colour, "width": 2}
    return Entry(name, (Path(shapes.symbol_path(series.symbol), outline, fill, shift=13),))
