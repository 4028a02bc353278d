"""A release with computed cells, made by hand from a shipped one: any size, known contents.

The build computes such cells from deliveries. The tests of the site need each kind of cell at
a known place, and the benchmark needs a million of them, so both write the published tables
themselves.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.publishing import ROW_GROUP, reading_order
from warehouse.releases import PUBLIC, STAFF

PSEUDONYMS = {
    f"letter-{letter}": {
        "code": f"letter-{letter}",
        "name": f"Verzekeraar {letter.upper()}",
        "kind": "pseudonym",
        "nl": f"Verzekeraar {letter.upper()}",
        "en": f"Insurer {letter.upper()}",
    }
    for letter in "ab"
}
INVENTED = {
    "cube-noord": {"code": "cube-noord", "name": "Voorbeeldzorg Kust", "kind": "concern"},
    "cube-oud": {
        "code": "cube-oud",
        "name": "Voorbeeldzorg Eiland",
        "kind": "concern",
        "valid_to": 2020,
        "successor": "cube-noord",
    },
}
YEARS = (2018, 2024)
SOURCE = "provider_survey"


@dataclass(frozen=True)
class Cube:
    """One computed indicator of the release, and the codes that its cells are split into."""

    id: str
    topic: str
    title: str
    evidence: str
    sectors: tuple[str, ...] = ("wijkverpleging", "ggz")
    bases: tuple[str, ...] = ("costs", "clients")
    categories: tuple[str, ...] = ("all",)
    insurers: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    combined: bool = False
    """Whether insurers are split by region as well."""
    chart: str = "trend"
    series: str = "sector_code"
    years: tuple[int, int] = YEARS

    @property
    def breakdowns(self) -> list[str]:
        """The breakdowns as the catalogue writes them."""
        found = [
            name
            for name, codes in (
                ("insurer", self.insurers),
                ("region", self.regions),
                ("provider_group", self.groups),
            )
            if codes
        ]
        return [*found, *(["insurer+region"] if self.combined else [])]


SMALL = (
    Cube(
        "cube_share", "uncontracted_care", "Deel zonder contract", "example",
        insurers=("cube-noord", "cube-oud", "letter-a"), regions=("ZK01", "ZK02"),
        groups=("instelling", "vrijgevestigd"), combined=True,
    ),
    Cube(
        "cube_terms", "multi_year_contracts", "Contracten voor meer jaren", "example",
        bases=("contracts",), categories=("term_two_fixed", "term_two_reopened"),
        insurers=("letter-a",),
    ),
    Cube(
        "cube_indexed", "indexation", "Verhoging van de tarieven", "example",
        bases=("respondents",), categories=("idx_all", "idx_some_not", "idx_unknown"),
        insurers=("letter-a",), chart="stacked", series="category", years=(2022, 2024),
    ),
    Cube(
        "cube_costs", "context", "Kosten per regio", "claims", bases=("costs",),
        regions=("ZK01", "ZK02"),
    ),
)  # fmt: skip


def extend(shipped: Path, root: Path, cubes: tuple[Cube, ...] = SMALL, name: str = "cube") -> Path:
    """Copy the served release of a folder to another one and add computed cells.

    Args:
        shipped: A folder of releases with a build.
        root: The new folder of releases.
        cubes: What to add.
        name: Ends the id of the new release.

    Returns:
        The new folder of releases.
    """
    served = (shipped / "current").resolve()
    folder = root / f"{served.name}-{name}"
    shutil.copytree(served, folder)
    (root / "current").symlink_to(folder.name)
    path = folder / "catalogue.json"
    catalogue = json.loads(path.read_text(encoding="utf-8"))
    catalogue["insurers"] |= PSEUDONYMS | INVENTED
    for code in sorted({code for cube in cubes for code in cube.insurers}):
        named = {"code": code, "name": f"Voorbeeldzorg {code}", "kind": "concern"}
        catalogue["insurers"].setdefault(code, named)
    catalogue["indicators"] |= {cube.id: _entry(cube, catalogue) for cube in cubes}
    path.write_text(json.dumps(catalogue), encoding="utf-8")
    with duckdb.connect() as connection:
        # With blocks of the size that a build gives them.
        connection.execute(f"attach '{folder / PUBLIC}' as public (row_group_size {ROW_GROUP})")
        connection.execute("use public")
        _write(connection, cubes)
    shutil.copyfile(folder / PUBLIC, folder / STAFF)
    return root


def _entry(cube: Cube, catalogue: dict[str, Any]) -> dict[str, Any]:
    """Write the catalogue entry of an indicator after one that exists."""
    entry = json.loads(json.dumps(catalogue["indicators"]["uncontracted_share_costs"]))
    names = {
        "insurer": "insurer",
        "region": "region",
        "provider_group": "provider_group",
        "category": "category",
    }
    split = [name for name in names if name in cube.breakdowns or name == "category"]
    entry |= {
        "id": cube.id,
        "topic": cube.topic,
        "order": 50,
        "method": "ratio",
        "breakdowns": cube.breakdowns,
        "sources": [SOURCE],
        "bases": list(cube.bases),
        "dimensions": ["sector", "period_year", "base", *split],
        "unavailable": {},
        "chart": cube.chart,
        "series": cube.series,
        "breaks": [],
        "related": [],
        "text_beside_image": [],
        "headline": {"kind": "latest", "where": {}},
        "example": None,
    }
    for locale in ("nl", "en"):
        entry[locale] |= {
            "title": cube.title,
            "headline": f"{cube.title}: {{value}} {{base}} ({{sector}}, {{year}})",
            "headline_empty": f"{cube.title}: -",
        }
    return entry


def _write(connection: duckdb.DuckDBPyConnection, cubes: tuple[Cube, ...]) -> None:
    connection.execute("set threads = 2")
    present = {
        row[0] for row in connection.execute("describe published.indicator_value").fetchall()
    }
    for column, kind in (
        ("suppression", "varchar"), ("comparison", "varchar"), ("comparison_value", "double"),
    ):  # fmt: skip
        if column not in present:
            connection.execute(f"alter table published.indicator_value add column {column} {kind}")
    for table in ("trend", "break_of_series"):
        connection.execute(f"drop table if exists published.{table}")
    connection.execute(_TREND)
    connection.execute(_BREAK)
    for cube in cubes:
        _add(connection, cube)
    for table in ("indicator_value", "trend"):
        described = connection.execute(f"describe published.{table}").fetchall()
        order = reading_order([row[0] for row in described])
        connection.execute(
            f"create or replace table published.{table} as select * from published.{table}{order}"  # noqa: S608 - fixed names
        )
    connection.execute("checkpoint public")


def _add(connection: duckdb.DuckDBPyConnection, cube: Cube) -> None:
    whole = [("all", "NL", "all")]
    whole += [(insurer, "NL", "all") for insurer in cube.insurers]
    whole += [("all", region, "all") for region in cube.regions]
    whole += [("all", "NL", group) for group in cube.groups]
    if cube.combined:
        whole += [(one, region, "all") for one in cube.insurers for region in cube.regions]
    connection.execute(
        "create or replace temp table part (insurer varchar, region varchar, grp varchar)"
    )
    for start in range(0, len(whole), 500):
        some = whole[start : start + 500]
        marks = ", ".join(["(?, ?, ?)"] * len(some))
        given = [code for one in some for code in one]
        connection.execute(f"insert into part values {marks}", given)  # noqa: S608 - marks only
    connection.execute(
        _CELLS,
        {
            "id": cube.id, "evidence": cube.evidence, "sectors": list(cube.sectors),
            "bases": list(cube.bases), "categories": list(cube.categories),
            "first": cube.years[0], "last": cube.years[1],
            "document": "", "source": SOURCE,
        },
    )  # fmt: skip
    connection.execute(_VERDICTS, [cube.id])


_TREND = """
create table published.trend (
    indicator_id varchar, sector_code varchar, insurer_code varchar, region_code varchar,
    provider_group varchar, category varchar, base varchar, evidence varchar, verdict varchar,
    reason varchar, points integer, first_year integer, last_year integer, p_value double,
    method varchar
)
"""
_BREAK = """
create table published.break_of_series as
select
    null::varchar as source_id, 'cube-noord' as insurer_code, null::varchar as region_code,
    2020 as after_year, 'insurer_merger' as kind,
    'Voorbeeldzorg Eiland gaat in 2021 op in Voorbeeldzorg Kust' as nl,
    'Voorbeeldzorg Eiland became part of Voorbeeldzorg Kust in 2021' as en,
    null::double as share
