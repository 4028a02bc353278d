"""The catalogue names every fault with file and line, and falls back on nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from warehouse.catalogue import CATALOGUE, load_catalogue
from warehouse.catalogue.load import INDICATOR_MODELS
from warehouse.catalogue.tables import catalogue_tables
from warehouse.errors import CatalogueError


@pytest.fixture
def catalogue_folder(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, to break."""
    ignore = shutil.ignore_patterns("*.py", "__pycache__")
    return shutil.copytree(CATALOGUE, tmp_path / "catalogue", ignore=ignore)


def faults(folder: Path, models: Path = INDICATOR_MODELS) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder, models=models)
    return [str(problem) for problem in caught.value.problems]


def replace(file: Path, old: str, new: str) -> int:
    """Replace the first occurrence and return its line."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} no longer holds {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_catalogue_is_sound() -> None:
    catalogue = load_catalogue()
    assert {"uncontracted_care", "multi_year_contracts", "indexation", "client_stops"} <= set(
        catalogue.topics
    )
    assert len(catalogue.indicators) >= 20
    topics = [indicator.topic for indicator in catalogue.indicators.values()]
    assert topics == sorted(topics), "indicators stand together per topic"


def test_an_unknown_field_is_named_with_its_line(catalogue_folder: Path) -> None:
    file = catalogue_folder / "indicators" / "uncontracted_share_costs.yaml"
    line = replace(file, "polarity:", "polaritty:")
    found = faults(catalogue_folder)
    assert any(
        fault.startswith(f"catalogue/indicators/uncontracted_share_costs.yaml:{line}:")
        and '"polaritty" is not a field' in fault
        for fault in found
    ), found
    assert any('"polarity" is missing' in fault for fault in found), found


def test_all_faults_of_all_files_are_told_at_once(catalogue_folder: Path) -> None:
    replace(catalogue_folder / "sources.yaml", "evidence: published", "evidence: hearsay")
    replace(catalogue_folder / "dimensions" / "sector.yaml", "order: 0", "order: first")
    (catalogue_folder / "glossary.yaml").unlink()
    found = faults(catalogue_folder)
    assert any("sources.yaml" in fault and "'hearsay'" in fault for fault in found), found
    assert any("sector.yaml" in fault and "'first'" in fault for fault in found), found
    assert "catalogue/glossary.yaml:1: this file is missing" in found


def test_a_code_that_does_not_exist_is_refused_with_the_nearest(catalogue_folder: Path) -> None:
    file = catalogue_folder / "indicators" / "uncontracted_share_costs.yaml"
    line = replace(file, "unit: percent", "unit: percnt")
    (found,) = faults(catalogue_folder)
    assert f":{line}: " in found
    assert 'unit "percnt" does not exist; do you mean percent' in found


def test_placeholders_are_the_same_in_both_languages(catalogue_folder: Path) -> None:
    file = catalogue_folder / "indicators" / "uncontracted_share_costs.yaml"
    text = file.read_text(encoding="utf-8")
    dutch, english = text.split("\nen:\n")
    file.write_text(f"{dutch}\nen:\n{english.replace('{value}', 'much')}", encoding="utf-8")
    (found,) = faults(catalogue_folder)
    assert "en.headline: placeholders differ" in found


def test_a_missing_translation_is_a_fault(catalogue_folder: Path) -> None:
    file = catalogue_folder / "indicators" / "uncontracted_share_costs.yaml"
    text = file.read_text(encoding="utf-8")
    head, english = text.split("\nen:\n")
    kept = [line for line in english.split("\n") if not line.lstrip().startswith("title:")]
    file.write_text(f"{head}\nen:\n" + "\n".join(kept), encoding="utf-8")
    assert any('"en.title" is missing' in fault for fault in faults(catalogue_folder))


def test_the_same_code_twice_names_the_first_line(catalogue_folder: Path) -> None:
    file = catalogue_folder / "dimensions" / "status.yaml"
    file.write_text(
        file.read_text(encoding="utf-8") + '- {code: final, nl: "nog eens", en: "again"}\n',
        encoding="utf-8",
    )
    (found,) = faults(catalogue_folder)
    assert 'code "final" stands here twice (first on line 2)' in found


def test_the_same_key_twice_in_one_entry_is_refused(catalogue_folder: Path) -> None:
    replace(catalogue_folder / "dimensions" / "status.yaml", "  en: final", "  en: final\n  en: x")
    assert any('"en" stands twice in this entry' in fault for fault in faults(catalogue_folder))


def test_broken_yaml_is_named_with_its_line(catalogue_folder: Path) -> None:
    (catalogue_folder / "dimensions" / "status.yaml").write_text(
        "- code: final\n  nl: a: b\n", "utf-8"
    )
    (found,) = faults(catalogue_folder)
    assert found.startswith("catalogue/dimensions/status.yaml:2: this is not valid YAML")


def test_an_indicator_without_its_select_and_a_select_without_indicator(
    catalogue_folder: Path, tmp_path: Path
) -> None:
    models = shutil.copytree(INDICATOR_MODELS, tmp_path / "indicators")
    (models / "uncontracted_share_costs.sql").rename(models / "orphan.sql")
    found = faults(catalogue_folder, models)
    assert any("models/indicators/uncontracted_share_costs.sql is missing" in f for f in found)
    assert any("indicators/orphan.yaml is missing" in fault for fault in found)


def test_a_csv_fault_is_named_with_its_line(catalogue_folder: Path) -> None:
    file = catalogue_folder / "repeats.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}only-an-id,,\n", encoding="utf-8")
    found = faults(catalogue_folder)
    line = text.count("\n") + 1
    assert any(f"repeats.csv:{line}:" in fault and "is missing" in fault for fault in found), found


def test_tables_carry_texts_lists_and_places() -> None:
    tables = {table.name: table for table in catalogue_tables(load_catalogue())}
    caveats = tables["ref_caveat"]
    assert {"title_nl", "title_en", "text_nl", "text_en"} <= set(caveats.columns)
    assert tables["ref_figure_caveat"].columns["keys"] == "varchar[]"
    assert [row[-1] for row in caveats.rows] == list(range(1, len(caveats.rows) + 1))
    assert tables["ref_contradiction_side"].columns["figure_ids"] == "varchar[]"
    for table in tables.values():
        assert all(len(row) == len(table.columns) for row in table.rows), table.name
