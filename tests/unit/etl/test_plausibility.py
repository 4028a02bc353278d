"""More faults than the exercise files hold: parts of a file, single figures, broken letters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from etl.deliveries import SHIPPED
from etl.errors import EtlError, Fault
from etl.example import SMALL, make_examples
from etl.gate import Finding
from etl.load import prepare
from etl.plausibility import diagnose
from etl.plausibility.diagnose import neighbour
from etl.plausibility.measures import Part

Change = Callable[[list[str], list[list[str]]], list[list[str]]]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("two") / "years"
    make_examples(range(2023, 2025), SMALL, root, seed=7)
    return root


def _outcome(
    folder: Path, only: str, served: Path | None = None
) -> tuple[list[Fault], list[Finding]]:
    loader = prepare([folder], corrections=None)
    with duckdb.connect() as connection:
        try:
            loader.load(connection)
        except EtlError as error:
            return list(error.faults), []
        new = [delivery.id for delivery, _ in loader.files if only in delivery.id]
        return [], diagnose(connection, new, loader.contracts, served)


def _changed(years: Path, tmp_path: Path, source: str, change: Change) -> Path:
    """Copy the files of a source, and change the rows of the last year."""
    root = tmp_path / "changed"
    shutil.copytree(years / source, root / source)
    file = root / source / "2024" / f"{source}_2024.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    mark = ";" if ";" in lines[0] else ","
    header, *rows = (line.split(mark) for line in lines)
    rows = change(header, rows)
    file.write_text("".join(mark.join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    return root


def _only_stop(outcome: tuple[list[Fault], list[Finding]]) -> Fault:
    faults, findings = outcome
    assert faults == []
    stops = [finding.fault for finding in findings if finding.stops]
    assert len(stops) == 1, stops
    return stops[0]


@pytest.mark.parametrize("factor", [100, 1000, 0.01, 0.001])
def test_another_unit_in_one_region_is_named_with_the_region(
    factor: float, years: Path, tmp_path: Path
) -> None:
    def change(header: list[str], rows: list[list[str]]) -> list[list[str]]:
        region, amount = header.index("region"), header.index("amount_eur")
        for row in rows:
            if row[region] == "ZK07":
                row[amount] = f"{float(row[amount]) * factor:.4f}"
        return rows

    outcome = _outcome(_changed(years, tmp_path, "claims_aggregate", change), "2024")
    if factor < 1:
        # A region that all but vanishes from the sum may be read as small: it is shown.
        (finding,) = outcome[1]
        fault = finding.fault
    else:
        fault = _only_stop(outcome)
    assert (fault.code, fault.column) == ("scale_changed_in_part", "amount_eur")
    assert fault.parameters["codes"] == ["ZK07"]


@pytest.mark.parametrize(("first", "second"), [("region", "insurer"), ("indexation", "request")])
def test_columns_of_codes_that_changed_places_are_named_as_a_pair(
    first: str, second: str, years: Path, tmp_path: Path
) -> None:
    def change(header: list[str], rows: list[list[str]]) -> list[list[str]]:
        one, other = header.index(first), header.index(second)
        header[one], header[other] = header[other], header[one]
        return rows

    faults, _ = _outcome(_changed(years, tmp_path, "provider_survey", change), "2024")
    assert faults[0].code in {"codes_swapped", "one_cause"}
    if first == "region":
        assert faults[0].code == "codes_swapped"
        assert set(faults[0].parameters["columns"]) == {first, second}


def test_percentages_times_hundred_are_told_by_what_would_fit(years: Path, tmp_path: Path) -> None:
    def change(header: list[str], rows: list[list[str]]) -> list[list[str]]:
        place = header.index("completeness_pct")
        for row in rows:
            row[place] = f"{float(row[place]) * 100:.2f}"
        return rows

    faults, _ = _outcome(_changed(years, tmp_path, "claims_aggregate", change), "2024")
    assert (faults[0].code, faults[0].column) == ("fits_divided", "completeness_pct")
    assert faults[0].parameters["factor"] == 100


def test_broken_letters_are_named(years: Path, tmp_path: Path) -> None:
    def change(header: list[str], rows: list[list[str]]) -> list[list[str]]:
        place = header.index("respondent_id")
        for row in rows:
            row[place] = row[place].replace("r", "CuraÃ§ao-")
        return rows

    fault = _only_stop(_outcome(_changed(years, tmp_path, "provider_survey", change), "2024"))
    assert (fault.code, fault.column) == ("garbled_words", "respondent_id")


def test_a_file_with_far_fewer_rows_is_named(years: Path, tmp_path: Path) -> None:
    def change(_: list[str], rows: list[list[str]]) -> list[list[str]]:
        return rows[::3]

    _, findings = _outcome(_changed(years, tmp_path, "claims_aggregate", change), "2024")
    assert "rows_missing" in {finding.fault.code for finding in findings if finding.stops}


def _own(tmp_path: Path, source: str) -> Path:
    (tmp_path / "own").mkdir()
    shutil.copytree(SHIPPED / source, tmp_path / "own" / source)
    return next((tmp_path / "own" / source).rglob("*.csv"))


def test_insured_in_thousands_stand_out_among_other_years(tmp_path: Path) -> None:
    file = _own(tmp_path, "insurer_market_share")
    file.write_text(file.read_text(encoding="utf-8").replace("4861571", "4862"), encoding="utf-8")
    _, findings = _outcome(tmp_path / "own", "")
    # With two years nobody can tell which of them is in thousands: both are named.
    assert {(one.fault.code, one.fault.parameters["figure"]) for one in findings} == {
        ("figure_among_others", "ms-2020-achmea"),
        ("figure_among_others", "ms-2022-achmea"),
    }


def test_a_figure_with_moved_digits_is_held_against_what_was_published(tmp_path: Path) -> None:
    file = _own(tmp_path, "nza_price_index")
    text = file.read_text(encoding="utf-8")
    assert "idx-ova-2000,ova,2000,4.03" in text
    served = tmp_path / "staff.duckdb"
    with duckdb.connect(str(served)) as connection:
        connection.execute("create schema published")
        connection.execute(
            "create table published.source_figure as"
            " select 'idx-ova-2000' as figure_id, 4.03::double as value"
        )
    assert _outcome(tmp_path / "own", "", served) == ([], [])
    file.write_text(text.replace("ova,2000,4.03", "ova,2000,0.0403"), encoding="utf-8")
    fault = _only_stop(_outcome(tmp_path / "own", "", served))
    assert (fault.code, fault.parameters["factor"]) == ("figure_scale", "1/100")
    assert fault.parameters["before"] == "4.03"


def test_what_ships_is_not_suspected() -> None:
    assert _outcome(SHIPPED, "") == ([], [])


def _part(delivery_id: str, period: str, rows: int) -> Part:
    return Part(delivery_id, "claims_aggregate", period, f"{delivery_id}.csv", (), rows, "")


def test_a_month_is_no_year_and_a_supplement_is_no_other_version() -> None:
    year, month = _part("a", "2023", 2400), _part("b", "2024-01", 200)
    assert neighbour(month, [year, month]) is None
    final, more = _part("c", "2024", 2400), _part("d", "2024", 20)
    assert neighbour(more, [year, final, more]) == year
    provisional = _part("e", "2024", 2300)
    assert neighbour(final, [year, provisional, final]) == provisional
    undated = _part("f", "undated", 10)
    assert neighbour(undated, [year, month, undated]) is None