"""
_CELLS = """
insert into published.indicator_value by name
with keyed as (
    select
        part.*, s.sector, b.base, c.category, y.year,
        hash(part.insurer, part.region, part.grp, s.sector, b.base, c.category) as seed,
        hash(part.insurer, part.region, part.grp, s.sector, y.year) as noise
    from part
    cross join (select unnest($sectors) as sector) as s
    cross join (select unnest($bases) as base) as b
    cross join (select unnest($categories) as category) as c
    cross join (select unnest(range($first, $last + 1)) as year) as y
    where not (part.insurer = 'cube-oud' and y.year > 2020)
),

valued as (
    select
        *,
        case when part.insurer = 'all' and part.region = 'NL' and grp = 'all' then 5000
             when insurer <> 'all' and region <> 'NL' then 12 + noise % 40
             else 60 + noise % 400 end as n,
        2 + (seed % 300) / 10.0 + (year - $first) * (seed % 7) / 10.0 + (noise % 10) / 10.0 as share
    from keyed as part
),

judged as (
    select
        *,
        case when region = 'ZK02' and insurer <> 'all' then 'few'
             when region = 'ZK02' and insurer = 'all' and year = $last then 'dominant'
             when grp = 'vrijgevestigd' and year = $last then 'secondary' end as suppression,
        case when grp = 'instelling' and year = $first then 0.0
             when grp = 'instelling' and year = $first + 1 then 0.02
             else round(share, 3) end as shown,
        196 * sqrt(0.01 * share * (1 - share / 100) / n) as margin
    from valued
)

