"""Take one delivery in: read it, hold it against its contract, keep it or refuse it."""

# Names in the SQL below come from contracts, which hold them to [a-z0-9_]; values are bound.
# ruff: noqa: S608

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path

import duckdb

from etl.causes import with_causes
from etl.contract import Contract
from etl.deliveries import Delivery
from etl.errors import Fault
from etl.files import Look, Profile, make_plain
from etl.half_read import half_read_cells
from etl.header import Header, read_header
from etl.messages import Messages
from etl.raw import FileResult, Origin, keep_stage, make_view, record
from etl.reading import STAGE, Reading, add_up, drop_stage, fill_stage, unreadable_cells
from etl.recognising import strange_file
from etl.rest_row import rest_rows
from etl.rules import BAD, bad_cells, bad_rows, find_bad_cells

MOST_FAULTS = 100
"""So many faults of one file are told; the rest is counted."""


@dataclass(frozen=True)
class _File:
    """A delivery whose header fits, with what is known of it."""

    delivery: Delivery
    profile: Profile
    contract: Contract
    header: Header
    path: Path
    """The file itself, or a copy that DuckDB can read."""

    def refused(self, faults: Sequence[Fault], *, read: int = 0, rejected: int = 0) -> FileResult:
        """Say that nothing of the file is taken in."""
        chosen, left_out = with_causes(
            faults, rows=read, contract=self.contract, file=self.delivery.shown
        )
        told = tuple(islice(chosen, MOST_FAULTS))
        left_out += max(0, len(chosen) - MOST_FAULTS)
        if left_out:
            more = {"count": left_out}
            told += (Fault("more", self.delivery.shown, parameters=more),)
        return FileResult(
            self.delivery,
            self.profile,
            read,
            0,
            rejected,
            refused=True,
            faults=told,
            read_as=self.header.read_as,
        )


def load_file(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    look: Look,
    contract: Contract,
    *,
    origin: Origin,
    messages: Mapping[str, Messages],
) -> FileResult:
    """Load one delivery into the raw layer, or refuse it with all its faults.

    Args:
        connection: Holds the raw layer.
        delivery: The file.
        look: What its bytes say; a large file is looked at while it is read.
        contract: What it must look like.
        origin: Where it comes from.
        messages: Words for the reject table, by language.

    Returns:
        The counts and the faults. Of a refused file nothing is loaded.
    """
    forms = contract.forms(delivery.period)
    with tempfile.TemporaryDirectory(dir=_beside(connection)) as folder:
        contract = forms[0]
        read = _read(connection, delivery, look, contract, Path(folder))
        if len(forms) > 1 and not _all_readable(read):
            other = _read(connection, delivery, look, forms[1], Path(folder))
            if _all_readable(other):
                contract, read = forms[1], other
            else:
                # Neither form fits whole: what is wrong is told of the likely one.
                read = _read(connection, delivery, look, contract, Path(folder))
        result = read if isinstance(read, FileResult) else _take_in(connection, *read)
    if result.refused:
        drop_stage(connection)
    else:
        make_view(connection, contract)
        record(connection, result, contract, origin, messages)
    return result


def _beside(connection: duckdb.DuckDBPyConnection) -> Path | None:
    """Give the folder of a database: what a killed build leaves there, the next one removes.

    A copy of a delivery must not stay behind in a folder that everybody reads.
    """
    row = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    return Path(row[0]).parent if row and row[0] else None


def _all_readable(read: tuple[_File, Reading] | FileResult) -> bool:
    """Tell whether every line of a file could be read in the form that was tried."""
    return not isinstance(read, FileResult) and not (read[1].rejected_lines or read[1].faults)


