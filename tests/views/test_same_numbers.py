"""Chart, table, text alternative and CSV of every indicator carry the same numbers."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard.addresses import Address, Selection
from dashboard.site import Site
from dashboard.text import number
from dashboard.views.blocks import Chart, EmptyState
from dashboard.views.cells import ValueCell, cells_of
from tests.views.reading import charts_of, numbers_of, parts_of, strings_of
from warehouse.catalogue import load_catalogue

OTHER_BASE = "not_fully_indexed, respondents_who_knew"
"""A view of an indicator whose answers are given on a second base as well."""
INDICATORS = [
    # What is computed has pages of its own kind: tests/views/test_computed.py.
    *sorted(one.id for one in load_catalogue().indicators.values() if not one.breakdowns),
    OTHER_BASE,
]
FIRST_BASE = {"not_fully_indexed": "respondents"}


def _address(view: str, locale: str, form: str = "page") -> Address:
    indicator, _, base = view.partition(", ")
    chosen = Selection(base=base or None)
    return Address(locale, "indicator", indicator, chosen, form=form)  # type: ignore[arg-type]


def _chart(site: Site, view: str, locale: str = "nl") -> Chart:
    page = site.page(_address(view, locale))
    return next(chart for chart in charts_of(page) if chart.id == view.partition(", ")[0])


def _rows(site: Site, view: str, locale: str = "nl") -> list[dict[str, str]]:
    text = site.table_csv(_address(view, locale, "csv"))
    return list(csv.DictReader(io.StringIO(text)))


def _cells(site: Site, view: str) -> list[ValueCell]:
    indicator, _, base = view.partition(", ")
    cells = cells_of(site._model.indicator_values(indicator))
    shown = base or FIRST_BASE.get(indicator)
    return [cell for cell in cells if shown in (None, cell.base)]


def test_the_bases_of_an_indicator_together_hold_all_its_cells(site: Site) -> None:
    every = cells_of(site._model.indicator_values("not_fully_indexed"))
    views = [view for view in INDICATORS if view.startswith("not_fully_indexed")]
    assert sum(len(_rows(site, view)) for view in views) == len(every)


def test_no_chart_sets_the_same_answer_on_two_bases(site: Site) -> None:
    chart = _chart(site, "not_fully_indexed")
    assert [(link.text, link.current) for link in chart.base_links] == [
        ("van de deelnemers", True),
        ("van de deelnemers die het wisten", False),
    ]
    assert "wisten" not in chart.subtitle
    other = _chart(site, OTHER_BASE)
    assert [link.current for link in other.base_links] == [False, True]
    assert other.base_links[0].href == "/nl/indicator/not-fully-indexed"
    assert _chart(site, "stops_reported").base_links == ()


def test_a_key_explains_only_the_marks_that_are_drawn(site: Site) -> None:
    def marks(view: str) -> list[str]:
        return [item.mark for item in _chart(site, view).key]

    assert marks("not_fully_indexed") == []
    assert marks("stops_after_ceiling") == []
    assert marks("stops_reported") == []
    assert marks("providers_with_stop") == ["interval"]
    assert marks("uncontracted_share_costs") == ["bound_low", "statement", "break"]
    assert marks("price_index") == ["provisional", "superseded"]


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_csv_holds_every_cell_as_the_warehouse_has_it(site: Site, indicator: str) -> None:
    rows, cells = _rows(site, indicator), _cells(site, indicator)
    assert len(rows) == len(cells) > 0
    for row, cell in zip(rows, cells, strict=True):
        for name in ("value", "value_low", "value_high", "n_observed", "ci_low", "ci_high"):
            given = getattr(cell, name)
            assert (float(row[name]) if row[name] else None) == given, (name, row)
        for name in ("qualifier", "status", "base", "locator", "document_id", "source_id"):
            assert row[name] == getattr(cell, name)
        assert row["caveats"] == ";".join(cell.caveats)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_table_tells_the_values_of_the_csv(site: Site, indicator: str) -> None:
    chart, rows = _chart(site, indicator), _rows(site, indicator)
    if chart.events:
        # An event counts as one; a column of ones would tell nothing.
        assert "Waarde" not in chart.table.columns
        assert len(chart.table.rows) == len(rows) == len(chart.events.items)
        return
    column = chart.table.columns.index("Waarde")
    told = sorted("".join(p.text for p in row[column].parts) for row in chart.table.rows)
    drawn = sorted(row["value_label"] for row in rows if row["status"] != "not_in_text")
    assert told == drawn


@pytest.mark.parametrize("indicator", INDICATORS)
def test_bare_numbers_and_words_of_the_csv_agree(site: Site, indicator: str) -> None:
    for row in _rows(site, indicator):
        if not row["value"] or row["numerator"] or " " in row["value_label"].rstrip("% "):
            continue
        decimals = int(row["decimals"])
        value = float(row["value"])
        shown = number(value, "nl", decimals if round(value, decimals) == value else None)
        assert row["value_label"].startswith(shown), row


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_picture_shows_the_values_of_the_table(site: Site, indicator: str) -> None:
    chart = _chart(site, indicator)
    numbered = [cell for cell in _cells(site, indicator) if cell.has_number]
    rows = {row["figure_ids"]: row for row in _rows(site, indicator)}
    if chart.figure is None:
        assert chart.tiles or chart.events or chart.voices
        return
    texts = [" ".join(text.split()) for text in strings_of(chart.figure)]
    everything = " | ".join(texts)
    drawn = set(numbers_of(chart.figure["data"]))
    for cell in numbered:
        label = " ".join(rows[";".join(cell.figure_ids)]["value_label"].split())
        counted = number(cell.numerator, "nl") if cell.numerator is not None else label
        written = label in everything or f"{counted} " in everything
        ends = {end for end in (cell.value, cell.value_low, cell.value_high) if end is not None}
        assert written or ends <= drawn, (label, everything[:2000])


@pytest.mark.parametrize("locale", ["nl", "en"])
@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_chart_has_headline_alternative_source_and_csv(
    site: Site, indicator: str, locale: str
) -> None:
    chart = _chart(site, indicator, locale)
    assert chart.headline
    assert chart.headline == "".join(part.text for part in chart.headline_parts)
    assert "{" not in chart.headline + chart.alt + chart.subtitle
    assert chart.title in chart.alt
    assert chart.table.rows
    assert chart.sources
    assert all(source.locator for source in chart.sources)
    assert chart.csv is not None
    assert chart.cite


@pytest.mark.parametrize("indicator", INDICATORS)
def test_each_number_of_a_headline_is_that_of_its_cell(site: Site, indicator: str) -> None:
    chart, rows = _chart(site, indicator), {}
    cells = {cell.key: cell for cell in _cells(site, indicator)}
    for cell, row in zip(_cells(site, indicator), _rows(site, indicator), strict=True):
        rows[cell.key] = row
    for part in chart.headline_parts:
        if getattr(part, "strong", False):
            key = part.cell  # type: ignore[union-attr]
            assert key in cells, part
            numbers = {
                number(value, "nl")
                for value in (cells[key].numerator, cells[key].n_observed, cells[key].value_low)
                if value is not None
            }
            assert part.text == rows[key]["value_label"] or part.text in numbers


def test_what_is_only_an_image_is_said_and_not_drawn(site: Site) -> None:
    page = site.page(Address("nl", "indicator", "uncontracted_share_costs"))
    states = [part for part in parts_of(page.blocks) if isinstance(part, EmptyState)]
    assert [state.mark for state in states] == ["image"]
    assert "Figuur 2" in " ".join(
        part.text for paragraph in states[0].text for part in paragraph.parts
    )


def test_a_selection_narrows_chart_table_and_csv_alike(site: Site) -> None:
    chosen = Selection(sectors=("wijkverpleging",), years=(2018, 2019))
    address = Address("nl", "indicator", "uncontracted_share_costs", chosen)
    chart = next(c for c in charts_of(site.page(address)) if c.id == "uncontracted_share_costs")
    assert len(chart.table.rows) == 2
    assert chart.csv is not None
    path, _, query = chart.csv.href.partition("?")
    text = site.table_csv(site.addresses.parse(path, query))
    rows = [r for r in csv.DictReader(io.StringIO(text)) if r["status"] != "not_in_text"]
    assert [(row["period_year"], row["value"]) for row in rows] == [("2018", "9"), ("2019", "5.7")]


@pytest.mark.parametrize(
    ("locale", "words"), [("nl", "37 contracten met een stop"), ("en", "37 contracts with a stop")]
)
def test_several_units_are_told_in_the_plural(site: Site, locale: str, words: str) -> None:
    chart = _chart(site, "stops_after_ceiling", locale)
    assert words in [" ".join(text.split()) for text in strings_of(chart.figure)]
