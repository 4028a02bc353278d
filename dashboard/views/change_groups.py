"""What releases changed, counted: per release, per figure, and in one line of words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.text import number, year_range
from dashboard.views.change import own_words
from dashboard.views.labels import capital
from dashboard.views.selecting import KINDS_OF_CHANGE
from warehouse.changes import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.views.context import Context
    from dashboard.views.data import Row


@dataclass
class Counted:
    """How many cells changed in which way, and the years of those that are new."""

    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    new_years: set[int] = field(default_factory=set)
    final_revised: int = 0
    """How many of those that became final have another value as well."""

    @property
    def total(self) -> int:
        """All changes together."""
        return sum(self.kinds.values())

    def add(self, row: Row) -> None:
        """Count the cells of one row."""
        kind = str(row["kind"])
        self.kinds[kind] += int(row["cells"])
        self.final_revised += int(row["revised"])
        if kind == "new" and row["period_year"] is not None:
            self.new_years.add(int(row["period_year"]))


def wanted(ctx: Context, *, releases: Sequence[str] | None = None) -> Wanted:
    """Returns what is asked of the warehouse for the choices in the address."""
    chosen = ctx.selection
    indicators = None
    if chosen.topics or chosen.indicator:
        indicators = tuple(
            one.id
            for one in ctx.catalogue.indicators.values()
            if (not chosen.topics or one.topic in chosen.topics)
            and chosen.indicator in (None, one.id)
        )
    one = (chosen.release,) if chosen.release else None
    return Wanted(
        examples=chosen.examples,
        indicators=indicators,
        kinds=chosen.kinds,
        years=chosen.years,
        releases=one if releases is None else tuple(releases),
    )


def per_release(rows: Iterable[Row]) -> dict[str, dict[str, Counted]]:
    """Counts per release and indicator; what matters most to a reader comes first."""
    found: dict[str, dict[str, Counted]] = defaultdict(lambda: defaultdict(Counted))
    for row in rows:
        found[str(row["release_id"])][str(row["indicator_id"])].add(row)
    return {
        release: dict(sorted(groups.items(), key=lambda pair: _weight(pair[1])))
        for release, groups in found.items()
    }


def of_other_kind(
    ctx: Context, groups: Mapping[str, object], releases: Iterable[str], *, examples: bool
) -> dict[str, int]:
    """Counts the changes of the other kind, real or invented, where there are none of this one.

    Args:
        ctx: The page.
        groups: The changes of this kind, per release.
        releases: The releases that are told.
        examples: Whether this kind is the invented one.
    """
    ids = tuple(one for one in releases if one not in groups)
    found: dict[str, int] = defaultdict(int)
    if ids:
        for row in ctx.data.change_counts(Wanted(not examples, releases=ids)):
            found[str(row["release_id"])] += int(row["cells"])
    return found


def _weight(counted: Counted) -> tuple[int, int]:
    """Sorts what is revised before what only came, and much before little."""
    revised = counted.total - counted.kinds.get("new", 0)
    return (0 if revised else 1, -counted.total)


def together(groups: Iterable[Counted]) -> Counted:
    """Adds up the counts of several figures."""
    whole = Counted()
    for one in groups:
        for kind, cells in one.kinds.items():
            whole.kinds[kind] += cells
        whole.new_years |= one.new_years
        whole.final_revised += one.final_revised
    return whole


def summary(ctx: Context, counted: Counted) -> str:
    """Writes counts as one line, e.g. "3 cijfers herzien. 2024 toegevoegd: 340 cijfers"."""
    own = own_words(ctx)
    told = []
    for kind in KINDS_OF_CHANGE:
        cells = counted.kinds.get(kind, 0)
        if not cells:
            continue
        count = number(cells, ctx.locale)
        if kind == "new" and counted.new_years:
            years = year_range(min(counted.new_years), max(counted.new_years))
            told.append(own.count("count.years", cells, count=count, years=years))
        else:
            text = own.count(f"count.{kind}", cells, count=count)
            if kind == "final" and counted.final_revised:
                revised = number(counted.final_revised, ctx.locale)
                text += own("count.final_revised", count=revised)
            told.append(text)
    return ". ".join(capital(text) for text in told)
