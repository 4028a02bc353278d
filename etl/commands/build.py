"""`build`: take in all deliveries and serve the release."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from etl.archive import keep_deliveries
from etl.commands.common import Options, program_version, take_in
from etl.gate import read_accepted
from etl.gate_review import Gate
from etl.load import prepare
from etl.reporting.base import Report
from etl.reporting.builds import built
from etl.unplaced import read_unplaced
from warehouse.build import Purpose, build_release, step_count
from warehouse.catalogue import load_catalogue
from warehouse.editions import confidential_sources


def add_build(cli: click.Group, options: Options) -> None:
    """Add the command to the others."""
    messages = options.messages

    @cli.command(help=options.words("build"))
    @options.deliveries
    @options.no_shipped
    @click.option("--candidate", is_flag=True, help=options.words("option_candidate"))
    @click.option(
        "--accept",
        multiple=True,
        metavar=options.words("metavar_finding"),
        help=options.words("option_accept"),
    )
    @options.purpose
    @options.releases
    @options.as_json
    def build(
        deliveries: tuple[Path, ...],
        accept: tuple[str, ...],
        why: str,
        who: str,
        at: datetime | None,
        releases: Path,
        *,
        no_shipped: bool,
        candidate: bool,
        as_json: bool,
    ) -> None:
        report = Report("build", messages, as_json=as_json)
        if accept and not (who.strip() and why.strip()):
            raise click.UsageError(messages.text("accept_needs"))
        intake = take_in(deliveries, messages, no_shipped=no_shipped)
        with report.outcome():
            folders = intake.folders(report)
            catalogue = load_catalogue()
            loader = prepare(folders, corrections=intake.corrections, on_step=report.step)
            confidential = confidential_sources(catalogue.disclosures)
            gate = Gate(loader.contracts, read_accepted(accept), confidential)
            with report.progress(step_count() + len(loader.files) + 1):
                result = build_release(
                    releases=releases.resolve(),
                    inputs=loader.inputs,
                    load_raw=loader.load,
                    catalogue=catalogue,
                    built_at=at or datetime.now(UTC),
                    program_version=program_version(),
                    on_step=report.step,
                    keeps_work=True,
                    purpose=Purpose(why, who),
                    review=gate,
                    candidate=candidate,
                    moment=at,
                    archive=lambda info: keep_deliveries(
                        releases.resolve(),
                        info,
                        loader.delivered,
                        corrections=intake.corrections is not None,
                    ),
                )
            built(report, result, loader.results, read_unplaced(result.folder))
