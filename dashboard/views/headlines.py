"""Computed headlines: a sentence of the catalogue filled from the cells that are shown.

A sentence is only used when its own cells are in the selection. Otherwise a plain sentence
says the newest value of what is shown. Words of change are used within one comparable
group only, and never where the margins of two survey values overlap.
"""

from __future__ import annotations

import string
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.views.blocks import Inline, Text
from dashboard.views.cells import ValueCell, distinct, newest_first
from dashboard.views.cubes import breaks_down, is_cube, is_example, is_unbroken, most_specific
from dashboard.views.headline_fillings import FILLINGS, Filling, covers, filling_of
from dashboard.views.labels import ALL, COUNTRY, capital
from dashboard.views.provisional import period_told, status_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator

_RELAXED = {
    "sector_code": "sector",
    "insurer_code": "insurer",
    "region_code": "region",
    "provider_group": "provider_group",
    "category": "category",
    "base": "base",
}
"""Columns of `where` that may take another value, because the sentence names the value."""

_STRONG = frozenset({"value", "previous_value", "numerator", "n", "low", "high"})
_OUT_OF_DATE = frozenset({"superseded"})


@dataclass(frozen=True)
class Headline:
    """A sentence, its parts with the cell behind each number, and the cells used."""

    parts: tuple[Inline, ...]
    cells: tuple[ValueCell, ...]
    own: bool
    """Whether it is the sentence of the catalogue; else the plain one, or the empty one."""

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)


