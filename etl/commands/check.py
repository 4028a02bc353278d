"""`check`: what files would change, before anything is built from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from etl.commands.common import Options, program_version, take_in
from etl.contract import load_contracts
from etl.deliveries import PERIOD, UNDATED, shown
from etl.errors import Fault, RefusedError
from etl.example.deliveries import MARK
from etl.gate_check import Standing, check_alone, check_among, expand
from etl.reporting.base import Report
from etl.reporting.check_html import write_html
from etl.reporting.check_verdict import exit_code
from etl.reporting.checks import checked
from warehouse.build import step_count


def add_check(cli: click.Group, options: Options) -> None:
    """Add the command to the others."""
    messages = options.messages

    @cli.command(help=options.words("check"))
    @click.argument(
        "files",
        type=click.Path(exists=True, path_type=Path),
        nargs=-1,
        required=True,
        metavar=options.words("metavar_files"),
    )
    @click.option("--source", help=options.words("option_source"))
    @click.option("--period", help=options.words("option_period"), callback=_period)
    @click.option("--alone", is_flag=True, help=options.words("option_alone"))
    @options.deliveries
    @options.no_shipped
    @options.releases
    @click.option(
        "--html",
        type=click.Path(dir_okay=False, writable=True, path_type=Path),
        callback=options.in_a_folder,
        help=options.words("option_html"),
    )
    @options.as_json
    def check(
        files: tuple[Path, ...],
        source: str | None,
        period: str | None,
        deliveries: tuple[Path, ...],
        releases: Path,
        html: Path | None,
        *,
        alone: bool,
        no_shipped: bool,
        as_json: bool,
    ) -> None:
        report = Report("check", messages, as_json=as_json)
        intake = take_in(deliveries, messages, no_shipped=no_shipped)
        if any((path / MARK).is_file() for path in files):
            # As in a build: examples of one's own come instead of the standing ones.
            intake = replace(intake, with_examples=False)
        with report.outcome():
            contracts = load_contracts()
            if source is not None and source not in contracts:
                raise click.BadParameter(", ".join(contracts), param_hint="--source")
            listed = expand(files)
            if not listed:
                raise RefusedError([Fault("no_deliveries", ", ".join(map(shown, files)))])
            found = check_alone(listed, contracts, source=source, period=period)
            if alone:
                found = replace(found, is_alone=True)
            else:
                standing = Standing(
                    lambda: intake.folders(report),
                    intake.corrections,
                    releases.resolve(),
                    program_version(),
                )
                with report.progress(step_count()):
                    found = check_among(found, contracts, standing, report.step)
            if html is not None:
                write_html(html, found, messages)
            checked(report, found, html)
        raise click.exceptions.Exit(exit_code(found))


def _period(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None or value == UNDATED or PERIOD.fullmatch(value):
        return value
    raise click.BadParameter(value)
