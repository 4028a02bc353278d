"""What each edition may show: names for staff, letters for everybody else.

The published layer is made once per edition, from `build.edition_cell`. In the public edition
the insurers of confidential sources are letters there, in an order that only the secret key of
the releases folder knows, and other ones in every indicator and after every year in which an
insurer comes, goes or merges. What goes with a letter is made
coarse, because an exact count would tell which letters of two tables are the same insurer.
`docs/decisions/0011-two-editions.md` says what that does and does not protect.
"""

# Names in the SQL below are ours; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.disclosure_schema import Disclosure
from warehouse.errors import TooFewLettersError
from warehouse.models import CELLS
from warehouse.releases import PUBLIC, STAFF

LETTERED = "insurer_by_letter"
"""The caveat of every cell of which the insurer is a letter."""


@dataclass(frozen=True)
class Edition:
    """One of the files of a release, and who may read it."""

    name: str
    file: str
    is_public: bool

    @property
    def database(self) -> str:
        """The name under which the build has its file open."""
        return f"edition_{self.name}"


EDITIONS = (
    Edition("public", PUBLIC, is_public=True),
    Edition("staff", STAFF, is_public=False),
)


def confidential_sources(disclosures: Mapping[str, Disclosure]) -> frozenset[str]:
    """Return the sources of which some names stay out of the public edition."""
    return frozenset(rule.source for rule in disclosures.values() if rule.confidential)


def public_catalogue(catalogue: Catalogue) -> Catalogue:
    """Leave out the names that only confidential sources know."""
    return replace(
        catalogue,
        **{
            field.name: {
                code: entry
                for code, entry in getattr(catalogue, field.name).items()
                if not getattr(entry, "invented", False)
            }
            for field in fields(catalogue)
        },
    )


def masked_inputs(inputs: Mapping[str, str], confidential: Iterable[str]) -> dict[str, str]:
    """Number the files of confidential sources: the name of a file may be that of an insurer."""
    hidden = frozenset(confidential)
    shown: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for name, digest in sorted(inputs.items(), key=lambda item: (item[1], item[0])):
        parts = name.split("/")
        if parts[0] == "deliveries" and len(parts) > 3 and parts[1] in hidden:
            period = "/".join(parts[:3])
            numbers[period] = numbers.get(period, 0) + 1
            shown[f"{period}/{numbers[period]}"] = digest
        else:
            shown[name] = digest
    return dict(sorted(shown.items()))


def assign_letters(
    connection: duckdb.DuckDBPyConnection,
    disclosures: Mapping[str, Disclosure],
    letters: Iterable[str],
    key: bytes,
) -> None:
    """Make `build.letter`: which letter stands for which insurer, per indicator and era.

    An era is a run of years with the same insurers. Were a letter to go on when an insurer comes,
    goes or merges, the years of its series would tell who it is.

    Args:
        connection: The work database, with all cells.
        disclosures: Say which sources are confidential.
        letters: The codes of the letters, in their order.
        key: The secret of this releases folder.

    Raises:
        TooFewLettersError: An indicator has more insurers than there are letters.
    """
    sources = sorted(confidential_sources(disclosures))
    found = connection.execute(
        "select distinct indicator_id, source_id, insurer_code, period_year"
        f" from indicator.{CELLS} where list_contains(?, source_id) and insurer_code <> 'all'",
        [sources],
    ).fetchall()
    codes = tuple(letters)
    # By source, not by table: an insurer without answers in one table has not gone.
    of_source: dict[str, dict[int, set[str]]] = {}
    of_table: dict[str, set[str]] = {}
    named: dict[tuple[str, int], set[str]] = {}
    for indicator, source, insurer, year in found:
        of_source.setdefault(source, {}).setdefault(year or 0, set()).add(insurer)
        of_table.setdefault(indicator, set()).add(source)
        named.setdefault((indicator, year or 0), set()).add(insurer)
    rows: list[tuple[str, str, int, int, str]] = []
    for indicator, its in sorted(of_table.items()):
        present: dict[int, set[tuple[str, str]]] = {}
        for source in its:
            for year, insurers in of_source[source].items():
                present.setdefault(year, set()).update((source, name) for name in insurers)
        told = [
            (first, last, name)
            for first, last in _eras(present)
            for name in sorted(
                set().union(*(named.get((indicator, y), ()) for y in range(first, last + 1))),
                key=lambda name, table=f"{indicator}\0{first}": _place(key, table, name),  # type: ignore[misc]  # mypy reads the default as an argument of the key
            )
        ]
        if len(told) > len(codes):
            raise TooFewLettersError(indicator, len(told), len(codes))
        rows += [
            (indicator, name, first, last, code)
            for (first, last, name), code in zip(told, codes, strict=False)
        ]
    connection.execute(
        "create or replace table build.letter (indicator_id varchar, insurer_code varchar,"
        " from_year integer, until_year integer, letter varchar)"
    )
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(
            "insert into build.letter select unnest(?), unnest(?), unnest(?), unnest(?), unnest(?)",
            columns,
        )


def _eras(present: Mapping[int, set[tuple[str, str]]]) -> list[tuple[int, int]]:
    """Cut the years into runs with the same insurers: the first and last year of each."""
    eras: list[tuple[int, int]] = []
    before: set[tuple[str, str]] | None = None
    for year, insurers in sorted(present.items()):
        if insurers == before:
            eras[-1] = (eras[-1][0], year)
        else:
            eras.append((year, year))
        before = insurers
    return eras


