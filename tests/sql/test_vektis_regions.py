"""Costs per region from files in the form of Vektis: nobody is lost, nobody is guessed."""

from __future__ import annotations

import dataclasses
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.contract import CONTRACTS
from etl.errors import RefusedError
from tests import vektis
from tests.conftest import PROJECT

GRONINGEN = ("GRONINGEN", "VEENDAM")
MIDDEN_BRABANT = ("OISTERWIJK", "TILBURG")
NOORDOOST_BRABANT = ("BOXTEL", "VUGHT")
PLACES = (*GRONINGEN, *MIDDEN_BRABANT, *NOORDOOST_BRABANT)


def built(folder: Path, **options: Any) -> duckdb.DuckDBPyConnection:
    connection, _ = vektis.load(folder)
    vektis.run(connection, **options)
    return connection


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return connection.execute(sql).fetchall()


def assert_sound(connection: duckdb.DuckDBPyConnection) -> None:
    """Run the checks of a build that are about these files."""
    connection.execute("create view published.delivery_total as from raw.delivery_total")
    for check in sorted((PROJECT / "warehouse" / "checks").glob("vektis_*.sql")):
        assert rows(connection, check.read_text(encoding="utf-8")) == [], check.name


def euro(given: list[vektis.Row], column: str, places: tuple[str, ...] = ()) -> Decimal:
    return vektis.totals(r for r in given if not places or r[vektis.PLACE] in places)[column]


NURSING = "kosten_verpleging_en_verzorging"


def test_regions_provinces_and_the_country_add_up(tmp_path: Path) -> None:
    given = vektis.file_of(2017, PLACES)
    vektis.deliver(tmp_path, 2017, given)
    connection = built(tmp_path)
    assert_sound(connection)
    found = dict(
        rows(
            connection,
            "select region_code, costs from mart_vektis_region_cost"
            " where care_group = 'district_nursing'",
        )
    )
    assert found == {
        "NL": euro(given, NURSING),
        "ZK09": euro(given, NURSING, GRONINGEN),
        "PV20": euro(given, NURSING, GRONINGEN),
        "ZK12": euro(given, NURSING, MIDDEN_BRABANT),
        "ZK19": euro(given, NURSING, NOORDOOST_BRABANT),
        "PV30": euro(given, NURSING, MIDDEN_BRABANT + NOORDOOST_BRABANT),
    }
    assert rows(connection, "select * from unplaced_municipality") == []


def test_the_indicators_give_costs_per_insured_year(tmp_path: Path) -> None:
    given = vektis.file_of(2017, PLACES)
    vektis.deliver(tmp_path, 2017, given)
    connection = built(tmp_path)
    years = euro(given, "aantal_verzekerdejaren")
    for indicator, columns in (
        ("district_nursing", (NURSING,)),
        ("mental_health", ("kosten_specialistische_ggz",)),
        ("gp_care", vektis.GP),
    ):
        (cell,) = rows(
            connection,
            "select value, numerator, denominator, n_observed, caveats"  # noqa: S608  # our name
            f" from indicator.{indicator}_costs_per_insured where region_code = 'NL'",
        )
        costs = sum(euro(given, column) for column in columns)
        assert cell[:4] == (
            pytest.approx(float(costs / years)),
            pytest.approx(float(costs)),
            float(years),
            float(euro(given, "aantal_bsn")),
        )
        assert "rest_row_included" in cell[4]


def test_before_2015_there_are_no_costs_of_district_nursing(tmp_path: Path) -> None:
    vektis.deliver(tmp_path, 2012, vektis.file_of(2012, PLACES))
    connection = built(tmp_path)
    assert_sound(connection)
    assert rows(connection, "from indicator.district_nursing_costs_per_insured") == []
    assert rows(connection, "select count(*) from indicator.mental_health_costs_per_insured") > [
        (0,)
    ]


def test_a_merged_municipality_counts_for_the_region_of_its_successor(tmp_path: Path) -> None:
    old = vektis.file_of(2017, ("HAREN", "TEN BOER", "GRONINGEN", "HAARLEMMERLIEDE CA", "LEERDAM"))
    vektis.deliver(tmp_path, 2017, old)
    vektis.deliver(tmp_path, 2020, vektis.file_of(2020, ("GRONINGEN", "HAARLEMMERMEER")))
    connection = built(tmp_path)
    assert_sound(connection)
    assert dict(
        rows(
            connection,
            "select municipality_written, region_code || ' ' || province_code"
            " from mart_vektis_municipality where period_year = 2017 and not is_rest",
        )
    ) == {
        "HAREN": "ZK09 PV20",
        "TEN BOER": "ZK09 PV20",
        "GRONINGEN": "ZK09 PV20",
        "HAARLEMMERLIEDE CA": "ZK01 PV27",
        "LEERDAM": "ZK24 PV26",
    }
    assert rows(connection, "select * from mart_vektis_region_change") == []
    assert rows(connection, "select * from unplaced_municipality") == []


