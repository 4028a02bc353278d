"""Faults that suppliers make, planted in good files: each is named, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from etl.errors import EtlError, Fault
from etl.example import FAULTS, SMALL, examples_wanted, make_examples, plant
from etl.gate import Finding
from etl.load import Loader, prepare
from etl.messages import Messages
from etl.plausibility import diagnose
from tests.conftest import run_etl
from warehouse.catalogue import Catalogue, load_catalogue
from warehouse.catalogue.tables import catalogue_tables, write_table

EXPECTED = {
    "unit_x100": ("scale_changed", "amount_eur", "100 keer", "about 100 times"),
    "swapped_columns": ("columns_swapped", "clients", "verwisseld", "changed places"),
    "fraction_for_percentage": (
        "fraction_for_percentage", "completeness_pct", "delen van 1", "shares of 1",
    ),
    "vanished_region": ("codes_vanished", "region", "ZK20", "ZK20"),
    "broken_total": ("total_out_of_line", "amount_eur", "telt op tot", "adds up to"),
    "swapped_year": ("year_differs", "wave_year", "een ander jaar (2023)", "another year (2023)"),
    "doubled_rows": ("all_rows_twice", None, "rijen zijn verdubbeld", "have been doubled"),
    "renamed_column": ("column_renamed", "insurer", "“maatschappij”", "“maatschappij”"),
    "unterminated_quote": ("quote_open", None, "niet gesloten", "not closed"),
    "wrong_encoding": ("wrong_encoding", None, "tekencodering", "encoding"),
    "truncated_file": ("last_row_cut", None, "afgebroken", "cut off"),
    "other_source": ("other_source", None, "provider_survey", "provider_survey"),
    "header_without_rows": ("no_rows", None, "geen enkele rij", "not one row"),
    "empty_file": ("empty", None, "leeg", "empty"),
}  # fmt: skip
"""Code, column, and words of the sentence in Dutch and English."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two standing years, and the files of the next spring."""
    root = tmp_path_factory.mktemp("years")
    make_examples(range(2022, 2024), SMALL, root / "standing", seed=1)
    make_examples(range(2024, 2025), SMALL, root / "new", seed=1, update=True)
    return root / "standing", root / "new"


def _look(
    folders: tuple[Path, ...], catalogue: Catalogue, *, only: str = ""
) -> tuple[list[Fault], list[Finding]]:
    """Give what a refusal says, or else what a diagnosis of the new deliveries finds."""
    loader: Loader = prepare(list(folders), corrections=None)
    with duckdb.connect() as connection:
        try:
            loader.load(connection)
        except EtlError as error:
            return list(error.faults), []
        connection.execute("create schema ref")
        for table in catalogue_tables(catalogue):
            write_table(connection, table, "ref")
        new = [delivery.id for delivery, _ in loader.files if only in str(delivery.path)]
        return [], diagnose(connection, new, loader.contracts)


def test_every_fault_that_can_be_planted_is_expected_here() -> None:
    assert set(FAULTS) == set(EXPECTED)


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_planted_fault_is_named_first_with_its_column(
    name: str, years: tuple[Path, Path], catalogue: Catalogue, tmp_path: Path
) -> None:
    standing, new = years
    shutil.copytree(new, tmp_path / "planted")
    ((planted, file),) = plant([name], tmp_path / "planted")
    assert planted == name
    try:
        faults, findings = _look((standing, tmp_path / "planted"), catalogue, only="planted")
    except EtlError as error:  # Files that are no csv at all are refused before loading.
        faults, findings = list(error.faults), []
    code, column, dutch, english = EXPECTED[name]
    stops = [finding.fault for finding in findings if finding.stops]
    first = (faults or stops)[0]
    assert (first.code, Path(first.file).name) == (code, Path(file).name), (faults, findings)
    if column:
        assert column in (first.column or str(first.parameters)), first
    assert dutch in Messages("nl").sentence(first)
    assert english in Messages("en").sentence(first)
    assert len(faults) <= 8, "no flood of cells"
    assert len(stops) <= 2, stops


