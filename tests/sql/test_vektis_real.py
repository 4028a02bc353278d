"""The real files of Vektis: nothing rejected, totals to the cent, in every print."""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests import vektis
from tests.conftest import PROJECT, run_etl
from warehouse.catalogue.crosswalks.checks import fold

YEARS = (2011, 2014, 2015, 2018, 2019, 2020, 2021)
MILLIONS = {2015: "3074.2", 2018: "3641.1", 2019: "3541.3", 2020: "3347.8", 2021: "3277.6"}
"""National costs of nursing and care, as known from elsewhere."""


def given(realdata: Path, year: int) -> list[vektis.Row]:
    return vektis.read(realdata / "vektis_open_data" / f"vektis_{year}_gemeente.csv")


@pytest.fixture(scope="module")
def all_years(
    realdata: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[duckdb.DuckDBPyConnection, Any]:
    folder = tmp_path_factory.mktemp("vektis")
    for year in YEARS:
        place = folder / vektis.SOURCE / str(year)
        place.mkdir(parents=True)
        file = f"vektis_{year}_gemeente.csv"
        (place / file).symlink_to(realdata / "vektis_open_data" / file)
    connection, loader = vektis.load(folder)
    vektis.run(connection)
    connection.execute("create view published.delivery_total as from raw.delivery_total")
    return connection, loader


def test_no_row_is_rejected_and_every_total_is_right_to_the_cent(
    realdata: Path, all_years: tuple[duckdb.DuckDBPyConnection, Any]
) -> None:
    connection, loader = all_years
    assert [result.rows_rejected for result in loader.results] == [0] * len(YEARS)
    for result in loader.results:
        rows = given(realdata, int(result.delivery.period))
        assert result.rows_loaded == len(rows)
        names = {column: name.lower() for name, column in result.read_as}
        found = dict(
            connection.execute(
                "select column_name, total from raw.delivery_total where delivery_id = ?",
                [result.delivery.id],
            ).fetchall()
        )
        assert {
            names[column]: total for column, total in found.items() if column in names
        } == vektis.totals(rows)


def test_the_known_answers(all_years: tuple[duckdb.DuckDBPyConnection, Any]) -> None:
    connection, _ = all_years
    known = connection.execute(
        "select insured_persons, insured_years, costs from mart_vektis_region_cost"
        " where period_year = 2015 and region_code = 'NL' and care_group = 'district_nursing'"
    ).fetchall()
    assert known == [(17_268_188, Decimal("16869489.39"), Decimal("3074182462.60"))]
    found = connection.execute(
        "select period_year, round(costs / 1000000, 1)::decimal(9, 1)::varchar"
        " from mart_vektis_region_cost"
        " where region_code = 'NL' and care_group = 'district_nursing'"
    ).fetchall()
    assert dict(found) == MILLIONS


def test_the_checks_of_a_build_hold(all_years: tuple[duckdb.DuckDBPyConnection, Any]) -> None:
    connection, _ = all_years
    for check in sorted((PROJECT / "warehouse" / "checks").glob("vektis_*.sql")):
        assert connection.execute(check.read_text(encoding="utf-8")).fetchall() == [], check.name


def test_every_municipality_is_placed_but_the_divided_one(
    all_years: tuple[duckdb.DuckDBPyConnection, Any],
) -> None:
    connection, _ = all_years
    assert connection.execute(
        "select period_year, municipality, reason from unplaced_municipality order by period_year"
    ).fetchall() == [(year, "HAAREN", "divided") for year in (2011, 2014, 2015, 2018)]
    assert connection.execute(
        "select region_code, after_year from mart_break where source_id is not null order by all"
    ).fetchall() == [("ZK12", 2018), ("ZK19", 2018)]


def test_the_dip_of_mental_health_care_says_that_it_is_administrative(
    all_years: tuple[duckdb.DuckDBPyConnection, Any],
) -> None:
    connection, _ = all_years
    found = connection.execute(
        "select period_year, bool_and(list_contains(caveats, 'administrative_dip'))"
        " from indicator.mental_health_costs_per_insured group by period_year order by 1"
    ).fetchall()
    assert found == [(year, year == 2021) for year in YEARS]


def test_regions_agree_with_a_sum_in_plain_python(
    realdata: Path, all_years: tuple[duckdb.DuckDBPyConnection, Any]
) -> None:
    connection, _ = all_years
    catalogue = vektis.shipped_catalogue()
    today = {m.name: m.region for m in catalogue.municipalities.values()}
    region = {
        fold(name): m.region
        for m in catalogue.municipalities.values()
        for name in (m.name, *m.also_written)
    }
    for change in catalogue.municipality_changes.values():
        code = today[change.successor] if change.successor else "unknown"
        region |= {fold(name): code for name in (change.name, *change.also_written)}
    oracle: Counter[str] = Counter()
    rows = given(realdata, 2018)
    for row in rows:
        if row["gemeentenaam"]:
            code = region[fold(row["gemeentenaam"])]
            oracle[code] += Decimal(row["kosten_verpleging_en_verzorging"])  # type: ignore[assignment]
    found = connection.execute(
        "select region_code, costs from mart_vektis_region_cost where period_year = 2018"
        " and care_group = 'district_nursing'"
        " and (region_code like 'ZK%' or region_code = 'unknown')"
    ).fetchall()
    assert len(found) == 32
    assert dict(found) == dict(oracle)


def divided(rows: list[vektis.Row]) -> list[vektis.Row]:
    """Write a file as the municipalities of 2017 would be: merged ones in parts, to the cent."""
    changes = vektis.shipped_catalogue().municipality_changes.values()
    parts: dict[str, list[str]] = {}
    for change in changes:
        if change.successor and "2017" < change.date < "2020-01-02":
            written = change.also_written[0] if change.also_written else change.name.upper()
            parts.setdefault(fold(change.successor), []).append(written)
    new = {fold(m.name) for m in vektis.shipped_catalogue().municipalities.values() if m.since}
    printed = []
    for row in rows:
        name = fold(row["gemeentenaam"])
        names = [*([] if name in new else [row["gemeentenaam"]]), *parts.get(name, [])]
        names = names if name in parts else [row["gemeentenaam"]]
        whole = {
            key: Decimal(text) for key, text in row.items() if key.startswith(("aantal", "kost"))
        }
        for position, part in enumerate(names):
            share = {}
            for key, number in whole.items():
                unit = Decimal(1) if key == "aantal_bsn" else Decimal("0.01")
                each = (number / len(names)).quantize(unit, rounding=ROUND_DOWN)
                last = position == len(names) - 1
                share[key] = str(number - each * (len(names) - 1) if last else each)
            printed.append({**row, "gemeentenaam": part, **share})
    return printed


ACCENTS = {
    "SUDWEST-FRYSLAN": "SÚDWEST-FRYSLÂN",
    "S GRAVENHAGE": "'S-GRAVENHAGE",
    "S HERTOGENBOSCH": "'S-HERTOGENBOSCH",
}


def test_a_print_in_cp1252_of_388_municipalities_gives_the_same(
    realdata: Path, tmp_path: Path, all_years: tuple[duckdb.DuckDBPyConnection, Any]
) -> None:
    later = given(realdata, 2015)
    earlier = [
        {**row, "gemeentenaam": ACCENTS.get(row["gemeentenaam"], row["gemeentenaam"])}
        for row in divided(later)
    ]
    random.Random(7).shuffle(earlier)  # noqa: S311  # any order will do
    assert len({row["gemeentenaam"] for row in earlier} - {""}) == 388
    assert vektis.totals(earlier) == vektis.totals(later)
    vektis.deliver(tmp_path, 2015, earlier, encoding="cp1252", upper=True)
    connection, loader = vektis.load(tmp_path)
    (result,) = loader.results
    assert (result.rows_rejected, result.profile.encoding) == (0, "cp1252")
    vektis.run(connection)
    sql = (
        "select region_code, care_group, costs, insured_years, insured_persons"
        " from mart_vektis_region_cost where period_year = 2015 order by all"
    )
    assert connection.execute(sql).fetchall() == all_years[0].execute(sql).fetchall()
    assert connection.execute("select municipality from unplaced_municipality").fetchall() == [
        ("HAAREN",)
    ]


def test_a_header_cut_at_32_characters_gives_the_same(
    realdata: Path, tmp_path: Path, all_years: tuple[duckdb.DuckDBPyConnection, Any]
) -> None:
    rows = given(realdata, 2021)
    vektis.deliver(tmp_path, 2021, rows[::-1], cut=32)
    connection, _ = vektis.load(tmp_path)
    sql = "select column_name, total from raw.delivery_total where period = '2021' order by all"
    assert connection.execute(sql).fetchall() == all_years[0].execute(sql).fetchall()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("cbs_82949NED_typed.csv", "StatLine"),
        ("cbs_statline_table_export.csv", "StatLine"),
        ("nza_acm_polisdata_2016_2018.csv", "polis"),
        ("nza_ggz_wachttijden_2016.csv", "wachttijd"),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_named(
    realdata: Path, tmp_path: Path, file: str, words: str
) -> None:
    place = tmp_path / "deliveries" / vektis.SOURCE / "2016"
    place.mkdir(parents=True)
    # The name holds other years: the period must come from the folder.
    (place / "odd.csv").symlink_to(realdata / "odd_files" / file)
    result = run_etl(
        "build", "--json", releases=tmp_path / "releases", deliveries=tmp_path / "deliveries"
    )
    assert result.returncode != 0
    told = json.dumps(json.loads(result.stdout), ensure_ascii=False) + result.stderr
    assert words.casefold() in told.casefold()
    assert not (tmp_path / "releases" / "current").exists()