select
    $id as indicator_id, sector as sector_code, year as period_year, insurer as insurer_code,
    region as region_code, grp as provider_group, category, '' as population,
    $evidence as evidence, base,
    case when suppression is null then shown end as value,
    case when suppression is null then n end as n_observed,
    case when suppression is null then n end as n_unweighted,
    'percent' as unit, 1 as decimals, 'respondents' as n_unit, 'exact' as qualifier,
    case when suppression is null and n > 30 then greatest(shown - margin, 0) end as ci_low,
    case when suppression is null and n > 30 then shown + margin end as ci_high,
    case when suppression is null and n > 30 then 'wilson_design_95' end as ci_method,
    case when suppression is null then 'final' else 'suppressed' end as status,
    suppression, [] as figure_ids, [] as caveats, $source as source_id, $document as document_id,
    '' as voice, year::varchar as period, $id || base || category as comparable_group,
    case when insurer = 'all' and region = 'NL' and grp = 'all' then null
         when suppression is not null then null
         when n <= 30 then 'undetermined'
         when noise % 3 = 0 then 'higher' when noise % 3 = 1 then 'lower' else 'similar' end
        as comparison,
    10.0 as comparison_value,
    concat_ws('|', $id, sector, year, insurer, region, grp, category, $evidence, base) as cell_id
from judged
"""
_VERDICTS = """
insert into published.trend
select
    indicator_id, sector_code, insurer_code, region_code, provider_group, category, base,
    evidence,
    case when count(value) < 5 then 'undetermined' when hash(any_value(cell_id)) % 2 = 0
        then 'rising' else 'no_trend' end,
    case when count(value) < 5 then 'few_points' end,
    count(value), min(period_year), max(period_year), 0.01, 'kendall'
from published.indicator_value
where indicator_id = ?
group by all
"""