def test_a_divided_municipality_counts_for_its_province_and_breaks_its_regions(
    tmp_path: Path,
) -> None:
    given = vektis.file_of(2017, (*PLACES, "HAAREN"))
    vektis.deliver(tmp_path, 2017, given)
    vektis.deliver(tmp_path, 2020, vektis.file_of(2020, PLACES))
    vektis.deliver(tmp_path, 2022, vektis.file_of(2022, PLACES))
    connection = built(tmp_path)
    assert_sound(connection)
    places = dict(
        rows(
            connection,
            "select region_code, costs from mart_vektis_region_cost"
            " where care_group = 'district_nursing' and period_year = 2017",
        )
    )
    assert places["unknown"] == euro(given, NURSING, ("HAAREN",))
    assert places["PV30"] == euro(given, NURSING, (*MIDDEN_BRABANT, *NOORDOOST_BRABANT, "HAAREN"))
    assert rows(
        connection, "select period_year, municipality, reason, province_code"
        " from unplaced_municipality"
    ) == [(2017, "HAAREN", "divided", "PV30")]  # fmt: skip
    found = rows(
        connection,
        "select source_id, region_code, after_year, kind, nl like '%HAAREN%', en like '%HAAREN%'"
        " from mart_break where source_id is not null order by region_code",
    )
    assert found == [
        ("vektis_open_data", code, 2017, "municipality_change", True, True)
        for code in ("ZK12", "ZK19")
    ]
    in_doubt = "select region_code from mart_vektis_region_doubt where is_in_doubt order by all"
    assert rows(connection, in_doubt) == [("ZK12",), ("ZK19",)]


def test_a_name_that_no_region_knows_is_reported_and_may_be_missing_anywhere(
    tmp_path: Path,
) -> None:
    given = vektis.file_of(2017, (*PLACES, "HARENKARSPEL"))
    vektis.deliver(tmp_path, 2017, given)
    vektis.deliver(tmp_path, 2020, vektis.file_of(2020, PLACES))
    connection = built(tmp_path)
    assert_sound(connection)
    assert rows(
        connection,
        "select period_year, municipality, reason, insured_persons, costs"
        " from unplaced_municipality",
    ) == [
        (
            2017,
            "HARENKARSPEL",
            "not_in_crosswalk",
            euro(given, "aantal_bsn", ("HARENKARSPEL",)),
            sum(euro(given, column, ("HARENKARSPEL",)) for column in vektis.COLUMNS[2017]),
        )
    ]
    broken = rows(connection, "select region_code from mart_break where source_id is not null")
    assert {code for (code,) in broken} == {"ZK09", "ZK12", "ZK19", "PV20", "PV30"}
    (caveats,) = rows(
        connection,
        "select caveats from indicator.gp_care_costs_per_insured"
        " where region_code = 'ZK09' and period_year = 2017",
    )
    assert "municipality_missing" in caveats[0]


def test_a_name_that_stays_unknown_breaks_nothing(tmp_path: Path) -> None:
    for year in (2017, 2020):
        vektis.deliver(tmp_path, year, vektis.file_of(year, (*PLACES, "HARENKARSPEL")))
    connection = built(tmp_path)
    assert rows(connection, "select * from mart_vektis_region_change where is_break") == []


def test_a_municipality_that_moves_to_another_region_breaks_both(tmp_path: Path) -> None:
    for year in (2017, 2020):
        vektis.deliver(tmp_path, year, vektis.file_of(year, PLACES))
    catalogue = vektis.shipped_catalogue()
    vught = catalogue.municipalities["Vught|"]
    moved = {
        **catalogue.municipalities,
        "Vught|": vught.model_copy(update={"until_year": 2018}),
        "Vught|2019": vught.model_copy(update={"from_year": 2019, "region": "ZK12"}),
    }
    connection = built(tmp_path, catalogue=dataclasses.replace(catalogue, municipalities=moved))
    assert_sound(connection)
    assert rows(
        connection,
        "select region_code, after_year from mart_break where source_id is not null order by all",
    ) == [("ZK12", 2017), ("ZK19", 2017)]
    assert rows(connection, "select * from unplaced_municipality") == []


