"""Hold the rows of the stage to the rules of their contract, in SQL.

Every rule is a condition that is true for a wrong cell. Whether any cell breaks it is asked
in the cheapest way: of the extremes of a column, or of its different texts. Only rules that
are broken are looked up cell by cell.
"""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from pathlib import Path

import duckdb

from etl.column import Column
from etl.contract import Contract, UniqueKey
from etl.errors import Fault, Parameter
from etl.extending import nearest
from etl.header import Header, split_line
from etl.reading import LIMIT, STAGE, cell_fault, numbered_stage

BAD = "etl_bad"
SMALLEST, LARGEST = -(2**31), 2**31 - 1
SHOWN_CODES = 12


@dataclass(frozen=True)
class Rule:
    """A condition that a wrong cell meets."""

    code: str
    column: Column
    part: str
    condition: str
    any_wrong: str = ""
    """An aggregate that is true where the condition holds somewhere; blank: by its texts."""
    values: Mapping[str, object] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def rules_of(contract: Contract, header: Header) -> Iterator[Rule]:
    """List the rules of a contract for the columns that a file has."""
    columns = header.columns
    rest = rest_condition(contract, columns)
    not_rest = f" and not ({rest})" if rest else ""
    for number, column in enumerate(columns):
        cell = f's."{column.name}"'
        if column.required:
            # A rest row has no place, but it has numbers.
            excepted = "" if column.is_number else not_rest
            condition = f"{cell} is null{excepted}"
            missing = f"count({cell}) < count(*)" + (
                f" and bool_or({condition})" if excepted else ""
            )
            yield Rule("missing_value", column, "required", condition, missing)
        if column.type == "integer":
            condition = f"{cell} % 1 != 0"
            yield Rule("not_whole", column, "type", condition, f"bool_or({condition})")
        if column.type == "decimal(18,4)" and not header.wide:
            # Read narrow, a number may be longer than the same number read wide.
            condition = f"abs({cell}) >= {LIMIT}"
            longest = f"greatest(max({cell}), -min({cell})) >= {LIMIT}"
            yield Rule("too_large", column, "type", condition, longest)
        if column.type == "decimal(18,4)" and header.wide:
            condition = f"{cell} % 0.0001 != 0"
            yield Rule("too_many_decimals", column, "type", condition, f"bool_or({condition})")
        if column.name in contract.codes:
            key = f"codes_{number}"
            codes = contract.codes[column.name]
            part = "codes" if column.codes else "codes_from"
            where = column.codes_from.file if column.codes_from else ""
            yield Rule(
                "unknown_listed_code" if where else "unknown_code",
                column,
                part,
                f"{cell} is not null and not list_contains(${key}, {cell})",
                values={key: list(codes)},
                parameters={"codes": codes, "list": where},
            )
        if column.pattern is not None and column.pattern_means is not None:
            key = f"pattern_{number}"
            means = {"nl": column.pattern_means.nl, "en": column.pattern_means.en}
            yield Rule(
                "wrong_form",
                column,
                "pattern",
                f"not regexp_full_match({cell}, ${key})",
                values={key: column.pattern},
                parameters={f"means_{locale}": words for locale, words in means.items()},
            )
        year = contract.period[:4]
        if column.is_period and year.isdigit():
            # Blank cells and those out of bounds are told as such.
            least = SMALLEST if column.minimum is None else column.minimum
            most = LARGEST if column.maximum is None else column.maximum
            condition = f"{cell} <> {year} and {cell} between {least} and {most}"
            any_other = f"min({cell}) <> {year} or max({cell}) <> {year}"
            yield Rule(
                "other_year", column, "is_period", condition, any_other, parameters={"period": year}
            )
        if column.is_number:
            yield from _range(column, number)


def _range(column: Column, number: int) -> Iterator[Rule]:
    least, most = column.minimum, column.maximum
    if column.type == "integer":
        least = Decimal(SMALLEST) if least is None else least
        most = Decimal(LARGEST) if most is None else most
    cell = f's."{column.name}"'
    for code, part, extreme, sign, bound in (
        ("too_low", "minimum", "min", "<", least),
        ("too_high", "maximum", "max", ">", most),
    ):
        if bound is not None:
            key = f"{part}_{number}"
            wrong = f"{sign} ${key}::decimal(18,6)"
            # Of a number that is too large for any column only that is told.
            fits = f" and abs({cell}) < {LIMIT}"
            yield Rule(
                code, column, part, f"{cell} {wrong}{fits}", f"{extreme}({cell}) {wrong}",
                {key: str(bound)}, {"bound": f"{bound:f}"},
            )  # fmt: skip


def rest_condition(contract: Contract, columns: Sequence[Column]) -> str:
    """Give the condition of a rest row, for the columns that the file has."""
    blank = contract.terms.rest_row.blank if contract.terms.rest_row else ()
    return " and ".join(f's."{column.name}" is null' for column in columns if column.name in blank)


def find_bad_cells(
    connection: duckdb.DuckDBPyConnection, header: Header, contract: Contract
) -> list[Rule]:
    """Note every wrong cell of the stage in a temporary table, and give the rules it names.

    Args:
        connection: Holds the stage, and the raw table of the source with what was loaded before.
        header: The columns of the file.
        contract: Its rules.

    Returns:
        The rules, in the order that the numbers in the table point to.
    """
    rules = list(rules_of(contract, header))
    connection.execute(
        f"create or replace temp table {BAD}"
        " (row_id bigint, rule integer, other integer, place varchar)"
    )
    for number in list(_broken(connection, rules)):
        connection.execute(
            f"insert into {BAD} select s.rowid, {number}, null, null"
            f" from {STAGE} as s where {rules[number].condition}",
            dict(rules[number].values),
        )
    names = {column.name: column for column in header.columns}
    for position, key in enumerate(contract.terms.unique):
        if here := _key_here(key, contract, names):
            rule = Rule("duplicate", names[here[0]], "", "", parameters={"key": here})
            rules.append(replace(rule, part=str(position)))
            same = key.model_copy(update={"columns": here})
            _find_duplicates(connection, contract, same, len(rules) - 1)
    return rules


