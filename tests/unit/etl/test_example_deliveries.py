"""Invented deliveries: the same bytes from the same seed, any size, and the loader takes them."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from etl.contract import load_contracts
from etl.deliveries import SHIPPED
from etl.errors import RefusedError
from etl.example import (
    SMALL,
    examples_wanted,
    make_examples,
    read_size,
    standing_examples,
)
from etl.example.deliveries import MARK
from etl.example.sizes import Size
from etl.load import Loader, prepare
from tests.conftest import PROJECT, run_etl
from tests.survey_claims import marts, wrong_rows
from warehouse.catalogue import load_catalogue

TWO_YEARS = range(2020, 2022)
CHECKS = (
    "examples_stay_apart",
    "insurers_fit_their_year",
    "years_fit_their_delivery",
    "stops_end_after_they_start",
    "claims_count_once",
    "survey_rows_are_kept",
)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.csv"))
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples") / "small"
    make_examples(range(2018, 2025), SMALL, folder, seed=1)
    return folder


@pytest.fixture(scope="module")
def loaded(small: Path) -> tuple[duckdb.DuckDBPyConnection, Loader]:
    return marts(small)


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    for name in ("one", "two"):
        environment = os.environ | {"PYTHONHASHSEED": "7" if name == "one" else "8"}
        command = ["example", "--years", "2020-2021", "--out", str(tmp_path / name), "--seed", "5"]
        subprocess.run(
            [sys.executable, "-m", "etl", *command],
            cwd=PROJECT, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(digests(tmp_path / "one")) == 2 + 3


def test_another_seed_gives_other_bytes_in_every_file(tmp_path: Path) -> None:
    for seed in (1, 2):
        make_examples(TWO_YEARS, SMALL, tmp_path / str(seed), seed=seed)
    first, second = digests(tmp_path / "1"), digests(tmp_path / "2")
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


def test_every_delivery_loads_without_one_reject_and_passes_the_checks(
    loaded: tuple[duckdb.DuckDBPyConnection, Loader],
) -> None:
    connection, loader = loaded
    assert len(loader.results) == 7 + 13
    assert sum(result.rows_rejected for result in loader.results) == 0
    assert all(result.rows_loaded == result.rows_read > 0 for result in loader.results)
    for check in CHECKS:
        assert wrong_rows(connection, check) == [], check


def test_small_stays_small(loaded: tuple[duckdb.DuckDBPyConnection, Loader]) -> None:
    _, loader = loaded
    for result in loader.results:
        most = 2_600 if result.delivery.source == "provider_survey" else 3_000
        assert 1_500 <= result.rows_read <= most, result.delivery.id


def test_waves_differ_as_real_ones_do(small: Path) -> None:
    def text(place: str, encoding: str = "utf-8") -> str:
        return (small / place).read_text(encoding=encoding)

    survey, claims = "provider_survey", "claims_aggregate"
    assert ";AWBZ55" in text(f"{claims}/2018/{claims}_2018.csv")
    assert ";ZK33;" in text(f"{claims}/2020/{claims}_2020.csv")
    with pytest.raises(UnicodeDecodeError):
        text(f"{survey}/2019/{survey}_2019.csv")
    comma = text(f"{survey}/2019/{survey}_2019.csv", "cp1252").splitlines()
    assert ";cliëntenstop;" in comma[0]
    assert "," in comma[1]
    assert ";Helemaal;" in text(f"{survey}/2020/{survey}_2020.csv")
    assert ";zorgverzekeraar;" in text(f"{survey}/2021/{survey}_2021.csv")
    assert ";uzovi_code;" in text(f"{claims}/2021/{claims}_2021.csv")
    assert "stop_bucket" in comma[0]
    assert "stop_bucket" not in text(f"{survey}/2021/{survey}_2021.csv").splitlines()[0]
    assert "voorbeeld_duin" in text(f"{survey}/2020/{survey}_2020.csv")
    later = text(f"{survey}/2021/{survey}_2021.csv")
    assert "voorbeeld_duin" not in later
    assert "voorbeeld_kust" in later
    assert "voorbeeld_haven" not in later
    assert "voorbeeld_haven" in text(f"{survey}/2022/{survey}_2022.csv")
    assert not (small / claims / "2024" / f"{claims}_2024_final.csv").exists()


def test_every_row_is_called_invented_and_names_invented_insurers_only(
    loaded: tuple[duckdb.DuckDBPyConnection, Loader],
) -> None:
    connection, _ = loaded
    for table in ("provider_survey", "claims_aggregate"):
        sql = f"select count(*) from raw.{table} where invented is distinct from 'yes'"  # noqa: S608
        assert connection.execute(sql).fetchone() == (0,)


def test_the_invented_have_names_and_codes_that_no_insurer_has() -> None:
    catalogue = load_catalogue()
    real = {one.name.casefold() for one in catalogue.insurers.values() if not one.invented}
    for code, insurer in catalogue.insurers.items():
        assert insurer.invented == code.startswith("voorbeeld_")
        if insurer.invented:
            assert insurer.name.startswith("Voorbeeld ")
            assert insurer.name.casefold() not in real
    for uzovi, bearer in catalogue.risk_bearers.items():
        # A UZOVI code is a number of four digits.
        assert bearer.invented != uzovi.isdecimal()
        assert bearer.invented == (bearer.source == "verzonnen")


def test_what_has_to_be_hidden_and_what_is_nothing_is_there(
    loaded: tuple[duckdb.DuckDBPyConnection, Loader],
) -> None:
    connection, _ = loaded

    def count(sql: str) -> int:
        row = connection.execute(f"select count(*) from ({sql})").fetchone()  # noqa: S608
        return int(row[0]) if row else 0

    cell = (
        "select sector_code, insurer_code, region_code, period_year from mart_claims group by all"
    )
    assert count(f"{cell} having max(providers) < 10") > 50
    assert count(f"{cell} having max(largest_amount) > 0.5 * sum(amount)") > 50
    region = "select sector_code, region_code, period_year from mart_claims group by all"
    assert count(f"{region} having max(largest_amount) > 0.5 * sum(amount)") > 0
    answered = (
        "select sector_code, region_code, period_year from mart_survey_contract group by all"
        " having count(distinct respondent_id)"
    )
    enough, few = count(f"{answered} >= 10"), count(f"{answered} < 10")
    assert enough > 200
    assert few > 200
    per_insurer = answered.replace("region_code", "region_code, insurer_code")
    assert count(f"{per_insurer} < 10") > 3 * count(f"{per_insurer} >= 10")
    sql = (
        "select period_year, sum(amount) as s from mart_claims"
        " where sector_code = 'huisartsenzorg' and contract_status = 'uncontracted' group by all"
    )
    assert count(f"from ({sql}) where s = 0") == 4
    assert count(f"from ({sql}) where s > 0") == 3
    assert count("from mart_claims where hours is null") > 0
    assert count("from mart_survey_contract where is_running") > 500


def test_a_size_has_exactly_its_rows_and_both_files_of_a_year_the_same_claims(
    tmp_path: Path,
) -> None:
    made = make_examples(TWO_YEARS, Size("100k", 100_001), tmp_path, seed=3)
    rows = {one.file: one.rows for one in made}
    assert sum(n for file, n in rows.items() if file.startswith("claims")) == 100_001
    survey = sum(n for file, n in rows.items() if file.startswith("provider"))
    assert survey == pytest.approx(32_000, rel=0.02)
    connection, loader = marts(tmp_path)
    assert sum(result.rows_rejected for result in loader.results) == 0
    sql = (
        "select count(*) from raw.claims_aggregate as a inner join raw.claims_aggregate as b"
        " using (year, sector, provider_group, uzovi, region, contract_status, product)"
        " where a.claims_status = 'provisional' and b.claims_status = 'final'"
        " and a.providers = b.providers"
    )
    assert connection.execute(sql).fetchone() == (33_333,)


def test_memory_does_not_grow_with_the_size(tmp_path: Path) -> None:
    """The high-water mark of a process of its own, at eight times the rows."""
    program = (
        "import resource, sys; from pathlib import Path;"
        " from etl.example import make_examples, read_size;"
        " make_examples(range(2021, 2022), read_size(sys.argv[1]), Path(sys.argv[2]), seed=1);"
        " print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak(size: str) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", program, size, str(tmp_path / size)],
            cwd=PROJECT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        return int(ran.stdout)

    assert resource.getpagesize() > 0
    assert peak("800k") / peak("100k") < 1.15


@pytest.mark.parametrize("text", ["", "99k", "10m", "0M", "1.5M", "klein", "-1M", "10"])
def test_an_unreadable_size_is_none(text: str) -> None:
    assert read_size(text) is None


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        make_examples(TWO_YEARS, SMALL, tmp_path, seed=1)
    assert refused.value.faults[0].code == "folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.csv"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--years", "2024-2018"], "2024-2018"),
        (["--years", "18-24"], "18-24"),
        (["--years", "1900-1901"], "1900-1901"),
        (["--years", "2020", "--size", "10m"], "10m"),
        (["--years", "2020", "--seed", "-1"], "seed"),
    ],
)
def test_a_wrong_option_is_told_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], word: str
) -> None:
    out = tmp_path / "out"
    ran = run_etl("example", *arguments, "--out", str(out), releases=tmp_path)
    assert ran.returncode == 2
    assert word in ran.stderr
    assert not out.exists()


def test_the_command_says_what_it_wrote_and_how_to_load_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run_etl("example", "--years", "2021", "--out", str(out), releases=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "provider_survey/2021/provider_survey_2021.csv" in ran.stdout
    assert f"--deliveries {out}" in ran.stdout
    again = run_etl("example", "--years", "2021", "--out", str(out), releases=tmp_path)
    assert again.returncode == 1
    assert "niet leeg" in again.stderr + again.stdout


def test_the_standing_set_is_made_once_also_by_builds_at_the_same_time(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: standing_examples(tmp_path), range(4)))
    assert len(folders) == 1
    (folder,) = folders
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.csv")}
    assert standing_examples(tmp_path) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.csv")} == before


def test_a_set_that_nobody_used_for_days_is_removed(tmp_path: Path) -> None:
    old = tmp_path / "0123456789abcdef"
    old.mkdir()
    os.utime(old, (0, 0))
    folder = standing_examples(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_later_build_removes_an_old_set_and_leaves_a_fresh_one(tmp_path: Path) -> None:
    folder = standing_examples(tmp_path)
    old, fresh = tmp_path / "0123456789abcdef", tmp_path / "fedcba9876543210"
    for other in (old, fresh):
        other.mkdir()
    os.utime(old, (0, 0))
    assert standing_examples(tmp_path) == folder
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, fresh.name}


def test_the_switch_and_an_operators_own_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EXAMPLES", raising=False)
    assert examples_wanted([tmp_path])
    (tmp_path / MARK).write_text("{}", encoding="utf-8")
    assert not examples_wanted([tmp_path])
    monkeypatch.setenv("EXAMPLES", "OFF")
    assert not examples_wanted([])
    monkeypatch.setenv("EXAMPLES", "nee")
    with pytest.raises(ValueError, match="nee"):
        examples_wanted([])


def test_the_mark_of_a_set_is_no_delivery(small: Path) -> None:
    assert (small / MARK).is_file()
    loader = prepare([SHIPPED, small])
    assert not [name for name in loader.inputs if MARK in name]


def test_the_contracts_describe_every_wave_that_is_written(small: Path) -> None:
    """An alias that is said of one year only is the name that the year's file has."""
    for source in ("provider_survey", "claims_aggregate"):
        for column in load_contracts()[source].terms.columns:
            for alias in column.aliases:
                assert not isinstance(alias, str)
                for period in alias.periods:
                    (path,) = (small / source / period).glob(f"{source}_{period}.csv")
                    header = path.read_bytes().splitlines()[0].decode("cp1252").split(";")
                    assert alias.name in header
