"""The checks of the history of values find what they are for."""

# Names in the SQL below are ours.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.models import CHECKS

WHOLE = (CHECKS / "history_is_whole.sql").read_text(encoding="utf-8")
SECRETS = (CHECKS / "history_tells_no_secrets.sql").read_text(encoding="utf-8")
SHOWN = "x|ggz|2023|all|NL"
HIDDEN = "x|ggz|2022|all|NL"
NUMBERS = (
    "value_low", "value_high", "numerator", "denominator", "n_observed", "n_unweighted", "ci_low",
    "ci_high", "comparison_value",
)  # fmt: skip
WORDS = ("ci_method", "comparison", "label_nl", "label_en")


@pytest.fixture
def edition() -> Iterator[duckdb.DuckDBPyConnection]:
    """Two releases: a number was revised, and another hidden."""
    rest = ", ".join(
        [f"null::double as {name}" for name in NUMBERS]
        + [f"null::varchar as {name}" for name in WORDS]
    )
    with duckdb.connect() as connection:
        connection.execute(
            "create table indicator_value as select cell_id, 'x' as indicator_id,"
            " 'claims' as evidence, 2023 as period_year,"
            " 'claims' as source_id, null::varchar as document_id, 'all' as insurer_code,"
            " [cell_id] as figure_ids, 'claims/2023/1' as delivery_id, value::double as value,"
            f" {rest}, case when value is null then 'suppressed' else 'final' end as status,"
            " case when value is null then 'few' end as suppression"
            " from (values (?, 2), (?, null)) as t (cell_id, value)",
            [SHOWN, HIDDEN],
        )
        connection.execute(
            "create table known_release as select * from (values"
            " ('r1', null, false), ('r2', 'r1', true))"
            " as t (release_id, previous_release_id, is_this)"
        )
        connection.execute(
            "create table value_history as"
            " select * replace (null as value), 'r1' as release_id, '2026' as published_at,"
            " false as is_gone, case when status = 'suppressed' then 'final' end"
            " as status_before_hiding from indicator_value"
            " union all select *, 'r2', '2027', false, null from indicator_value"
        )
        connection.execute(
            "create table revision as select cell_id, release_id, indicator_id, insurer_code,"
            " figure_ids, null::double as old_value, null::double as old_value_low,"
            " null::double as old_value_high, value as new_value, value_low as new_value_low,"
            " value_high as new_value_high from value_history where release_id = 'r2'"
        )
        connection.execute("create table withheld_figure (figure_id varchar)")
        connection.execute("create table masked_source (source_id varchar)")
        yield connection


def faults(connection: duckdb.DuckDBPyConnection, check: str) -> set[str]:
    cursor = connection.execute(check)
    column = [str(one[0]) for one in cursor.description or ()].index("fault")
    return {str(row[column]) for row in cursor.fetchall()}


def test_a_sound_history_passes(edition: duckdb.DuckDBPyConnection) -> None:
    assert faults(edition, WHOLE) == set()
    assert faults(edition, SECRETS) == set()


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("insert into value_history from value_history where release_id = 'r1'", "twice"),
        ("update value_history set release_id = 'r0' where value is null", "unknown release"),
        ("update known_release set previous_release_id = 'r0'", "unknown parent"),
        ("update value_history set value = 3 where value = 2", "another state"),
        ("update value_history set is_gone = true where release_id = 'r2'", "another state"),
        ("delete from value_history where value = 2", "another state"),
        ("delete from indicator_value where value = 2", "another state"),
    ],
)
def test_a_history_that_is_not_whole_is_found(
    edition: duckdb.DuckDBPyConnection, sql: str, fault: str
) -> None:
    edition.execute(sql)
    assert fault in faults(edition, WHOLE)


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        *(
            (f"update value_history set {name} = 1 where status = 'suppressed'", "hidden now")
            for name in ("value", *NUMBERS)
        ),
        *(
            (f"update value_history set {name} = 'x' where status = 'suppressed'", "hidden now")
            for name in WORDS
        ),
        *(
            (
                f"update indicator_value set {name} = 2 where value = 2;"
                f" update value_history set {name} = 1 where status <> 'suppressed'",
                "exact",
            )
            for name in NUMBERS
            if name not in ("value_low", "value_high")
        ),
        (
            "insert into value_history select * replace ('x|ggz|2023|cz' as cell_id)"
            " from value_history where value = 2",
            "gone",
        ),
        ("update revision set old_value = 1 where new_value is null", "hidden now"),
        (f"insert into withheld_figure values ('{SHOWN}')", "withheld"),
        ("update value_history set insurer_code = 'letter-a'", "letter"),
        ("update revision set insurer_code = 'letter-a'", "letter"),
        (
            "insert into masked_source values ('claims');"
            " update value_history set insurer_code = 'cz'",
            "named",
        ),
        (
            "insert into masked_source values ('ggz'); update revision set insurer_code = 'cz'",
            "named",
        ),
        (
            "insert into masked_source values ('claims');"
            " update value_history set delivery_id = 'claims/2023/cz' where release_id = 'r1'",
            "file",
        ),
    ],
)
def test_a_history_that_tells_a_secret_is_found(
    edition: duckdb.DuckDBPyConnection, sql: str, fault: str
) -> None:
    edition.execute(sql)
    assert faults(edition, SECRETS) == {fault}
