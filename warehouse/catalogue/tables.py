"""The catalogue as tables: `ref_<name>`, for SQL to join and readers to download."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

import duckdb
from pydantic import BaseModel

from warehouse.catalogue import schema as s
from warehouse.catalogue.crosswalks import schema as crosswalk
from warehouse.catalogue.disclosure_schema import Disclosure, Minimum
from warehouse.catalogue.load import Catalogue


@dataclass(frozen=True)
class Table:
    """One table: its name, its columns with types, and its rows."""

    name: str
    columns: Mapping[str, str]
    rows: tuple[tuple[Any, ...], ...]


def catalogue_tables(catalogue: Catalogue) -> tuple[Table, ...]:
    """Return every vocabulary as a table.

    A pair of texts becomes two columns (`title_nl`, `title_en`), a list of codes a list;
    `position` is the place of the entry in its file.
    """
    c = catalogue
    vocabularies: tuple[tuple[str, type[s.Entry], Mapping[str, BaseModel]], ...] = (
        ("topic", s.Topic, c.topics),
        ("subtopic", s.Subtopic, c.subtopics),
        ("sector", s.Sector, c.sectors),
        ("provider_group", s.OrderedTerm, c.provider_groups),
        ("insurer", s.Insurer, c.insurers),
        ("risk_bearer", s.RiskBearer, c.risk_bearers),
        ("changed_question", s.ChangedQuestion, c.changed_questions),
        ("region", s.Region, c.regions),
        ("municipality", crosswalk.Municipality, c.municipalities),
        ("municipality_change", crosswalk.MunicipalityChange, c.municipality_changes),
        ("care_group", crosswalk.CareGroup, c.care_groups),
        ("care_type", crosswalk.CareType, c.care_types),
        ("break_text", crosswalk.BreakText, c.break_texts),
        ("unit", s.Unit, c.units),
        ("base", s.OrderedTerm, c.bases),
        ("qualifier", s.OrderedTerm, c.qualifiers),
        ("status", s.OrderedTerm, c.statuses),
        ("evidence", s.OrderedTerm, c.evidences),
        ("n_unit", s.CountedUnit, c.n_units),
        ("category", s.Answer, c.categories),
        ("event_kind", s.OrderedTerm, c.event_kinds),
        ("measure", s.Term, c.measures),
        ("population", s.Term, c.populations),
        ("breakdown_dimension", s.BreakdownDimension, c.breakdown_dimensions),
        ("breakdown_value", s.BreakdownValue, c.breakdown_values),
        ("caveat", s.Caveat, c.caveats),
        ("figure_caveat", s.FigureCaveat, c.figure_caveats),
        ("figure_label", s.FigureLabel, c.figure_labels),
        ("contradiction", s.Contradiction, c.contradictions),
        ("glossary", s.GlossaryTerm, c.glossary),
        ("source", s.Source, c.sources),
        ("disclosure", Disclosure, c.disclosures),
        ("document", s.Document, c.documents),
        ("repeat", s.Repeat, c.repeats),
        ("evidence_row", s.EvidenceRow, c.evidence_rows),
        ("dated_event", s.DatedEvent, c.events),
        ("indicator", s.Indicator, c.indicators),
    )
    tables = [
        _table(f"ref_{name}", model, entries.values()) for name, model, entries in vocabularies
    ]
    tables.append(
        _children("ref_contradiction_side", "contradiction_id", s.Side,
                  ((clash.id, clash.sides) for clash in c.contradictions.values()))
    )  # fmt: skip
    tables.append(
        _children("ref_risk_bearer_concern", "uzovi", s.Allegiance,
                  ((bearer.uzovi, bearer.concerns) for bearer in c.risk_bearers.values()))
    )  # fmt: skip
    tables.append(
        _children("ref_disclosure_minimum", "source", Minimum,
                  ((rule.source, rule.minimum) for rule in c.disclosures.values()))
    )  # fmt: skip
    tables.append(
        _children("ref_dated_event_source", "event_id", s.EventSource,
                  ((event.id, event.sources) for event in c.events.values()))
    )  # fmt: skip
    tables.append(
        _children("ref_dated_event_cut", "event_id", s.Cut,
                  ((event.id, event.cuts) for event in c.events.values()))
    )  # fmt: skip
    tables.append(
        _children("ref_break", "indicator_id", s.Break,
                  ((indicator.id, indicator.breaks) for indicator in c.indicators.values()))
    )  # fmt: skip
    return tuple(tables)


def write_catalogue_tables(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, schema: str
) -> None:
    """Create every table of the catalogue in `schema`."""
    for table in catalogue_tables(catalogue):
        write_table(connection, table, schema)


def write_table(connection: duckdb.DuckDBPyConnection, table: Table, schema: str) -> None:
    """Create one table of the catalogue in `schema`.

    The rows go in as one text of JSON: a parameter for every cell takes ten times as long.
    """
    columns = ", ".join(f'"{name}" {kind}' for name, kind in table.columns.items())
    connection.execute(f'create table {schema}."{table.name}" ({columns})')
    if table.rows:
        shape = json.dumps([dict(table.columns)])
        rows = json.dumps([dict(zip(table.columns, row, strict=True)) for row in table.rows])
        connection.execute(
            f'insert into {schema}."{table.name}"'  # names are ours
            " select unnest(from_json_strict(?, ?), max_depth := 2)",
            [rows, shape],
        )


def _table(name: str, model: type[s.Entry], entries: Iterable[BaseModel]) -> Table:
    columns = {**dict(_columns(model)), "position": "integer"}
    rows = tuple((*_values(entry), position) for position, entry in enumerate(entries, start=1))
    return Table(name, columns, rows)


def _children(
    name: str,
    parent: str,
    model: type[s.Entry],
    groups: Iterable[tuple[str, Iterable[BaseModel]]],
) -> Table:
    columns = {parent: "varchar", "position": "integer", **dict(_columns(model))}
    rows = tuple(
        (code, position, *_values(child))
        for code, children in groups
        for position, child in enumerate(children, start=1)
    )
    return Table(name, columns, rows)


def _columns(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for name, info in model.model_fields.items():
        kinds = {kind for kind in _kinds(info.annotation) if kind is not type(None)}
        if any(isinstance(kind, type) and issubclass(kind, s.Bilingual) for kind in kinds):
            yield f"{name}_nl", "varchar"
            yield f"{name}_en", "varchar"
        elif _is_list_of_text(info.annotation):
            yield name, "varchar[]"
        elif kinds == {bool}:
            yield name, "boolean"
        elif kinds == {int}:
            yield name, "integer"
        else:
            yield name, "varchar"


def _values(entry: BaseModel) -> Iterator[Any]:
    for name, info in type(entry).model_fields.items():
        value = getattr(entry, name)
        kinds = _kinds(info.annotation)
        if any(isinstance(kind, type) and issubclass(kind, s.Bilingual) for kind in kinds):
            pair = isinstance(value, s.Bilingual)
            yield value.nl if pair else value
            yield value.en if pair else value
        elif _is_list_of_text(info.annotation):
            yield list(value)
        elif isinstance(value, BaseModel | tuple | dict):
            yield json.dumps(_plain(value), ensure_ascii=False)
        else:
            yield value


def _kinds(annotation: object) -> tuple[Any, ...]:
    """Return the members of a union, or the annotation itself."""
    if get_origin(annotation) is None or get_origin(annotation) in {tuple, dict}:
        return (annotation,)
    if type(annotation).__name__ in {"UnionType", "_UnionGenericAlias", "Union"}:
        return get_args(annotation)
    return (str,)


def _is_list_of_text(annotation: object) -> bool:
    if get_origin(annotation) is not tuple:
        return False
    inner = get_args(annotation)[0]
    return (
        not (isinstance(inner, type) and issubclass(inner, BaseModel))
        and get_origin(inner) is not dict
    )


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
