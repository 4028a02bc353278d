"""How every figure looks: colours, dashes and markers per sector, type and the empty canvas.

Colour follows the sector on the whole site and is never the only difference: two series of
one figure always differ in dash or in marker too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from dashboard.text import Locale

Figure = dict[str, Any]
Theme = Literal["light", "dark"]

FONT: Final = "Inter, system-ui, sans-serif"
AXIS_SIZE: Final = 13
TEXT_SIZE: Final = 15
BOLD: Final = 650
CLEAR: Final = "rgba(0,0,0,0)"

# Light and dark colour per token.
PALETTE: Final[Mapping[str, tuple[str, str]]] = {
    "page": ("#FFFFFF", "#11181D"),
    "band": ("#F1F2F0", "#182127"),
    "ink": ("#17222B", "#EDF1F3"),
    "ink2": ("#4A5762", "#B3BFC7"),
    "control": ("#74818B", "#82909A"),
    "rule": ("#DADEE0", "#35424B"),
    "grid": ("#E4E7E8", "#2A363E"),
    "brand": ("#0B5563", "#7FCBD8"),
    "tint": ("#E3EFF1", "#17343B"),
    "map3": ("#78B4BC", "#2F7C89"),
    "wijkverpleging": ("#15579E", "#6FAEF0"),
    "ggz_basis": ("#B34D00", "#EE8F3E"),
    "ggz_gespecialiseerd": ("#7B1B50", "#F9C6DB"),
    "huisartsenzorg": ("#00785F", "#2FA98C"),
    "multidisciplinaire_zorg": ("#59636B", "#AEB8C1"),
    "wlz": ("#7B57C2", "#A98BEA"),
    "example": ("#5B3A84", "#D5BDF2"),
    "example_hatch": ("#DCCDE8", "#463558"),
}

DARK_OF_LIGHT: Final[Mapping[str, str]] = dict(PALETTE.values())
"""Dark colour per light colour, for a page that changes theme without drawing anew."""

CONFIG: Final[Mapping[str, Any]] = {
    "displaylogo": False,
    "displayModeBar": "hover",
    # Only the download that the browser makes itself; every other button is left out, the
    # cloud button above all, because it would send the figure to another host.
    "modeBarButtons": [["toImage"]],
    "plotlyServerURL": "",
    "showTips": False,
    "showAxisDragHandles": False,
    "doubleClick": False,
    "scrollZoom": False,
    "responsive": True,
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "contracteermonitor"},
}


@dataclass(frozen=True)
class FigureStyle:
    """How one figure is to be drawn.

    Attributes:
        locale: "nl" or "en"; decides the decimal mark.
        unit_suffix: Unit as printed behind a number on an axis, e.g. "%".
        decimals: Digits after the decimal mark, for numbers a figure prints itself.
        width: "wide" has room for labels beside the marks, "narrow" is a phone.
        theme: "light" or "dark".
        pixels: Width that labels are placed for; None takes 808 wide, 358 narrow.
        height: Height of figures that do not grow with their rows; None takes 430 wide,
            330 narrow.
        example: Words that mark a figure of invented data; empty where data is not invented.
    """

    locale: Locale
    unit_suffix: str = ""
    decimals: int = 0
    width: Literal["wide", "narrow"] = "wide"
    theme: Theme = "light"
    pixels: int | None = None
    height: int | None = None
    example: str = ""

    @property
    def narrow(self) -> bool:
        """Whether the figure is for a phone."""
        return self.width == "narrow"

    @property
    def drawing_width(self) -> int:
        """Pixels from left to right that labels are placed for."""
        return self.pixels or (358 if self.narrow else 808)

    @property
    def drawing_height(self) -> int:
        """Pixels from top to bottom, for figures that do not grow with their rows."""
        return self.height or (330 if self.narrow else 430)

    def colour(self, token: str) -> str:
        """Returns the colour of a palette token in the theme of this figure."""
        return PALETTE[token][self.theme == "dark"]

    def suffixed(self, text: str) -> str:
        """Sets the unit behind a number that is already formatted."""
        unit = self.unit_suffix.strip()
        return f"{text}{unit}" if unit in ("", "%") else f"{text} {unit}"


@dataclass(frozen=True)
class SeriesStyle:
    """Colour, line dash and marker of one series."""

    colour: str
    dash: str
    symbol: str

    @property
    def hollow(self) -> bool:
        """Whether the marker is an outline."""
        return self.symbol.endswith("-open")


REFERENCE: Final = "reference"
"""Series of the whole that stands behind a chosen part."""

_SERIES: Final[Mapping[str, tuple[str, str, str]]] = {
    # code: (palette token, dash, marker)
    "wijkverpleging": ("wijkverpleging", "solid", "circle"),
    "ggz_basis": ("ggz_basis", "9px,4px", "square"),
    "ggz_gespecialiseerd": ("ggz_gespecialiseerd", "2px,4px", "diamond"),
    "ggz": ("ggz_gespecialiseerd", "2px,4px", "diamond"),
    "huisartsenzorg": ("huisartsenzorg", "12px,4px,2px,4px", "triangle-up"),
    "huisartsenzorg_en_multidisciplinair": ("huisartsenzorg", "12px,4px", "triangle-down"),
    "multidisciplinaire_zorg": ("multidisciplinaire_zorg", "6px,3px", "cross"),
    "wlz": ("wlz", "1px,3px", "circle-open"),
    "wlz_vv": ("wlz", "1px,3px", "circle-open"),
    "wlz_ghz": ("wlz", "4px,4px", "square-open"),
    "wlz_ggz": ("wlz", "8px,3px", "triangle-up-open"),
    "msz": ("ink2", "3px,6px", "x"),
    "all": ("brand", "solid", "circle"),
    REFERENCE: ("ink2", "6px,3px", "circle-open"),
    "instelling": ("brand", "solid", "diamond"),
    "vrijgevestigd": ("brand", "6px,3px", "square-open"),
}
_GGZ_PARTS: Final = frozenset({"ggz_basis", "ggz_gespecialiseerd"})
_SPARE_COLOURS: Final = ("brand", "ink", "ink2", "map3")
_SPARE_DASHES: Final = ("solid", "9px,4px", "2px,4px", "12px,4px,2px,4px", "6px,3px", "1px,3px")
_SPARE_SYMBOLS: Final = (
    "circle",
    "square",
    "triangle-up",
    "cross",
    "circle-open",
    "square-open",
    "triangle-down",
    "x",
    "triangle-up-open",
)


def series_styles(
    codes: Iterable[str], style: FigureStyle, *, sectors: Mapping[str, str] | None = None
) -> dict[str, SeriesStyle]:
    """Gives every series its colour, dash and marker; no two share both dash and marker.

    Args:
        codes: Series in the order in which they are drawn.
        style: The figure's style.
        sectors: Sector per series, where a series is not a sector itself (a provider group,
            an answer): the series then takes the colour of its sector.
    """
    ordered = list(dict.fromkeys(codes))
    found: dict[str, SeriesStyle] = {}
    taken: set[tuple[str, str]] = set()
    whole_beside_parts = "ggz" in ordered and not _GGZ_PARTS.isdisjoint(ordered)
    # Series with a marker of their own go first, so that no other takes it before them.
    for position, code in sorted(enumerate(ordered), key=lambda each: each[1] not in _SERIES):
        spare = _SPARE_COLOURS[position % len(_SPARE_COLOURS)]
        token, dash, symbol = _SERIES.get(code, (spare, "", ""))
        if code == "ggz" and whole_beside_parts:
            token, dash, symbol = "ink", "5px,2px", "triangle-down"
        sector = (sectors or {}).get(code, "")
        if sector in _SERIES and sector != code:
            token = _SERIES[sector][0]
        if not symbol or (dash, symbol) in taken:
            dash, symbol = _spare(position, taken)
        taken.add((dash, symbol))
        found[code] = SeriesStyle(style.colour(token), dash, symbol)
    return {code: found[code] for code in ordered}


def row_style(series: str, sector: str, style: FigureStyle) -> SeriesStyle:
    """Gives a mark that stands in a row of its own its colour and marker.

    The row says what the mark is, so the marker need not: it follows the provider group or
    the sector, and answers or insurers share that of their sector.
    """
    own = None if series == "all" else _SERIES.get(series)
    token, dash, symbol = own or _SERIES.get(sector) or _SERIES["all"]
    if sector in _SERIES:
        token = _SERIES[sector][0]
    return SeriesStyle(style.colour(token), dash, symbol)


def _spare(position: int, taken: set[tuple[str, str]]) -> tuple[str, str]:
    """Finds a dash and marker that no series has, starting from the place in the row.

    A shape that nobody has comes first: a series of single points shows no dash, and a
    provisional point is hollow whatever its series.
    """
    dashes, symbols = len(_SPARE_DASHES), len(_SPARE_SYMBOLS)
    pairs = [
        (_SPARE_DASHES[(position + turn) % dashes], _SPARE_SYMBOLS[step % symbols])
        for turn in range(dashes)
        for step in range(position, position + symbols)
    ]
    free = [pair for pair in pairs if pair not in taken]
    markers = {symbol for _, symbol in taken}
    outlines = {_outline(symbol) for symbol in markers}
    other_shapes = [pair for pair in free if _outline(pair[1]) not in outlines]
    other_markers = [pair for pair in free if pair[1] not in markers]
    return (other_shapes or other_markers or free)[0]


def _outline(symbol: str) -> str:
    """The shape of a marker, whether it is filled or not."""
    return symbol.removesuffix("-open")


def base_layout(
    style: FigureStyle,
    *,
    height: int,
    margin: tuple[float, float, float, float],
) -> dict[str, Any]:
    """Returns the layout that every figure starts from: no title, no legend, no zoom.

    Args:
        style: The figure's style.
        height: Pixels from top to bottom.
        margin: Left, right, top and bottom, in pixels.
    """
    left, right, top, bottom = margin
    return {
        "autosize": True,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FONT, "size": AXIS_SIZE, "color": style.colour("ink2")},
        "separators": ",." if style.locale == "nl" else ".,",
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": style.colour("page"),
            "bordercolor": style.colour("control"),
            "font": {"family": FONT, "size": AXIS_SIZE, "color": style.colour("ink")},
            "align": "left",
        },
        "modebar": {
            "bgcolor": CLEAR,
            "color": style.colour("control"),
            "activecolor": style.colour("brand"),
        },
        "shapes": [],
        "annotations": [],
    }


def axis(**settings: Any) -> dict[str, Any]:  # noqa: ANN401
    """Returns an axis that cannot be dragged and draws nothing unless told so."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": False,
    } | settings


def empty_figure(style: FigureStyle, *, height: int = 120) -> Figure:
    """Returns a figure without marks, for a choice that has no data."""
    layout = base_layout(style, height=height, margin=(0, 0, 0, 0))
    return {
        "data": [],
        "layout": layout | {"xaxis": axis(visible=False), "yaxis": axis(visible=False)},
    }
