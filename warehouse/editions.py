"""What each edition may show: names for staff, letters for everybody else.

The published layer is made once per edition, from `build.edition_cell`. In the public edition
the insurers of confidential sources are letters there, in an order that only the secret key of
the releases folder knows, and other ones in every indicator. What goes with a letter is made
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
from warehouse.catalogue.schema import Disclosure
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
    """Make `build.letter`: which letter stands for which insurer, per indicator.

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
        f"select distinct indicator_id, insurer_code from indicator.{CELLS}"
        " where list_contains(?, source_id) and insurer_code <> 'all'",
        [sources],
    ).fetchall()
    codes = tuple(letters)
    insurers: dict[str, list[str]] = {}
    for indicator, insurer in found:
        insurers.setdefault(str(indicator), []).append(str(insurer))
    rows = []
    for indicator, named in sorted(insurers.items()):
        if len(named) > len(codes):
            raise TooFewLettersError(indicator, len(named), len(codes))
        named.sort(key=lambda name, table=indicator: _place(key, table, name))  # type: ignore[misc]  # mypy reads the default as an argument of the key
        rows += [(indicator, name, code) for name, code in zip(named, codes, strict=False)]
    connection.execute(
        "create or replace table build.letter"
        " (indicator_id varchar, insurer_code varchar, letter varchar)"
    )
    if rows:
        connection.executemany("insert into build.letter values (?, ?, ?)", rows)


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
        "decimals": "case when c.unit = 'percent' then 0 else c.decimals end",
        "caveats": f"list_sort(list_distinct(list_append(c.caveats, '{LETTERED}')))",
    }
    replaced = [
        f"case when l.letter is null then c.{name} else {expression} end as {name}"
        for name, expression in coarse.items()
        if name in present
    ]
    replaced.append("coalesce(a.alias, c.delivery_id) as delivery_id")
    if "locator" in present:
        replaced.append(
            "coalesce(replace(c.locator, c.delivery_id, a.alias), c.locator) as locator"
        )
    sources = ", ".join(f"'{source}'" for source in sorted(confidential_sources(disclosures)))
    return (
        f"select c.* replace ({', '.join(replaced)}) from indicator.{CELLS} as c"
        " left join build.letter as l on c.indicator_id = l.indicator_id"
        f" and c.insurer_code = l.insurer_code and c.source_id in ({sources or 'null'})"
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
