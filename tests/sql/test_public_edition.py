"""What is not public is not in the public file: not in a value, a name, a word or a byte."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from tests.computed_delivery import write_deliveries
from tests.conftest import PROJECT
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.stored import read_catalogue
from warehouse.read_model import ReadModel


@dataclass(frozen=True)
class Secrets:
    """Codes, names and UZOVI of insurers that only confidential deliveries know."""

    words: tuple[str, ...]
    """Long enough to be searched as bytes."""
    short: re.Pattern[str]
    """UZOVI codes: four characters stand by chance in any file of numbers."""


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    catalogue = load_catalogue()
    insurers = [entry for entry in catalogue.insurers.values() if entry.invented]
    bearers = [entry for entry in catalogue.risk_bearers.values() if entry.invented]
    assert insurers
    assert bearers
    names = {entry.code for entry in insurers} | {entry.name for entry in (*insurers, *bearers)}
    codes = "|".join(sorted(re.escape(entry.uzovi) for entry in bearers))
    return Secrets(tuple(sorted(names)), re.compile(rf"(?<![0-9A-Za-z])({codes})(?![0-9A-Za-z])"))


@pytest.fixture(scope="module")
def telling_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of deliveries that name insurers in file names and in rejected cells too."""
    folder = tmp_path_factory.mktemp("telling")
    deliveries = folder / "deliveries"
    write_deliveries(deliveries)
    wave = deliveries / "provider_survey" / "2024" / "wave.csv"
    header, *answers = wave.read_text(encoding="utf-8").splitlines()
    its_own = [line for line in answers if "voorbeeld_anker" in line]
    others = [line for line in answers if "voorbeeld_anker" not in line]
    wave.write_text("\n".join([header, *others]) + "\n", encoding="utf-8")
    wave.with_name("Voorbeeld Anker wave.csv").write_text(
        "\n".join([header, *its_own]) + "\n", encoding="utf-8"
    )
    claims = deliveries / "claims_aggregate" / "2023" / "z_last.csv"
    lines = claims.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(";").index("region")
    cells = lines[1].split(";")
    # A thousand rows more, so that one bad one may be left out.
    more = ["ZK09", "ZK10", "ZK11", "ZK12", "ZK13", "ZK14", "ZK16", "ZK17", "ZK18", "ZK19"]
    first = [line.split(";") for line in lines if ";ZK01;" in line]
    lines += [
        ";".join([*row[:column], region, *row[column + 1 :]]) for region in more for row in first
    ]
    cells[column] = "voorbeeld_baken"
    claims.with_name("voorbeeld_baken VB03.csv").write_text(
        "\n".join([*lines, ";".join(cells)]) + "\n", encoding="utf-8"
    )
    claims.unlink()
    environment = os.environ | {"RELEASES_DIR": str(folder / "releases"), "EXAMPLES": "off"}
    result = subprocess.run(
        [
            sys.executable, "-m", "etl", "build", "--deliveries", str(deliveries),
            "--accept", "codes_vanished", "--accept", "rows_missing",
            "--who", "a test", "--why", "the file is that of one insurer",
        ],
        cwd=PROJECT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return folder / "releases" / "current"


def values(file: Path) -> Iterator[tuple[str, str]]:
    """Yield every value of every table as text, lists and all."""
    with duckdb.connect(str(file.resolve()), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            columns = connection.execute(f'describe published."{table}"').fetchall()
            for column, *_ in columns:
                found = connection.execute(
                    f'select distinct "{column}"::varchar from published."{table}"'  # noqa: S608
                    f' where "{column}" is not null'
                ).fetchall()
                for (value,) in found:
                    yield f"{table}.{column}", str(value)


def uncompressed(file: Path, folder: Path) -> bytes:
    """Copy a database with nothing packed, so that words stand in it as they are."""
    target = folder / "plain.duckdb"
    with duckdb.connect() as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute(f"attach '{file.resolve()}' as packed (read_only)")
        connection.execute(f"attach '{target}' as plain")
        connection.execute("copy from database packed to plain")
    return target.read_bytes()


def leaks(folder: Path, secrets: Secrets, scratch: Path) -> list[str]:
    """Search everything that a public machine holds of a release."""
    found = []
    public = folder / "public.duckdb"
    texts = {name: (folder / name).read_text(encoding="utf-8")
             for name in ("catalogue.json", "release.json")}  # fmt: skip
    for place, text in [*values(public), *texts.items()]:
        found += [f"{place}: {word}" for word in secrets.words if word.lower() in text.lower()]
        found += [f"{place}: {hit}" for hit in secrets.short.findall(text)]
    for place, content in (
        ("bytes", public.read_bytes()), ("plain bytes", uncompressed(public, scratch))
    ):  # fmt: skip
        lower = content.lower()
        found += [f"{place}: {word}" for word in secrets.words if word.lower().encode() in lower]
    return found


def test_the_search_would_find_it(telling_release: Path, secrets: Secrets, tmp_path: Path) -> None:
    """The staff edition holds what the public one may not: so the search is not blind."""
    folder = tmp_path / "as_if_public"
    folder.mkdir()
    for staff, public in (
        ("staff.duckdb", "public.duckdb"), ("catalogue_staff.json", "catalogue.json"),
        ("release.json", "release.json"),
    ):  # fmt: skip
        shutil.copy(telling_release / staff, folder / public)
    places = {found.partition(":")[0] for found in leaks(folder, secrets, tmp_path)}
    assert {
        "bytes", "plain bytes", "catalogue.json", "indicator_value.insurer_code",
        "indicator_value.cell_id", "delivery.file", "reject.value", "insurer.name",
    } <= places  # fmt: skip


def test_a_telling_build_leaks_nothing(
    telling_release: Path, secrets: Secrets, tmp_path: Path
) -> None:
    assert leaks(telling_release, secrets, tmp_path) == []
    with duckdb.connect(str((telling_release / "public.duckdb").resolve()), read_only=True) as c:
        (refused,) = c.execute(
            "select count(distinct line) from published.reject where source_id = 'claims_aggregate'"
        ).fetchall()
    assert refused == (1,), "that a row was refused is public; what stood in it is not"


def test_a_file_of_one_insurer_does_not_tell_its_letter(telling_release: Path) -> None:
    counts = {}
    for edition in ("public", "staff"):
        file = (telling_release / f"{edition}.duckdb").resolve()
        with duckdb.connect(str(file), read_only=True) as connection:
            found = connection.execute(
                "select distinct delivery_id, locator from published.indicator_value"
                " where evidence = 'example' and source_id = 'provider_survey'"
                " and insurer_code <> 'all' and period_year = 2024"
            ).fetchall()
            known = connection.execute("select delivery_id from published.delivery").fetchall()
        counts[edition] = len(found)
        assert {delivery for delivery, _ in found} <= {delivery for (delivery,) in known}
    assert counts == {"public": 1, "staff": 2}


def test_the_shipped_build_leaks_nothing(
    shipped_releases: Path, secrets: Secrets, tmp_path: Path
) -> None:
    assert leaks(shipped_releases / "current", secrets, tmp_path) == []


def test_letters_stand_for_the_insurers(read_releases: Path) -> None:
    public = ReadModel(read_releases)
    staff = ReadModel(read_releases, edition="staff")
    sql = (
        "select distinct indicator_id, insurer_code from published.indicator_value"
        " where evidence = 'example' and insurer_code <> 'all'"
    )
    letters, names = public.query(sql), staff.query(sql)
    assert set(letters["insurer_code"].str.startswith("letter-")) == {True}
    assert set(names["insurer_code"].str.startswith("letter-")) == {False}
    # One letter per insurer and run of years with the same insurers.
    per_table = letters.groupby("indicator_id").size()
    assert (per_table >= names.groupby("indicator_id").size()).all()
    combined = "select count(*) as n from published.indicator_value" \
        " where insurer_code <> 'all' and region_code <> 'NL' and evidence = 'example'"  # fmt: skip
    assert public.query(combined)["n"].iloc[0] == 0
    assert staff.query(combined)["n"].iloc[0] > 0


def test_the_years_of_a_letter_do_not_tell_who_it_is(read_releases: Path) -> None:
    """Insurers that merge, come or go are told by the years of their series; letters are not."""
    public = ReadModel(read_releases)
    staff = ReadModel(read_releases, edition="staff")
    years = (
        "select insurer_code, min(period_year) as first, max(period_year) as last"
        " from published.indicator_value where evidence = 'example' and insurer_code <> 'all'"
        " and indicator_id = 'uncontracted_share' group by insurer_code"
    )
    named = staff.query(years)
    assert len(set(zip(named["first"], named["last"], strict=True))) > 1, "or this test is empty"
    starts = set(named["first"]) | {last + 1 for last in named["last"]}
    lettered = public.query(years)
    for first, last in zip(lettered["first"], lettered["last"], strict=True):
        assert first in starts
        assert not starts & set(range(first + 1, last + 1)), "a letter goes on over a change"
    marks = public.query(
        "select count(*) as n from published.indicator_value where insurer_code like 'letter-%'"
        " and regexp_matches(comparable_group, '[|](19|20)[0-9]{2}')"
    )
    assert marks["n"].iloc[0] == 0
    groups = public.query(
        "select count(distinct comparable_group) as n from published.indicator_value"
        " where insurer_code like 'letter-%'"
        " group by indicator_id, sector_code, period_year, category, base"
    )
    assert set(groups["n"]) == {1}, "no letter of a year has a break of its own"
    whole = public.query(
        "select distinct period_year from published.indicator_value"
        " where indicator_id = 'uncontracted_share' and insurer_code = 'all'"
    )
    assert set(whole["period_year"]) == set(range(2018, 2025))


def test_beside_a_letter_numbers_are_coarse(read_releases: Path) -> None:
    frame = ReadModel(read_releases).query(
        "select * from published.indicator_value where insurer_code like 'letter-%'"
    )
    assert frame["numerator"].isna().all()
    assert frame["denominator"].isna().all()
    steps = {0.0, 10.0, 25.0, 50.0, 100.0, 250.0, 1000.0}
    assert set(frame["n_observed"].dropna()) <= steps
    assert set(frame["n_unweighted"].dropna()) <= steps
    shares = frame[frame["unit"] == "percent"]
    for column in ("value", "ci_low", "ci_high", "value_low", "value_high"):
        whole = shares[column].dropna()
        assert (whole == whole.round()).all(), column
    assert all("insurer_by_letter" in caveats for caveats in frame["caveats"])


def test_letters_have_no_past(read_releases: Path) -> None:
    model = ReadModel(read_releases)
    for table in ("value_history", "revision"):
        found = model.query(
            f"select count(*) as n from published.{table} where cell_id like '%letter-%'"  # noqa: S608
        )
        assert found["n"].iloc[0] == 0


def test_each_edition_has_its_own_words(read_releases: Path) -> None:
    folder = read_releases / "current"
    public, staff = read_catalogue(folder), read_catalogue(folder, "staff")
    assert not [entry for entry in public.insurers.values() if entry.invented]
    assert [entry for entry in staff.insurers.values() if entry.invented]
    assert ReadModel(read_releases, edition="staff").catalogue(folder.resolve().name) == staff


def test_the_manifest_seals_both(shipped_releases: Path) -> None:
    manifest = json.loads((shipped_releases / "current" / "release.json").read_text("utf-8"))
    assert manifest["database"] != manifest["staff_database"]
    assert manifest["rows"]["indicator_value"] < manifest["staff_rows"]["indicator_value"]


def test_hidden_cells_are_hidden_in_both(read_releases: Path) -> None:
    for edition in ("public", "staff"):
        frame = ReadModel(read_releases, edition=edition).query(
            "select suppression, count(*) as cells, count(value) as numbers"
            " from published.indicator_value where status = 'suppressed' group by suppression"
        )
        assert {"few", "secondary"} <= set(frame["suppression"])
        assert frame["numbers"].sum() == 0
