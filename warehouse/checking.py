"""Run the checks: each is a SELECT that returns the rows that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import duckdb

from warehouse.errors import MACHINE_ERRORS, CheckError, FailedCheck, ModelError
from warehouse.models import CHECK_LAYER, Model, check_reads, known_tables, parse_models

_EXAMPLES = 3


def read_checks(
    root: Path, models: Collection[Model], *, raw: Collection[str], ref: Collection[str]
) -> tuple[Model, ...]:
    """Read all checks and make sure that every table they name exists."""
    known = known_tables(models, raw=raw, ref=ref)
    with duckdb.connect() as parser:
        files = [(file, CHECK_LAYER) for file in sorted(root.glob("*.sql"))]
        checks = tuple(parse_models(parser, files))
    for check in checks:
        check_reads(check, known)
    return checks


def run_checks(
    connection: duckdb.DuckDBPyConnection,
    checks: Collection[Model],
    *,
    on_step: Callable[[str], None],
) -> tuple[str, ...]:
    """Run every check and return the names of those that passed.

    Raises:
        CheckError: When any check returned rows; all failures are named at once.
    """
    failures = []
    for check in checks:
        on_step(f"check:{check.name}")
        try:
            wrong = connection.execute(check.sql)
            names = [str(column[0]) for column in wrong.description or []]
            rows = wrong.fetchall()
        except MACHINE_ERRORS:
            raise
        except duckdb.Error as error:
            raise ModelError(check.label, str(error)) from error
        if rows:
            examples = tuple(
                ", ".join(f"{name} = {value}" for name, value in zip(names, row, strict=True))
                for row in rows[:_EXAMPLES]
            )
            failures.append(FailedCheck(check.name, check.label, len(rows), examples))
    if failures:
        raise CheckError(failures)
    return tuple(check.name for check in checks)