def open_edition(
    connection: duckdb.DuckDBPyConnection, edition: Edition, disclosures: Mapping[str, Disclosure]
) -> None:
    """Make the tables of `build` that the published layer of one edition reads."""
    connection.execute("create or replace table build.this_edition (name varchar)")
    connection.execute("insert into build.this_edition values (?)", [edition.name])
    sources = sorted(confidential_sources(disclosures)) if edition.is_public else []
    # In the order of the digests: that of the file names could be an order of insurers.
    connection.execute(
        "create or replace table build.delivery_alias as"
        " with numbered as (select delivery_id, source_id, period, row_number() over"
        " (partition by source_id, period order by digest, delivery_id) as number"
        " from raw.delivery where list_contains(?, source_id))"
        " select delivery_id, concat_ws('/', source_id, period, number) as alias from numbered"
        if _has_deliveries(connection)
        else "create or replace table build.delivery_alias as"
        " select '' as delivery_id, '' as alias where list_contains(?, '')",
        [sources],
    )
    connection.execute("create or replace table build.masked_source (source_id varchar)")
    for source in sources:
        connection.execute("insert into build.masked_source values (?)", [source])
    connection.execute(
        f"create or replace view build.edition_cell as {_public_cells(connection, disclosures)}"
        if edition.is_public
        else f"create or replace view build.edition_cell as select * from indicator.{CELLS}"
    )


def _place(key: bytes, indicator: str, insurer: str) -> bytes:
    return hmac.digest(key, f"{indicator}\0{insurer}".encode(), hashlib.sha256)


def _has_deliveries(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'delivery'"
        " and database_name = current_database()"
    ).fetchall()
    return bool(found)


def _public_cells(
    connection: duckdb.DuckDBPyConnection, disclosures: Mapping[str, Disclosure]
) -> str:  # fmt: skip
    """Write the SELECT of the cells that everybody may see."""
    present = {
        str(row[0]) for row in connection.execute(f"describe indicator.{CELLS}").fetchall()
    }  # fmt: skip
    steps = sorted({step for rule in disclosures.values() for step in rule.letter_counts})
    drops = [
        f"c.source_id = '{rule.source}' and c.insurer_code <> 'all' and c.region_code <> 'NL'"
        for rule in disclosures.values()
        if "insurer+region" in rule.public_drops
    ]
    keep = " and ".join(f"not ({drop})" for drop in drops) or "true"
    coarse = {
        "insurer_code": "l.letter",
        "numerator": "null",
        "denominator": "null",
        "n_observed": _rounded_down("c.n_observed", steps),
        "n_unweighted": _rounded_down("c.n_unweighted", steps),
        "value": _rounded("c.value"),
        # Outwards, so that a class stays a class.
        "value_low": "case when c.unit = 'percent' then floor(c.value_low) else c.value_low end",
        "value_high": "case when c.unit = 'percent' then ceil(c.value_high) else c.value_high end",
        "ci_low": "floor(c.ci_low)",
        "ci_high": "ceil(c.ci_high)",
        # The year in which a series broke tells who merged. No letter goes on over that year.
        "comparable_group": "regexp_replace(c.comparable_group, '[|](19|20)[0-9]{2}', '', 'g')",
        "decimals": "case when c.unit = 'percent' then 0 else c.decimals end",
        "caveats": f"list_sort(list_distinct(list_append(c.caveats, '{LETTERED}')))",
    }
    replaced = [
        f"case when l.letter is null then c.{name} else {expression} end as {name}"
        for name, expression in coarse.items()
        if name in present
    ]
    # A file may be that of one insurer: beside a letter the first of the period stands for all.
    alias = (
        "case when l.letter is null then a.alias else regexp_replace(a.alias, '[0-9]+$', '1') end"
    )
    replaced.append(f"coalesce({alias}, c.delivery_id) as delivery_id")
    if "locator" in present:
        replaced.append(
            f"coalesce(replace(c.locator, c.delivery_id, {alias}), c.locator) as locator"
        )
    sources = ", ".join(f"'{source}'" for source in sorted(confidential_sources(disclosures)))
    return (
        f"select c.* replace ({', '.join(replaced)}) from indicator.{CELLS} as c"
        " left join build.letter as l on c.indicator_id = l.indicator_id"
        f" and c.insurer_code = l.insurer_code and c.source_id in ({sources or 'null'})"
        " and coalesce(c.period_year, 0) between l.from_year and l.until_year"
        " left join build.delivery_alias as a on c.delivery_id = a.delivery_id"
        f" where {keep}"
    )


def _rounded(column: str) -> str:
    """Round a value: a share in full is a fraction whose parts can be worked out."""
    return f"round({column}, case when c.unit = 'percent' then 0 else coalesce(c.decimals, 0) end)"


def _rounded_down(column: str, steps: Iterable[int]) -> str:
    """Round a count down to the next step, and to 0 below the first."""
    cases = " ".join(
        f"when {column} >= {step} then {step}" for step in sorted(steps, reverse=True)
    )  # fmt: skip
    return f"case when {column} is null then null {cases} else 0 end"
