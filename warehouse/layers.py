"""Fill the layers of the work database: only what was made from something else than now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from warehouse.catalogue import Catalogue
from warehouse.catalogue.schema import Indicator
from warehouse.catalogue.tables import catalogue_tables, write_table
from warehouse.cells import add_cells, create_cells
from warehouse.errors import MACHINE_ERRORS, ModelError
from warehouse.models import CELLS, RECORDS, Model
from warehouse.work import Work, fingerprint

_FIGURES = "mart_figure_value"
_BREAKS = "mart_break"
_PARTS = "part"


@dataclass
class Prints:
    """The print of every table a model may read, by `schema.name`."""

    of: dict[str, str]

    def read_by(self, model: Model) -> list[tuple[str, str]]:
        """Return the prints of what a model reads, in a fixed order."""
        names = set()
        for table in model.reads:
            schema = table.schema or _schema_of(table.name)
            names.add(f"{schema}.{table.name}")
        return sorted((name, self.of.get(name, "")) for name in names)


def write_catalogue_layer(work: Work, catalogue: Catalogue, prints: Prints) -> None:
    """Write the tables of the catalogue whose rows have changed."""
    for table in catalogue_tables(catalogue):
        name = f"ref.{table.name}"
        value = fingerprint((table.columns, table.rows))
        prints.of[name] = value
        if not work.has(name, value):
            with work.making(name, value):
                work.connection.execute(f'drop table if exists ref."{table.name}"')
                write_table(work.connection, table, "ref")


def run_models(
    work: Work,
    models: tuple[Model, ...],
    catalogue: Catalogue,
    prints: Prints,
    on_step: Callable[[str], None],
) -> None:
    """Run every model below the published layer that read something else than before.

    Raises:
        ModelError: A model cannot be run.
    """
    connection = work.connection
    if not _exists(connection, "indicator", CELLS):
        create_cells(connection)
    _forget_models(work, models)
    for model in models:
        name = f"{model.schema}.{model.name}"
        indicator = catalogue.indicators.get(model.name) if model.schema == "indicator" else None
        value = _print_of(connection, model, indicator, prints)
        prints.of[name] = value
        if work.has(name, value):
            continue
        on_step(f"model:{model.name}")
        try:
            with work.making(name, value):
                connection.execute(f'drop table if exists {model.schema}."{model.name}"')
                connection.execute(f'create table {model.schema}."{model.name}" as {model.sql}')
                if indicator is not None:
                    _forget_cells(connection, model.name)
                    add_cells(connection, catalogue, indicator)
        except MACHINE_ERRORS:
            raise
        except duckdb.Error as error:
            raise ModelError(model.label, str(error)) from error


def _print_of(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    indicator: Indicator | None,
    prints: Prints,
) -> str:
    """Digest everything that a table is made from."""
    parts: list[object] = [model.sql, prints.read_by(model)]
    if indicator is not None:
        parts.append(indicator.model_dump_json())
        if "figure_id" in model.sql:
            # The build fills in from the figures what the SELECT leaves out.
            parts.append(prints.of.get(f"mart.{_FIGURES}", ""))
        parts.append(_breaks(connection, indicator))
    return fingerprint(parts)


def _breaks(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> object:
    """Read the breaks that cut an indicator: its cells depend on those, not on the whole list."""
    if not _exists(connection, "mart", _BREAKS):
        return ()
    return connection.execute(
        f"select * from mart.{_BREAKS}"  # noqa: S608  # a name of ours
        " where source_id is null or list_contains(?, source_id) order by all",
        [list(indicator.sources)],
    ).fetchall()


def _forget_models(work: Work, models: tuple[Model, ...]) -> None:
    """Drop the tables of models that are no longer there, with the cells they made."""
    present = {f"{model.schema}.{model.name}" for model in models}
    for schema in ("staging", "mart", "indicator"):
        for name in sorted(work.names(f"{schema}.") - present):
            work.forget(name)
            table = name.partition(".")[2]
            work.connection.execute(f'drop table if exists {schema}."{table}"')
            if schema == "indicator":
                _forget_cells(work.connection, table)


def _forget_cells(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> None:
    connection.execute(
        f"delete from indicator.{CELLS} where indicator_id = ?",  # noqa: S608  # a name of ours
        [indicator_id],
    )


def _exists(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ?", [schema, name]
    ).fetchall()
    return bool(found)


def _schema_of(name: str) -> str:
    """Say in which schema a name without one is found."""
    for prefix, schema in (("stg_", "staging"), ("mart_", "mart"), ("ref_", "ref")):
        if name.startswith(prefix):
            return schema
    return "indicator"


def raw_prints(connection: duckdb.DuckDBPyConnection, raw: frozenset[str]) -> Prints:
    """Begin the prints with those of the raw tables.

    Of a source whose deliveries the loader knows again (`raw.part`) the print is that of its
    deliveries and of the view over them; of anything else it is the rows themselves.
    """
    parts: dict[str, list[object]] = {}
    if _PARTS in raw:
        found = connection.execute(
            f"select source_id, delivery_id, fingerprint from raw.{_PARTS} order by all"  # noqa: S608
        ).fetchall()
        for source, *rest in found:
            parts.setdefault(str(source), []).append(rest)
    views = dict(
        connection.execute(
            "select view_name, sql from duckdb_views() where schema_name = 'raw'"
        ).fetchall()
    )
    prints = Prints({})
    for name in sorted(raw - RECORDS - {_PARTS}):
        if name in views:
            known: object = (views[name], parts.get(name, []))
        elif "__" in name:
            continue
        else:
            known = connection.execute(f'select * from raw."{name}" order by all').fetchall()  # noqa: S608
        prints.of[f"raw.{name}"] = fingerprint((known,))
    return prints