def headline(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Headline:
    """Makes the headline of an indicator for the cells that are shown.

    Of invented data it says so first, wherever the sentence goes.
    """
    made = _headline(ctx, indicator, cells)
    if not is_example(cells):
        return made
    first, *rest = made.parts
    opened = replace(first, text=within(first.text, ctx)) if isinstance(first, Text) else first
    parts = (Text(f"{ctx.words('example.sentence')} "), opened, *rest)
    return replace(made, parts=parts)


def _headline(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Headline:
    if is_cube(indicator) and breaks_down(ctx.selection):
        # The sentence of the catalogue is about the whole; the reader asked for a part.
        return plain_headline(ctx, indicator, _led(indicator, most_specific(cells)))
    template = indicator.text(ctx.locale).headline
    current = [cell for cell in cells if cell.status not in _OUT_OF_DATE]
    fill = FILLINGS[indicator.headline.kind]
    if indicator.chart == "voices" and len(cells) < len(ctx.cells(indicator)):
        # The sentence is about all voices together; with one of them gone it may be untrue.
        return plain_headline(ctx, indicator, cells)
    for wanted in _candidates(indicator, template, current):
        filling = fill(ctx, wanted)
        if filling is not None and covers(template, filling):
            return Headline(_parts(ctx, template, filling), filling.used, own=True)
    return plain_headline(ctx, indicator, cells)


def _led(indicator: Indicator, cells: Sequence[ValueCell]) -> Sequence[ValueCell]:
    """Returns the cells of the answer that the sentence of the catalogue is about, if any."""
    wanted = indicator.headline.where.get("category")
    own = [cell for cell in cells if cell.category == wanted]
    return own if any(cell.has_number for cell in own) else cells


def plain_headline(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> Headline:
    """Makes the plain sentence: the newest value of what is shown, or that there is none."""
    shown = [cell for cell in cells if cell.has_number and cell.status not in _OUT_OF_DATE]
    words = indicator.text(ctx.locale)
    if not shown:
        return Headline((Text(_without_number(ctx, indicator, cells)),), (), own=False)
    cell = newest_first(shown)[0]
    filling = filling_of(ctx, cell)
    about = about_cell(ctx, cell, ctx.cells(indicator))
    template = ctx.words.raw("headline.plain_about" if about else "headline.plain")
    # A title may be a question; what follows it is its answer.
    title = words.title.removesuffix("?")
    # The brackets of the period say it, so that no brackets follow upon brackets.
    filling.values.update(title=title, about=about, period=period_told(ctx, (cell,)))
    return Headline(_parts(ctx, template, filling, status=False), (cell,), own=False)


def _without_number(ctx: Context, indicator: Indicator, cells: Sequence[ValueCell]) -> str:
    """Says that there is no figure, or that there is one that may not be shown."""
    words = indicator.text(ctx.locale)
    hidden = [cell for cell in cells if cell.kind == "suppressed"]
    if not hidden:
        return capital(words.headline_empty)
    newest = newest_first(hidden)[0]
    if len(distinct(cell.category for cell in hidden)) > 1:
        # One of several hidden answers is not what the reader asked for.
        newest = replace(newest, category=ALL)
    about = about_cell(ctx, newest, ctx.cells(indicator))
    parts = [part for part in (about, ctx.values.years(hidden)) if part]
    title = words.title.removesuffix("?")
    return ctx.words("headline.suppressed", title=title, about=", ".join(parts))


def about_cell(ctx: Context, cell: ValueCell, among: Sequence[ValueCell]) -> str:
    """Names what sets a cell apart among others: its sector, insurer, answer and so on."""
    labels = ctx.labels
    named: list[str] = []
    if cell.insurer_code != ALL:
        named.append(labels.insurer(cell.insurer_code))
    if cell.region_code != COUNTRY:
        named.append(labels.region(cell.region_code))
    if cell.is_computed and is_unbroken(cell) and not all(is_unbroken(one) for one in among):
        named.append(ctx.words("chart.unbroken"))
    if cell.sector_code != ALL:
        named.append(within(labels.sector_short(cell.sector_code), ctx))
    if cell.provider_group != ALL:
        named.append(labels.provider_group(cell.provider_group))
    if cell.category != ALL and len(distinct(one.category for one in among)) > 1:
        category = labels.category(cell.category)
        # A term of "2 jaar" in the bucket "2 jaar" says the same thing twice.
        if category.casefold() != ctx.values.short(cell).replace("\N{NO-BREAK SPACE}", " "):
            named.append(category)
    if cell.voice and len(distinct(one.voice for one in among)) > 1:
        named.append(ctx.words(f"voice.{cell.voice}"))
    return ", ".join(named)


def within(text: str, ctx: Context) -> str:
    """Writes a label as it stands within a sentence: no capital, unless it is a name."""
    first = text.split(" ", 1)[0]
    keeps = ctx.words("sentence.keep_capital").split()
    if first.strip(",.:") in keeps or first[1:2].isupper():
        return text
    return text[:1].lower() + text[1:]


def _candidates(
    indicator: Indicator, template: str, cells: Sequence[ValueCell]
) -> list[list[ValueCell]]:
    """Returns the cells the sentence is about, and else others that it can name as well."""
    where = {key: str(value) for key, value in indicator.headline.where.items()}
    exact = [cell for cell in cells if _matches(cell, where)]
    if exact:
        return [exact]
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    fixed = {key: value for key, value in where.items() if _RELAXED.get(key) not in names}
    free = [key for key in where if key not in fixed]
    if not free:
        return []
    others = [cell for cell in cells if _matches(cell, fixed)]
    groups = distinct(str([getattr(cell, key) for key in free]) for cell in others)
    return [
        [cell for cell in others if str([getattr(cell, key) for key in free]) == group]
        for group in groups
    ]


def _matches(cell: ValueCell, where: dict[str, str]) -> bool:
    return all(str(getattr(cell, key)) == value for key, value in where.items())


def _parts(
    ctx: Context, template: str, filling: Filling, *, status: bool = True
) -> tuple[Inline, ...]:
    """Fills a sentence, keeping each number apart with the cell it came from.

    After the last number of a cell it says whether that is provisional, unless `status` is no.
    """
    parts: list[Text] = []
    pieces = list(string.Formatter().parse(template))
    # A count and its total are of one cell, which is told of once.
    last = {filling.cells[name].key: name for _, name, _, _ in pieces if name in _STRONG}
    for literal, name, _, _ in pieces:
        if literal:
            parts.append(Text(literal))
        if name:
            cell = filling.cells.get(name)
            value = filling.values[name]
            text = within(value, ctx) if name in ("sector", "category") else value
            parts.append(
                Text(text, strong=name in _STRONG, cell=cell.key if cell is not None else None)
            )
            if status and cell is not None and last.get(cell.key) == name:
                parts += [Text(told)] if (told := status_told(ctx, cell)) else []
    if parts:
        parts[0] = replace(parts[0], text=capital(parts[0].text))
    return tuple(parts)
