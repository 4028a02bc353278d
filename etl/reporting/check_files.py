"""What a check says in the terminal of each file on its own."""

from __future__ import annotations

from collections.abc import Sequence

import click

from etl.checking import Checked
from etl.reporting.base import Report, count_of
from etl.reporting.numbers import exact


def file_lines(report: Report, files: Sequence[Checked]) -> None:
    """Say what was found in each file.

    Args:
        report: Knows the language.
        files: The files.
    """
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
                    report.messages.text(
                        "total", column=column, total=exact(total, report.messages.language)
                    )
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
