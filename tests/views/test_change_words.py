"""A change in words: the right unit, the right way, and no more than may be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.addresses import Address
from dashboard.site import Site
from dashboard.views.cells import ValueCell
from dashboard.views.change import Change, about, difference, new_text, old_text, size_text
from dashboard.views.change_groups import per_release, summary
from dashboard.views.change_reasons import accepted_text, different_text
from dashboard.views.context import Context
from tests.views.reading import context_of
from warehouse.manifest import Reasons
from warehouse.stories import ReleaseStory

STORY = ReleaseStory(
    "r2", "2026-04-03T08:12:30+00:00", is_served=True, previous_release_id="r1", is_told=True
)


@pytest.fixture
def ctx(site: Site) -> Context:
    return context_of(site, Address("nl", "changes"))


@pytest.fixture
def cell(ctx: Context) -> ValueCell:
    """The index of labour costs of 2001: 5.67 percent."""
    return next(
        one
        for one in ctx.data.cells("price_index")
        if (one.category, one.period_year) == ("ova", 2001)
    )


def _change(old: ValueCell, new: ValueCell, kind: str = "changed") -> Change:
    return Change("r2", kind, new, old)


@pytest.mark.parametrize(
    ("unit", "old", "new", "decimals", "told"),
    [
        ("percent", 5.67, 5.76, 2, "0,09 procentpunt hoger"),
        ("percent", 10.0, 9.0, 0, "1 procentpunt lager"),
        ("weeks", 12.0, 13.0, 0, "1\N{NO-BREAK SPACE}week hoger"),
        ("eur_million", 1200.0, 900.0, 0, "300\N{NO-BREAK SPACE}miljoen euro lager"),
        ("count", 1200.0, 2400.0, 0, "1.200 hoger"),
        ("percent", 5.67, 5.67, 2, "geen"),
        ("year", 2020.0, 2021.0, 0, ""),
    ],
)
def test_the_size_is_in_the_unit_that_a_reader_counts_in(
    ctx: Context, cell: ValueCell, unit: str, old: float, new: float, decimals: int, told: str
) -> None:
    before = replace(cell, unit=unit, value=old, decimals=decimals)
    assert size_text(ctx, _change(before, replace(before, value=new))) == told


def test_no_size_where_units_or_kinds_differ(ctx: Context, cell: ValueCell) -> None:
    bound = replace(cell, value=None, value_low=6.0, qualifier="more_than")
    for old, new in ((cell, bound), (cell, replace(cell, unit="weeks")), (bound, cell)):
        assert difference(_change(old, new)) is None
        assert size_text(ctx, _change(old, new)) == ""


def test_a_difference_below_the_rounding_says_so(ctx: Context, cell: ValueCell) -> None:
    computed = replace(cell, evidence="survey", decimals=0, value=41.2)
    change = _change(computed, replace(computed, value=41.3))
    assert size_text(ctx, change) == "minder dan de afronding"


def test_what_is_hidden_now_does_not_say_what_it_was(ctx: Context, cell: ValueCell) -> None:
    hidden = replace(cell, value=None, status="suppressed", suppression="few")
    change = Change("r2", "hidden", hidden, hidden)
    assert (old_text(ctx, change), new_text(ctx, change)) == (
        "was te zien, nu niet meer",
        "afgeschermd",
    )


def test_words_that_are_gone_leave_the_codes(ctx: Context, cell: ValueCell) -> None:
    strange = replace(cell, category="vanished_category", indicator_id="vanished")
    assert about(ctx, Change("r2", "gone", strange, cell)) == "Vanished_category, 2001"


def test_many_new_figures_are_one_line(ctx: Context) -> None:
    counted = [
        ("a", "new", 2024, 340, 0), ("a", "hidden", 2023, 2, 0), ("b", "final", 2023, 1, 0),
        ("c", "final", 2023, 935, 12),
    ]  # fmt: skip
    columns = ("indicator_id", "kind", "period_year", "cells", "revised")
    rows = [{"release_id": "r2"} | dict(zip(columns, one, strict=True)) for one in counted]
    groups = per_release(rows)["r2"]
    assert set(groups) == {"a", "b", "c"}
    assert summary(ctx, groups["a"]) == "2024 toegevoegd: 340 cijfers. 2 cijfers nu afgeschermd"
    assert summary(ctx, groups["b"]) == "1 cijfer nu definitief"
    assert (
        summary(ctx, groups["c"]) == "935 cijfers nu definitief, waarvan 12 met een andere waarde"
    )


def test_files_are_told_by_source_and_findings_in_words(ctx: Context) -> None:
    reasons = Reasons(
        kind="compared",
        new=("nza_price_index/2026/a.csv",),
        gone=("strange",),
        settings=("x",),
        parts=("program",),
    )
    told = different_text(ctx, replace(STORY, reasons=reasons))
    assert "Nieuw bestand: " in told
    assert "(2026)" in told
    assert ".csv" not in told
    assert "Vervallen bestand: strange." in told
    assert told.endswith("Ook anders: het programma.")
    accepted = ("rows_missing:vektis/2024/secret.csv", "rows_missing:b.csv", "something_new:c.csv")
    story = replace(STORY, accepted=accepted)
    assert accepted_text(ctx, story) == "veel minder regels dan eerder, something_new"
    assert "secret.csv" in accepted_text(replace(ctx, edition="staff"), story)


def test_a_file_that_was_invented_says_so_also_when_it_is_gone(ctx: Context) -> None:
    """What is served now no longer has the files of a release that was taken back."""
    reasons = Reasons("compared", new=("provider_survey/2031/wave.csv",))
    story = replace(STORY, reasons=reasons)
    mark = ctx.words("example.delivery")
    assert mark not in different_text(ctx, story), "what is served now does not have it"
    invented = replace(story, invented=frozenset({"provider_survey/2031"}))
    assert different_text(ctx, invented).count(mark) == 1
    more = ("provider_survey/2030/a.csv", *reasons.new)
    real_too = replace(invented, reasons=replace(reasons, new=more))
    told = different_text(ctx, real_too)
    assert told.count(mark) == 1
    assert "(2030), " in told, "real and invented are named apart"


def test_a_real_file_in_the_place_of_an_invented_one_is_not_called_invented(ctx: Context) -> None:
    """Also where what is served now has invented files of that period."""
    period = next(
        f"{row['source_id']}/{row['period']}" for row in ctx.data.deliveries() if row["is_invented"]
    )
    reasons = Reasons("compared", new=(f"{period}/real.csv",), gone=(f"{period}/invented.csv",))
    story = replace(
        STORY, reasons=reasons, invented=frozenset(), invented_before=frozenset({period})
    )
    mark = ctx.words("example.delivery")
    new, gone = different_text(ctx, story).split("Vervallen bestand")
    assert mark not in new
    assert mark in gone
    unknown = replace(story, invented=None, invented_before=None)
    assert different_text(ctx, unknown).count(mark) == 2, "nobody wrote down what was invented"
