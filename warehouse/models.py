"""Read the models (one SELECT per file), learn what each reads, and put them in order.

DuckDB's own parser says which tables a file reads, so there is no list of dependencies to
keep by hand. A model may read only the layer below it; nothing reads upwards.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from warehouse.errors import ModelError

MODELS = Path(__file__).parent / "models"
CHECKS = Path(__file__).parent / "checks"

CELLS = "indicator_cell"
"""The table the build makes of all indicators; published models read it."""
VALUES = "indicator_value"
"""The published table of all cells."""


@dataclass(frozen=True)
class Layer:
    """A folder of models: its schema, the prefix of its names, and what it may read."""

    folder: str
    schema: str
    prefix: str
    reads: frozenset[str]


LAYERS = (
    Layer("staging", "staging", "stg_", frozenset({"raw", "ref"})),
    Layer("marts", "mart", "mart_", frozenset({"staging", "mart", "ref"})),
    Layer("indicators", "indicator", "", frozenset({"mart", "ref"})),
    # Besides the layers below: the records of the build itself (deliveries, previous release).
    Layer("published", "published", "",
          frozenset({"mart", "indicator", "published", "ref", "record", "build"})),
)  # fmt: skip
CHECK_LAYER = Layer(
    "checks", "checks", "",
    frozenset({"raw", "staging", "mart", "indicator", "published", "ref", "record", "build"}),
)  # fmt: skip

RECORDS = frozenset({"delivery", "reject", "delivery_total"})
"""Raw tables that say what was loaded, not what a source contains."""
EDITION_TABLES = frozenset({
    "this_edition", "edition_cell", "delivery_alias", "masked_source", "previous_value",
    "previous_history", "previous_release", "previous_publication",
})  # fmt: skip
"""Tables of the build that differ between the editions."""
BUILD_TABLES = EDITION_TABLES | {"this_release"}
_FUNCTIONS = frozenset({"unnest", "range", "generate_series", "values"})


@dataclass(frozen=True)
class Table:
    """A table as a file names it; `schema` is empty where none is written."""

    schema: str
    name: str


@dataclass(frozen=True)
class Model:
    """One .sql file: the table it makes and the tables it reads."""

    name: str
    layer: Layer
    file: Path
    sql: str
    reads: frozenset[Table] = field(default_factory=frozenset)

    @property
    def schema(self) -> str:
        """The schema its table is made in."""
        return self.layer.schema

    @property
    def label(self) -> str:
        """The file as messages name it."""
        return f"{self.file.parent.name}/{self.file.name}"


def read_models(
    root: Path | None = None, *, raw: Collection[str], ref: Collection[str]
) -> tuple[Model, ...]:
    """Read all models and put them in the order in which they can run.

    Args:
        root: Folder with `staging/`, `marts/`, `indicators/`, `published/`.
        raw: Names of the tables of the raw layer.
        ref: Names of the tables made from the catalogue.

    Returns:
        The models, each after everything it reads.

    Raises:
        ModelError: When a file is not one SELECT, reads an unknown table or a layer it may
            not read, or when models read each other in a circle.
    """
    base = root or MODELS
    with duckdb.connect() as parser:
        models = parse_models(
            parser,
            [
                (file, layer)
                for layer in LAYERS
                for file in sorted((base / layer.folder).glob("*.sql"))
            ],
        )
    by_name: dict[str, Model] = {}
    for model in models:
        if not model.name.startswith(model.layer.prefix):
            advice = f"Models of this folder are called {model.layer.prefix}<name>.sql."
            raise ModelError(model.label, "the name does not fit its folder.", advice=advice)
        key = model.name if model.layer.schema != "indicator" else f"indicator.{model.name}"
        if key in by_name:
            raise ModelError(model.label, f"{by_name[key].label} has the same name.")
        by_name[key] = model
    known = known_tables(models, raw=raw, ref=ref)
    for model in models:
        check_reads(model, known)
    return _ordered(models)


def known_tables(
    models: Collection[Model], *, raw: Collection[str], ref: Collection[str]
) -> Mapping[str, str]:
    """Return the kind (layer, `ref`, `record`, `build`) of every table a file may name."""
    known = {f"raw.{name}": "record" if name in RECORDS else "raw" for name in raw}
    known |= dict.fromkeys(ref, "ref")
    known |= dict.fromkeys(BUILD_TABLES, "build")
    known[CELLS] = "indicator"
    known |= {
        f"indicator.{model.name}" if model.schema == "indicator" else model.name: model.schema
        for model in models
    }
    return known


def check_reads(model: Model, known: Mapping[str, str]) -> None:
    """Refuse a file that names an unknown table or reads a layer it may not read."""
    for table in sorted(model.reads, key=lambda table: (table.schema, table.name)):
        written = f"{table.schema}.{table.name}" if table.schema else table.name
        key = table.name if table.schema in {"", "published", "mart", "staging"} else written
        if key not in known:
            near = get_close_matches(key, sorted(known), n=3, cutoff=0.5)
            advice = f"Do you mean {' or '.join(near)}?" if near else ""
            raise ModelError(model.label, f'reads "{written}", which nothing makes.', advice=advice)
        if known[key] not in model.layer.reads:
            may = ", ".join(sorted(model.layer.reads))
            message = f'reads "{written}" of layer {known[key]}.'
            raise ModelError(model.label, message, advice=f"This layer may read: {may}.")


def parse_models(
    parser: duckdb.DuckDBPyConnection, files: Sequence[tuple[Path, Layer]]
) -> list[Model]:
    """Parse files with DuckDB, all in one question, and collect the tables that each reads."""
    texts = [file.read_text(encoding="utf-8").strip().removesuffix(";") for file, _ in files]
    rows = parser.execute(
        "select json_serialize_sql(sql) from (select unnest(?) as sql, unnest(range(?)) as number)"
        " order by number",
        [texts, len(texts)],
    ).fetchall()
    return [
        _model(file, layer, sql, json.loads(tree))
        for (file, layer), sql, (tree,) in zip(files, texts, rows, strict=True)
    ]


def parse_model(parser: duckdb.DuckDBPyConnection, file: Path, layer: Layer) -> Model:
    """Parse one file with DuckDB and collect the tables it reads."""
    return parse_models(parser, [(file, layer)])[0]


def _model(file: Path, layer: Layer, sql: str, tree: dict[str, Any]) -> Model:
    """Make a model of a file that has been parsed."""
    label = f"{file.parent.name}/{file.name}"
    if tree["error"]:
        message = str(tree.get("error_message", "cannot be parsed"))
        raise ModelError(label, message, advice="A model is one SELECT and nothing else.")
    if len(tree["statements"]) != 1:
        message = f"holds {len(tree['statements'])} statements; a model is one SELECT."
        raise ModelError(label, message)
    nodes = list(_nodes(tree["statements"][0]))
    local = {name for node in nodes for name in _common_tables(node)}
    reads = set()
    for node in nodes:
        if node.get("type") == "BASE_TABLE":
            table = Table(str(node["schema_name"]), str(node["table_name"]))
            if table.schema or table.name not in local:
                reads.add(table)
        elif node.get("type") == "TABLE_FUNCTION":
            _check_function(label, node)
    for name in local:
        if name.startswith(("stg_", "mart_", "ref_")):
            message = f'a "with" takes the name of a table: {name}.'
            raise ModelError(label, message, advice="Give it a name of its own.")
    return Model(file.stem, layer, file, sql, frozenset(reads))


def _check_function(label: str, node: Mapping[str, object]) -> None:
    function = node.get("function")
    name = str(function.get("function_name", "")) if isinstance(function, dict) else ""
    if name not in _FUNCTIONS:
        advice = "Files are read by the loader only; a model reads tables."
        raise ModelError(label, f'reads from the function "{name}".', advice=advice)


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Yield every object in a parse tree."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nodes(inner)


def _common_tables(node: Mapping[str, object]) -> Iterator[str]:
    tables = node.get("cte_map")
    if isinstance(tables, dict):
        for entry in tables.get("map", []):
            yield str(entry["key"])


def _ordered(models: Collection[Model]) -> tuple[Model, ...]:
    """Put models in order: by layer, and within a layer after what they read."""
    result: list[Model] = []
    for layer in LAYERS:
        here = {model.name: model for model in models if model.layer is layer}
        graph = {
            name: sorted(t.name for t in model.reads if t.schema in {"", layer.schema})
            for name, model in sorted(here.items())
        }
        try:
            names = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle = " → ".join(str(name) for name in error.args[1])
            first = here[str(error.args[1][0])]
            raise ModelError(
                first.label, f"models read each other in a circle: {circle}."
            ) from error
        result.extend(here[name] for name in names if name in here)
    return tuple(result)
