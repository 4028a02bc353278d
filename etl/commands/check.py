"""`check`: what a file would do, before anything is built from it."""

from __future__ import annotations

from pathlib import Path

import click

from etl.checking import check_file
from etl.commands.common import FILE, Options
from etl.contract import load_contracts
from etl.deliveries import PERIOD, UNDATED
from etl.load import document_origins
from etl.reporting.base import REFUSED, Report
from etl.reporting.checks import checked


def add_check(cli: click.Group, options: Options) -> None:
    """Add the command to the others."""

    @cli.command(help=options.words("check"))
    @click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
    @click.option("--source", help=options.words("option_source"))
    @click.option("--period", help=options.words("option_period"), callback=_period)
    @options.as_json
    def check(
        files: tuple[Path, ...], source: str | None, period: str | None, *, as_json: bool
    ) -> None:
        report = Report("check", options.messages, as_json=as_json)
        with report.outcome():
            contracts = load_contracts()
            if source is not None and source not in contracts:
                raise click.BadParameter(", ".join(contracts), param_hint="--source")
            origins = document_origins()
            found = [
                check_file(path, contracts, source=source, period=period, origins=origins)
                for path in files
            ]
            checked(report, found)
        if any(file.refused for file in found):
            raise click.exceptions.Exit(REFUSED)


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or value == UNDATED or PERIOD.fullmatch(value):
        return value
    raise click.BadParameter(value)