def test_good_files_are_not_suspected(years: tuple[Path, Path], catalogue: Catalogue) -> None:
    faults, findings = _look(years, catalogue)
    assert faults == []
    assert [finding for finding in findings if finding.stops] == []


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_examples_of_any_seed_and_all_years_are_not_suspected(
    seed: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    make_examples(range(2018, 2025), SMALL, tmp_path / "all", seed=seed)
    faults, findings = _look((tmp_path / "all",), catalogue)
    assert faults == []
    assert [finding for finding in findings if finding.stops] == []


def test_the_update_fits_the_years_before_it(tmp_path: Path) -> None:
    """The files of the spring are those that the longer set has more than the shorter one."""
    make_examples(range(2022, 2024), SMALL, tmp_path / "short", seed=4)
    make_examples(range(2024, 2025), SMALL, tmp_path / "update", seed=4, update=True)
    make_examples(range(2022, 2025), SMALL, tmp_path / "long", seed=4)

    def files(name: str) -> dict[str, bytes]:
        root = tmp_path / name
        found = root.rglob("*.csv")
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}

    assert files("short") | files("update") == files("long")
    assert not files("short").keys() & files("update").keys()


@pytest.mark.parametrize(
    "years",
    [["2011"], ["2011", "2014", "2015"], ["2011", "2014", "2015", "2018", "2019", "2020", "2021"]],
)
def test_real_files_are_not_suspected(
    years: list[str], realdata: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    source = tmp_path / "own" / "vektis_open_data"
    source.mkdir(parents=True)
    for year in years:
        name = f"vektis_{year}_gemeente.csv"
        (source / name).symlink_to(realdata / "vektis_open_data" / name)
    faults, findings = _look((tmp_path / "own",), catalogue)
    assert faults == []
    assert [finding for finding in findings if finding.stops] == []


def _real(realdata: Path, tmp_path: Path, *years: str) -> Path:
    source = tmp_path / "own" / "vektis_open_data"
    source.mkdir(parents=True)
    for year in years:
        name = f"vektis_{year}_gemeente.csv"
        shutil.copyfile(realdata / "vektis_open_data" / name, source / name)
    return source


def _stops(source: Path, catalogue: Catalogue, only: str) -> list[tuple[str, str | None]]:
    faults, findings = _look((source.parent,), catalogue, only=only)
    assert faults == []
    return [(one.fault.code, one.fault.column) for one in findings if one.stops]


def test_a_real_column_in_cents_is_named(
    realdata: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    source = _real(realdata, tmp_path, "2019", "2020")
    _change(source / "vektis_2020_gemeente.csv", "kosten_verpleging_en_verzorging", 100)
    assert _stops(source, catalogue, "2020") == [("scale_changed", "cost_district_nursing")]


def test_a_real_large_municipality_that_is_left_out_is_named(
    realdata: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    source = _real(realdata, tmp_path, "2019", "2020")
    file = source / "vektis_2020_gemeente.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "AMSTERDAM" not in line), encoding="utf-8")
    assert _stops(source, catalogue, "2020") == [("codes_vanished", "municipality")]


def test_real_years_that_changed_places_are_named(
    realdata: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    source = _real(realdata, tmp_path, "2019", "2020")
    shutil.copyfile(source / "vektis_2019_gemeente.csv", source / "vektis_2020_gemeente.csv")
    assert ("same_as_other_period", None) in _stops(source, catalogue, "2020")


def _change(file: Path, column: str, factor: int) -> None:
    lines = [line.split(";") for line in file.read_text(encoding="utf-8").splitlines()]
    place = [name.strip('"').lower() for name in lines[0]].index(column)
    for line in lines[1:]:
        line[place] = str(round(float(line[place]) * factor, 2))
    file.write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")


def test_a_fault_that_does_not_exist_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    result = run_etl(
        "example", "--years", "2024", "--plant", "foutje", "--out", str(tmp_path / "out"),
        releases=tmp_path / "releases",
    )  # fmt: skip
    assert result.returncode == 2
    assert "foutje" in result.stderr
    assert "vanished_region" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_files_is_no_go(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run_etl("check", str(tmp_path / "empty"), releases=tmp_path / "releases")
    assert result.returncode == 1
    assert "geen enkele levering" in result.stderr


def test_a_delivery_of_the_same_name_comes_instead_of_the_standing_set(tmp_path: Path) -> None:
    assert examples_wanted([tmp_path])
    file = tmp_path / "provider_survey" / "2024" / "provider_survey_2024.csv"
    file.parent.mkdir(parents=True)
    file.touch()
    assert not examples_wanted([tmp_path])
