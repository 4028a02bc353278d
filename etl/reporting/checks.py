"""What a check says of the files it looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from etl.checking import Checked
from etl.reporting.base import Report, count_of
from etl.reporting.files import file_of


def checked(report: Report, files: Sequence[Checked]) -> None:
    """Say what was found in each file."""
    if report.as_json:
        report.document(
            ok=not any(file.refused for file in files),
            files=[_checked(report, file) for file in files],
        )
        return
    for file in files:
        result = file.result
        if result and result.profile and not file.refused:
            click.echo(
                report.messages.text(
                    "file_fine",
                    file=result.delivery.shown,
                    source=result.delivery.source,
                    period=result.delivery.period,
                    encoding=result.profile.encoding,
                    read=result.rows_read,
                    loaded=result.rows_loaded,
                    rejected=result.rows_rejected,
                )
            )
            for column, total in result.totals.items():
                click.echo(
                    report.messages.text("total", column=column, total=f"{total.normalize():f}")
                )
        else:
            count = count_of(file.faults)
            click.echo(
                report.messages.text("file_refused", file=str(file.path), count=count), err=True
            )
        if result and result.in_plain_form and not file.refused:
            click.echo(report.messages.text("plain_form", file=result.delivery.shown))
        for given, column in result.read_as if result else ():
            click.echo(report.messages.text("read_as", given=given, column=column))
        for fault in file.faults:
            click.echo(report.messages.sentence(fault), err=True)


def _checked(report: Report, file: Checked) -> dict[str, Any]:
    known = file_of(file.result, report.messages) if file.result else {"file": str(file.path)}
    faults = [report.messages.document(fault) for fault in file.faults]
    return {**known, "refused": file.refused, "faults": faults}