def _key_here(key: UniqueKey, contract: Contract, names: Collection[str]) -> tuple[str, ...]:
    """Give the columns of a key that the file has; none where one is missing that must be there."""
    optional = {column.name for column in contract.terms.columns if column.optional}
    here = tuple(name for name in key.columns if name in names)
    return here if set(key.columns) - set(here) <= optional else ()


def _broken(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> Iterator[int]:
    """Find the rules that any cell of the stage breaks."""
    asked = [number for number, rule in enumerate(rules) if rule.any_wrong]
    if asked:
        questions = ", ".join(rules[number].any_wrong for number in asked)
        values = {
            key: value
            for number in asked
            for key, value in rules[number].values.items()
            if f"${key}:" in questions
        }
        found = connection.execute(f"select {questions} from {STAGE} as s", values).fetchone()
        yield from (number for number, wrong in zip(asked, found or (), strict=True) if wrong)
    for number, rule in enumerate(rules):
        if not rule.any_wrong:
            texts = f'select distinct "{rule.column.name}" from {STAGE}'
            question = f"select bool_or({rule.condition}) from ({texts}) as s"
            row = connection.execute(question, dict(rule.values)).fetchone()
            if row and row[0]:
                yield number


def _find_duplicates(
    connection: duckdb.DuckDBPyConnection, contract: Contract, key: UniqueKey, number: int
) -> None:
    """Note the second and later rows with the same key, and keys that an earlier file has.

    As many different hashes as rows prove that no key is there twice; only otherwise the
    keys themselves are compared.
    """
    names = ", ".join(f'"{name}"' for name in key.columns)
    filled = " and ".join(f'"{name}" is not null' for name in key.columns)
    row = connection.execute(
        f"select count(*) = count(distinct hash({names})) from {STAGE} where {filled}"
    ).fetchone()
    if row and not row[0]:
        connection.execute(
            f"insert into {BAD} select row_id, {number}, first_line, null from ("
            f" select row_id, line, min(line) over (partition by {names}) as first_line"
            f" from {numbered_stage()} where {filled}) where line > first_line"
        )
    if key.within == "source":
        same = " and ".join(f's."{name}" = r."{name}"' for name in key.columns)
        connection.execute(
            f"insert into {BAD} select s.rowid, {number}, r.line, d.file from {STAGE} as s"
            f' join raw."{contract.source}" as r on {same}'
            " join raw.delivery as d on d.delivery_id = r.delivery_id"
        )


def bad_rows(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the rows that have a wrong cell."""
    row = connection.execute(f"select count(distinct row_id) from {BAD}").fetchone()
    return int(row[0]) if row else 0


def bad_cells(
    connection: duckdb.DuckDBPyConnection,
    rules: Sequence[Rule],
    header: Header,
    contract: Contract,
    *,
    path: Path,
    file: str,
) -> Iterator[Fault]:
    """Turn the noted cells into faults, with the text as it stands in the file."""
    found = connection.execute(
        f"select n.line, b.rule, b.other, b.place from {BAD} as b"
        f" join {numbered_stage()} as n using (row_id) order by n.line, b.rule, b.other"
    ).fetchall()
    texts = _lines(path, {line for line, *_ in found})
    position = {column.name: place for place, column in enumerate(header.columns)}
    for line, number, other, place in found:
        rule = rules[number]
        cells = split_line(texts[line], contract.terms.file.delimiter)
        value = cells[position[rule.column.name]]
        if rule.code == "duplicate":
            yield _duplicate(rule, contract, cells, position, file, line, other, place)
            continue
        yield rule_fault(rule, contract, file=file, line=line, value=value)


def rule_fault(rule: Rule, contract: Contract, *, file: str, line: int, value: str) -> Fault:
    """Make the fault of one cell that breaks a rule, with what would have been right."""
    fault = cell_fault(
        rule.code, rule.column, contract, file=file, line=line, value=value, part=rule.part
    )
    more = dict(rule.parameters)
    if "codes" in more:
        codes = contract.codes[rule.column.name]
        more["near"] = nearest(value, codes)
        more["codes"] = codes if len(codes) <= SHOWN_CODES else (*codes[:SHOWN_CODES], "…")
    return replace(fault, parameters={**fault.parameters, **more})


def _duplicate(
    rule: Rule,
    contract: Contract,
    cells: Sequence[str],
    position: Mapping[str, int],
    file: str,
    line: int,
    other: int,
    place: str | None,
) -> Fault:
    key = [name for name in contract.terms.unique[int(rule.part)].columns if name in position]
    return Fault(
        "duplicate_elsewhere" if place else "duplicate",
        file,
        line,
        column=" + ".join(key),
        value=" + ".join(cells[position[name]] for name in key),
        contract=contract.file,
        contract_line=contract.line("unique", int(rule.part)),
        parameters={"other": other, "place": place or ""},
    )


def _lines(path: Path, wanted: set[int]) -> dict[int, str]:
    """Look up the text of some lines; only files with faults come here."""
    last = max(wanted, default=0)
    with path.open(encoding="utf-8-sig", newline="") as handle:
        numbered = enumerate(islice(handle, last), start=1)
        return {number: text.rstrip("\r\n") for number, text in numbered if number in wanted}
