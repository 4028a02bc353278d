"""The contract of the Vektis files: thirteen years of drift, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from etl.contract import load_contracts
from etl.errors import RefusedError
from etl.messages import Messages
from tests import vektis
from warehouse.catalogue import load_catalogue

PLACES = ("AA EN HUNZE", "BERGEN NH", "S GRAVENHAGE", "SUDWEST-FRYSLAN", "ZWOLLE")


def loaded_totals(folder: Path) -> dict[str, Decimal]:
    """Load a folder and give what was loaded, by the name of the supplier."""
    connection, loader = vektis.load(folder)
    (result,) = loader.results
    assert result.rows_rejected == 0
    names = {column: name.lower() for name, column in result.read_as}
    found = dict(connection.execute("select column_name, total from raw.delivery_total").fetchall())
    connection.close()
    return {names[column]: total for column, total in found.items() if column in names}


@pytest.mark.parametrize("year", vektis.COLUMNS)
@pytest.mark.parametrize("upper", [True, False])
def test_the_columns_of_every_year_load_to_the_cent(
    tmp_path: Path, year: int, *, upper: bool
) -> None:
    rows = vektis.file_of(year, PLACES)
    vektis.deliver(tmp_path, year, rows, upper=upper)
    assert loaded_totals(tmp_path) == vektis.totals(rows)


@pytest.mark.parametrize("place", [0, 7, -1])
def test_the_rest_row_may_stand_anywhere_and_the_rows_in_any_order(
    tmp_path: Path, place: int
) -> None:
    rows = vektis.file_of(2020, PLACES)
    rest = rows.pop()
    rows = rows[1::2] + rows[::2]
    rows.insert(place if place >= 0 else len(rows), rest)
    vektis.deliver(tmp_path, 2020, rows)
    assert loaded_totals(tmp_path) == vektis.totals(rows)


def test_header_names_may_be_cut_at_32_characters(tmp_path: Path) -> None:
    rows = vektis.file_of(2022, PLACES)
    path = vektis.deliver(tmp_path, 2022, rows, cut=32)
    assert max(len(name) for name in path.read_text().splitlines()[0].split(";")) == 32
    connection, loader = vektis.load(tmp_path)
    read_as = dict(loader.results[0].read_as)
    assert read_as["kosten_medisch_specialistische_z"] == "cost_specialist_medical"
    assert read_as["kosten_paramedische_zorg_fysioth"] == "cost_physiotherapy"
    assert read_as["kosten_geriatrische_revalidatiez"] == "cost_geriatric_rehabilitation"
    found = connection.execute(
        "select sum(cost_geriatric_rehabilitation) from raw.vektis_open_data"
    ).fetchone()
    assert found == (vektis.totals(rows)["kosten_geriatrische_revalidatiezorg"],)


def test_a_file_per_postcode_loads_with_the_same_columns(tmp_path: Path) -> None:
    rows = vektis.file_of(2017, ("101", "102", "999"), place="postcode_3")
    vektis.deliver(tmp_path, 2017, rows, "postcode3", upper=True)
    assert loaded_totals(tmp_path) == vektis.totals(rows)


def test_the_rest_row_of_a_file_per_postcode_may_have_postcode_0(tmp_path: Path) -> None:
    rows = vektis.file_of(2017, ("101",), place="postcode_3")
    rows[-1]["postcode_3"] = "0"
    vektis.deliver(tmp_path, 2017, rows, "postcode3")
    assert loaded_totals(tmp_path) == vektis.totals(rows)


def test_accents_in_cp1252_load_as_well(tmp_path: Path) -> None:
    rows = vektis.file_of(2017, ("SÚDWEST-FRYSLÂN", "'S-GRAVENHAGE", "BERGEN (NH.)"))
    vektis.deliver(tmp_path, 2017, rows, encoding="cp1252")
    connection, loader = vektis.load(tmp_path)
    assert loader.results[0].profile.encoding == "cp1252"
    assert connection.execute(
        "select distinct municipality from raw.vektis_open_data where municipality like 'S%'"
    ).fetchall() == [("SÚDWEST-FRYSLÂN",)]


def test_a_column_that_a_year_does_not_have_is_missing_and_not_0(tmp_path: Path) -> None:
    vektis.deliver(tmp_path, 2012, vektis.file_of(2012, PLACES))
    connection, _ = vektis.load(tmp_path)
    assert connection.execute(
        "select count(cost_district_nursing), count(cost_mental_health_secondary) > 0"
        " from raw.vektis_open_data"
    ).fetchone() == (0, True)


def sentences(folder: Path, language: str = "nl") -> list[str]:
    with pytest.raises(RefusedError) as refused:
        vektis.load(folder)
    messages = Messages(language)  # type: ignore[arg-type]
    return [messages.sentence(fault) for fault in refused.value.faults]


def test_a_new_care_type_is_refused_with_how_to_extend_the_contract(tmp_path: Path) -> None:
    rows = [{**row, "KOSTEN_ZORG_OP_AFSTAND": "1.00"} for row in vektis.file_of(2022, PLACES)]
    vektis.deliver(tmp_path, 2022, rows)
    (sentence,) = sentences(tmp_path)
    assert "KOSTEN_ZORG_OP_AFSTAND" in sentence
    assert "contracts/vektis_open_data.yaml" in sentence
    assert "optional: true" in sentence
    assert "aliases: [KOSTEN_ZORG_OP_AFSTAND]" in sentence


@pytest.mark.parametrize("name", ["kosten_totaal", "kosten_ggz", "kosten_huisarts"])
def test_a_total_of_other_columns_is_never_taken_for_one_of_them(tmp_path: Path, name: str) -> None:
    rows = [{**row, name: "1.00"} for row in vektis.file_of(2020, PLACES)]
    vektis.deliver(tmp_path, 2020, rows)
    assert any(name in sentence for sentence in sentences(tmp_path))


def test_a_file_with_both_places_or_with_neither_is_refused(tmp_path: Path) -> None:
    rows = [{**row, "postcode_3": "101"} for row in vektis.file_of(2020, PLACES)]
    vektis.deliver(tmp_path, 2020, rows)
    (both,) = sentences(tmp_path)
    assert "municipality" in both
    assert "postcode_3" in both
    vektis.deliver(
        tmp_path,
        2020,
        [{k: v for k, v in row.items() if k not in ("postcode_3", vektis.PLACE)} for row in rows],
    )
    assert any("postcode_3" in sentence for sentence in sentences(tmp_path))


def test_an_empty_cell_or_a_second_rest_row_refuses_the_file(tmp_path: Path) -> None:
    rows = vektis.file_of(2020, PLACES)
    rows[3] = {**rows[3], "kosten_gzsp": ""}
    vektis.deliver(tmp_path, 2020, rows)
    (empty,) = sentences(tmp_path)
    assert "cost_gzsp" in empty
    rows = vektis.file_of(2020, PLACES)
    vektis.deliver(tmp_path, 2020, [*rows, rows[-1]])
    assert len(sentences(tmp_path)) >= 1


def test_every_cost_column_has_a_care_group_and_every_care_group_column_exists() -> None:
    contract = load_contracts()[vektis.SOURCE]
    columns = {column.name for column in contract.terms.columns if column.name.startswith("cost_")}
    assert columns == set(load_catalogue().care_types)
