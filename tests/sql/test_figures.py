"""Every printed figure arrives unchanged: the real build against the files it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from tests.conftest import PROJECT

DELIVERIES = PROJECT / "etl" / "deliveries"
NUMBERS = ("value", "n", "numerator")
WORDS = (
    "document_id", "locator", "population", "breakdown_dimension", "breakdown_value",
    "breakdown2_dimension", "breakdown2_value", "measure", "unit", "qualifier", "caveat",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(shipped_releases: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    file = shipped_releases / "current" / "public.duckdb"
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set search_path = 'published'")
        yield connection


def read(*patterns: str) -> pd.DataFrame:
    files = sorted(file for pattern in patterns for file in DELIVERIES.glob(pattern))
    frames = [pd.read_csv(file, dtype=str, keep_default_na=False) for file in files]
    return pd.concat(frames, ignore_index=True).set_index("figure_id")


def figures(published: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    return published.execute("select * from source_figure").df().set_index("figure_id")


def one(published: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> tuple[object, ...]:
    rows = published.execute(sql, list(parameters)).fetchall()
    assert len(rows) == 1, rows
    return tuple(rows[0])


def assert_same(arrived: pd.DataFrame, source: pd.DataFrame, renamed: dict[str, str]) -> None:
    assert sorted(arrived.index) == sorted(source.index)
    arrived = arrived.loc[source.index]
    for name in WORDS:
        left = arrived[name].astype(object).where(arrived[name].notna(), "")
        assert left.tolist() == source[renamed.get(name, name)].tolist(), name
    for name in NUMBERS:
        right = pd.to_numeric(source[name].replace("", None))
        assert arrived[name].isna().tolist() == right.isna().tolist(), name
        assert arrived[name].dropna().tolist() == right.dropna().tolist(), name


@pytest.mark.parametrize("source_id", ["published_figures", "external_figures"])
def test_every_column_equals_the_delivery(
    published: duckdb.DuckDBPyConnection, source_id: str
) -> None:
    source = read(f"{source_id}/*/*.csv")
    if "withheld_because" in source:
        source = source[source["withheld_because"] == ""]
    arrived = figures(published)
    arrived = arrived[arrived["source_id"] == source_id]
    assert_same(arrived, source, {})
    assert arrived["period"].fillna("").loc[source.index].tolist() == source["year"].tolist()
    assert arrived["subtopic"].loc[source.index].tolist() == source["topic"].tolist()
    assert arrived["source_sector"].loc[source.index].tolist() == source["sector"].tolist()


def test_the_figures_handed_over_all_arrive(
    published: duckdb.DuckDBPyConnection, published_source: Path
) -> None:
    handed = pd.read_csv(published_source, dtype=str, keep_default_na=False).set_index("figure_id")
    arrived = figures(published)
    arrived = arrived[arrived["source_id"] == "published_figures"]
    assert len(handed) == len(arrived) == 1049
    for name in (*WORDS[1:], *NUMBERS):
        left, right = arrived[name].loc[handed.index], handed[name]
        if name in NUMBERS:
            assert left.fillna(-1).tolist() == pd.to_numeric(right).fillna(-1).tolist(), name
        else:
            assert left.astype(object).where(left.notna(), "").tolist() == right.tolist(), name


def test_rows_without_a_value_say_why(published: duckdb.DuckDBPyConnection) -> None:
    counts = published.execute(
        "select status, count(*) from source_figure"
        " where source_id = 'published_figures' and value is null group by status order by status"
    ).fetchall()
    assert counts == [("not_applicable", 7), ("not_in_text", 24)]


def test_sectors_and_provider_groups_are_told_apart(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select distinct source_sector, sector_code, provider_group from source_figure"
        " where source_sector in ('ggz_instellingen', 'ggz_vrijgevestigd', 'Wlz',"
        " 'huisartsenzorg_multidisciplinaire_zorg') order by 1, 2, 3"
    ).fetchall()
    combined = "huisartsenzorg_en_multidisciplinair"
    assert ("ggz_instellingen", "ggz", "instelling") in rows
    assert ("ggz_vrijgevestigd", "ggz", "vrijgevestigd") in rows
    assert ("Wlz", "wlz", "all") in rows
    assert {row[1] for row in rows if str(row[0]).startswith("huisartsenzorg_")} == {combined}


def test_the_printed_error_stays_with_its_correction(published: duckdb.DuckDBPyConnection) -> None:
    figure = "ha2019-annex-transparent-nee-alle-aanbieders-cnt"
    value, correction, meant = one(
        published,
        "select value, correction_id, correction_should_be from source_figure where figure_id = ?",
        figure,
    )
    assert (value, meant) == (245.0, "254")
    reason = one(published, "select reason_nl from correction where correction_id = ?", correction)[
        0
    ]
    assert "254/451" in str(reason)


def test_withheld_figures_are_listed_with_a_reason_and_no_value(
    published: duckdb.DuckDBPyConnection,
) -> None:
    frame = published.execute("select * from withheld_figure").df()
    assert len(frame) == 5
    assert "value" not in frame.columns
    assert frame["reason_nl"].str.len().min() > 10
    assert not set(frame["figure_id"]) & set(figures(published).index)


def test_letters_of_insurers_never_become_insurers(published: duckdb.DuckDBPyConnection) -> None:
    assert one(
        published,
        "select count(*) filter (where insurer_code <> 'all'), count(*) > 150 from source_figure"
        " where breakdown_dimension = 'insurer_pseudonym'",
    ) == (0, True)
    codes = {row[0] for row in published.execute("select code from insurer").fetchall()}
    assert not codes & set("abcdefABCDEF")


def test_a_repeat_is_linked_and_not_counted_twice(published: duckdb.DuckDBPyConnection) -> None:
    repeated = one(
        published,
        "select repeats_figure_id, repeat_kind from source_figure where figure_id = ?",
        "wv2021-clientstop-duration-high",
    )
    assert repeated == ("wv2021-clientstop-duration-low", "range_end")
    assert one(
        published,
        "select count(*) from indicator_value as v inner join source_figure as f"
        " on v.figure_ids[1] = f.figure_id where f.repeats_figure_id is not null",
    ) == (0,)


def test_a_range_is_one_cell_with_two_ends(published: duckdb.DuckDBPyConnection) -> None:
    row = one(
        published,
        "select value, value_low, value_high, qualifier from indicator_value"
        " where indicator_id = 'lead_times' and list_contains(figure_ids, ?)",
        "wv2021-clientstop-duration-low",
    )
    assert row == (None, 1.0, 3.0, "range")


def test_the_share_of_uncontracted_district_nursing(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select period_year, value, base, list_contains(caveats, 'secondary_source')"
        " from indicator_value where indicator_id = 'uncontracted_share_costs'"
        " and sector_code = 'wijkverpleging' and base = 'costs' and value is not null"
        " order by period_year"
    ).fetchall()
    assert rows == [
        (2017, 7.2, "costs", True),
        (2018, 9.0, "costs", True),
        (2019, 5.7, "costs", True),
    ]


def test_a_bound_keeps_the_words_of_the_source(published: duckdb.DuckDBPyConnection) -> None:
    row = one(
        published,
        "select value, value_low, qualifier, label_nl, label_en from indicator_value"
        " where indicator_id = 'uncontracted_share_costs' and list_contains(figure_ids, ?)",
        "ext-wv-uncontracted-share-2024-zn",
    )
    assert row == (None, 6.0, "more_than", "ruim 6%", "over 6%")


def test_stops_after_a_reached_ceiling(published: duckdb.DuckDBPyConnection) -> None:
    row = one(
        published,
        "select value, numerator, denominator, n_unit, base, round(ci_low), round(ci_high)"
        " from indicator_value where indicator_id = 'stops_after_ceiling'",
    )
    assert row == (43.0, 37.0, 87.0, "contracts", "contracts_at_ceiling", 33.0, 53.0)


def test_a_replaced_price_index_stays_visible(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select value, status from source_figure where measure_code = 'price_index_material'"
        " and period = '2023' order by value"
    ).fetchall()
    assert rows == [(7.02, "corrected"), (9.99, "superseded")]


def test_insurers_have_the_terms_that_table_2_2_prints(
    published: duckdb.DuckDBPyConnection,
) -> None:
    rows = dict(
        published.execute(
            "select insurer_code, value from source_figure"
            " where starts_with(figure_id, 'ha2019-t2-2-term-')"
        ).fetchall()
    )
    assert rows == {
        "de_friesland": 1, "cz": 2, "dsw": 2, "eno": 3, "menzis": 2, "vgz": 2,
        "zorg_en_zekerheid": 2, "zilveren_kruis": 1,
    }  # fmt: skip


def test_the_evidence_map_tells_what_is_measured(published: duckdb.DuckDBPyConnection) -> None:
    def states(row: str) -> str:
        found = published.execute(
            "select state from evidence_cell where row_code = ? order by period_year", [row]
        ).fetchall()
        return " ".join(str(state)[:2] for (state,) in found)

    assert states("uncontracted_wijkverpleging") == "no no me me me no no bo no bo"
    assert states("uncontracted_wijkverpleging_municipality") == "no no no no im no no no no no"
    assert states("uncontracted_wlz") == "no no no no no no no no no no"
    assert states("multi_year_ggz") == "no no no no no no no bo no no"
    assert states("indexation_ova") == "me me me me me me me me pr me"
    assert states("indexation_wijkverpleging") == "no no no no no no co no bo no"
    assert states("stops_huisartsenzorg") == "no no no no no no no me me co"


def test_a_misprinted_count_stands_without_a_margin(published: duckdb.DuckDBPyConnection) -> None:
    row = one(
        published,
        "select value, numerator, ci_low, list_contains(caveats, 'printed_error')"
        " from indicator_value where list_contains(figure_ids, ?)",
        "ha2019-annex-transparent-nee-alle-aanbieders-pct",
    )
    assert row == (56.32, None, None, True)


def test_each_ruling_says_what_it_is_and_counts_nothing(
    published: duckdb.DuckDBPyConnection,
) -> None:
    titles = published.execute("select title_nl, title_en from event").fetchall()
    assert len(set(titles)) == len(titles) == 10
    assert all(":" in nl and ":" in en for nl, en in titles)
    values = "select count(value) from indicator_value where indicator_id = 'court_cases'"
    assert one(published, values) == (0,)


def test_the_amount_of_three_sectors_is_what_insurers_say(
    published: duckdb.DuckDBPyConnection,
) -> None:
    row = one(
        published,
        "select sector_code, voice, value_low from indicator_value"
        " where indicator_id = 'uncontracted_costs' and period_year = 2024",
    )
    assert row == ("wijkverpleging_ggz_msz", "insurers", 800.0)


def test_turnover_without_a_contract_is_no_share_of_respondents(
    published: duckdb.DuckDBPyConnection,
) -> None:
    row = one(
        published,
        "select value, base, provider_group from indicator_value"
        " where indicator_id = 'contracting_degree' and category = 'turnover_uncontracted'",
    )
    assert row == (22.0, "turnover", "vrijgevestigd")


def test_the_remark_on_waiting_lists_repeats_the_printed_range(
    published: duckdb.DuckDBPyConnection,
) -> None:
    low, high = one(
        published,
        "select min(value), max(value) from indicator_value"
        " where indicator_id = 'wlz_waiting_over_norm'",
    )
    remark = one(
        published, "select distinct remark_en from evidence_cell where row_code = 'stops_wlz'"
    )
    assert str(remark[0]).startswith(f"{low}% to {high}% over the norm")
