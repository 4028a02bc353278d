"""The crosswalks: every name leads to one place, and what does not fit is told."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from tests.conftest import PROJECT
from warehouse.catalogue import CATALOGUE, load_catalogue
from warehouse.catalogue.crosswalks.checks import fold
from warehouse.catalogue.tables import write_catalogue_tables
from warehouse.errors import CatalogueError

STAGING = PROJECT / "warehouse" / "models" / "staging"


def test_342_municipalities_and_their_predecessors_are_placed() -> None:
    catalogue = load_catalogue()
    regions = Counter(entry.region for entry in catalogue.municipalities.values())
    assert len(catalogue.municipalities) == 342
    assert len(regions) == 31
    assert len({entry.province for entry in catalogue.municipalities.values()}) == 12
    divided = [name for name, c in catalogue.municipality_changes.items() if c.successor is None]
    assert divided == ["Haaren"]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("'s-Gravenhage", "s gravenhage"),
        ("S GRAVENHAGE", "s gravenhage"),
        ("Bergen (NH.)", "bergen nh"),
        ("SÚDWEST-FRYSLÂN", "sudwest fryslan"),
        ("Nuenen c.a.", "nuenen ca"),
        ("  De  Fryske\u00a0Marren ", "de fryske marren"),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_sql_and_python_fold_names_alike() -> None:
    catalogue = load_catalogue()
    sql = (STAGING / "stg_municipality_name.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("create schema ref")
        write_catalogue_tables(connection, catalogue, "ref")
        connection.execute("set search_path = 'ref'")
        found = {row[0] for row in connection.execute(sql).fetchall()}
    entries = [*catalogue.municipalities.values(), *catalogue.municipality_changes.values()]
    assert found == {fold(name) for entry in entries for name in (entry.name, *entry.also_written)}


def test_both_staging_models_fold_alike() -> None:
    marks = [
        line.strip()
        for model in ("stg_municipality_name", "stg_vektis_open_data")
        for line in (STAGING / f"{model}.sql").read_text(encoding="utf-8").splitlines()
        if "strip_accents" in line or "[^a-z0-9]+" in line
    ]
    assert len(marks) == 4
    assert marks[0].replace("municipality_written", "municipality") == marks[2]
    assert marks[1] == marks[3]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "municipality.csv",
            "Veendam,GM0047,,ZK09",
            "Veendam,GM0047,,ZK99",
            '"ZK99" is no zorgkan',
        ),
        (
            "municipality.csv",
            "Veendam,GM0047,,ZK09",
            "Veendam,GM0047,,PV20",
            '"PV20" is no zorgkan',
        ),
        (
            "municipality.csv",
            "Veendam,GM0047,,",
            "Veendam,GM0047,ALMERE,",
            '"ALMERE" is also a name',
        ),
        (
            "municipality.csv",
            "Veendam,GM0047,,ZK09,PV20,,,",
            "Veendam,GM0047,,ZK09,PV20,,2020,\nVeendam,GM0047,,ZK06,PV22,2020,,",
            "overlap",
        ),
        ("municipality_change.csv", "Weesp,,Amsterdam", "Weesp,,Amstelveld", '"Amstelveld" is not'),
        ("municipality_change.csv", "Vught|Tilburg,PV30", "Vught|Tilburg,", "province"),
        ("care_type.yaml", "care_group: dental", "care_group: teeth", '"teeth" is not in'),
        ("care_group.yaml", "sector: msz", "sector: ziekenhuis", '"ziekenhuis" is not in'),
        ("break_text.yaml", "Tussen {last}", "Tussen {from}", "must hold {last}"),
    ],
)
def test_what_does_not_fit_is_told_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = root / "crosswalks" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load_catalogue(root)
    problems = [p for p in error.value.problems if p.file.endswith(f"crosswalks/{file}")]
    assert problems
    assert any(message in problem.message for problem in problems), problems
    assert all(problem.line > 0 for problem in problems)