def _read(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    look: Look,
    contract: Contract,
    folder: Path,
) -> tuple[_File, Reading] | FileResult:
    """Read a file into the stage, and look at its bytes beside that if nobody did yet."""
    file = delivery.shown
    first = look.known
    if isinstance(first, Fault):
        strange = strange_file(delivery.path, [contract], period=delivery.period)
        return FileResult(delivery, None, refused=True, faults=(strange or first,))
    if isinstance(first, Profile) and first.lines == 0:
        return FileResult(delivery, first, refused=True, faults=(Fault("empty", file),))
    header = read_header(look.header(), contract, period=delivery.period, file=file)
    if isinstance(header, list):
        strange = strange_file(delivery.path, [contract], period=delivery.period)
        if strange:
            return FileResult(delivery, None, refused=True, faults=(strange,))
        # Bytes that are no text explain a strange header better than its names do.
        found = look.result()
        if isinstance(found, Fault):
            return FileResult(delivery, None, refused=True, faults=(found,))
        return FileResult(delivery, found, refused=True, faults=tuple(header))
    # Of a large file nobody knows yet how it is written: what is likely is tried first.
    path = make_plain(first, folder) if first else delivery.path
    # The bytes were searched for long numbers with the mark of the likely form.
    header = replace(
        header, wide=contract.in_plain_form or (first.long_decimals if first else False)
    )
    with ThreadPoolExecutor(max_workers=1) as beside:
        looking = beside.submit(look.result)
        reason = fill_stage(connection, path, header, contract)
        found = looking.result()
    if isinstance(found, Fault):
        return FileResult(delivery, None, refused=True, faults=(found,))
    if found.changed:
        return FileResult(delivery, found, refused=True, faults=(Fault("changed", file),))
    if first is None and (found.long_decimals or not found.plain):
        path = make_plain(found, folder)
        header = replace(header, wide=found.long_decimals)
        reason = fill_stage(connection, path, header, contract)
    known = _File(delivery, found, contract, header, path)
    if reason is not None:
        return known.refused([Fault("unreadable", file, parameters={"reason": reason})])
    return known, add_up(connection, path, contract, lines=found.lines, file=file)


def _take_in(connection: duckdb.DuckDBPyConnection, known: _File, reading: Reading) -> FileResult:
    """Check the rows that were read, and keep the good ones."""
    delivery, contract, header = known.delivery, known.contract, known.header
    file = delivery.shown
    read = reading.rows + reading.rejected_lines
    if reading.faults:
        # Lines ran together: what would be said of single cells cannot be trusted.
        return known.refused(reading.faults, read=read)
    rules = find_bad_cells(connection, header, contract)
    rejected = reading.rejected_lines + bad_rows(connection)
    form_faults = list(_wrong_rest_rows(connection, known))
    allowed = contract.terms.file.allowed_reject_share
    refused = bool(form_faults) or (read > 0 and Decimal(rejected) / read > allowed)
    cells = chain(
        unreadable_cells(connection, header, contract, file=file),
        half_read_cells(connection, header, contract, file=file),
        bad_cells(connection, rules, header, contract, path=known.path, file=file),
    )
    if refused:
        if allowed and not form_faults:
            form_faults = [_too_many(known, rejected, read, int(allowed * read))]
        faults = sorted([*form_faults, *cells], key=lambda fault: fault.line or 0)
        return known.refused(faults, read=read, rejected=rejected)
    result = FileResult(
        delivery,
        known.profile,
        read,
        read - rejected,
        rejected,
        faults=tuple(cells),
        read_as=header.read_as,
        in_plain_form=contract.in_plain_form,
    )
    result = replace(result, totals=_totals(connection, contract, header, any_bad=rejected > 0))
    keep_stage(connection, delivery, contract, header)
    return result


def _too_many(known: _File, rejected: int, read: int, at_most: int) -> Fault:
    """Say why wrong rows are the end of this file, where a few would only have been left out."""
    return Fault(
        "too_many_rejects",
        known.delivery.shown,
        contract=known.contract.file,
        contract_line=known.contract.line("file", "allowed_reject_share"),
        parameters={"count": rejected, "rows": read, "at_most": at_most},
    )


def _wrong_rest_rows(connection: duckdb.DuckDBPyConnection, known: _File) -> list[Fault]:
    contract = known.contract
    rest = contract.terms.rest_row
    rows = rest_rows(connection, known.header, contract)
    if rest is None or not rows.count:
        return []
    code = "too_many_rest_rows" if rows.count > rest.at_most else "rest_is_total"
    if code == "rest_is_total" and not rows.as_large_as_others:
        return []
    return [
        Fault(
            code,
            known.delivery.shown,
            contract=contract.file,
            contract_line=contract.line("rest_row"),
            parameters={
                "count": rows.count,
                "at_most": rest.at_most,
                "columns": rest.blank,
                "lines": [str(line) for line in rows.first_lines],
            },
        )
    ]


def _totals(
    connection: duckdb.DuckDBPyConnection, contract: Contract, header: Header, *, any_bad: bool
) -> dict[str, Decimal]:
    """Add the good rows up, exactly; a column that the file lacks has no total."""
    names = [column.name for column in header.columns if column.total]
    if not names:
        return {}
    sums = ", ".join(f'coalesce(sum("{name}"), 0)::decimal(38, 4)' for name in names)
    good = f" where rowid not in (select row_id from {BAD})" if any_bad else ""
    row = connection.execute(f"select {sums} from {STAGE}{good}").fetchone()
    found = dict(zip(names, row or (), strict=True))
    order = [column.name for column in contract.terms.columns]
    return {name: found[name] for name in sorted(found, key=order.index)}
