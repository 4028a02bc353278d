"""Nothing that the site says or draws goes over a rule, a change in funding or another break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.addresses import Address, Selection
from dashboard.site import Site
from dashboard.views.blocks import Chart
from dashboard.views.cells import ValueCell
from dashboard.views.changes import _successor
from dashboard.views.headlines import headline
from dashboard.views.shown import shown_cells
from tests.views.reading import charts_of, context_of
from warehouse.read_model import ReadModel

if TYPE_CHECKING:
    from dashboard.views.context import Context
    from warehouse.catalogue.schema import Indicator


def broken(site: Site) -> list[Indicator]:
    found = [one for one in site.catalogue.indicators.values() if one.breaks]
    assert any(cut.event for one in found for cut in one.breaks)
    return found


def contexts(site: Site, indicator: Indicator) -> Iterator[Context]:
    """The pages of an indicator: printed and invented figures, all sectors and each alone."""
    for examples in (False, True):
        for sector in (None, *site.catalogue.sectors):
            sectors = () if sector is None else (sector,)
            selection = Selection(examples=examples, sectors=sectors)
            yield context_of(site, Address("nl", "indicator", indicator.id, selection))


def crossed(indicator: Indicator, cells: Sequence[ValueCell]) -> list[str]:
    """The breaks that lie between cells."""
    return [
        cut.nl
        for cut in indicator.breaks
        for one in cells
        for other in cells
        if one.period_year is not None
        and other.period_year is not None
        and one.period_year <= cut.after < other.period_year
        and (not cut.sectors or {one.sector_code, other.sector_code} <= set(cut.sectors))
    ]


def test_no_headline_compares_over_a_break(site: Site) -> None:
    seen = 0
    for indicator in broken(site):
        for ctx in contexts(site, indicator):
            cells = shown_cells(ctx, indicator)
            if not cells:
                continue
            told = headline(ctx, indicator, cells)
            seen += 1
            assert not crossed(indicator, told.cells), (indicator.id, told.text)
    assert seen > 10


def test_no_line_joins_points_over_a_break(site: Site) -> None:
    drawn = 0
    for indicator in broken(site):
        for ctx in contexts(site, indicator):
            cells = {cell.sector_code for cell in shown_cells(ctx, indicator)}
            for chart in charts_of(site.page(ctx.address)):
                for x0, x1 in _strokes(chart):
                    drawn += 1
                    for cut in indicator.breaks:
                        if not cut.sectors or cells <= set(cut.sectors):
                            assert not x0 <= cut.after < x1, (indicator.id, cut.nl)
    assert drawn > 10


def _strokes(chart: Chart) -> Iterator[tuple[float, float]]:
    for trace in (chart.figure or {"data": []})["data"]:
        if trace.get("mode") == "lines":
            for left, right in pairwise(trace["x"]):
                if left is not None and right is not None:
                    yield left, right


@pytest.mark.parametrize("edition", ["public", "staff"])
def test_no_trend_and_no_comparison_crosses_a_break(read_releases: Path, edition: str) -> None:
    release = ReadModel(read_releases, edition=edition)
    trends = release.rows(
        """
        select t.indicator_id, t.sector_code, t.first_year, t.last_year
        from published.trend as t
        inner join published.break as b on t.indicator_id = b.indicator_id
        where
            t.verdict <> 'undetermined'
            and (len(b.sectors) = 0 or list_contains(b.sectors, t.sector_code))
            and t.first_year <= b.after and t.last_year > b.after
        """
    )
    assert trends == []
    # A part is compared with the whole of its own year and sector, so nothing lies between.
    wholes = release.rows(
        """
        select distinct c.indicator_id
        from published.indicator_value as c
        where c.comparison_value is not null and not exists (
            select 1 from published.indicator_value as w
            where
                w.indicator_id = c.indicator_id and w.sector_code = c.sector_code
                and w.period_year = c.period_year and w.category = c.category
                and w.base = c.base and w.evidence = c.evidence
                and w.insurer_code = 'all' and w.region_code = 'NL'
                and w.provider_group = 'all' and w.value = c.comparison_value
        )
        """
    )
    assert wholes == []


def test_a_replaced_value_is_one_of_the_same_year(site: Site) -> None:
    for indicator in site.catalogue.indicators.values():
        cells = context_of(site, Address("nl", "overview")).data.cells(indicator.id)
        for old in cells:
            new = _successor(old, cells) if old.status == "superseded" else None
            assert new is None or new.period_year == old.period_year


def test_a_revision_is_one_of_the_same_cell(read_releases: Path) -> None:
    release = ReadModel(read_releases)
    names = {row["column_name"] for row in release.rows("describe published.revision")}
    assert "cell_id" in names, "a cell names its year, so no revision lies over a break"


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_chart_with_years_names_what_changed_in_them(site: Site, locale: str) -> None:
    address = Address(locale, "indicator", "uncontracted_share_costs")  # type: ignore[arg-type]  # parametrized
    (chart,) = charts_of(site.page(address))
    assert chart.dated is not None
    letters = [item.letter for item in chart.dated.items]
    assert letters == list("ABCDEFGHIJ"[: len(letters)])
    for figure in (chart.figure, chart.figure_narrow):
        assert figure is not None
        drawn = [
            one["text"] for one in figure["layout"]["annotations"] if one.get("name") == "event"
        ]
        assert drawn == letters
    (breaking,) = [item for item in chart.dated.items if item.breaks]
    assert "zorgprestatiemodel" in breaking.text.casefold()
    for item in chart.dated.items:
        assert item.text.split(". ")[0] in chart.alt
    assert chart.dated.more.href.endswith("#events")


def test_the_table_and_the_file_name_the_event_of_a_year(site: Site) -> None:
    address = Address("nl", "indicator", "uncontracted_share_costs")
    (chart,) = charts_of(site.page(address))
    assert "In dit jaar" in chart.table.columns
    told = site.table_csv(address)
    assert "Experiment bekostiging wijkverpleging (2016 tot en met 2022)" in told
    assert "Hoofdlijnenakkoord 2019-2022" in told


def test_the_method_page_lists_every_event_with_its_source(site: Site) -> None:
    page = str(site.page(Address("nl", "method")))
    for event in site.catalogue.events.values():
        assert event.title.nl in page
        for source in event.sources:
            assert source.locator in page
        if event.doubt is not None:
            assert event.doubt.nl in page
