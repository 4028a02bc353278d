"""Say how a contract is extended: what to write, in which file, after which line.

Suppliers rename, add and drop columns. A file that does not fit is refused, never guessed at;
the refusal gives the line of YAML with which the next one would fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from etl.column import Column
from etl.contract import Contract
from etl.errors import Fault, Parameter

NO_WORD = re.compile(r"[^a-z0-9]+")


def unknown_column(name: str, contract: Contract, *, file: str, near: Sequence[str]) -> Fault:
    """Make the fault of a header that no column of the contract has.

    Args:
        name: The header as the file has it.
        contract: The contract, as it holds for the period of the file.
        file: Name of the file.
        near: Names of columns that look like it.

    Returns:
        The fault, with what to write in the contract.
    """
    other = _elsewhen(name, contract)
    if other is not None:
        part = "since" if not other.until or other.since else "until"
        return Fault(
            "column_out_of_period",
            file,
            1,
            column=name,
            value=name,
            contract=contract.file,
            contract_line=contract.column_line(other.name, part),
            parameters={
                "period": contract.period,
                "first": other.since or "",
                "last": other.until or "",
            },
        )
    model = _alike(name, contract)
    parameters: dict[str, Parameter] = {
        "near": tuple(near),
        "last_line": contract.last_line,
        "alias": alias_of(name),
        "column": _new_column(name, model, contract.period),
        "kind": contract.terms.unknown_columns_like or "",
        "like": model.name if model else "",
    }
    return Fault(
        "column_new" if model else "column_unknown",
        file,
        1,
        column=name,
        value=name,
        contract=contract.file,
        contract_line=contract.column_line(near[0]) if near else contract.line("columns"),
        parameters=parameters,
    )


def nearest(word: str, words: Sequence[str]) -> list[str]:
    """Find the known words that look most like a word."""
    by_plain = {text.casefold(): text for text in words}
    return [by_plain[hit] for hit in get_close_matches(word.casefold(), by_plain, n=3, cutoff=0.6)]


def other_form(period: str, **parts: str) -> str:
    """Write the form of the files of one period, as a contract holds it.

    Args:
        period: The period.
        **parts: What is different in it: delimiter, decimal_mark.
    """
    words = ", ".join(f'{name}: "{part}"' for name, part in parts.items())
    return f'by_period: [{{periods: ["{period}"], {words}}}]'.replace("\t", "\\t")


def no_longer(period: str) -> str:
    """Write that a column ended before this period, as a contract holds it."""
    return f"until: {int(period[:4]) - 1}" if period[:4].isdigit() else "optional: true"


def alias_of(name: str) -> str:
    """Write another name of a column, as a contract holds it."""
    return f"aliases: [{_quoted(name)}]"


def _elsewhen(name: str, contract: Contract) -> Column | None:
    """Find a column that has this header in other periods."""
    wanted = name.strip().casefold()
    for column in contract.terms.columns:
        known = (text.casefold() for text in column.names(contract.period))
        if not column.in_period(contract.period) and wanted in known:
            return column
    return None


def _alike(name: str, contract: Contract) -> Column | None:
    """Find the last column of the kind that is likely to get more members."""
    kind = (contract.terms.unknown_columns_like or "").casefold()
    if not kind or not fnmatchcase(name.strip().casefold(), kind):
        return None
    members = (
        column
        for column in reversed(contract.terms.columns)
        if any(fnmatchcase(text.casefold(), kind) for text in column.names(contract.period))
    )
    return next(members, contract.terms.columns[-1])


def _new_column(name: str, model: Column | None, period: str) -> str:
    """Write a column as a contract holds it."""
    code = NO_WORD.sub("_", name.casefold()).strip("_")
    code = code if code[:1].isalpha() else f"column_{code}"
    parts = [f"name: {code}", f'type: "{model.type if model else "text"}"']
    if code != name.strip().casefold():
        parts.append(f"aliases: [{_quoted(name)}]")
    parts.append("optional: true")
    if period[:4].isdigit():
        parts.append(f"since: {period[:4]}")
    if model and model.unit:
        parts.append(f"unit: {model.unit}")
    if model and model.total:
        parts.append("total: true")
    return f"- {{{', '.join(parts)}}}"


def _quoted(name: str) -> str:
    text = name.strip().replace('"', "'")
    return text if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text) else f'"{text}"'
