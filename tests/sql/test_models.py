"""Models read only the layer below, and the order is read from the SQL itself."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import yaml

from tests.conftest import PROJECT
from warehouse.catalogue import load_catalogue
from warehouse.catalogue.tables import catalogue_tables
from warehouse.checking import read_checks
from warehouse.errors import ModelError
from warehouse.models import CHECKS, LAYERS, RECORDS, parse_model, read_models

SOURCES = [
    yaml.safe_load(file.read_text(encoding="utf-8"))["source"]
    for file in sorted((PROJECT / "etl" / "contracts").glob("*.yaml"))
]
RAW = {*SOURCES, *RECORDS, "correction"}
REF = {table.name for table in catalogue_tables(load_catalogue())}


def write(root: Path, **files: str) -> Path:
    """Write models: `staging__stg_a="select …"`."""
    for name, sql in files.items():
        folder, stem = name.split("__", 1)
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / f"{stem}.sql").write_text(sql, encoding="utf-8")
    return root


def refused(root: Path) -> str:
    with pytest.raises(ModelError) as caught:
        read_models(root, raw={"source", "delivery"}, ref={"ref_sector"})
    return str(caught.value)


def test_the_shipped_models_read_only_what_they_may_and_run_after_it() -> None:
    models = read_models(raw=RAW, ref=REF)
    place = {model.name: number for number, model in enumerate(models)}
    for model in models:
        for table in model.reads:
            if table.schema == "" and table.name in place:
                assert place[table.name] < place[model.name], (model.name, table.name)
    assert [m.layer for m in models] == sorted((m.layer for m in models), key=LAYERS.index)


def test_every_shipped_check_reads_tables_that_exist() -> None:
    models = read_models(raw=RAW, ref=REF)
    assert len(read_checks(CHECKS, models, raw=RAW, ref=REF)) >= 20


def test_every_model_and_check_opens_with_what_it_is() -> None:
    for file in [*(PROJECT / "warehouse" / "models").rglob("*.sql"), *CHECKS.glob("*.sql")]:
        text = file.read_text(encoding="utf-8")
        assert text.startswith("-- "), file
        if file.parent != CHECKS:
            assert "-- Grain: " in text, file


def test_a_mart_may_not_read_raw_tables(tmp_path: Path) -> None:
    message = refused(write(tmp_path, marts__mart_a="select a from raw.source"))
    assert 'marts/mart_a.sql: reads "raw.source" of layer raw' in message
    assert "may read: mart, ref, staging" in message


def test_an_indicator_may_not_read_staging(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        staging__stg_a="select 1 as a from raw.source",
        indicators__x="select a from stg_a",
    )
    assert 'indicators/x.sql: reads "stg_a" of layer staging' in refused(root)


def test_staging_may_not_read_upwards(tmp_path: Path) -> None:
    root = write(
        tmp_path, staging__stg_a="select a from mart_a", marts__mart_a="select a from stg_a"
    )
    assert 'staging/stg_a.sql: reads "mart_a" of layer mart' in refused(root)


def test_an_unknown_table_is_named_with_the_nearest(tmp_path: Path) -> None:
    message = refused(write(tmp_path, staging__stg_a="select a from raw.sorce"))
    assert 'reads "raw.sorce", which nothing makes' in message
    assert "raw.source" in message


def test_a_circle_is_refused(tmp_path: Path) -> None:
    root = write(
        tmp_path, marts__mart_a="select a from mart_b", marts__mart_b="select a from mart_a"
    )
    assert "in a circle" in refused(root)


def test_a_subquery_and_a_join_using_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "mart_a.sql"
    file.write_text(
        "select (select max(a) from stg_c) as m from stg_a inner join stg_b using (k)", "utf-8"
    )
    with duckdb.connect() as parser:
        model = parse_model(parser, file, LAYERS[1])
    assert {table.name for table in model.reads} == {"stg_a", "stg_b", "stg_c"}


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("create table a as select 1", "Only SELECT statements"),
        ("select 1 as a; select 2 as a", "2 statements"),
        ("selec 1", "syntax error"),
        ("select * from read_csv('x.csv')", 'function "read_csv"'),
        ("with stg_b as (select 1 as a) select a from stg_b", "takes the name of a table"),
    ],
)
def test_a_model_is_one_select(tmp_path: Path, sql: str, message: str) -> None:
    assert message.lower() in refused(write(tmp_path, staging__stg_a=sql)).lower()


def test_a_name_must_fit_its_folder(tmp_path: Path) -> None:
    assert "stg_<name>.sql" in refused(write(tmp_path, staging__a="select 1 as a from raw.source"))
