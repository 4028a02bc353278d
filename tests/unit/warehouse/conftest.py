"""A small warehouse for the machinery: one source, one indicator table, the real history."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from warehouse.build import BuildResult, Purpose, build_release
from warehouse.catalogue import Catalogue
from warehouse.models import MODELS

Builder = Callable[..., BuildResult]

VALUES = """
-- One cell per number.
-- Grain: one row per number.

select
    name as cell_id,
    'x' as indicator_id,
    'all' as sector_code,
    2025 as period_year,
    '2025' as period,
    'all' as insurer_code,
    'NL' as region_code,
    'all' as provider_group,
    'all' as category,
    'all' as base,
    'published' as evidence,
    null::varchar as source_id,
    null::varchar as document_id,
    null::varchar as delivery_id,
    null::varchar as locator,
    case when value < 1000 then value end as value,
    null::double as value_low,
    null::double as value_high,
    null::double as numerator,
    null::double as denominator,
    null::double as n_observed,
    null::double as n_unweighted,
    null::double as ci_low,
    null::double as ci_high,
    null::varchar as ci_method,
    'exact' as qualifier,
    null::varchar as comparison,
    null::double as comparison_value,
    null::varchar as label_nl,
    null::varchar as label_en,
    'percent' as unit,
    0 as decimals,
    case
        when value >= 1000 then 'suppressed'
        when value % 1 = 0.5 then 'provisional'
        else 'final'
    end as status,
    case when value >= 1000 then 'few' end as suppression,
    [name] as figure_ids,
    repeat('x', 200) as filler
from mart_number
"""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """A catalogue without entries: the machinery does not care what indicators mean."""
    return Catalogue(**{vocabulary.name: {} for vocabulary in fields(Catalogue)})


@pytest.fixture
def small_models(tmp_path: Path) -> Path:
    """Models of one table of numbers, with the shipped history of values.

    A number of 1,000 or more is hidden; one with a half is provisional.
    """
    root = tmp_path / "models"
    for folder in ("staging", "marts", "published"):
        (root / folder).mkdir(parents=True)
    (root / "staging" / "stg_number.sql").write_text("select name, value from raw.number")
    (root / "marts" / "mart_number.sql").write_text("select name, value from stg_number")
    (root / "published" / "indicator_value.sql").write_text(VALUES)
    (root / "published" / "release.sql").write_text(
        "select release_id, built_at, previous_release_id from this_release"
    )
    for name in ("known_release", "publication", "revision", "value_history"):
        shutil.copy(MODELS / "published" / f"{name}.sql", root / "published")
    return root


@pytest.fixture
def checks(tmp_path: Path) -> Path:
    """One check: no number is negative."""
    root = tmp_path / "checks"
    root.mkdir()
    (root / "not_negative.sql").write_text("select name, value from mart_number where value < 0")
    return root


@pytest.fixture
def build(tmp_path: Path, small_models: Path, checks: Path, catalogue: Catalogue) -> Builder:
    """Build a release of named numbers, each a minute later than the one before."""
    clock = [datetime(2026, 1, 1, tzinfo=UTC)]

    def build_numbers(
        *,
        releases: Path | None = None,
        on_step: Callable[[str], None] = lambda _: None,
        load: Callable[[duckdb.DuckDBPyConnection], None] | None = None,
        keeps_work: bool = False,
        candidate: bool = False,
        at: datetime | None = None,
        why: str = "",
        who: str = "",
        inputs: Mapping[str, str] | None = None,
        **numbers: float,
    ) -> BuildResult:
        clock[0] += timedelta(minutes=1)

        def load_raw(connection: duckdb.DuckDBPyConnection) -> None:
            connection.execute("create or replace table raw.number (name varchar, value double)")
            for name, value in numbers.items():
                connection.execute("insert into raw.number values (?, ?)", [name, value])

        return build_release(
            releases=releases or tmp_path / "releases",
            inputs=inputs or {name: str(value) for name, value in numbers.items()},
            load_raw=load or load_raw,
            catalogue=catalogue,
            built_at=at or clock[0],
            program_version="test",
            on_step=on_step,
            keeps_work=keeps_work,
            models=small_models,
            checks=checks,
            purpose=Purpose(why, who),
            candidate=candidate,
            moment=at,
        )

    return build_numbers