def test_a_file_per_postcode_gives_the_country_only_and_never_counts_twice(
    tmp_path: Path,
) -> None:
    given = vektis.file_of(2017, ("101", "999"), place="postcode_3")
    vektis.deliver(tmp_path, 2017, given, "postcode3")
    connection = built(tmp_path)
    assert_sound(connection)
    assert rows(
        connection,
        "select region_code, costs from mart_vektis_region_cost"
        " where care_group = 'district_nursing'",
    ) == [("NL", vektis.totals(given)[NURSING])]
    per_place = vektis.file_of(2017, PLACES)
    vektis.deliver(tmp_path, 2017, per_place)
    connection = built(tmp_path)
    assert_sound(connection)
    assert rows(
        connection,
        "select costs from mart_vektis_region_cost"
        " where care_group = 'district_nursing' and region_code = 'NL'",
    ) == [(euro(per_place, NURSING),)]


def test_another_print_of_a_year_in_cp1252_gives_the_same_regions(tmp_path: Path) -> None:
    plain = vektis.file_of(2017, ("SUDWEST-FRYSLAN", "S GRAVENHAGE", "BERGEN NH", "NUENEN CA"))
    accents = {
        "SUDWEST-FRYSLAN": "SÚDWEST-FRYSLÂN",
        "S GRAVENHAGE": "'S-GRAVENHAGE",
        "BERGEN NH": "BERGEN (NH.)",
        "NUENEN CA": "NUENEN, GERWEN EN NEDERWETTEN",
        "": "",
    }
    printed = [{**row, vektis.PLACE: accents[row[vektis.PLACE]]} for row in plain]
    sql = "select * exclude (delivery_id) from mart_vektis_region_cost order by all"
    results = []
    for folder, given, encoding in (("a", plain, "utf-8"), ("b", printed, "cp1252")):
        vektis.deliver(tmp_path / folder, 2017, given, encoding=encoding)
        results.append(rows(built(tmp_path / folder), sql))
    assert results[0] == results[1]


def test_of_two_prints_of_a_year_the_last_by_name_counts(tmp_path: Path) -> None:
    vektis.deliver(tmp_path, 2017, vektis.file_of(2017, PLACES), "a")
    last = vektis.file_of(2017, (*PLACES, "ALMERE"))
    vektis.deliver(tmp_path, 2017, last, "b")
    connection = built(tmp_path)
    assert_sound(connection)
    assert rows(
        connection,
        "select insured_persons from mart_vektis_region_cost"
        " where region_code = 'NL' and care_group = 'gp_care'",
    ) == [(int(euro(last, "aantal_bsn")),)]


def test_a_new_cost_column_without_a_care_group_stops_the_build(tmp_path: Path) -> None:
    contracts = tmp_path / "contracts"
    shutil.copytree(CONTRACTS, contracts)
    contract = contracts / "vektis_open_data.yaml"
    added = '  - {name: cost_new, type: "decimal(18,4)", aliases: [kosten_nieuw], optional: true}\n'
    contract.write_text(contract.read_text(encoding="utf-8") + added, encoding="utf-8")
    given = [{**row, "kosten_nieuw": "2.00"} for row in vektis.file_of(2022, PLACES)]
    vektis.deliver(tmp_path / "files", 2022, given)
    connection, _ = vektis.load(tmp_path / "files", contracts=contracts)
    vektis.run(connection)
    check = PROJECT / "warehouse" / "checks" / "vektis_care_types_are_known.sql"
    (wrong,) = rows(connection, check.read_text(encoding="utf-8"))
    assert wrong[1:] == ("cost_new", Decimal(2 * len(given)))
    assert "care_type.yaml" in check.read_text(encoding="utf-8")


def test_a_file_of_a_year_without_the_care_it_must_have_stops_the_build(tmp_path: Path) -> None:
    given = [
        {name: value for name, value in row.items() if name != NURSING}
        for row in vektis.file_of(2020, PLACES)
    ]
    vektis.deliver(tmp_path, 2020, given)
    connection = built(tmp_path)
    check = PROJECT / "warehouse" / "checks" / "vektis_groups_are_whole.sql"
    assert rows(connection, check.read_text(encoding="utf-8")) == [
        ("vektis_open_data/2020/vektis_2020_gemeente", 2020, "district_nursing")
    ]


def test_a_row_with_the_total_of_all_others_stops_the_build(tmp_path: Path) -> None:
    given = vektis.file_of(2020, PLACES, rest=False)
    total = {name: str(number) for name, number in vektis.totals(given).items()}
    place = {"geslacht": "", "leeftijdsklasse": "", vektis.PLACE: "TOTAAL"}
    vektis.deliver(tmp_path, 2020, [*given, {**place, **total}])
    with pytest.raises(RefusedError) as refused:
        built(tmp_path)
    assert [fault.code for fault in refused.value.faults] == ["rest_is_total"]
