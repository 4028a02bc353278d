"""Every figure of one region or one insurer: its latest value beside that of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.addresses import Selection
from dashboard.views.blocks import Cell, Inline, KeyItem, KeyNumber, Section, Table, Text
from dashboard.views.compared import answered, compared, own_words, trend_of, whole_value
from dashboard.views.cubes import is_cube, is_example
from dashboard.views.headlines import within
from dashboard.views.labels import ALL, COUNTRY, capital
from dashboard.views.places import (
    PlaceKind,
    cells_of_place,
    indicators_by,
    is_whole,
    order_of,
    slice_of_place,
)
from dashboard.views.revised import told_of_cell
from dashboard.views.tables import value_mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.views.cells import ValueCell
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_SAME = ("sector_code", "provider_group", "category", "base", "evidence", "population")
"""What two cells must share to be of one series, besides the place."""
_KEY_NUMBERS = 3


@dataclass(frozen=True)
class Line:
    """The latest cell of one series of a place, with the same of the whole country."""

    indicator: Indicator
    cell: ValueCell
    whole: ValueCell | None
    trend: KeyItem | None
    several: bool
    """Whether the indicator has more answers, so that a line must name its own."""


def sectors_of(ctx: Context, kind: PlaceKind) -> list[str]:
    """Returns the sectors of the computed figures, of which a page shows one at a time."""
    found = {code for one in indicators_by(ctx, kind) for code in _own_sectors(ctx, one)}
    return order_of(ctx, "sector_code", list(found))


def _own_sectors(ctx: Context, indicator: Indicator) -> list[str]:
    """Returns the sectors between which a reader must choose; a figure of one is always shown."""
    if not is_cube(indicator):
        return []
    options = ctx.data.options(indicator.id, examples=ctx.selection.examples)
    found: list[str] = options["sector_code"]
    return found if len(found) > 1 else []


def lines_of(ctx: Context, kind: PlaceKind, code: str, sector: str | None) -> list[Line]:
    """Returns a line per indicator and answer of which the place has a figure.

    Args:
        ctx: The page.
        kind: Region or insurer.
        code: The place.
        sector: Of computed figures only this sector, None for all; of printed ones always all.
    """
    return [
        line
        for indicator in indicators_by(ctx, kind)
        for line in _lines(ctx, indicator, kind, code, sector)
    ]


def _lines(
    ctx: Context, indicator: Indicator, kind: PlaceKind, code: str, sector: str | None
) -> list[Line]:
    sectors = (sector,) if sector is not None and _own_sectors(ctx, indicator) else None
    cells = cells_of_place(ctx, indicator, kind, code, sectors=sectors)
    verdicts = (
        ctx.data.trends(slice_of_place(ctx, indicator, kind, code)) if is_cube(indicator) else ()
    )
    own = _main(ctx, indicator, [cell for cell in cells if not is_whole(kind, cell)])
    several = len({cell.category for cell in own}) > 1
    latest: dict[tuple[str, ...], list[ValueCell]] = {}
    for cell in own:
        latest.setdefault((_place(kind, cell), *_series(cell)), []).append(cell)
    found = []
    for (place, *name), series in latest.items():
        if place != code and (code, *name) in latest:
            # What went up in this place stands on the page of the figure, with the break.
            continue
        year = max(cell.year for cell in series)
        for cell in series:
            if cell.year == year:
                whole = _whole(kind, cell, cells)
                trend = trend_of(ctx, cell, verdicts)
                found.append(Line(indicator, cell, whole, trend, several))
    return sorted(found, key=lambda line: _place_in_list(ctx, line))


def _main(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> list[ValueCell]:
    """Leaves of a computed figure its first base, and of many answers the main one.

    Its own page has the others; a page about one place would else repeat each figure ten times.
    """
    if not is_cube(indicator):
        return list(cells)
    present = {cell.base for cell in cells}
    base = next((one for one in indicator.bases if one in present), None)
    kept = [cell for cell in cells if cell.base == base or base is None]
    categories = order_of(ctx, "category", [cell.category for cell in kept])
    if len(categories) <= _MOST_ANSWERS:
        return kept
    main = str(indicator.headline.where.get("category", categories[0]))
    return [cell for cell in kept if cell.category == main]


_MOST_ANSWERS = 4


def _series(cell: ValueCell) -> tuple[str, ...]:
    return tuple(str(getattr(cell, name)) for name in _SAME)


def _place(kind: PlaceKind, cell: ValueCell) -> str:
    return cell.region_code if kind == "region" else cell.insurer_code


def _whole(kind: PlaceKind, cell: ValueCell, cells: Sequence[ValueCell]) -> ValueCell | None:
    found = [
        one
        for one in cells
        if is_whole(kind, one) and one.period == cell.period and _series(one) == _series(cell)
    ]
    return found[0] if len(found) == 1 else None


def _place_in_list(ctx: Context, line: Line) -> tuple[int, int]:
    sectors, categories = list(ctx.catalogue.sectors), list(ctx.catalogue.categories)
    cell = line.cell
    answer = categories.index(cell.category) if cell.category in categories else -1
    return sectors.index(cell.sector_code), answer


def key_numbers(ctx: Context, kind: PlaceKind, code: str, lines: Sequence[Line]) -> list[KeyNumber]:
    """Makes large numbers of the first indicators that have one, with that of the whole.

    What was measured in an earlier region or insurer is no number of this one, and what is
    invented stands in its own table only.
    """
    own = own_words(ctx)
    numbers: list[KeyNumber] = []
    done: set[str] = set()
    for line in lines:
        if line.indicator.id in done or not line.cell.has_number:
            continue
        if _place(kind, line.cell) != code or is_example([line.cell]):
            continue
        done.add(line.indicator.id)
        text = f"{line.indicator.text(ctx.locale).title}, {_about(ctx, line)}"
        beside = whole_value(ctx, line.cell, line.whole)
        if beside:
            text += f". {capital(own(f'panel.whole.{kind}', value=beside))}"
        numbers.append(KeyNumber(ctx.values.short(line.cell), text, cell=line.cell.key))
    return numbers[:_KEY_NUMBERS]


def _about(ctx: Context, line: Line) -> str:
    """Names the sector, kind of provider, answer and period of a line."""
    cell, labels = line.cell, ctx.labels
    parts = [
        within(labels.sector_short(cell.sector_code), ctx) if cell.sector_code != ALL else "",
        labels.provider_group(cell.provider_group) if cell.provider_group != ALL else "",
        within(labels.category(cell.category), ctx) if line.several else "",
        labels.base(cell.base) if cell.unit == "percent" and cell.base != "unknown" else "",
        ctx.values.period(cell),
    ]
    return ", ".join(part for part in parts if part)


def profile_sections(
    ctx: Context, kind: PlaceKind, code: str, lines: Sequence[Line]
) -> list[Section]:
    """Makes a section per topic; invented figures stand in a table of their own."""
    sections = []
    for topic in ctx.catalogue.topics:
        of_topic = [line for line in lines if line.indicator.topic == topic]
        if of_topic:
            invented = [line for line in of_topic if is_example([line.cell])]
            printed = [line for line in of_topic if not is_example([line.cell])]
            tables = [
                _profile_table(ctx, kind, code, topic, group)
                for group in (printed, invented)
                if group
            ]
            id_ = f"topic-{topic.replace('_', '-')}"
            sections.append(Section(ctx.labels.topic(topic), tuple(tables), id=id_))
    return sections


def _named(ctx: Context, kind: PlaceKind, code: str) -> str:
    return ctx.labels.region(code) if kind == "region" else ctx.labels.insurer(code)


def _profile_table(
    ctx: Context, kind: PlaceKind, code: str, topic: str, lines: Sequence[Line]
) -> Table:
    """Makes the table of the lines; a column of which no line has anything is left out."""
    own = own_words(ctx)
    caption = own(
        f"profile.caption.{kind}", topic=ctx.labels.topic(topic), name=_named(ctx, kind, code)
    )
    invented = is_example([line.cell for line in lines])
    if invented:
        caption = ctx.words("example.caption", caption=caption)
    columns: list[tuple[str, bool, list[Cell]]] = [
        (own("profile.figure"), False, [_figure(ctx, kind, code, line) for line in lines]),
        (ctx.words("table.value"), True, [_value(ctx, line) for line in lines]),
        (ctx.words("table.margin"), True, _texts(ctx.values.interval(x.cell) for x in lines)),
        (own("table.n"), True, _texts(answered(ctx, line.cell) for line in lines)),
        (
            own(f"table.whole.{kind}"),
            True,
            _texts(whole_value(ctx, line.cell, line.whole) for line in lines),
        ),
        (own("table.compared"), False, [_sign(compared(ctx, kind, line.cell)) for line in lines]),
        (own("profile.trend"), False, [_sign(line.trend) for line in lines]),
        (
            own("table.remark"),
            False,
            _texts(_remark(ctx, kind, code, line) for line in lines),
        ),
    ]
    kept = [one for one in columns if any(part.text for cell in one[2] for part in cell.parts)]
    return Table(
        caption=caption,
        columns=tuple(name for name, _, _ in kept),
        rows=tuple(
            tuple(
                Cell(cell.parts, numeric=numeric, header=cell.header, mark=cell.mark)
                for _, numeric, made in kept
                for cell in (made[n],)
            )
            for n in range(len(lines))
        ),
        numeric_columns=frozenset(n for n, (_, numeric, _) in enumerate(kept) if numeric),
        caption_hidden=not invented,
        cards=True,
        example=invented,
    )


def _texts(texts: Iterable[str]) -> list[Cell]:
    return [Cell((Text(text),)) for text in texts]


def _figure(ctx: Context, kind: PlaceKind, code: str, line: Line) -> Cell:
    """Names the figure as a link to its own page, filtered on this place."""
    cell = line.cell
    sectors = () if cell.sector_code == ALL else (cell.sector_code,)
    chosen = Selection(sectors=sectors, **{kind: code})  # type: ignore[arg-type]  # a field of it
    title = line.indicator.text(ctx.locale).title
    link = ctx.link(title, ctx.to("indicator", line.indicator.id, chosen))
    parts: tuple[Inline, ...] = (link, Text(f" ({_about(ctx, line)})"))
    return Cell(parts, header=True)


def _value(ctx: Context, line: Line) -> Cell:
    text = Text(ctx.values.short(line.cell), strong=True, cell=line.cell.key)
    return Cell((text,), mark=value_mark(line.cell))


def _sign(sign: KeyItem | None) -> Cell:
    return Cell((Text(sign.text if sign else ""),), mark=sign.mark if sign else None)


def _remark(ctx: Context, kind: PlaceKind, code: str, line: Line) -> str:
    own, cell = own_words(ctx), line.cell
    told = [ctx.values.suppressed(cell)]
    if cell.status in ("provisional", "corrected"):
        told.append(ctx.labels.status(cell.status))
    told.append(told_of_cell(ctx, cell))
    if _place(kind, cell) not in (code, COUNTRY):
        told.append(own(f"profile.former.{kind}", name=_named(ctx, kind, _place(kind, cell))))
    return capital("; ".join(one for one in told if one))
