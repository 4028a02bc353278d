"""What a rebuild says of itself."""

from __future__ import annotations

from collections.abc import Sequence

import click

from etl.again import Again, Note
from etl.errors import EtlError
from etl.reporting.base import FAILED, Report
from etl.reporting.releases import release_of
from warehouse.moments import by_dutch_clock


def noted(report: Report, note: Note) -> None:
    """Say what to know before a difference is believed."""
    if not report.as_json:
        click.echo(report.messages.text(note.key, **note.parameters), err=True)


def made_again(report: Report, again: Again, notes: Sequence[Note]) -> None:
    """Say which tables are the same as they were, and which are not."""
    if report.as_json:
        report.document(
            ok=again.is_same,
            exit_code=0 if again.is_same else FAILED,
            release=release_of(again.info),
            program=dict(again.info.program),
            notes=_told(report, notes),
            editions={
                one.edition: {"same": list(one.same), "differs": list(one.differs)}
                for one in again.compared
            },
        )
        return
    for one in again.compared:
        words = report.messages.text(
            "tables_compared",
            edition=one.edition,
            same=len(one.same),
            differs=len(one.differs),
        )
        click.echo(words)
        for table in one.differs:
            click.echo(report.messages.text("table_differs", table=table))
    key = "rebuilt_same" if again.is_same else "rebuilt_other"
    click.echo(
        report.messages.text(
            key, release=again.info.release_id, built_at=by_dutch_clock(again.info.built_at)
        )
    )


def not_made_again(report: Report, error: EtlError, notes: Sequence[Note]) -> None:
    """Say why a release could not be made again."""
    if report.as_json:
        faults = [report.messages.document(fault) for fault in error.faults]
        report.document(ok=False, exit_code=FAILED, faults=faults, notes=_told(report, notes))
        return
    for fault in error.faults:
        click.echo(report.messages.sentence(fault), err=True)
    click.echo(report.messages.text("not_rebuilt"), err=True)


def _told(report: Report, notes: Sequence[Note]) -> list[dict[str, str]]:
    return [
        {"code": note.key, "message": report.messages.text(note.key, **note.parameters)}
        for note in notes
    ]
